"""What screens and commands read: complete values, each from one consistent view."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from checkin_tui.domain.attendance.events import EventKind
from checkin_tui.domain.attendance.fold import active_events
from checkin_tui.domain.campaign import following
from checkin_tui.domain.clock import HybridTime, Millis
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.note_history import note_steps
from checkin_tui.domain.notes import count_characters
from checkin_tui.domain.people import Branch, Member
from checkin_tui.domain.reads import LoadBranches, LoadDesk, LoadHistory, LoadMember, LoadNews, LoadSessions
from checkin_tui.domain.session_rules import of_the_day
from checkin_tui.domain.sessions import Session, SessionKey
from checkin_tui.domain.views import DeskView, History, HistoryLine, News, NoteLine, Origin
from checkin_tui.services.context import Context, the_program, today
from checkin_tui.services.undoing import offered
from checkin_tui.store import changelog, events, notes, people
from checkin_tui.store.origin import origin_of
from checkin_tui.store.rosters import load_known, load_roster, load_some
from checkin_tui.store.sessions import find_session, load_session, load_sessions
from checkin_tui.store.unit_of_work import UnitOfWork, newest_recorded


def session_of_day(connection: Connection, day: date, now: Millis) -> Session | None:
    """What the desk opens on that day, by `domain.session_rules.of_the_day`."""
    return of_the_day(load_sessions(connection, day), now)


def load_desk(ctx: Context, request: LoadDesk) -> DeskView:
    """Everything the views of a day show. Raises CheckInError `no_program`, `session_unknown`."""
    with ctx.reading() as connection:
        now = ctx.clock()
        program = the_program(connection)
        day = today(program, now)
        if request.key is None:
            session = session_of_day(connection, day, now)
        else:
            session = find_session(connection, request.key)
            if session is None:
                raise CheckInError("session_unknown", key=request.key)
        coming = following(load_sessions(connection), day) if session is None else None
        cursor = newest_recorded(connection, ctx.station)
        back = again = None
        if session is None:
            known = load_known(connection, day)
            nobody = DeskView(program, day, None, coming, (), tuple(known), {}, cursor, ctx.operator, ctx.station_name)
            return nobody._replace(origin=origin_of(connection))
        roster = load_roster(connection, session)
        back, again = offered(ctx, UnitOfWork(connection, now, ctx.station), session)
        return DeskView(
            program=program,
            today=day,
            session=session,
            following=coming,
            people=tuple(roster.people),
            others=tuple(roster.others),
            marks=roster.marks,
            cursor=cursor,
            operator=ctx.operator,
            station=ctx.station_name,
            undo=back,
            redo=again,
            origin=origin_of(connection),
        )


_BEGIN = HybridTime(0, 0, UUID(int=0))


def load_news(ctx: Context, request: LoadNews) -> News:
    """What was written since `since`, by anybody. After a backup was restored: that all is to be read again."""
    news, origin = _news(ctx, request)
    # Before the first look at the file nothing but the times tells: they only ever go forward.
    elsewhere = request.origin is not None and request.origin != origin
    if elsewhere or ctx.database.replaced or (news.cursor or _BEGIN)[:2] < (request.since or _BEGIN)[:2]:
        ctx.database.replaced = False
        return news._replace(reload=True, elsewhere=True)
    return news


def _news(ctx: Context, request: LoadNews) -> tuple[News, Origin | None]:
    with ctx.reading() as connection:
        origin = origin_of(connection)
        cursor = newest_recorded(connection, ctx.station)
        since = request.since or HybridTime(0, 0, ctx.station)
        reload = changelog.any_since(connection, since)
        session = None if request.session_id is None else load_session(connection, request.session_id)
        here = None if session is None else session.id
        elsewhere = events.any_elsewhere(connection, here, since) or notes.any_elsewhere(connection, here, since)
        if session is None:
            return News((), (), None, cursor, reload, elsewhere), origin
        members = events.members_since(connection, session.id, since)
        members += [one for one in notes.members_since(connection, session.id, since) if one not in members]
        seats = load_some(connection, session, members)
        news = News(
            marks=tuple((seat.person.member_id, seat.mark) for seat in seats),
            arrivals=tuple(s.person for s in seats if not s.person.expected and s.mark.status is not None),
            session=session,
            cursor=cursor,
            reload=reload,
            elsewhere=elsewhere,
        )
        return news, origin


def load_history(ctx: Context, request: LoadHistory) -> History:
    """Every step about one member, newest first. Raises CheckInError `member_unknown`."""
    with ctx.reading() as connection:
        member = people.load_member(connection, request.member_id)
        if member is None:
            raise CheckInError("member_unknown", code="")
        keys = {session.id: session.key for session in load_sessions(connection)}
        steps = events.events_of_member(connection, request.member_id)
        if request.session_id is not None:
            steps = [step for step in steps if step.session_id == request.session_id]
        standing = {event.uid for event in active_events(steps)}
        steps.sort(key=lambda event: (event.recorded, event.uid), reverse=True)
        lines = tuple(
            HistoryLine(
                session=keys[step.session_id],
                kind=step.kind,
                status=step.status,
                reason=step.reason,
                happened=step.happened,
                recorded=step.recorded.wall,
                operator=step.operator,
                station=step.station,
                source=step.source,
                action=step.action,
                active=step.kind is not EventKind.WITHDRAWN and step.uid in standing,
                because=step.because,
            )
            for step in steps
        )
        written = _note_lines(connection, request, keys)
    return History(member, lines, written)


def _note_lines(connection: Connection, request: LoadHistory, keys: Mapping[int, SessionKey]) -> tuple[NoteLine, ...]:
    histories = notes.revisions_of_member(connection, request.member_id, request.session_id)
    steps = [step for history in histories.values() for step in note_steps(history)]
    steps.sort(key=lambda step: (step.revision.recorded, step.revision.uid), reverse=True)
    return tuple(
        NoteLine(
            session=keys[one.session_id],
            recorded=one.recorded.wall,
            operator=one.operator,
            station=one.station,
            action=one.action,
            paper=one.paper,
            chars=count_characters(one.text),
            seen=seen,
            typed=typed,
            active=active,
        )
        for one, seen, typed, active in steps
    )


def load_member(ctx: Context, request: LoadMember) -> Member:
    """One member. Raises CheckInError `member_unknown`."""
    with ctx.reading() as connection:
        member = people.load_member(connection, request.member_id)
    if member is None:
        raise CheckInError("member_unknown", code="")
    return member


def load_branches(ctx: Context, request: LoadBranches) -> tuple[Branch, ...]:
    """All branches, by name."""
    with ctx.reading() as connection:
        return people.load_branches(connection)


def load_all_sessions(ctx: Context, request: LoadSessions) -> tuple[Session, ...]:
    """All sessions, by key."""
    with ctx.reading() as connection:
        return load_sessions(connection)
