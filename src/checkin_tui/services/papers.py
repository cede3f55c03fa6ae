"""What papers are made of: who may sign, who gets a badge, who owes notes. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection

from checkin_tui.domain.badges import BadgeAsk, Holder
from checkin_tui.domain.erasing import is_erased
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.papers import BoardAsk, SheetAsk, SheetOrder, SheetView
from checkin_tui.domain.people import Member
from checkin_tui.domain.reads import LoadOwed
from checkin_tui.domain.roster import Person
from checkin_tui.domain.sessions import Session, SessionKey
from checkin_tui.domain.text import clean
from checkin_tui.domain.views import BranchDebts, OwedView
from checkin_tui.services.context import Context, the_program, today
from checkin_tui.services.owed import load_owed
from checkin_tui.services.reads import session_of_day
from checkin_tui.store.papers import name_keys
from checkin_tui.store.people import load_branches, load_members
from checkin_tui.store.rosters import load_roster
from checkin_tui.store.sessions import find_session


def read_sheet(ctx: Context, ask: SheetAsk) -> SheetView:
    """Who may sign at a session, whatever its state.

    Raises CheckInError `no_program`, `no_session`, `session_unknown`, `branch_unknown` (name).
    """
    with ctx.reading() as connection:
        program = the_program(connection)
        session = _session(ctx, connection, ask.key, today(program, ctx.clock()))
        only = _asked(connection, ask.branches)
        roster = load_roster(connection, session)
        keys = name_keys(connection) if ask.order is SheetOrder.NAME else {}
    people = [one for one in roster.people if only is None or one.branch in only]
    expected = [one for one in people if one.expected]
    if ask.order is SheetOrder.NAME:
        expected.sort(key=lambda one: (keys.get(one.member_id, ""), one.code))
    elif ask.order is SheetOrder.CODE:
        expected.sort(key=_by_code)
    guests = [one for one in people if not one.expected]
    return SheetView(program, session, (*expected, *guests), roster.marks, ask.order, only is not None)


def read_holders(ctx: Context, ask: BadgeAsk) -> tuple[Holder, ...]:
    """Who gets a badge: members of today and of days to come by branch and name, or whoever is asked for by code.

    Raises CheckInError `no_program`, `branch_unknown` (name), `member_unknown` (typed).
    """
    with ctx.reading() as connection:
        day = today(the_program(connection), ctx.clock())
        only = _asked(connection, ask.branches)
        members = load_members(connection)
        keys = name_keys(connection)
    if ask.codes:
        there = {one.code: one for one in members if not is_erased(one.code)}
        chosen = [_named(there, code) for code in dict.fromkeys(map(clean, ask.codes))]
    else:
        members = [one for one in members if not one.guest and not is_erased(one.code)]
        chosen = [one for one in members if _belongs(one, day)]
    held = [(one, _holder(one, day)) for one in chosen]
    if not ask.codes:
        held.sort(key=lambda both: (not both[1].branch, both[1].branch, keys[both[0].id], both[0].code))
    return tuple(holder for _one, holder in held if only is None or holder.branch in only)


def read_board(ctx: Context, ask: BoardAsk) -> OwedView:
    """Who owes notes, as a notice board may tell it: without telephones of members unless asked for, and without those
    who wrote a note but were not there.

    Raises CheckInError as `load_owed` does.
    """
    only: Iterable[str | None] = dict.fromkeys(map(clean, ask.branches)) or (None,)
    with ctx.still() as copy:
        views = [load_owed(copy, LoadOwed(ask.key, ask.campaign, name)) for name in only]
    found = [branch for view in views for branch in view.branches]
    found.sort(key=lambda one: (one.branch is None, one.name))
    branches = tuple(found if ask.phones else map(_without_phones, found))
    return views[0]._replace(branches=branches, without_presence=())


def _session(ctx: Context, connection: Connection, key: SessionKey | None, day: date) -> Session:
    session = session_of_day(connection, day, ctx.clock()) if key is None else find_session(connection, key)
    if session is None:
        raise CheckInError("no_session", day=day) if key is None else CheckInError("session_unknown", key=key)
    return session


def _asked(connection: Connection, names: Sequence[str]) -> frozenset[str] | None:
    """The branches meant, None for all. '' are those without one."""
    if not names:
        return None
    known = {branch.name for branch in load_branches(connection)}
    for name in names:
        if clean(name) not in known | {""}:
            raise CheckInError("branch_unknown", name=name)
    return frozenset(map(clean, names))


def _by_code(person: Person) -> tuple[int, int, str]:
    """Codes that are numbers in the order of the numbers, before all others."""
    digits = person.code.isascii() and person.code.isdecimal()
    return (0, int(person.code), person.code) if digits else (1, 0, person.code)


def _named(there: dict[str, Member], code: str) -> Member:
    if code not in there:
        raise CheckInError("member_unknown", typed=code)
    return there[code]


def _belongs(member: Member, day: date) -> bool:
    """Whether somebody is a member on that day, or will be."""
    return any(place.until is None or place.until > day for place in member.memberships)


def _holder(member: Member, day: date) -> Holder:
    coming = next((place for place in member.memberships if place.first > day), None)
    place = member.membership_on(day) or coming
    if place is None:
        return Holder(member.code, member.name, "", False)
    return Holder(member.code, member.name, place.branch, place.leader)


def _without_phones(debts: BranchDebts) -> BranchDebts:
    return debts._replace(people=tuple(person._replace(phone="") for person in debts.people))
