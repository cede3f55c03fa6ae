"""The figures: one session, the campaign, who owes notes."""

from __future__ import annotations

from dataclasses import dataclass

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.people import Member
from checkin_tui.domain.program import Program
from checkin_tui.domain.rates import Participation, Rate, campaign, participation
from checkin_tui.domain.roster import Counts
from checkin_tui.domain.sessions import Session, SessionKey, SessionState
from checkin_tui.services.context import Context, the_program, today
from checkin_tui.services.reads import session_of_day
from checkin_tui.store import figures, people
from checkin_tui.store.figures import BranchFigures, Owing, SessionFigures
from checkin_tui.store.sessions import find_session


@dataclass(frozen=True, slots=True)
class StatusView:
    """Everything `status` says. session None: nothing is planned today. taken: sessions in the campaign's rate."""

    program: Program
    session: Session | None
    figures: SessionFigures
    participation: Participation | None
    taken: int
    campaign: Rate
    branches: tuple[BranchFigures, ...]


@dataclass(frozen=True, slots=True)
class MissingView:
    """Who owes a note for a session, and who has one without having been there."""

    program: Program
    session: Session
    missing: tuple[Owing, ...]
    without_presence: tuple[tuple[str, str], ...]


def status(ctx: Context, key: SessionKey | None = None) -> StatusView:
    """The figures of one session (None: today's) and of the campaign. Raises `no_program`, `session_unknown`."""
    with ctx.reading() as connection:
        program = the_program(connection)
        if key is None:
            session = session_of_day(connection, today(program, ctx.clock()))
        else:
            session = find_session(connection, key)
            if session is None:
                raise CheckInError("session_unknown", key=key)
        held = figures.campaign_figures(connection)
        whole = campaign((one.attended, one.expected) for one in held)
        if session is None:
            nothing = figures.SessionFigures(Counts(), 0, 0, 0)
            return StatusView(program, None, nothing, None, len(held), whole, ())
        found = figures.session_figures(connection, session.id)
        closed = session.state in (SessionState.CLOSED, SessionState.CANCELLED)
        rate = participation(found.counts, session.target, session.leave_counts, closed)
        branches = tuple(
            one if session.leave_counts else one._replace(expected=one.expected - one.excused)
            for one in figures.branch_figures(connection, session.id)
        )
    return StatusView(program, session, found, rate, len(held), whole, branches)


def missing(ctx: Context, key: SessionKey | None = None) -> MissingView:
    """Who owes notes. Raises CheckInError `no_session` where none is named and none is today."""
    with ctx.reading() as connection:
        program = the_program(connection)
        day = today(program, ctx.clock())
        session = session_of_day(connection, day) if key is None else find_session(connection, key)
        if session is None:
            raise CheckInError("no_session", day=day) if key is None else CheckInError("session_unknown", key=key)
        owing = tuple(figures.missing_notes(connection, session.id))
        without = tuple(figures.notes_without_presence(connection, session.id))
    return MissingView(program, session, owing, without)


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
