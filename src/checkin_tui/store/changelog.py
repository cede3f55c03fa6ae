"""The log of changes of people, sessions and program: before and after as JSON, so that a batch can be taken back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Row, func, insert, select

from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.sessions import SessionState
from checkin_tui.store.failures import Unreadable
from checkin_tui.store.schema import ChangeKind, Entity, changes

_c = changes.c
CANCELLED = SessionState.CANCELLED.value
ERASED = "erased"
"""The key of a state that holds nothing any more: of a person who was erased since."""
State = dict[str, Any] | None


class LoggedChange(NamedTuple):
    """One entity before and after (None: it was not there). undoes: the batch this one takes back."""

    uid: UUID
    batch: UUID
    kind: str
    entity: Entity
    entity_uid: UUID
    before: State
    after: State
    recorded: HybridTime
    undoes: UUID | None = None
    because: str = ""
    operator: str = ""
    station: str = ""


def append(connection: Connection, logged: Sequence[LoggedChange]) -> None:
    """Write changes."""
    if logged:
        connection.execute(insert(changes), [_values(change) for change in logged])


def of_batch(connection: Connection, batch: UUID) -> list[LoggedChange]:
    """The changes of one step, in order."""
    rows = connection.execute(select(changes).where(_c.batch == batch).order_by(_c.id)).all()
    return [_change(row) for row in rows]


def of_entity(connection: Connection, uid: UUID) -> list[LoggedChange]:
    """Everything that happened to one entity, newest first."""
    rows = connection.execute(select(changes).where(_c.entity_uid == uid).order_by(_c.id.desc())).all()
    return [_change(row) for row in rows]


def cancel_reason(connection: Connection, uid: UUID) -> str:
    """Why the session was cancelled last; '' where nobody said. Undo and redo only bring back what was said before."""
    for change in of_entity(connection, uid):
        before, after = change.before or {}, change.after or {}
        if change.undoes is None and after.get("state") == CANCELLED and before.get("state") != CANCELLED:
            return change.because
    return ""


def erased(change: LoggedChange) -> bool:
    """Whether what it was about is gone: an erased person's entry, or the erasing itself. There is no way back."""
    return any(state is not None and ERASED in state for state in (change.before, change.after))


def undone(connection: Connection, batch: UUID) -> bool:
    """Whether a step that is itself not undone took this one back."""
    later = connection.execute(select(_c.batch).where(_c.undoes == batch).distinct()).scalars().all()
    return any(not undone(connection, other) for other in later)


def batches_of_station(
    connection: Connection, station: UUID, limit: int, kind: str | None = None, entities: Sequence[Entity] = ()
) -> list[LoggedChange]:
    """The last change of each of the station's newest batches, newest first. kind, entities: only of such changes."""
    last = func.max(_c.id)
    newest = select(last).where(_c.station == station).group_by(_c.batch).order_by(last.desc()).limit(limit)
    if kind is not None:
        newest = newest.where(_c.kind == kind)
    if entities:
        newest = newest.where(_c.entity.in_(entities))
    rows = connection.execute(select(changes).where(_c.id.in_(newest)).order_by(_c.id.desc())).all()
    return [_change(row) for row in rows]


def any_since(connection: Connection, since: HybridTime) -> bool:
    """Whether anything of people, sessions or program changed after `since`."""
    query = (
        select(_c.id)
        .where(_c.recorded >= since.wall, (_c.recorded > since.wall) | (_c.counter > since.counter))
        .limit(1)
    )
    return connection.execute(query).first() is not None


def _values(change: LoggedChange) -> dict[str, Any]:
    return {
        "uid": change.uid,
        "batch": change.batch,
        "kind": ChangeKind(change.kind),
        "entity": change.entity,
        "entity_uid": change.entity_uid,
        "before": _dump(change.before),
        "after": _dump(change.after),
        "undoes": change.undoes,
        "because": change.because,
        "recorded": change.recorded.wall,
        "counter": change.recorded.counter,
        "station": change.recorded.station,
        "station_name": change.station,
        "operator": change.operator,
    }


def _change(row: Row[Any]) -> LoggedChange:
    return LoggedChange(
        row.uid,
        row.batch,
        row.kind,
        row.entity,
        row.entity_uid,
        read_state(row.before),
        read_state(row.after),
        HybridTime(row.recorded, row.counter, row.station),
        row.undoes,
        row.because,
        row.operator,
        row.station_name,
    )


def _dump(state: State) -> str | None:
    return None if state is None else json.dumps(state, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def read_state(text: str | None) -> State:
    """What the log says something was; None before it was made and after it was removed. Raises Unreadable."""
    try:
        return None if text is None else dict(json.loads(text))
    except (TypeError, ValueError) as error:
        raise Unreadable from error
