"""Marks from a file: whom they are about, what is written, and taking all of it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from checkin_tui.domain.attendance.events import Action, Reason, Source, Status
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.mark_imports import MarkLine, MarksImported, SessionMarks
from checkin_tui.domain.mark_words import When, read_mark
from checkin_tui.domain.reads import PreviewMarks
from checkin_tui.domain.requests import CancelSession, ImportMarks, Undo
from checkin_tui.domain.sessions import SessionKey, SessionState
from checkin_tui.store.events import events_of_batch
from tests.conftest import MONDAY, at
from tests.desk import Desk

TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 5, day) for day in (19, 20, 21))


def line(cell: str, code: str = "", name: str = "", day: date | None = MONDAY, **more) -> MarkLine:
    said = read_mark(cell)
    assert said is not None
    key = None if day is None else SessionKey(day)
    return MarkLine(more.pop("row", 2), code, name, more.pop("branch", None), key, said, **more)


@pytest.fixture
def late(desk: Desk, bench) -> Desk:
    """It is Wednesday evening; nobody has taken a register yet."""
    bench.now = at("18:00", WEDNESDAY)
    return desk


def take(desk: Desk, *lines: MarkLine, **terms) -> MarksImported:
    done = desk.do(ImportMarks, lines=lines, **terms)
    assert isinstance(done, MarksImported)
    return done


def status(desk: Desk, code: str, day: date = MONDAY) -> Status | None:
    mark = desk.view(day).marks.get(desk.id_of(code))
    return None if mark is None else mark.status


def rejected(done: MarksImported) -> list[tuple[int, str]]:
    return [(one.row, one.code) for one in done.rejected]


def test_marks_over_several_sessions_are_one_batch_that_opens_them(late):
    done = take(
        late,
        line("√", "001"),
        line("迟到 14:45", "002"),
        line("病假", "001", day=TUESDAY),
        line("×", "002", day=TUESDAY),
    )
    assert done.sessions == (
        SessionMarks(SessionKey(MONDAY), new=2, opens=True),
        SessionMarks(SessionKey(TUESDAY), new=2, opens=True),
    )
    marks = late.view(MONDAY).marks
    assert marks[late.id_of("002")].arrived == at("14:45")
    assert late.view(TUESDAY).marks[late.id_of("001")].reason is Reason.SICK
    assert late.session(TUESDAY).state is SessionState.OPEN
    with late.ctx.reading() as connection:
        events = events_of_batch(connection, done.uid)
    assert {(one.action, one.source) for one in events} == {(Action.IMPORT, Source.IMPORT)}


def test_a_second_time_adds_nothing(late):
    lines = (line("√", "001"), line("14:05", "002"), line("早退 16:00", "003"), line("事假", "004"))
    take(late, *lines)
    again = take(late, *lines)
    assert (again.count("unchanged"), again.count("new"), again.recorded) == (4, 0, None)


def test_the_same_request_again_gives_the_first_result(late, bench):
    uid = bench.uid()
    first = take(late, line("√", "001"), line("√", "002"), uid=uid)
    again = take(late, line("√", "001"), line("√", "002"), uid=uid)
    assert [one._replace(opens=True) for one in again.sessions] == list(first.sessions)


def test_a_preview_says_the_same_and_writes_nothing(late, database_path):
    before = database_path.read_bytes()
    lines = (line("√", "001"), line("√", "999", row=3))
    shown = late.handler.handle(PreviewMarks(lines))
    assert database_path.read_bytes() == before
    done = take(late, *lines)
    assert (shown.sessions, shown.rejected) == (done.sessions, done.rejected)


@pytest.mark.parametrize(
    ("code", "name", "branch", "found"),
    [
        ("2", "Li Na", None, "002"),
        ("", "li  na", None, "002"),
        ("", "王 小明", None, "003"),
        ("", "Zhang Wei", "Lotus Ford", "004"),
        ("", "Li Na", "Elsewhere", "002"),
        ("", "Zhang Wei", None, "mark_namesakes"),
        ("", "Zhang Wei", "Clinic", "mark_namesakes"),
        ("", "Mara Quill", None, "mark_nobody"),
        ("002", "Mara Quill", None, "mark_code_of_another"),
        ("999", "Li Na", None, "mark_no_code"),
        ("999", "", None, "mark_no_code"),
    ],
)
def test_whom_a_row_is_about(late, code, name, branch, found):
    done = take(late, line("√", "008", row=9), line("√", code, name, branch=branch))
    if found.isdigit():
        assert status(late, found) is Status.PRESENT
    else:
        assert rejected(done) == [(2, found)]


def test_where_no_code_is_known_names_decide(late):
    done = take(late, line("√", "88123", "Li Na"), line("√", "88124", "Zhang Wei", branch="Xinghe", row=3))
    assert (done.count("new"), status(late, "002"), status(late, "001")) == (2, Status.PRESENT, Status.PRESENT)


def test_somebody_twice_is_refused_the_second_time(late):
    done = take(late, line("√", "001"), line("×", "001", row=5))
    assert rejected(done) == [(5, "mark_twice")]
    assert status(late, "001") is Status.PRESENT


def test_who_is_not_expected_needs_to_be_let_in(late):
    late.add("Mara Quill", code="900", joined=THURSDAY)
    cells = (line("√", "900"), line("√", "900", day=TUESDAY), line("√", "001"))
    done = take(late, *cells)
    assert [(one.code, one.values["keys"]) for one in done.rejected] == [
        ("mark_not_expected", ["2026-05-18", "2026-05-19"])
    ]
    assert take(late, *cells, guests=True).count("new") == 2
    assert late.view(MONDAY).people[-1].code == "900"


def test_a_session_that_is_not_there_is_refused_once_for_its_column(late):
    far = date(2026, 12, 24)
    done = take(
        late, *(line("√", f"00{one}", day=far, row=one + 1, column="12/24") for one in range(1, 5)), line("√", "001")
    )
    assert [(one.row, one.column, one.code, one.values["count"]) for one in done.rejected] == [
        (2, "12/24", "mark_no_session", 4)
    ]


def test_ahead_only_leave_is_written_and_opens_nothing(late):
    done = take(late, line("病假", "001", day=THURSDAY), line("√", "002", day=THURSDAY))
    assert rejected(done) == [(2, "mark_to_come")]
    assert done.sessions == (SessionMarks(SessionKey(THURSDAY), new=1),)
    assert late.session(THURSDAY).state is SessionState.PLANNED


def test_a_closed_register_needs_a_reason(late):
    late.open()
    late.mark("001", status=Status.PRESENT)
    late.close(absent_rest=False)
    lines = (line("√", "001"), line("√", "002"))
    done = take(late, *lines)
    assert rejected(done) == [(2, "mark_closed")]
    assert done.count("unchanged") == 1
    done = take(late, *lines, because="the paper sheet came")
    assert done.count("new") == 1
    with late.ctx.reading() as connection:
        assert events_of_batch(connection, done.uid)[0].because == "the paper sheet came"


def test_a_cancelled_session_takes_nothing(late):
    late.do(CancelSession, session_id=late.session().id)
    with pytest.raises(CheckInError) as refused:
        take(late, line("√", "001"))
    assert [one.code for one in refused.value.values["rejected"]] == ["mark_cancelled"]


def test_what_contradicts_is_told_with_both_and_written_only_when_asked(late):
    late.open()
    late.mark("001", at="14:35")
    late.mark("002", at="14:50")
    lines = (line("×", "001"), line("迟到", "002", row=3), line("√", "003", row=4))
    done = take(late, *lines)
    assert done.sessions == (SessionMarks(SessionKey(MONDAY), new=1, unchanged=1, contradicting=1),)
    (one,) = done.contradictions
    assert (one.row, one.code, one.said.status, one.here.arrived) == (2, "001", Status.ABSENT, at("14:35"))
    assert status(late, "001") is Status.PRESENT
    done = take(late, *lines, overwrite=True)
    assert (done.count("changed"), done.contradictions[0].written) == (1, True)
    assert status(late, "001") is Status.ABSENT


def test_times_of_another_day_or_still_to_come_are_refused(late, bench):
    bench.now = at("15:00", WEDNESDAY)
    other = When(time(14, 20), TUESDAY)
    said = read_mark("√")._replace(at=other)
    done = take(
        late,
        MarkLine(2, "001", "", None, SessionKey(WEDNESDAY), said),
        line("16:00", "002", day=WEDNESDAY, row=3),
        line("16:00-15:00", "003", day=TUESDAY, row=4),
        line("14:30", "004", day=WEDNESDAY, row=5),
    )
    assert rejected(done) == [(2, "mark_other_day"), (3, "mark_time_to_come"), (4, "time")]


def test_without_a_day_it_is_today(late, bench):
    take(late, line("√", "001", day=None))
    assert status(late, "001", WEDNESDAY) is Status.PRESENT
    bench.now = at("12:00", date(2026, 6, 30))
    with pytest.raises(CheckInError) as refused:
        take(late, line("√", "001", day=None))
    assert refused.value.code == "no_session"


def test_one_undo_takes_back_all_sessions_and_plans_them_again(late):
    late.open(TUESDAY)
    late.mark("001", TUESDAY, status=Status.PRESENT)
    take(late, line("√", "001"), line("√", "002"), line("√", "002", day=TUESDAY), line("病假", "003", day=THURSDAY))
    uid = late.bench.uid()
    undone = late.do(Undo, session_id=None, uid=uid)
    assert (undone.kind, undone.touched) == ("import", 4)
    assert late.session(MONDAY).state is SessionState.PLANNED
    assert late.session(TUESDAY).state is SessionState.OPEN
    assert [status(late, "002", day) for day in (MONDAY, TUESDAY)] == [None, None]
    assert (status(late, "001", TUESDAY), status(late, "003", THURSDAY)) == (Status.PRESENT, None)
    assert late.do(Undo, session_id=None, uid=uid).touched == 4, "the same undo again does nothing more"
    assert late.do(Undo, session_id=None).member_id == late.id_of("001"), "the next one is about what was before"


def test_on_the_desk_only_the_marks_of_its_session_are_taken_back_and_come_again(late):
    take(late, line("√", "001"), line("√", "001", day=TUESDAY))
    assert late.undo().undone is Action.IMPORT
    assert (status(late, "001"), status(late, "001", TUESDAY)) == (None, Status.PRESENT)
    with pytest.raises(CheckInError) as refused:
        late.undo()
    assert refused.value.code == "nothing_to_undo"
    late.redo()
    assert status(late, "001") is Status.PRESENT


def test_a_register_closed_since_is_not_changed_by_an_undo(late):
    take(late, line("√", "001"), line("√", "001", day=TUESDAY))
    other = Desk(replace(late.ctx, station=late.bench.uid()), late.bench, new=False)
    late.bench.now += 1000
    other.close()
    with pytest.raises(CheckInError) as refused:
        late.do(Undo, session_id=None)
    assert refused.value.code == "undo_closed"
    assert status(late, "001", TUESDAY) is Status.PRESENT


def test_a_remark_is_kept_as_the_reason(late):
    done = take(late, line("早退", "001"))
    with late.ctx.reading() as connection:
        assert [one.because for one in events_of_batch(connection, done.uid)] == ["早退"]


def test_a_mark_and_the_remembered_columns_are_written_together(late):
    from checkin_tui.domain.imports import FileKind
    from checkin_tui.domain.reads import LoadMapping

    take(late, line("√", "001"), headers=("Who", "There"), mapping=(("name", "Who"), ("status", "There")))
    found = late.handler.handle(LoadMapping(FileKind.MARKS, (("There", "Who"),)))
    assert found == {"name": "Who", "status": "There"}
