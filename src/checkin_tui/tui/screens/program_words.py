"""The words for what new terms of the program change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from checkin_tui import words
from checkin_tui.domain.views import ProgramPreview
from checkin_tui.i18n import _, ngettext

DAYS_SHOWN = 5
DATES = ("holidays", "extra_days")


def term_word(name: str) -> str:
    """The name of a term, as the form has it."""
    return {
        "name": _("name"),
        "from": _("first day"),
        "to": _("last day"),
        "weekdays": _("weekdays"),
        "hours": _("hours"),
        "late_from": _("late from"),
        "grace": _("minutes of grace"),
        "target": _("target"),
        "min_note": _("shortest note"),
        "leave": _("leave"),
        "zone": _("time zone"),
        "holidays": _("days off"),
        "extra_days": _("extra days"),
    }[name]


def changed_terms(changes: Iterable[tuple[str, str, str]]) -> list[str]:
    """`grace: 10 → 5`, one a line; of lists of dates only what came and what went."""
    lines = []
    for name, before, after in changes:
        if name in DATES:
            old, new = ({*filter(None, text.split(","))} for text in (before, after))
            shown = ", ".join([*(f"+{day}" for day in sorted(new - old)), *(f"-{day}" for day in sorted(old - new))])
        else:
            shown = f"{_value(name, before)} → {_value(name, after)}"
        lines.append(f"{term_word(name)}: {shown}")
    return lines


def effects_lines(found: ProgramPreview) -> list[str]:
    """How many planned sessions take over what, and how many were opened already and keep what they have."""
    groups: dict[tuple[str, ...], list[date]] = {}
    for effect in found.sessions:
        groups.setdefault(tuple(name for name, _before, _after in effect.changes), []).append(effect.session.key.day)
    lines = []
    for names, days in groups.items():
        text = ngettext("{count} planned session takes over", "{count} planned sessions take over", len(days))
        fields = ", ".join(map(term_word, names))
        lines.append(f"{text.format(count=len(days))}: {fields} ({days_listed(days)})")
    if found.kept:
        text = ngettext(
            "{count} session was opened already and keeps its terms.",
            "{count} sessions were opened already and keep their terms.",
            found.kept,
        )
        lines.append(text.format(count=found.kept))
    return lines


def days_listed(days: Sequence[date]) -> str:
    """The days; of many the first ones and the last."""
    shown = [words.day_text(day) for day in days]
    if len(shown) <= DAYS_SHOWN:
        return ", ".join(shown)
    return ", ".join(shown[: DAYS_SHOWN - 1]) + f" … {shown[-1]}"


def _value(name: str, text: str) -> str:
    if name == "leave":
        return _("counts as expected") if text == "counts" else _("is left out")
    return text
