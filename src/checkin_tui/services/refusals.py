"""Keeping what was typed and why nobody was marked."""

from __future__ import annotations

from uuid import UUID

from checkin_tui.domain.changes import RefusalRecorded
from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.requests import RecordRefusal
from checkin_tui.services.context import Context
from checkin_tui.store.refusals import append_refusal, refusal_code
from checkin_tui.store.unit_of_work import UnitOfWork


def refuse(
    ctx: Context,
    work: UnitOfWork,
    error: CheckInError,
    uid: UUID,
    session_id: int | None,
    member_id: int | None,
    typed: str,
) -> None:
    """Store the refusal and commit: nothing else was written in this unit of work."""
    _append(
        ctx,
        work,
        RecordRefusal(
            uid=uid,
            made=work.now,
            session_id=session_id,
            typed=typed,
            code=error.code,
            sentence=ctx.sentence(error.code, error.values),
            member_id=None if error.code == "unknown" else member_id,
        ),
    )


def record_refusal(ctx: Context, request: RecordRefusal) -> RefusalRecorded:
    """Keep a refusal the desk decided by itself (unknown code, several hits)."""
    with ctx.writing() as work:
        if refusal_code(work.connection, request.uid) is None:
            return RefusalRecorded(uid=request.uid, recorded=_append(ctx, work, request))
    return RefusalRecorded(uid=request.uid)


def _append(ctx: Context, work: UnitOfWork, request: RecordRefusal) -> HybridTime:
    recorded = work.recorded()
    append_refusal(
        work.connection,
        uid=request.uid,
        session_id=request.session_id,
        member_id=request.member_id,
        typed=request.typed,
        code=request.code,
        sentence=request.sentence,
        recorded=recorded,
        operator=ctx.operator,
        station=ctx.station_name,
    )
    work.commit()
    return recorded
