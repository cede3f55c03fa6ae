"""The report as it is read: one moment, and what happened after a session was closed."""

from __future__ import annotations

from datetime import date

from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.requests import EditSession
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.services.reporting import read_report
from tests.conftest import MONDAY, at

TUESDAY = date(2026, 5, 19)


def after_closing(desk):
    view = read_report(desk.ctx)
    return [one.because for one in view.corrections], [(one.because, one.undone) for one in view.reopenings]


def test_only_what_was_written_while_it_was_closed_is_a_correction(desk):
    desk.open()
    desk.mark("001")
    desk.mark("002", correct=True, status=Status.LATE, because="while it ran")
    assert after_closing(desk) == ([], [])
    desk.close(absent_rest=True)
    desk.undo()
    desk.mark("003", correct=True, status=Status.LATE, because="after the closing was taken back")
    desk.close()
    desk.mark("004", correct=True, status=Status.PRESENT, because="first")
    desk.reopen("forgot somebody")
    desk.mark("005", correct=True, status=Status.PRESENT, because="open again")
    desk.close()
    desk.mark("006", correct=True, status=Status.EXCUSED, reason=Reason.SICK, because="second")
    assert after_closing(desk) == (["first", "second"], [("", True), ("forgot somebody", False)])
    assert [one.people for one in read_report(desk.ctx).corrections] == [
        (("004", "Zhang Wei"),),
        (("006", "Анна Лист"),),
    ]


def test_a_correction_of_many_is_one(desk):
    desk.open()
    desk.mark("001")
    desk.close()
    desk.many(["004", "005"], Status.PRESENT, because="the bus came")
    (one,) = read_report(desk.ctx).corrections
    assert [code for code, _name in one.people] == ["004", "005"]


def test_whoever_is_away_most_comes_first_and_nobody_without_names(desk):
    for day in (MONDAY, TUESDAY):
        desk.bench.now = at("14:20", day)
        desk.open(day)
        desk.mark("001", day)
        desk.mark("002", day, status=Status.ABSENT)
    desk.mark("003", TUESDAY, status=Status.ABSENT)
    assert read_report(desk.ctx).names is None
    names = read_report(desk.ctx, names=True).names
    assert names is not None
    assert [(one.code, one.absent, one.attended, one.expected) for one in names.away] == [
        ("002", 2, 0, 2),
        ("003", 1, 0, 2),
    ]


def test_one_who_lectured_twice_is_one_also_under_another_name(desk):
    for day in (MONDAY, TUESDAY):
        desk.bench.now = at("14:20", day)
        desk.do(EditSession, session_id=desk.session(day).id, presenter="002")
        desk.open(day)
        desk.mark("001", day)
    desk.change("002", name="Li Nana")
    (one,) = read_report(desk.ctx).lecturers
    assert (one.name, one.code, one.keys) == ("Li Nana", "002", (SessionKey(MONDAY), SessionKey(TUESDAY)))


def test_a_second_before_the_start_is_before_it(desk):
    desk.bench.now = at("14:30") - 1_000
    desk.open()
    desk.mark("001")
    desk.bench.now = at("14:30") + 59_000
    desk.mark("002")
    desk.bench.now = at("14:41")
    desk.mark("003")
    desk.mark("004", status=Status.PRESENT)
    found = read_report(desk.ctx).arrivals
    assert (dict(found.minutes), found.early, found.in_time, found.late) == ({-1: 1, 0: 1, 11: 1}, 1, 1, 1)
    assert (found.unknown, found.late_status, found.attended) == (1, 1, 4)


def test_somebody_marks_meanwhile_and_the_report_is_of_one_moment(desk):
    desk.open()
    desk.mark("001")
    view = read_report(desk.ctx, told=lambda done, _of: desk.mark("002") if not done else None)
    assert view.whole.rate.attended == sum(one.attended for one in view.branches) == 1
