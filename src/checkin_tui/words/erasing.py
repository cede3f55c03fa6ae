"""What erasing a person takes away and leaves, as sentences."""

from __future__ import annotations

from checkin_tui.domain.text import visible
from checkin_tui.domain.views import Erasure
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.times import day_text


def erased_name() -> str:
    """What everybody who was erased is called."""
    return _("erased person")


def erasure_lines(found: Erasure) -> list[str]:
    """What would go, what would stay, and what nobody but the organizer can take away. One sentence a line."""
    lines = [_("Erased: name, code, telephone, title, rank, and everything the person is found by.")]
    lines += [_("Erased too: {what}.").format(what=", ".join(gone))] if (gone := _gone(found)) else []
    lines.append(_kept(found))
    if found.last_day is not None:
        lines.append(
            _("Nobody waits for the person any more: the last day is {day}.").format(day=day_text(found.last_day))
        )
    lines.append(
        _("A roster that still has the person makes somebody new when it is imported; the code may be given again.")
    )
    left = [text for text in (_other_notes(found.other_notes), _topics(found.topics)) if text]
    if left:
        lines.append(_("Still named in {where}: that stays as it is.").format(where=", ".join(left)))
    return [*lines, *backup_lines(found)]


def backup_lines(found: Erasure) -> list[str]:
    """Which backups still say who it was."""
    if not found.backups:
        return [_("No backup here holds the person. Copies, lists and files made elsewhere are not touched.")]
    text = ngettext(
        "{count} backup still holds the person, and restoring it would bring everything back. It is not touched; "
        "delete it where nobody may read it any more:",
        "{count} backups still hold the person, and restoring one would bring everything back. They are not touched; "
        "delete them where nobody may read them any more:",
        len(found.backups),
    )
    rest = _("Copies, lists and files made elsewhere are not touched either.")
    return [text.format(count=len(found.backups)), *(f"  {visible(path)}" for path in found.backups), rest]


def _gone(found: Erasure) -> list[str]:
    parts = (
        (found.notes, ngettext("the words of {count} note", "the words of {count} notes", found.notes)),
        (
            found.refused,
            ngettext(
                "what was typed at {count} refused attempt", "what was typed at {count} refused attempts", found.refused
            ),
        ),
        (
            found.changes,
            ngettext("{count} entry in the log of changes", "{count} entries in the log of changes", found.changes),
        ),
        (found.reasons, ngettext("{count} reason", "{count} reasons", found.reasons)),
        (
            found.desks,
            ngettext("{count} name of who was at the desk", "{count} names of who was at the desk", found.desks),
        ),
        (
            found.presenter,
            ngettext("the presenter of {count} session", "the presenter of {count} sessions", found.presenter),
        ),
        (found.contact, ngettext("the contact of {count} branch", "the contact of {count} branches", found.contact)),
    )
    return [text.format(count=count) for count, text in parts if count]


def _kept(found: Erasure) -> str:
    marks = ngettext("{count} step at sessions", "{count} steps at sessions", found.marks).format(count=found.marks)
    chars = ngettext("{count} character", "{count} characters", found.chars).format(count=found.chars)
    return _("Kept without the name: {marks}, notes of {chars}, and every figure of the past.").format(
        marks=marks, chars=chars
    )


def _other_notes(count: int) -> str:
    return ngettext("{count} note of others", "{count} notes of others", count).format(count=count) if count else ""


def _topics(count: int) -> str:
    return ngettext("{count} topic", "{count} topics", count).format(count=count) if count else ""
