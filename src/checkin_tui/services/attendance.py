"""Marking people: one by one, many at once, and taking the newest step about one person back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from checkin_tui.domain import errors
from checkin_tui.domain.attendance import writing
from checkin_tui.domain.attendance.events import Action, Event, Status
from checkin_tui.domain.attendance.fold import Standing, fold
from checkin_tui.domain.calendar import local
from checkin_tui.domain.changes import AttendanceChanged
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.requests import MarkMany, MarkPerson, TakeBack, Write
from checkin_tui.domain.roster import Mark
from checkin_tui.domain.sessions import Session, SessionState
from checkin_tui.services.context import Context, the_program, the_session
from checkin_tui.services.refusals import refuse
from checkin_tui.services.session_changes import log_session
from checkin_tui.store import events as store
from checkin_tui.store.mark_context import MarkContext, load_mark_context
from checkin_tui.store.rosters import Seat, load_seat, load_some, mark_of
from checkin_tui.store.sessions import update_session
from checkin_tui.store.unit_of_work import UnitOfWork

Plan = Callable[[Sequence[Event]], writing.Drafts]


def mark_person(ctx: Context, request: MarkPerson) -> AttendanceChanged:
    """Write one step about one person. The first mark on today's planned session opens it.

    Raises CheckInError, in this order: `unknown`, `closed`, `not_expected`, `already` or `unchanged`, `time`. The
    refusal is stored.
    """
    with ctx.writing() as work:
        known_here = load_mark_context(work.connection, request.session_id, request.uid, ctx.station)
        if known_here is None:
            raise CheckInError("session_unknown", key=str(request.session_id))
        session = known_here.session
        if known_here.written:
            return current(work, session, request.uid, store.events_of_batch(work.connection, request.uid))
        if known_here.refused is not None:
            raise CheckInError(known_here.refused, repeated=True)
        work.start_from(known_here.newest)
        try:
            seat = load_seat(work.connection, session, request.member_id)
            if seat is None:
                raise CheckInError(errors.UNKNOWN, typed=request.typed)
            opened = _ready(work, session, known_here.zone, request.status is Status.EXCUSED, request.because)
            known = store.events_of(work.connection, session.id, request.member_id) if seat.touched else []
            if not (seat.person.expected or request.guest or known):
                raise CheckInError(errors.NOT_EXPECTED, name=seat.person.name, code=seat.person.code)
            new = _step(ctx, work, known_here, request, known)
        except CheckInError as error:
            refuse(ctx, work, error, request.uid, request.session_id, request.member_id, request.typed)
            raise
        if opened is not None:
            update_session(work.connection, opened)
            log_session(ctx, work, request.uid, "open", session, opened)
        store.insert_events(work.connection, new)
        standing = fold([*known, *new], session.terms)
        store.write_standings(work.connection, session.id, [(request.member_id, standing)])
        recorded = new[-1].recorded
        work.commit()
    return AttendanceChanged(
        uid=request.uid,
        recorded=recorded,
        session_id=session.id,
        action=new[0].action,
        marks=((request.member_id, mark_of(standing, seat, session)),),
        arrivals=() if seat.person.expected else (seat.person,),
        session=opened,
        member_id=request.member_id,
        touched=1,
    )


def mark_many(ctx: Context, request: MarkMany) -> AttendanceChanged:
    """Give one status to those who are still unmarked: one batch. Raises CheckInError `unchanged` if that is nobody."""
    with ctx.writing() as work:
        session = the_session(work.connection, request.session_id)
        repeated = _repeated(work, session, request.uid)
        if repeated is not None:
            return repeated
        zone = the_program(work.connection).terms.zone
        opened = _ready(work, session, zone, request.status is Status.EXCUSED, request.because)
        marks, new = mark_unmarked(ctx, work, session, request, Action.BULK)
        if not new:
            raise CheckInError(errors.UNCHANGED, status=request.status)
        if opened is not None:
            update_session(work.connection, opened)
            log_session(ctx, work, request.uid, "open", session, opened)
        work.commit()
    return AttendanceChanged(
        uid=request.uid,
        recorded=new[-1].recorded,
        session_id=session.id,
        action=Action.BULK,
        marks=tuple(marks),
        session=opened,
        touched=len(marks),
    )


def mark_unmarked(
    ctx: Context, work: UnitOfWork, session: Session, request: MarkMany, action: Action
) -> tuple[list[tuple[int, Mark]], list[Event]]:
    """Inside a transaction: decide for everyone of the request who is expected and still unmarked."""
    known = store.events_of_many(work.connection, session.id, request.member_ids)
    new: list[Event] = []
    marks: list[tuple[int, Mark]] = []
    standings: list[tuple[int, Standing]] = []
    for seat in load_some(work.connection, session, request.member_ids):
        member_id = seat.person.member_id
        before = known.get(member_id, [])
        if not seat.person.expected or fold(before, session.terms).status is not None:
            continue
        drafts = writing.decide(before, session.terms, request.status, request.reason)
        written = [
            ctx.event(
                work,
                draft,
                session_id=session.id,
                member_id=member_id,
                batch=request.uid,
                action=action,
                source=request.source,
                because=request.because,
            )
            for draft in drafts
        ]
        standing = fold([*before, *written], session.terms)
        new += written
        standings.append((member_id, standing))
        marks.append((member_id, mark_of(standing, seat, session)))
    store.insert_events(work.connection, new)
    store.write_standings(work.connection, session.id, standings)
    return marks, new


def take_back(ctx: Context, request: TakeBack) -> AttendanceChanged:
    """Withdraw the newest step about one person, whoever made it.

    Raises CheckInError `closed`, or `not_taken_back` where there is nothing about them.
    """
    with ctx.writing() as work:
        session = the_session(work.connection, request.session_id)
        repeated = _repeated(work, session, request.uid)
        if repeated is not None:
            return repeated
        _ready(work, session, the_program(work.connection).terms.zone, True, request.because)
        known = store.events_of(work.connection, session.id, request.member_id)
        seat = load_seat(work.connection, session, request.member_id)
        step = writing.newest_step(known)
        drafts = writing.withdraw(known, step)
        if seat is None or not drafts:
            raise CheckInError("not_taken_back")
        action = Action.TAKE_BACK
        new = _written(ctx, work, session, request, request.member_id, drafts, action, because=request.because)
        store.insert_events(work.connection, new)
        standing = fold([*known, *new], session.terms)
        store.write_standings(work.connection, session.id, [(request.member_id, standing)])
        work.commit()
    return AttendanceChanged(
        uid=request.uid,
        recorded=new[-1].recorded,
        session_id=session.id,
        action=action,
        marks=((request.member_id, mark_of(standing, seat, session)),),
        undone=step[0].action,
        member_id=request.member_id,
        touched=1,
    )


def _ready(work: UnitOfWork, session: Session, zone: str, leave_ahead: bool, because: str) -> Session | None:
    """Whether this may be written now. Returns the session opened by it, None where it stays as it is."""
    if session.state is SessionState.OPEN or (session.state is SessionState.CLOSED and because.strip()):
        return None
    if session.state is SessionState.PLANNED:
        if leave_ahead:
            return None
        if session.key.day == local(work.now, zone).date():
            return replace(session, state=SessionState.OPEN, opened=work.now)
    raise CheckInError(errors.CLOSED, state=session.state, key=session.key)


def _step(
    ctx: Context, work: UnitOfWork, here: MarkContext, request: MarkPerson, known: Sequence[Event]
) -> list[Event]:
    """The events of one person's step, part after part, each seeing the ones before it."""
    session = here.session
    new: list[Event] = []
    refusals: list[CheckInError] = []
    action = Action.CORRECT if request.correct or session.state is SessionState.CLOSED else Action.MARK
    for plan in _parts(here, request):
        try:
            drafts = plan([*known, *new])
        except CheckInError as error:
            if error.code not in (errors.ALREADY, errors.UNCHANGED):
                raise
            refusals.append(error)
            continue
        new += _written(ctx, work, session, request, request.member_id, drafts, action, request.guest, request.because)
    newest = max(work.now, request.made)
    for at in (request.at, request.left):
        if at is not None and at > newest and not (refusals and not new):
            raise CheckInError(errors.TIME, rule="future", at=at)
    if not new:
        refusal = refusals[0]
        if refusal.code == errors.ALREADY:
            _tell_by_whom(refusal, known)
        raise refusal
    return new


def _parts(here: MarkContext, request: MarkPerson) -> list[Plan]:
    terms, at, left = here.session.terms, request.at, request.left
    parts: list[Plan] = []
    if request.status is not None:
        status, reason = request.status, request.reason
        parts.append(lambda events: writing.decide(events, terms, status, reason, at))
    elif at is not None and request.correct:
        parts.append(lambda events: writing.correct_arrival(events, terms, at))
    elif at is not None or left is None:
        moment = at if at is not None else _moment(here, request.made)
        parts.append(lambda events: writing.arrive(events, terms, moment))
    if left is not None:
        change = writing.correct_leaving if request.correct else writing.leave
        parts.append(lambda events: change(events, terms, left))
    return parts


def _moment(here: MarkContext, made: Millis) -> Millis | None:
    """When somebody arrived who was entered without a time: at the key press, unless the afternoon is over by then."""
    if made > here.session.ends or local(made, here.zone).date() != here.session.key.day:
        return None
    return made


def _tell_by_whom(refusal: CheckInError, known: Sequence[Event]) -> None:
    with suppress(ValueError):
        newest = max(known, key=lambda event: (event.recorded, event.uid))
        refusal.values.update(operator=newest.operator, station=newest.station)


def _written(
    ctx: Context,
    work: UnitOfWork,
    session: Session,
    request: Write,
    member_id: int,
    drafts: writing.Drafts,
    action: Action,
    guest: bool = False,
    because: str = "",
) -> list[Event]:
    return [
        ctx.event(
            work,
            draft,
            session_id=session.id,
            member_id=member_id,
            batch=request.uid,
            action=action,
            source=request.source,
            guest=guest,
            because=because,
        )
        for draft in drafts
    ]


def _repeated(work: UnitOfWork, session: Session, uid: UUID) -> AttendanceChanged | None:
    """The first result again, where this very action was written before."""
    written = store.events_of_batch(work.connection, uid)
    if not written:
        return None
    return current(work, session, uid, written)


def current(work: UnitOfWork, session: Session, uid: UUID, written: Sequence[Event]) -> AttendanceChanged:
    """What a step that is already in the file has led to."""
    seats: list[Seat] = load_some(work.connection, session, sorted({event.member_id for event in written}))
    return AttendanceChanged(
        uid=uid,
        recorded=written[-1].recorded,
        session_id=session.id,
        action=written[0].action,
        marks=tuple((seat.person.member_id, seat.mark) for seat in seats),
        arrivals=tuple(seat.person for seat in seats if not seat.person.expected and seat.mark.status is not None),
        member_id=seats[0].person.member_id if len(seats) == 1 else None,
        touched=len(seats),
        repeated=True,
    )
