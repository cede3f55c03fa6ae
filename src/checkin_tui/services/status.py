"""The figures of one session and of the campaign, and who is known."""

from __future__ import annotations

from typing import NamedTuple

from checkin_tui.domain.board import Group
from checkin_tui.domain.campaign import Campaign, campaign, participation_of
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.people import Member
from checkin_tui.domain.program import Program
from checkin_tui.domain.rates import Participation, participation
from checkin_tui.domain.roster import Counts
from checkin_tui.domain.sessions import Session, SessionKey
from checkin_tui.services.campaign import day_of, load_days
from checkin_tui.services.context import Context, the_program, today
from checkin_tui.services.reads import session_of_day
from checkin_tui.store import figures, people
from checkin_tui.store.figures import SessionFigures
from checkin_tui.store.sessions import find_session, load_sessions


class StatusView(NamedTuple):
    """Everything `status` says. session None: nothing is planned today, and the figures are those of nobody."""

    program: Program
    session: Session | None
    figures: SessionFigures
    participation: Participation
    campaign: Campaign
    branches: tuple[Group, ...]
    leaders: Group


def status(ctx: Context, key: SessionKey | None = None) -> StatusView:
    """The figures of one session (None: today's) and of the campaign. Raises `no_program`, `session_unknown`."""
    with ctx.reading() as connection:
        program = the_program(connection)
        now = ctx.clock()
        terms, day = program.terms, today(program, now)
        if key is None:
            session = session_of_day(connection, day, now)
        else:
            session = find_session(connection, key)
            if session is None:
                raise CheckInError("session_unknown", key=key)
        sessions = load_sessions(connection)
        if session is not None:
            found = figures.session_figures(connection, session.id)
            branches = figures.branch_figures(connection, session.id)
            leaders = figures.leader_figures(connection, session.id)
    days = load_days(ctx, sessions)
    if session is None:
        nobody = participation(Counts(), terms.target, terms.leave_counts, closed=False)
        whole = campaign(days, terms.target, day)
        return StatusView(program, None, SessionFigures(), nobody, whole, (), Group("", 0, 0, 0, 0, 0))
    rate = participation_of(found.counts, session)
    # The pages were read later, perhaps after somebody's mark: what is said of this session agrees with itself.
    whole = campaign(days, terms.target, day, day_of(session, found))
    return StatusView(program, session, found, rate, whole, branches, leaders)


def members(ctx: Context) -> list[Member]:
    """Everybody known, by code."""
    with ctx.reading() as connection:
        the_program(connection)
        return people.load_members(connection)


def program_of(ctx: Context) -> Program:
    """The program. Raises CheckInError `no_program`."""
    with ctx.reading() as connection:
        return the_program(connection)


def find_person(ctx: Context, text: str) -> Member:
    """The person `text` names: a code, else an exact name. Raises CheckInError `unknown`, `ambiguous`."""
    with ctx.reading() as connection:
        member = people.find_code(connection, text)
        if member is not None:
            return member
        same = people.find_name(connection, text)
    if not same:
        raise CheckInError("unknown", typed=text)
    if len(same) > 1:
        raise CheckInError("ambiguous", name=text, count=len(same), codes=[one.code for one in same])
    return same[0]
