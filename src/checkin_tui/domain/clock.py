"""The hybrid logical clock: order that survives a laptop whose wall clock steps back.

After Kulkarni et al., "Logical Physical Clocks" (2014), restricted to one counter: the wall part never falls behind the
newest known instant, and the counter orders what falls into the same millisecond.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

Millis = int

MINUTE: Millis = 60_000


class HybridTime(NamedTuple):
    """When something was *recorded*: comparable across laptops. Ties are broken by station, then by the event's id."""

    wall: Millis
    counter: int
    station: UUID


def tick(newest: HybridTime | None, now: Millis, station: UUID) -> HybridTime:
    """The next recorded time of `station` at wall time `now`, later than `newest` (the newest known in the file)."""
    if newest is None or now > newest.wall:
        return HybridTime(now, 0, station)
    return HybridTime(newest.wall, newest.counter + 1, station)
