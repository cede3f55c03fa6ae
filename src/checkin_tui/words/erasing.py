"""What erasing a person takes away and leaves, as sentences."""

from __future__ import annotations

from typing import Final

from checkin_tui.domain.text import visible
from checkin_tui.domain.views import Erasure
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.backups import register_text
from checkin_tui.words.times import day_text

SHOWN: Final = 20


def erased_name() -> str:
    """What everybody who was erased is called."""
    return _("erased person")


def erasure_lines(found: Erasure) -> list[str]:
    """What would go, what would stay, and what nobody but the organizer can take away. One sentence a line."""
    lines = [_("Would be erased: name, code, telephone, title, rank, and everything the person is found by.")]
    lines += [_("Would be erased too: {what}.").format(what=", ".join(gone))] if (gone := _gone(found)) else []
    lines.append(_kept(found))
    if found.last_day is not None:
        lines.append(
            _(
                "The last day on which the person is expected would be {day}: no session after it waits for them."
            ).format(day=day_text(found.last_day))
        )
    lines.append(
        _("A roster that still has the person makes somebody new when it is imported; the code may be given again.")
    )
    return [*lines, *left_lines(found), *backup_lines(found)]


def left_lines(found: Erasure) -> list[str]:
    """Where the person stays named in the file, so that it can be found."""
    if not found.notes_where and not found.topics_where:
        return []
    where = [_("the note of {code} at {key}").format(code=visible(code), key=key) for key, code in found.notes_where]
    where += [_("the topic of {key}").format(key=key) for key in found.topics_where]
    lines = [_("Still named, now or in an earlier version, in words that are not ours to change:")]
    lines += [f"  {one}" for one in where[:SHOWN]]
    if (more := len(where) - SHOWN) > 0:
        lines.append("  " + ngettext("and {count} more", "and {count} more", more).format(count=more))
    return lines


def backup_lines(found: Erasure) -> list[str]:
    """Which backups, and copies beside the file, still say who it was."""
    if not found.backups and not found.copies:
        return [_("No backup here holds the person. Copies, lists and files made elsewhere are not touched.")]
    lines = []
    if found.backups:
        text = ngettext(
            "{count} backup still holds the person, and restoring it would bring everything back. It is not touched; "
            "delete it where nobody may read it any more:",
            "{count} backups still hold the person, and restoring one would bring everything back. They are not "
            "touched; delete them where nobody may read them any more:",
            len(found.backups),
        )
        lines += [text.format(count=len(found.backups)), *(f"  {visible(path)}" for path in found.backups)]
    if found.copies:
        text = ngettext(
            "Beside the database lies {count} damaged or unfinished copy. It may hold the person; delete it:",
            "Beside the database lie {count} damaged or unfinished copies. They may hold the person; delete them:",
            len(found.copies),
        )
        lines += [text.format(count=len(found.copies)), *(f"  {visible(path)}" for path in found.copies)]
    return [*lines, _("Copies, lists and files made elsewhere are not touched either.")]


def reminder_lines(found: Erasure) -> list[str]:
    """The same in short, for who has just read the list."""
    count = len(found.backups) + len(found.copies)
    if not count:
        return []
    text = ngettext(
        "The copy listed above still holds the person.", "The {count} copies listed above still hold the person.", count
    )
    return [text.format(count=count)]


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
        (
            found.retitled,
            ngettext("the name in {count} topic", "the name in {count} topics", found.retitled),
        ),
        (
            found.contact,
            ngettext(
                "the contact of {count} branch, with the number",
                "the contact of {count} branches, with the number",
                found.contact,
            ),
        ),
    )
    return [text.format(count=count) for count, text in parts if count]


def _kept(found: Erasure) -> str:
    chars = ngettext("{count} character", "{count} characters", found.chars).format(count=found.chars)
    return _(
        "Kept, without the name: {marks}, how long the notes were ({chars}), and every figure of the past."
    ).format(marks=register_text(found.marks), chars=chars)
