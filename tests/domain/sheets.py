"""Sessions and days for the tests of figures: short words for long values."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from checkin_tui.domain.campaign import Day, NoteCounts
from checkin_tui.domain.rates import Target
from checkin_tui.domain.roster import Counts
from checkin_tui.domain.sessions import Audience, Session, SessionKey, SessionKind, SessionState

TODAY = date(2026, 5, 20)
START, END = 1_000_000 * 60_000, 1_000_150 * 60_000


def session(
    day: date = TODAY, state: SessionState = SessionState.OPEN, number: int | None = None, **more: Any
) -> Session:
    """An afternoon of that date; its id is the day of the month unless a number is given."""
    number = day.day if number is None else number
    values: dict[str, Any] = {
        "id": number,
        "uid": UUID(int=number),
        "key": SessionKey(day),
        "kind": SessionKind.STUDY,
        "state": state,
        "topic": "",
        "presenter_id": None,
        "presenter": "",
        "starts": START,
        "ends": END,
        "late_from": START + 600_000,
        "grace": 10,
        "minimum_note": 50,
        "target": Target(">", 98),
        "leave_counts": True,
        "audience": Audience(),
        **more,
    }
    return Session(**values)


def day(
    number: int,
    state: SessionState,
    here: int,
    unmarked: int = 0,
    *,
    absent: int = 0,
    excused: int = 0,
    taken: bool | None = None,
    **more: Any,
) -> Day:
    """A day of May 2026. taken: unless said, when anybody is marked and it is open or closed."""
    counts = Counts(here + unmarked + absent + excused, here, 0, excused, absent, unmarked, 0)
    held = state in (SessionState.OPEN, SessionState.CLOSED)
    was = held and here + absent + excused > 0 if taken is None else taken
    return Day(session(date(2026, 5, number), state, **more), counts, NoteCounts(), was)
