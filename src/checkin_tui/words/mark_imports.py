"""What an import of marks says: what the file has of somebody, and what the program has."""

from __future__ import annotations

from collections.abc import Mapping

from checkin_tui.domain.attendance.fold import Standing
from checkin_tui.domain.mark_imports import Contradiction, MarksImported, SessionMarks
from checkin_tui.domain.mark_words import Said, When
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _
from checkin_tui.words.labels import status_word
from checkin_tui.words.times import clock_text


def said_text(said: Said) -> str:
    """`late 14:45`, `on leave (sick)`, `arrived 14:25`."""
    parts = [] if said.status is None else [status_word(said.status, said.reason)]
    if said.at is not None:
        parts.append(_when(said.at) if parts else _("arrived {time}").format(time=_when(said.at)))
    elif said.came:
        parts.append(_("arrived, time not known"))
    if said.left is not None:
        parts.append(_("left {time}").format(time=_when(said.left)))
    return ", ".join(parts)


def here_text(here: Standing, zone: str) -> str:
    """The same of what the program has."""
    parts = [status_word(here.status, here.reason)]
    if here.arrived is not None:
        parts.append(clock_text(here.arrived, zone))
    if here.left is not None:
        parts.append(_("left {time}").format(time=clock_text(here.left, zone)))
    return ", ".join(parts)


def contradiction_text(one: Contradiction, zone: str) -> str:
    """`Row 12: 104 Tomas Ode, 2026-05-18: the file says absent, the program present, 14:26`."""
    pattern = _("Row {row}: {who}, {key}: the file says {said}, the program {here}")
    if one.written:
        pattern = _("Row {row}: {who}, {key}: the file says {said} and is taken, the program said {here}")
    return pattern.format(
        row=one.row,
        who=visible(f"{one.code} {one.name}"),
        key=one.key,
        said=said_text(one.said),
        here=here_text(one.here, zone),
    )


def counts_text(done: MarksImported, rejected: int) -> str:
    """`12 new, 3 changed, 250 unchanged`, and of the others those there are."""
    return _counted({name: done.count(name) for name in _COUNTS}, rejected)


def session_text(one: SessionMarks, *, dry: bool) -> str:
    """The same of one session, and that it is opened."""
    said = f"{one.key}: {_counted({name: getattr(one, name) for name in _COUNTS}, 0)}"
    if not one.opens:
        return said
    return _("{marks}; it would be opened").format(marks=said) if dry else _("{marks}; opened").format(marks=said)


_COUNTS = ("new", "changed", "unchanged", "contradicting")


def _counted(counts: Mapping[str, int], rejected: int) -> str:
    said = [_("{new} new, {changed} changed, {unchanged} unchanged").format(**counts)]
    if counts["contradicting"]:
        said.append(_("{n} contradicting").format(n=counts["contradicting"]))
    if rejected:
        said.append(_("{n} rejected").format(n=rejected))
    return ", ".join(said)


def _when(when: When) -> str:
    return f"{when.clock:%H:%M}"
