"""The sample: whole, believable, by the rules, and the same whenever it is built from the same instant and seed."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from checkin_tui.demo.build import build
from checkin_tui.domain.attendance.events import Action, Event, EventKind, Status
from checkin_tui.domain.changes import AttendanceChanged
from checkin_tui.domain.clock import MINUTE
from checkin_tui.domain.errors import DatabaseError
from checkin_tui.domain.reads import LoadDesk, LoadSessions
from checkin_tui.domain.requests import MarkPerson
from checkin_tui.domain.sessions import Session, SessionState
from checkin_tui.services import status
from checkin_tui.services.context import Context
from checkin_tui.services.handler import Handler
from checkin_tui.store.engine import Database, open_database
from checkin_tui.store.events import events_of_many
from checkin_tui.store.people import load_branches, load_members
from checkin_tui.store.selfcheck import differences
from tests.conftest import ZONE, Bench, at, context_for

MONDAY = date(2026, 5, 25)
NOW = at("14:34", MONDAY)


def make(path: Path, now: int = NOW, zone: str = ZONE, **more: int) -> Path:
    build(path, lambda database: context_for(database, Bench(now)), now, zone=zone, **more)
    return path


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("sample") / "sample.db")


@pytest.fixture
def ctx(sample: Path) -> Iterator[Context]:
    with open_database(sample) as database:
        yield context_for(database, Bench(NOW))


def sessions(ctx: Context) -> list[Session]:
    return list(Handler(ctx).handle(LoadSessions()))


def all_events(ctx: Context) -> list[Event]:
    ids = [session.id for session in sessions(ctx)]
    with ctx.reading() as connection:
        found = [events_of_many(connection, one, None) for one in ids]
    return [event for one in found for events in one.values() for event in events]


def test_the_same_instant_and_seed_give_the_same_rows(sample: Path, tmp_path: Path) -> None:
    assert dump(make(tmp_path / "again.db")) == dump(sample)
    assert dump(make(tmp_path / "other.db", seed=19)) != dump(sample)


def test_nine_working_days_lie_around_today(ctx: Context) -> None:
    found = sessions(ctx)
    assert [session.key.day.day for session in found] == [18, 19, 20, 21, 22, 25, 26, 27, 28]
    assert [session.state for session in found] == [
        *[SessionState.CLOSED] * 5,
        SessionState.OPEN,
        *[SessionState.PLANNED] * 3,
    ]
    assert status.program_of(ctx).practice


def test_every_afternoon_has_a_topic_and_some_are_given_by_a_member(ctx: Context) -> None:
    found = sessions(ctx)
    assert all(session.topic for session in found)
    assert len({session.topic for session in found}) == len(found)
    presenters = [session.presenter_id for session in found if session.presenter_id is not None]
    assert 3 <= len(presenters) < len(found)
    with ctx.reading() as connection:
        leaders = {member.id for member in load_members(connection) if member.memberships[0].leader}
    assert set(presenters) <= leaders


def test_320_people_in_30_branches_each_with_somebody_to_call(ctx: Context) -> None:
    with ctx.reading() as connection:
        members, branches = load_members(connection), load_branches(connection)
    assert sum(not member.guest for member in members) == 320
    assert len(branches) == 30
    assert all(branch.contact and branch.phone for branch in branches)
    assert [len(member.memberships) for member in members].count(2) == 1


def test_nearly_everybody_took_part_in_the_past_days(ctx: Context) -> None:
    for session in sessions(ctx)[:5]:
        view = status.status(ctx, session.key)
        counts, rate = view.figures.counts, view.participation
        assert rate is not None
        assert rate.percent is not None
        assert 95 < rate.percent < 99.5
        assert (counts.expected, counts.unmarked) == (320, 0)
        assert min(counts.late, counts.excused, counts.absent) > 0
    assert status.status(ctx).campaign.taken == 6


def test_today_half_of_the_people_came_in_during_the_last_ten_minutes(ctx: Context) -> None:
    view = Handler(ctx).handle(LoadDesk())
    assert view.session is not None
    assert view.session.state is SessionState.OPEN
    arrived = [mark.arrived for mark in view.marks.values() if mark.arrived is not None]
    assert 150 <= len(arrived) <= 170
    assert all(NOW - 10 * MINUTE <= moment <= NOW for moment in arrived)
    statuses = Counter(mark.status for mark in view.marks.values())
    assert set(statuses) == {Status.PRESENT, Status.EXCUSED}
    steps = [event.action for event in all_events(ctx) if event.session_id == view.session.id]
    assert steps.count(Action.TAKE_BACK) == 1, "one was taken for another, which was seen"
    assert view.session.starts <= NOW < view.session.late_from


def test_nothing_lies_in_the_future_and_recorded_time_only_goes_forward(ctx: Context) -> None:
    events = all_events(ctx)
    assert max(event.recorded.wall for event in events) <= NOW
    assert max(event.happened or 0 for event in events) <= NOW
    by_batch = sorted(events, key=lambda event: event.recorded)
    assert len({event.recorded for event in events}) == len(events)
    walls = [event.recorded.wall for event in by_batch]
    assert len(set(walls)) > len(walls) * 0.9, "steps have times of their own"


def test_the_past_has_something_of_everything(ctx: Context) -> None:
    events = all_events(ctx)
    actions = Counter(event.action for event in events)
    assert {Action.MARK, Action.BULK, Action.CORRECT, Action.TAKE_BACK, Action.CLOSE, Action.UNDO} <= set(actions)
    assert sum(event.kind is EventKind.LEFT for event in events) >= 10
    assert any(event.because for event in events)
    assert 2 <= sum(event.guest for event in events) <= 5
    reasons = {event.reason for event in events if event.status is Status.EXCUSED}
    assert None not in reasons
    assert len(reasons) >= 3


def test_leave_is_entered_before_the_doors_open(ctx: Context) -> None:
    opened = {session.id: session.opened for session in sessions(ctx)}
    for event in all_events(ctx):
        if event.status is Status.EXCUSED:
            opening = opened[event.session_id]
            assert opening is None or event.recorded.wall < opening


def test_some_left_early_and_one_of_them_came_back(sample: Path) -> None:
    connection = sqlite3.connect(sample)
    (early,) = connection.execute("SELECT count(*) FROM attendance WHERE left_early = 1").fetchone()
    (again,) = connection.execute(
        """SELECT count(*) FROM (SELECT 1 FROM attendance_events WHERE kind = 'arrived' AND uid NOT IN
           (SELECT target FROM attendance_events WHERE target IS NOT NULL)
           GROUP BY session_id, member_id HAVING count(*) = 2)"""
    ).fetchone()
    connection.close()
    assert early >= 10
    assert again == 5


def test_notes_are_typed_seen_too_short_and_owed(ctx: Context, sample: Path) -> None:
    for session in sessions(ctx)[:5]:
        notes = status.status(ctx, session.key).figures.notes
        assert notes.complete > notes.required * 0.85
        assert notes.missing > 0
    connection = sqlite3.connect(sample)
    kinds = dict(connection.execute("SELECT paper * 2 + (chars > 0), count(*) FROM notes GROUP BY 1").fetchall())
    connection.close()
    assert set(kinds) == {1, 2, 3}
    assert kinds[2] > kinds[1] > 0


def test_everything_derived_follows_from_the_facts(ctx: Context) -> None:
    with ctx.reading() as connection:
        assert differences(connection) == []


def test_practice_begins_with_a_clean_desk_and_marks_are_present(tmp_path: Path) -> None:
    path = make(tmp_path / "mine.db")
    with open_database(path) as database:
        bench = Bench(NOW)
        ctx = context_for(database, bench)
        handler = Handler(ctx)
        view = handler.handle(LoadDesk())
        assert (view.undo, view.redo) == (None, None), "the sample was made at another station"
        missing = next(one.member_id for one in view.people if one.member_id not in view.marks)
        changed = handler.handle(
            MarkPerson(uid=bench.uid(), made=NOW, session_id=view.session.id, member_id=missing),
        )
        assert isinstance(changed, AttendanceChanged)
        assert changed.marks[0][1].status is Status.PRESENT
        assert handler.handle(LoadDesk()).undo is not None


BERLIN = "Europe/Berlin"
MOMENTS = {
    "midnight": ("2026-05-25T16:00:00.000", ZONE),
    "just after midnight": ("2026-05-25T16:00:30.250", ZONE),
    "just before midnight": ("2026-05-25T15:58:10.000", ZONE),
    "the last instant of a day": ("2026-05-25T15:59:59.998", ZONE),
    "a late evening": ("2026-05-25T14:20:00.000", ZONE),
    "a saturday": ("2026-05-23T06:34:00.000", ZONE),
    "a sunday at the turn of the year": ("2028-01-02T23:10:00.000", "America/New_York"),
    "the hour that comes twice, the second time": ("2026-10-25T01:47:00.000", BERLIN),
    "the day an hour is left out": ("2026-03-29T01:02:00.000", BERLIN),
    "behind utc": ("2026-03-02T04:59:59.000", "Pacific/Marquesas"),
}


@pytest.mark.parametrize(("moment", "zone"), MOMENTS.values(), ids=MOMENTS)
def test_whenever_it_is_opened_today_is_going_on_and_nothing_is_in_the_future(
    tmp_path: Path, moment: str, zone: str
) -> None:
    now = round(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp() * 1000)
    path = make(tmp_path / "sample.db", now, zone)
    with open_database(path) as database:
        ctx = context_for(database, Bench(now))
        found = sessions(ctx)
        view = Handler(ctx).handle(LoadDesk())
        assert len(found) == 9
        assert view.session == found[5]
        assert found[5].starts <= now < found[5].ends
        counts = status.status(ctx).figures.counts
        assert (counts.present, counts.late) == (160, 0)
        newest = max(event.recorded.wall for event in all_events(ctx))
        assert newest <= now
        with ctx.reading() as connection:
            assert differences(connection) == []


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    path.write_bytes(b"something of mine")
    with pytest.raises(DatabaseError) as refused:
        make(path)
    assert refused.value.code == "db_exists"
    assert path.read_bytes() == b"something of mine"


def test_a_sample_that_could_not_be_finished_leaves_nothing_behind(tmp_path: Path) -> None:
    def failing(_: Database) -> Context:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "sample.db", failing, NOW, zone=ZONE)
    assert list(tmp_path.iterdir()) == []
