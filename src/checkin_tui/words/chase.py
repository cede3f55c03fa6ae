"""The chase list as plain text, ready to be sent: who owes which notes, by branch with whom to call there.

One person a line and nothing in columns: it is read in messages and mails, where letters have no fixed width.
"""

from __future__ import annotations

from checkin_tui.domain.text import visible
from checkin_tui.domain.views import BranchDebts, Debtor, OwedNote, OwedView
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.labels import branch_word
from checkin_tui.words.times import day_text


def chase_text(view: OwedView) -> str:
    """The whole list, without a line end behind it.

    First what it is about, then the branches with contact and telephone, under each its people by name with the days
    they owe (in a list of one session only how much is there), at last who has a note without having been there.
    """
    parts = ["\n".join([visible(view.program.terms.name), about_text(view), owed_text(view)])]
    parts += [_branch(view, branch) for branch in view.branches]
    if view.without_presence:
        names = ", ".join(_named(name, code) for code, name in view.without_presence)
        parts.append(_("Note, but was not here: {names}").format(names=names))
    return "\n\n".join(parts)


def about_text(view: OwedView) -> str:
    """What it is about: `Notes of Mon 18 May 2026, The river`, `Notes of 3 sessions, Mon 18 May 2026 to …`."""
    if not view.campaign:
        session = view.sessions[0]
        parts = [_("Notes of {day}").format(day=day_text(session.key.day, year=True))]
        if session.key.ordinal > 1:
            parts.append(str(session.key))
        parts.append(visible(session.topic))
        return ", ".join(part for part in parts if part)
    if not view.sessions:
        return _("No register was taken yet.")
    count, first, last = len(view.sessions), view.sessions[0].key.day, view.sessions[-1].key.day
    if first == last:
        return ngettext("Notes of {count} session, {day}", "Notes of {count} sessions, {day}", count).format(
            count=count, day=day_text(first, year=True)
        )
    return ngettext(
        "Notes of {count} session, {first} to {last}", "Notes of {count} sessions, {first} to {last}", count
    ).format(count=count, first=day_text(first, year=True), last=day_text(last, year=True))


def owed_text(view: OwedView) -> str:
    """`3 people owe 4 notes.`, or that nobody does."""
    if not view.people:
        return _("Nobody owes a note.")
    notes = ngettext("{count} note", "{count} notes", view.notes).format(count=view.notes)
    return ngettext("{count} person owes {notes}.", "{count} people owe {notes}.", view.people).format(
        count=view.people, notes=notes
    )


def lack_text(note: OwedNote) -> str:
    """`12 of 50 characters`, or that nothing is there."""
    if not note.chars:
        return _("missing")
    return ngettext("{chars} of {minimum} character", "{chars} of {minimum} characters", note.minimum).format(
        chars=note.chars, minimum=note.minimum
    )


def contact_text(debts: BranchDebts) -> str:
    """`contact Wen Li, 5550103`: as much of it as is known."""
    if debts.branch is None:
        return ""
    contact, phone = visible(debts.branch.contact), visible(debts.branch.phone)
    if contact and phone:
        return _("contact {name}, {phone}").format(name=contact, phone=phone)
    if contact:
        return _("contact {name}").format(name=contact)
    return phone


def _branch(view: OwedView, debts: BranchDebts) -> str:
    head = visible(branch_word(debts.name))
    contact = contact_text(debts)
    if contact:
        head = _("{branch} ({contact})").format(branch=head, contact=contact)
    return "\n".join([head, *(_person(view, person) for person in debts.people)])


def _person(view: OwedView, person: Debtor) -> str:
    who = _named(person.name, person.code)
    if person.phone:
        who += f", {visible(person.phone)}"
    if view.campaign:
        owes = "; ".join(f"{_day(note)} {lack_text(note)}" for note in person.notes)
    else:
        owes = lack_text(person.notes[0])
    return _("- {who}: {owes}").format(who=who, owes=owes)


def _day(note: OwedNote) -> str:
    day = day_text(note.session.day)
    return day if note.session.ordinal == 1 else f"{day} ({note.session})"


def _named(name: str, code: str) -> str:
    return f"{visible(name)} ({visible(code)})"
