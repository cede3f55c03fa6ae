"""What the papers say: the sign-in sheet, the badges, the list of who owes notes for the notice board."""

from __future__ import annotations

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.badges import BadgeWords
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.papers import (
    BoardBranch,
    BoardPaper,
    BoardRow,
    SheetGroup,
    SheetOrder,
    SheetPaper,
    SheetRow,
    SheetView,
)
from checkin_tui.domain.program import Program
from checkin_tui.domain.roster import UNMARKED_MARK, Person
from checkin_tui.domain.sessions import Session, SessionState
from checkin_tui.domain.views import BranchDebts, OwedNote, OwedView
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.chase import about_text, chase_text, contact_text, lack_text, owed_text
from checkin_tui.words.labels import branch_word, kind_word, state_word, status_word
from checkin_tui.words.times import clock_text, key_text, moment_text, span_text

_RULE = "________"
_LONG = 300
"""Characters of a name or a topic in the head of a paper."""
_RUNNING = 120
"""The same in the line that every page begins with."""


def language() -> str:
    """The language the sentences are in, as HTML names it."""
    return _("en")


def sheet_paper(view: SheetView, blank: int) -> SheetPaper:
    """The sign-in sheet. Who is known to be on leave is marked so, without the reason: everybody reads the sheet."""
    session, name = view.session, view.program.terms.name
    headings = (_("No."), _("Code"), _("Name"), _("Branch"), _("Title"), _("Signed in"))
    nobody = _("Nobody of these branches is expected.") if view.part else _("Nobody is on the roster of this session.")
    return SheetPaper(
        language=language(),
        title=_brief(name, _LONG),
        lines=_about(session, view.program.terms.zone, blank),
        running=_("{program}: sign-in sheet, {day}").format(
            program=_brief(name, _RUNNING), day=key_text(session.key, year=True)
        ),
        columns=headings,
        groups=_groups(view),
        nobody="" if view.people else nobody,
        blank=blank,
        foot=_foot(sum(one.expected for one in view.people)),
    )


def _about(session: Session, zone: str, blank: int) -> tuple[str, ...]:
    when = _("{day}, {hours}, late from {late}").format(
        day=key_text(session.key, year=True),
        hours=span_text(session.starts, session.ends, zone),
        late=clock_text(session.late_from, zone),
    )
    about = [_("Sign-in sheet"), when, kind_word(session.kind)]
    if session.state is SessionState.CANCELLED:
        about.append(state_word(session.state))
    lines = [" · ".join(about)]
    if session.topic:
        lines.append(_("Topic: {topic}").format(topic=_brief(session.topic, _LONG)))
    if session.presenter:
        lines.append(_("Presenter: {name}").format(name=_brief(session.presenter, _LONG)))
    if blank:
        lines.append(_("The empty lines at the end are for people who are not on the list."))
    return tuple(lines)


def _brief(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _groups(view: SheetView) -> tuple[SheetGroup, ...]:
    groups: list[SheetGroup] = []
    heading, rows = "", list[SheetRow]()
    for number, person in enumerate(view.people, 1):
        under = _heading(view.order, person)
        if under != heading and rows:
            groups.append(SheetGroup(heading, tuple(rows)))
            rows = []
        heading = under
        rows.append(_row(view, number, person))
    return (*groups, SheetGroup(heading, tuple(rows))) if rows else tuple(groups)


def _heading(order: SheetOrder, person: Person) -> str:
    if not person.expected:
        return _("Guests")
    return branch_word(person.branch) if order is SheetOrder.BRANCH else ""


def _row(view: SheetView, number: int, person: Person) -> SheetRow:
    away = view.marks.get(person.member_id, UNMARKED_MARK).status is Status.EXCUSED
    mark = status_word(Status.EXCUSED) if away else ""
    return SheetRow(number, person.code, person.name, person.branch, person.title, mark)


def _foot(expected: int) -> tuple[str, ...]:
    counts = (_("present"), _("late"), _("on leave"), _("absent"), _("guests"))
    by_hand = "   ".join(f"{word} {_RULE}" for word in counts)
    total = ngettext("Total: {count} expected", "Total: {count} expected", expected).format(count=expected)
    signature = _("Organizer's signature {rule}").format(rule=_RULE * 4)
    return (f"{total}   {by_hand}", signature)


def badge_words(program: Program) -> BadgeWords:
    """What a sheet of badges says."""
    return BadgeWords(
        language=language(),
        title=_("Badges: {program}").format(program=program.terms.name),
        hint=_("Print at 100 % (actual size) on A4, without margins and headers."),
        leader=_("Leader"),
        nobody=_("There is nobody to make a badge for."),
    )


def board_paper(view: OwedView, now: Millis) -> BoardPaper:
    """The list for the notice board; in a view without telephones of members it has no column for them."""
    name, zone = view.program.terms.name, view.program.terms.zone
    as_of = _("As of {moment}").format(moment=moment_text(now, zone))
    phones = any(person.phone for branch in view.branches for person in branch.people)
    headings = (_("No."), _("Code"), _("Name"), _("Phone") if phones else "", _("Owes"))
    return BoardPaper(
        language=language(),
        title=_("Who owes notes"),
        lines=(_brief(name, _LONG), _brief(about_text(view), _LONG), as_of),
        running=f"{_brief(name, _RUNNING // 2)}: {_brief(about_text(view), _RUNNING // 2)}",
        total=owed_text(view),
        columns=headings,
        branches=_branches(view),
        text=f"{chase_text(view)}\n\n{as_of}",
    )


def _branches(view: OwedView) -> tuple[BoardBranch, ...]:
    found = []
    for debts in view.branches:
        rows = [
            BoardRow(number, one.code, one.name, one.phone, tuple(_owes(view, note) for note in one.notes))
            for number, one in enumerate(debts.people, 1)
        ]
        found.append(BoardBranch(branch_word(debts.name), contact_text(debts), _count(view, debts), tuple(rows)))
    return tuple(found)


def _owes(view: OwedView, note: OwedNote) -> str:
    """`missing`; where it is about several sessions, of which: `Mon 18 May 12 of 50 characters`."""
    return f"{key_text(note.session)} {lack_text(note)}" if view.campaign else lack_text(note)


def _count(view: OwedView, debts: BranchDebts) -> str:
    """How many owe how many, as for the whole list."""
    return owed_text(view._replace(branches=(debts,)))


def sheet_written(rows: int) -> str:
    """How many people are on the sheet."""
    return ngettext("{count} person on the sheet.", "{count} people on the sheet.", rows).format(count=rows)


def badges_written(rows: int) -> str:
    """How many badges there are."""
    return ngettext("{count} badge.", "{count} badges.", rows).format(count=rows)


def board_written(rows: int) -> str:
    """How many people are on the list for the notice board."""
    if not rows:
        return _("Nobody owes a note.")
    return ngettext("{count} person on the list.", "{count} people on the list.", rows).format(count=rows)
