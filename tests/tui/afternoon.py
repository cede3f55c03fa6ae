"""An afternoon for the dashboard: thirty people of whom most came, and the days around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.campaign import Day, NoteCounts
from checkin_tui.domain.requests import MarkPerson, SeeNotebooks
from checkin_tui.domain.roster import Counts
from checkin_tui.domain.sessions import SessionKey, SessionState
from tests.tui.fake_marks import ELSEWHERE, STATION
from tests.tui.fakes import DAY, ENDS, MINUTE, STARTS, Clock, FakeDesk, people, person, session

ONE_DAY = 24 * 60 * MINUTE
GUEST = 9001


def other_day(number: int, day: date, state=SessionState.CLOSED, **more):
    """A session of another day; the id is the number."""
    apart = (day - DAY).days * ONE_DAY
    values = {"starts": STARTS + apart, "ends": ENDS + apart, "late_from": STARTS + apart + 10 * MINUTE}
    return session(id=number, uid=UUID(int=100 + number), key=SessionKey(day), state=state, **(values | more))


def taken(one, present: int, expected: int = 30, **more) -> Day:
    """How a day was: so many present, the others absent, two of three notes there."""
    counts = Counts(expected=expected, present=present, absent=expected - present, **more)
    return Day(one, counts, NoteCounts(present, present * 2 // 3, 1), taken=True)


def afternoon(*, number: int = 30, marked: bool = True, days: bool = True, **more) -> FakeDesk:
    """Monday 18 May, ten minutes before three; three days before it and three after it."""
    clock = more.pop("clock", Clock(STARTS + 20 * MINUTE))
    others = [person(GUEST, "Boris Novak", "Lakeside")]
    roster = [one._replace(leader=one.member_id % 7 == 0) for one in people(number)]
    desk = FakeDesk(roster, clock, others=others, **more)
    if days:
        before = [other_day(20 + n, DAY - timedelta(days=n), topic=f"Chapter {n}") for n in (4, 3, 2)]
        after = [other_day(30 + n, DAY + timedelta(days=n), SessionState.PLANNED) for n in (1, 2)]
        desk.earlier = [*before, *after, other_day(40, DAY + timedelta(days=3), SessionState.CANCELLED)]
        desk.held = {24: taken(before[0], number, number), 23: taken(before[1], number * 9 // 10, number)}
    if marked:
        fill(desk, number)
    return desk


def fill(desk: FakeDesk, number: int) -> None:
    """Most are here, some late, some on leave; one left, one is a guest, some notebooks were seen."""
    now, desk.clock.at = desk.clock.at, max(desk.clock.at, STARTS + 20 * MINUTE)
    desk.station = ELSEWHERE  # undo here is about none of it
    for member in range(1, number + 1):
        values = {"at": STARTS - (member * 7 % 20) * MINUTE}
        if member % 10 == 3:
            values = {"at": STARTS + (10 + member % 4) * MINUTE}
        elif member % 10 == 5:
            values = {"status": Status.EXCUSED, "reason": list(Reason)[member % 4]}
        elif member % 10 == 8:
            values = {"status": Status.ABSENT}
        elif member % 10 == 9:
            continue
        mark(desk, member, **values)
    mark(desk, 2, left=STARTS + 15 * MINUTE)
    mark(desk, GUEST, at=STARTS - 2 * MINUTE, guest=True)
    seen = tuple(range(1, number // 2))
    desk.handle(SeeNotebooks(uid=UUID(int=8000), made=STARTS, session_id=1, member_ids=seen))
    desk.clock.at, desk.station = now, STATION
    desk.seen.clear()
    desk.foreign = False


def mark(desk: FakeDesk, member: int, **values) -> None:
    """One mark, written before the program starts."""
    uid = UUID(int=5000 + len(desk.seen))
    desk.handle(MarkPerson(uid=uid, made=desk.clock.at, session_id=1, member_id=member, **values))


def planned(desk: FakeDesk) -> FakeDesk:
    """The same afternoon, not begun."""
    desk.session = replace(desk.session, state=SessionState.PLANNED, topic="The orchard year")
    desk.clock.at = STARTS - 60 * MINUTE
    return desk
