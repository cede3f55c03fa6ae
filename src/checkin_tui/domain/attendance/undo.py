"""Undo and redo: which batch of a station is next to be taken back, or to come again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.clock import HybridTime


class Batch(NamedTuple):
    """One step of one station, as undo sees it. active: at least one of its events or changes still stands."""

    uid: UUID
    action: Action
    recorded: HybridTime
    active: bool


def is_step(action: Action) -> bool:
    """Something a person did, as opposed to taking it back or doing it again."""
    return action not in (Action.UNDO, Action.REDO)


def next_undo(newest_first: Iterable[Batch]) -> Batch | None:
    """The newest active batch that is itself neither undo nor redo. Looks no further than it has to."""
    return next((batch for batch in newest_first if batch.active and is_step(batch.action)), None)


def next_redo(newest_first: Iterable[Batch]) -> Batch | None:
    """The newest undo still standing, offered only until the next action of the same station."""
    for batch in newest_first:
        if is_step(batch.action):
            return None
        if batch.active and batch.action is Action.UNDO:
            return batch
    return None
