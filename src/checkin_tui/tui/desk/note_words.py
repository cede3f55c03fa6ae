"""What the views say about notes: plain values made of plain values."""

from __future__ import annotations

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.changes import NoteChanged, NotesChanged
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.roster import Mark, Person
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.desk.words import INFO
from checkin_tui.tui.register import Register
from checkin_tui.tui.widgets.lines import BannerValue
from checkin_tui.words import note_word


def note_banner(change: NoteChanged | NotesChanged, register: Register) -> BannerValue:
    """What a write about notes did."""
    if isinstance(change, NoteChanged):
        return _one(change.member_id, change.mark, register, _("Note of {name}"))
    if change.action is Action.UNDO:
        return _step(change, register, _("Taken back"))
    if change.action is Action.REDO:
        return _step(change, register, _("Done again"))
    if len(change.marks) == 1 and not change.unchanged:
        member_id, mark = change.marks[0]
        return _one(member_id, mark, register, _("✓ NOTEBOOK SEEN  {name}"))
    count = len(change.marks)
    head = ngettext("✓ {count} notebook seen", "✓ {count} notebooks seen", count).format(count=count)
    people = [register.model.person(member_id) for member_id, _mark in change.marks]
    branches = {person.branch for person in people if person is not None}
    if len(branches) == 1:
        head += f" · {branches.pop()}"
    known = len(change.unchanged)
    rest = _("{count} more: seen already, or none is asked for.").format(count=known)
    return BannerValue("present", head, (rest,) if known else ())


def _one(member_id: int, mark: Mark, register: Register, pattern: str) -> BannerValue:
    person = register.model.person(member_id)
    name, branch = ("", "") if person is None else (person.name, person.branch)
    head = " · ".join(part for part in (pattern.format(name=name), branch, note_text(mark)) if part)
    kind = "present" if mark.note is NoteState.COMPLETE else INFO
    return BannerValue(kind, head, owes_lines(person, register))


def _step(change: NotesChanged, register: Register, words: str) -> BannerValue:
    what = _("typed note") if change.text else _("notebook seen")
    head = f"{words}: {what}"
    if len(change.marks) == 1:
        member_id, mark = change.marks[0]
        person = register.model.person(member_id)
        name = "" if person is None else person.name
        return BannerValue(INFO, f"{head} · {name}", (_("Now: {note}").format(note=note_text(mark)),))
    count = len(change.marks)
    return BannerValue(INFO, head + " · " + ngettext("{count} person", "{count} people", count).format(count=count))


def note_text(mark: Mark) -> str:
    """`too short, 12 characters`, `complete, notebook seen`."""
    if mark.paper and mark.note is NoteState.COMPLETE:
        return _("complete, notebook seen")
    if mark.note is NoteState.TOO_SHORT:
        count = ngettext("{count} character", "{count} characters", mark.chars).format(count=mark.chars)
        return f"{note_word(mark.note)}, {count}"
    return note_word(mark.note)


def not_taken(count: int) -> str:
    """What was typed for a note that could not be read; '' where nothing was."""
    if not count:
        return ""
    text = ngettext(
        "{count} character typed for it was not taken.", "{count} characters typed for it were not taken.", count
    )
    return text.format(count=count)


def owes_lines(person: Person | None, register: Register) -> tuple[str, ...]:
    """`owes 2 notes of other days`, when they do."""
    owes = 0 if person is None else register.owes.get(person.member_id, 0)
    if not owes:
        return ()
    return (ngettext("owes {count} note of another day", "owes {count} notes of other days", owes).format(count=owes),)
