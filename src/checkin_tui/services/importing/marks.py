"""Marks from a file: what they would do, and writing them over all their sessions in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from uuid import UUID

from checkin_tui.domain.attendance.events import Action, Draft, Event, Source
from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import FileKind
from checkin_tui.domain.mark_imports import MarksImported, SessionMarks
from checkin_tui.domain.reads import PreviewMarks
from checkin_tui.domain.requests import ImportMarks
from checkin_tui.domain.sessions import SessionState
from checkin_tui.domain.text import clean
from checkin_tui.services.context import Context
from checkin_tui.services.importing.columns import remember
from checkin_tui.services.importing.mark_plan import Make, Plan, Terms, Written, plan
from checkin_tui.services.session_changes import log_session
from checkin_tui.store import events as store
from checkin_tui.store.sessions import load_session, update_session
from checkin_tui.store.unit_of_work import UnitOfWork, newest_recorded

_NOBODY = UUID(int=0)
_PRETENDED = 1 << 127  # no real id, and none of those with which the rules try out their drafts


def preview_marks(ctx: Context, request: PreviewMarks) -> MarksImported:
    """What importing would do. Nothing is written. Raises CheckInError as `mark_plan.plan` does."""
    with ctx.reading() as connection:
        newest = newest_recorded(connection, ctx.station)
        planned = plan(connection, request.lines, _terms(request), ctx.clock(), _pretending(newest))
    return _told(None, planned)


def import_marks(ctx: Context, request: ImportMarks) -> MarksImported:
    """Write the marks: one batch over all sessions, one undo. What is refused or contradicts does not stop the rest.

    A mark that would change nothing is not written: the same file a second time adds nothing. Planned sessions of today
    or the past are opened by it; leave alone opens none. Raises CheckInError `import_nothing` (rejected) where nothing
    of the file is about anybody, `backup_failed` without a backup, and as `mark_plan.plan` does.
    """
    ctx.back_up("import")
    with ctx.writing() as work:
        repeated = store.events_of_batch(work.connection, request.uid)
        pretending = _pretending(newest_recorded(work.connection, ctx.station))
        make = pretending if repeated else _making(ctx, work, request.uid)
        planned = plan(work.connection, request.lines, _terms(request), work.now, make)
        done = _told(request.uid, planned)
        if repeated:
            return _as_first(work, done, repeated)
        if request.lines and not done.usable:
            raise CheckInError("import_nothing", rejected=done.rejected)
        for one in planned.written:
            _write(ctx, work, request.uid, one)
        if any(one.events for one in planned.written):
            done = done._replace(recorded=work.recorded())
        if request.headers:
            remember(work.connection, FileKind.MARKS, request.headers, request.mapping, request.forget)
        work.commit()
    return done


def _terms(request: PreviewMarks | ImportMarks) -> Terms:
    return Terms(request.guests, request.overwrite, clean(request.because))


def _told(uid: UUID | None, planned: Plan) -> MarksImported:
    return MarksImported(uid, planned.sessions, planned.contradictions, planned.rejected)


def _write(ctx: Context, work: UnitOfWork, batch: UUID, one: Written) -> None:
    if not one.events:
        return
    if one.opens:
        opened = replace(one.session, state=SessionState.OPEN, opened=work.now)
        update_session(work.connection, opened)
        log_session(ctx, work, batch, "open", one.session, opened)
    store.insert_events(work.connection, one.events)
    store.write_standings(work.connection, one.session.id, one.standings)


def _making(ctx: Context, work: UnitOfWork, batch: UUID) -> Make:
    def make(session_id: int, member_id: int, draft: Draft, guest: bool, because: str) -> Event:
        return ctx.event(
            work,
            draft,
            session_id=session_id,
            member_id=member_id,
            batch=batch,
            action=Action.IMPORT,
            source=Source.IMPORT,
            guest=guest,
            because=because,
        )

    return make


def _pretending(newest: HybridTime | None) -> Make:
    """Events that nobody writes: recorded after all that there are, with ids no real one has."""
    wall, numbers = (0 if newest is None else newest.wall) + 1, count(1)

    def make(session_id: int, member_id: int, draft: Draft, guest: bool, because: str) -> Event:
        number = next(numbers)
        recorded = HybridTime(wall, number, _NOBODY)
        return Event(
            UUID(int=_PRETENDED + number), session_id, member_id, recorded=recorded, batch=_NOBODY, **draft._asdict()
        )

    return make


def _as_first(work: UnitOfWork, done: MarksImported, written: Sequence[Event]) -> MarksImported:
    """The first result again: who was written then is new."""
    people = {(event.session_id, event.member_id) for event in written}
    numbers = Counter(session_id for session_id, _member in people)
    found = {session_id: load_session(work.connection, session_id) for session_id in numbers}
    new = {session.key: numbers[session_id] for session_id, session in found.items() if session is not None}
    sessions = tuple(_first(one, new.get(one.key, 0)) for one in done.sessions)
    return done._replace(sessions=sessions, recorded=written[-1].recorded)


def _first(one: SessionMarks, new: int) -> SessionMarks:
    return one._replace(new=new, changed=0, unchanged=max(0, one.unchanged - new))
