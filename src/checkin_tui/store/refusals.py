"""Refused attempts: what was typed and why nobody was marked."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, insert, select

from checkin_tui.domain.clock import HybridTime
from checkin_tui.store.schema import refused_attempts


def append_refusal(
    connection: Connection,
    *,
    uid: UUID,
    session_id: int | None,
    member_id: int | None,
    typed: str,
    code: str,
    sentence: str,
    recorded: HybridTime,
    operator: str,
    station: str,
) -> None:
    """Keep one."""
    connection.execute(
        insert(refused_attempts).values(
            uid=uid,
            session_id=session_id,
            member_id=member_id,
            typed=typed,
            code=code,
            sentence=sentence,
            recorded=recorded.wall,
            counter=recorded.counter,
            station=recorded.station,
            station_name=station,
            operator=operator,
        )
    )


def refusal_code(connection: Connection, uid: UUID) -> str | None:
    """The code with which this very attempt was refused before."""
    return connection.execute(select(refused_attempts.c.code).where(refused_attempts.c.uid == uid)).scalar()
