"""Several connections at once on one file, the same action sent again and again, and a clock that steps back."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.changes import AttendanceChanged, Change
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.ids import uuid7
from checkin_tui.domain.reads import LoadHistory
from checkin_tui.domain.requests import MarkPerson, Undo, Write, WriteNote
from checkin_tui.services.handler import Handler
from checkin_tui.store.engine import open_database
from checkin_tui.store.selfcheck import differences
from checkin_tui.store.unit_of_work import reading
from tests.conftest import Bench, at, context_for
from tests.desk import Desk

HANDS = 8
TIMES = 1_000


def together(path: Path, bench: Bench, work: list[list[Write]]) -> list[list[Change | CheckInError]]:
    """Every list on a thread and a connection of its own, all at once."""

    def one(number: int) -> list[Change | CheckInError]:
        own = Bench(bench.now)
        with open_database(path) as database:
            context = context_for(database, own, station=number + 1)
            ids = iter(range(10**6))
            handler = Handler(replace(context, new_uid=lambda: uid(100 + number, next(ids))))
            return [answer(handler, request) for request in work[number]]

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, range(len(work))))


def answer(handler: Handler, request: Write) -> Change | CheckInError:
    try:
        change: Change = handler.handle(request)
    except CheckInError as error:
        return error
    return change


def as_told(change: Any) -> Any:
    """What it did; a repeated answer also says how things are by then."""
    marks = dict(change.marks) if isinstance(change, AttendanceChanged) else {}
    return (type(change), change.uid, change.session_id, change.member_id, [(who, marks[who].status) for who in marks])


def uid(hand: int, number: int) -> UUID:
    return uuid7(at("14:20"), (10**6 * (hand + 1) + number).to_bytes(10, "big"))


def rows(path: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(query).fetchall()


@pytest.fixture
def sound(desk: Desk, database_path: Path) -> Callable[[], bool]:
    """Whether what is derived follows from the events, and SQLite finds nothing wrong."""

    def check() -> bool:
        with reading(desk.ctx.database) as connection:
            found = differences(connection)
        return found == [] and rows(database_path, "PRAGMA integrity_check") == [("ok",)]

    return check


def test_the_same_action_a_thousand_times_is_one_event(desk: Desk, sound: Callable[[], bool]) -> None:
    desk.open()
    request = MarkPerson(uid(0, 1), desk.bench.now, desk.session().id, desk.id_of("001"))
    first = desk.handler.handle(request)
    before = rows(desk.ctx.database.path, "SELECT count(*) FROM attendance_events")
    for _time in range(TIMES):
        assert desk.handler.handle(request) == first._replace(repeated=True)
    assert rows(desk.ctx.database.path, "SELECT count(*) FROM attendance_events") == before == [(1,)]
    assert sound()


def test_the_same_actions_from_eight_hands_at_once_happen_once_and_all_are_told_the_same(
    desk: Desk, bench: Bench, database_path: Path, sound: Callable[[], bool]
) -> None:
    desk.open()
    session, people = desk.session().id, [desk.id_of(f"00{number}") for number in range(1, 9)]
    marks = [MarkPerson(uid(0, 1 + who), bench.now, session, who, Status.PRESENT) for who in people]
    notes = [WriteNote(uid(0, 50 + who), bench.now, session, who, "What was said") for who in people[:4]]
    told = together(database_path, bench, [[*marks, *notes]] * HANDS)
    assert not [one for hand in told for one in hand if isinstance(one, CheckInError)]
    for answers in zip(*told, strict=True):
        assert len({repr(as_told(one)) for one in answers}) == 1, answers
    assert rows(database_path, "SELECT count(*), count(DISTINCT member_id) FROM attendance_events") == [(8, 8)]
    assert rows(database_path, "SELECT count(*), count(DISTINCT member_id) FROM note_revisions") == [(4, 4)]
    assert sound()


def test_eight_hands_at_once_lose_nothing_and_nobody_hears_of_a_lock(
    desk: Desk, bench: Bench, database_path: Path, sound: Callable[[], bool]
) -> None:
    desk.open()
    session, people = desk.session().id, [desk.id_of(f"00{number}") for number in range(1, 9)]
    work: list[list[Write]] = []
    for hand in range(HANDS):
        steps: list[Write] = []
        for number in range(10):
            who, status = people[(hand + number) % 8], (Status.PRESENT, Status.ABSENT)[(hand + number) % 2]
            steps.append(MarkPerson(uid(hand, number), bench.now, session, who, status))
            if number % 4 == 3:
                steps.append(Undo(uid(hand, 50 + number), bench.now, session))
        work.append(steps)
    told = [one for hand in together(database_path, bench, work) for one in hand]
    assert not {one.code for one in told if isinstance(one, CheckInError)} - {"unchanged", "already", "nothing_to_undo"}
    done = {one.uid for one in told if not isinstance(one, CheckInError)}
    batches = Counter(UUID(bytes=batch) for (batch,) in rows(database_path, "SELECT batch FROM attendance_events"))
    assert set(batches) == done
    order = rows(database_path, "SELECT recorded, counter FROM attendance_events")
    assert len(set(order)) == len(order)  # no two events at one recorded time, whoever wrote them
    assert sound()


def test_a_clock_that_steps_back_an_hour_changes_no_order(desk: Desk, bench: Bench, sound: Callable[[], bool]) -> None:
    bench.now = at("15:30")
    desk.mark("001", status=Status.PRESENT)
    desk.note("001", "the first text")
    bench.now = at("14:30")
    desk.mark("001", status=Status.ABSENT)
    desk.mark("002")
    desk.note("001", "the second text")
    assert desk.statuses() == {"001": "absent", "002": "present"}
    assert desk.mark_of("002").arrived == at("14:30")
    assert desk.text_of("001") == "the second text"
    history = desk.handler.handle(LoadHistory(desk.id_of("001"))).lines
    assert [line.status for line in history] == [Status.ABSENT, Status.PRESENT]
    desk.undo()
    assert desk.statuses() == {"001": "absent"}
    desk.undo()
    assert desk.statuses() == {"001": "present"}
    desk.redo()
    assert desk.statuses() == {"001": "absent"}
    desk.undo_notes()
    assert desk.text_of("001") == "the first text"
    bench.now = at("15:31")
    desk.mark("003")
    desk.undo()
    assert desk.statuses() == {"001": "absent"}
    assert sound()
