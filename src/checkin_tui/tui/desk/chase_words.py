"""The chase list as lines: the branches with whom to call there, and under each its people with what they owe."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from checkin_tui.domain.views import BranchDebts, Debtor, OwedNote, OwedView
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui import shown
from checkin_tui.tui.clipboard import Copied
from checkin_tui.tui.commands import View, bar_digit
from checkin_tui.tui.desk.words import INFO, TROUBLE
from checkin_tui.tui.safe import brief
from checkin_tui.tui.screens.save_as import short_path
from checkin_tui.tui.widgets.lines import BannerValue
from checkin_tui.tui.widgets.rows import Row
from checkin_tui.words import branch_word, note_word, sentence, which_text
from checkin_tui.words.chase import about_text, contact_text, owed_text
from checkin_tui.words.times import month_name

NAME_ROOM = 30  # cells of a branch's name, so that whom to call there stays in view


class BranchKey(NamedTuple):
    """The heading of a branch."""

    branch_id: int


class PersonKey(NamedTuple):
    """The line of somebody who owes."""

    member_id: int


def rows_of(view: OwedView, *, hidden: bool) -> list[Row]:
    """All lines. hidden: codes for names, and no telephone."""
    rows: list[Row] = []
    for branch in view.branches:
        key: Hashable | None = None if branch.branch is None else BranchKey(branch.branch.id)
        rows.append(Row((branch_text(view, branch, hidden=hidden),), key, "head"))
        for person in branch.people:
            phone = shown.phone(person.phone, hidden=hidden)
            texts = (person.code, shown_name(person, hidden=hidden), phone, owes_text(view, person))
            rows.append(Row(texts, PersonKey(person.member_id)))
    if view.without_presence:
        rows.append(Row((note_word_without_presence(),), None, "head"))
        rows += [
            Row((code, shown.member(name, code, hidden=hidden), "", _("nothing is owed")), None, "muted")
            for code, name in view.without_presence
        ]
    return rows


def note_word_without_presence() -> str:
    """The heading of those who have a note and were not there."""
    from checkin_tui.domain.notes import NoteState

    text = note_word(NoteState.WITHOUT_PRESENCE)
    return text[:1].upper() + text[1:]


def shown_name(person: Debtor, *, hidden: bool) -> str:
    """The name as this window shows it."""
    return shown.member(person.name, person.code, hidden=hidden)


def branch_text(view: OwedView, debts: BranchDebts, *, hidden: bool) -> str:
    """`Hepan · 12 people, 19 notes · contact Wen Li, 5550103`."""
    people = ngettext("{count} person", "{count} people", len(debts.people)).format(count=len(debts.people))
    notes = sum(len(person.notes) for person in debts.people)
    if view.campaign:
        owed = ngettext("{count} note", "{count} notes", notes).format(count=notes)
        people = _("{people}, {notes}").format(people=people, notes=owed)
    contact = ""
    if debts.branch is not None and not hidden:
        contact = contact_text(debts) or _("no contact yet")
    name = brief(branch_word(debts.name), NAME_ROOM)
    return " · ".join(part for part in (name, people, contact) if part)


def owes_text(view: OwedView, person: Debtor) -> str:
    """`too short (12 of 50)`; in a list of the campaign `2 notes: 18 May too short (12 of 50), 19 May`."""
    if not view.campaign:
        return lack(person.notes[0]) or note_word(person.notes[0].state)
    days = ", ".join(" ".join(part for part in (day_of(note), lack(note)) if part) for note in person.notes)
    if len(person.notes) == 1:
        return days
    return ngettext("{count} note: {days}", "{count} notes: {days}", len(person.notes)).format(
        count=len(person.notes), days=days
    )


def lack(note: OwedNote) -> str:
    """`too short (12 of 50)`; '' where nothing is there."""
    if not note.chars:
        return ""
    return _("{word} ({chars} of {minimum})").format(word=note_word(note.state), chars=note.chars, minimum=note.minimum)


def day_of(note: OwedNote) -> str:
    """`18 May`, and which one where the date has several."""
    return which_text(short_day(note.session.day), note.session)


def short_day(day: date) -> str:
    """`18 May`."""
    return _("{day} {month}").format(day=day.day, month=month_name(day.month), number=day.month)


class ChaseValue(NamedTuple):
    """What the line above the list says. about: the scope; branch: the only one; text: the totals, or why none."""

    about: str
    text: str
    other: str
    bad: bool = False


def totals(view: OwedView, branch: str | None) -> ChaseValue:
    """The scope, who owes how much, and how to see the other scope."""
    about = about_text(view)
    if branch is not None:
        about = _("{about} · only {branch}").format(about=about, branch=branch_word(branch))
    text = owed_text(view) if view.sessions else _("No notes yet.")
    return ChaseValue(about, text, other_scope(campaign=view.campaign), bool(view.people))


def other_scope(*, campaign: bool) -> str:
    """How to see the notes of the session instead of those of the campaign, or the other way round."""
    text = _("→ {digit} only this session") if campaign else _("→ {digit} the whole campaign")
    return text.format(digit=bar_digit("chase.scope", View.CHASE))


def copied_banner(copied: Copied, view: OwedView, *, hidden: bool) -> BannerValue:
    """Where the list is now."""
    names = (_("The names are in it."),) if hidden else ()
    what = owed_text(view)
    if copied.tool:
        return BannerValue(INFO, _("✓ Copied: {what}").format(what=what), names)
    if copied.path is not None:
        head = _("Given to the terminal, which may not take it. Also saved:")
        return BannerValue(INFO, head, (" ".join((short_path(copied.path), *names)),))
    trouble = copied.trouble
    why = "" if trouble is None else sentence(trouble.code, trouble.values)
    head = _("Given to the terminal, which may not take it; and no file was written.")
    return BannerValue(TROUBLE, f"! {head}", (why,))


def saved_banner(path: Path, view: OwedView, *, hidden: bool) -> BannerValue:
    """Which file it is in."""
    rest = [owed_text(view), *([_("The names are in it.")] if hidden else [])]
    return BannerValue(INFO, _("✓ Saved: {path}").format(path=short_path(path)), (" ".join(rest),))
