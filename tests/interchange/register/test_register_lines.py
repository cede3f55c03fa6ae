"""The register line by line: CSV, JSON, JSON lines, and the shapes of other programs."""

from __future__ import annotations

import csv
import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.register import Choice
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.text import clean
from checkin_tui.interchange.outputs import GivenUp
from checkin_tui.interchange.register.columns import EVENT_COLUMNS, STANDING_COLUMNS
from checkin_tui.interchange.register.files import write_register
from checkin_tui.interchange.register.text import MOODLE, ROLL_CALL
from checkin_tui.interchange.written import as_written
from checkin_tui.services import register as services
from checkin_tui.services.status import status
from checkin_tui.store import register as store
from checkin_tui.words.exports import register_words
from tests.conftest import MONDAY, at
from tests.desk import Desk

TUESDAY = date(2026, 5, 19)


@pytest.fixture
def week(desk: Desk) -> Desk:
    """Monday: one present, one late who left, one on leave, one absent, a guest of another kind; notes of two."""
    desk.open()
    desk.bench.now = at("16:45")
    desk.mark("001", at="14:26")
    desk.mark("002", at="15:02")
    desk.mark("002", left="16:30")
    desk.excuse("003", Reason.SICK)
    desk.mark("004", status=Status.ABSENT)
    desk.note("001", "w" * 60)
    desk.notebooks("002")
    return desk


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(desk: Desk, path: Path, format: str = "csv", **values) -> list[dict[str, str]]:
    write_register(desk.ctx, path, format, register_words(), **values)
    return rows_of(path) if format in ("csv", "moodle", "rollcall") else []


MONDAYS = Choice((SessionKey(MONDAY),))


def test_a_line_for_everybody_expected_says_how_they_stand(week: Desk, tmp_path: Path):
    rows = {row["code"]: row for row in write(week, tmp_path / "r.csv", choice=MONDAYS)}
    assert tuple(rows["001"]) == STANDING_COLUMNS
    assert sorted(rows) == [f"00{number}" for number in range(1, 9)]
    assert rows["002"] == {
        "session": "2026-05-18", "date": "2026-05-18", "kind": "study", "code": "002", "name": "Li Na",
        "branch": "Xinghe", "leader": "no", "status": "late", "reason": "", "arrived": "2026-05-18T15:02:00+08:00",
        "left": "2026-05-18T16:30:00+08:00", "minutes_late": "32", "minutes_inside": "88", "guest": "no",
        "note": "complete", "note_chars": "0", "notebook_seen": "yes",
    }  # fmt: skip
    assert (rows["003"]["status"], rows["003"]["reason"]) == ("excused", "sick")
    assert (rows["005"]["status"], rows["005"]["note"]) == ("", "not_required")
    assert rows["001"]["note_chars"] == "60"


def test_the_file_is_as_spreadsheets_like_it(week: Desk, tmp_path: Path):
    write(week, tmp_path / "r.csv")
    data = (tmp_path / "r.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfsession,")
    assert data.count(b"\r\n") == data.count(b"\n") == 1 + 9 * 8
    assert (tmp_path / "r.csv").stat().st_mode & 0o777 == 0o600


def test_a_guest_of_the_day_is_told_and_whoever_changed_branch_stands_where_they_were(week: Desk, tmp_path: Path):
    week.add("Visitor", guest=True, code="900")
    week.mark("900", guest=True, at="16:40")
    week.change("001", branch="Clinic", since=TUESDAY)
    rows = write(week, tmp_path / "r.csv", choice=Choice(last=TUESDAY))
    assert [(row["branch"]) for row in rows if row["code"] == "001"] == ["Xinghe", "Clinic"]
    guest = [row for row in rows if row["code"] == "900"]
    assert [(row["session"], row["guest"], row["status"]) for row in guest] == [("2026-05-18", "yes", "late")]


def test_a_cancelled_session_has_no_lines(week: Desk, tmp_path: Path):
    from checkin_tui.domain.requests import CancelSession

    week.do(CancelSession, session_id=week.session(TUESDAY).id, because="rain", restore=False)
    assert "2026-05-19" not in {row["session"] for row in write(week, tmp_path / "r.csv")}
    write(week, tmp_path / "r.json", "json")
    told = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["sessions"]
    assert [(one["state"], one["reason"]) for one in told if one["key"] == "2026-05-19"] == [("cancelled", "rain")]


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=20).map(clean).filter(bool))
def test_what_a_spreadsheet_would_obey_comes_back_unchanged(week: Desk, tmp_path: Path, text: str):
    for name in (text, f"={text}"):
        week.change("001", name=name)
        row = write(week, tmp_path / "r.csv", choice=MONDAYS, force=True)[0]
        assert as_written(row["name"]) == clean(name)


def test_json_lines_and_csv_say_the_same(week: Desk, tmp_path: Path):
    write(week, tmp_path / "r.json", "json")
    write(week, tmp_path / "r.jsonl", "jsonl")
    whole = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    lines = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()]
    assert whole["rows"] == lines
    assert whole["program"]["name"] == "Learning campaign"
    said = {True: "yes", False: "no", None: ""}
    as_text = [
        {name: said[value] if value is None or isinstance(value, bool) else str(value) for name, value in line.items()}
        for line in lines
    ]
    assert as_text == [
        {name: as_written(cell) for name, cell in row.items()} for row in write(week, tmp_path / "r.csv")
    ]


def test_the_figures_in_json_are_those_of_status(week: Desk, tmp_path: Path):
    write(week, tmp_path / "r.json", "json")
    monday = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["sessions"][0]
    view = status(week.ctx, SessionKey(MONDAY))
    assert monday["counts"]["expected"] == view.figures.counts.expected == 8
    assert monday["counts"]["late"] == view.figures.counts.late == 1
    assert monday["participation"]["percent"] == view.participation.percent
    assert monday["notes"]["complete"] == view.figures.notes.complete


def test_nothing_in_json_is_obeyed_by_a_terminal(week: Desk, tmp_path: Path):
    week.edit(topic="\u009b31m \u2028 \U0001f600")
    write(week, tmp_path / "r.json", "json")
    assert (tmp_path / "r.json").read_text(encoding="utf-8").replace("\n", "").isprintable()


def test_every_event_with_whether_it_still_counts(week: Desk, tmp_path: Path):
    week.take_back("001")
    rows = write(week, tmp_path / "e.csv", long=True)
    assert tuple(rows[0]) == EVENT_COLUMNS
    assert [(row["kind"], row["active"]) for row in rows if row["code"] == "001"] == [
        ("arrived", "no"), ("withdrawn", "no"),
    ]  # fmt: skip
    assert [(row["kind"], row["happened_at"]) for row in rows if row["code"] == "002"] == [
        ("arrived", "2026-05-18T15:02:00+08:00"), ("left", "2026-05-18T16:30:00+08:00"),
    ]  # fmt: skip
    assert {row["operator"] for row in rows} == {"Wang"}


def test_moodle_gets_the_marked_of_one_session(week: Desk, tmp_path: Path):
    rows = write(week, tmp_path / "m.csv", "moodle", choice=MONDAYS)
    assert tuple(rows[0]) == MOODLE
    assert [tuple(row.values()) for row in rows] == [
        ("001", "2026-05-18T14:26:00+08:00", "P"), ("002", "2026-05-18T15:02:00+08:00", "L"), ("003", "", "E"),
        ("004", "", "A"),
    ]  # fmt: skip
    with pytest.raises(CheckInError, match="export_one_session"):
        write(week, tmp_path / "n.csv", "moodle")
    assert not (tmp_path / "n.csv").exists()


def test_roll_call_has_the_columns_of_canvas(week: Desk, tmp_path: Path):
    rows = write(week, tmp_path / "c.csv", "rollcall")
    assert tuple(rows[0]) == ROLL_CALL
    first = rows[0]
    assert (first["Student ID"], first["Section Name"], first["Class Date"]) == ("001", "Xinghe", "2026-05-18")
    assert (first["Attendance"], first["Timestamp"]) == ("present", "2026-05-18 06:26:00 UTC")
    assert [row["Attendance"] for row in rows] == ["present", "late", "excused", "absent"]


def test_pages_are_told_apart_and_whoever_gives_up_leaves_nothing(
    week: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(store, "PAGE", 3)
    monkeypatch.setattr(store.load_people, "__defaults__", (0, 3))
    monkeypatch.setattr(services, "PAGE", 3)
    told: list[tuple[int, int]] = []
    whole = write(week, tmp_path / "r.csv", progress=lambda done, total: told.append((done, total)))
    assert len(whole) == 9 * 8
    assert len({(row["session"], row["code"]) for row in whole}) == 9 * 8
    assert told == sorted(told)
    assert (len(told), told[-1]) == (9 * 3 + 1, (9, 9))

    def give_up(done: int, _total: int) -> None:
        if done >= 4:
            raise GivenUp

    before = set(tmp_path.iterdir())
    for format in ("csv", "json", "jsonl", "xlsx"):
        with pytest.raises(GivenUp):
            write(week, tmp_path / "given-up", format, progress=give_up)
    assert set(tmp_path.iterdir()) == before


def test_ten_times_the_lines_take_no_more_memory(week: Desk, tmp_path: Path):
    """What is alive at the same time, at its highest, while pages go by; a line alone takes 150 bytes."""

    def highest(sessions: int) -> int:
        register = services.load_register(week.ctx, Choice())
        pages = services.entry_pages(week.ctx, register._replace(sessions=register.sessions[:1] * sessions))
        next(pages)
        tracemalloc.start()
        for _ in pages:
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    highest(5)
    assert highest(220) - highest(20) < 30 * 200 * 8


def test_an_empty_program_gives_a_file_that_says_so(desk: Desk, tmp_path: Path):
    nothing = Choice(first=date(2030, 1, 1))
    for format in ("csv", "json", "jsonl"):
        written = write_register(desk.ctx, tmp_path / format, format, register_words(), choice=nothing)
        assert written.rows == 0
    assert (tmp_path / "csv").read_text(encoding="utf-8-sig").strip() == ",".join(STANDING_COLUMNS)
    assert json.loads((tmp_path / "json").read_text(encoding="utf-8"))["rows"] == []


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (Choice((SessionKey(date(2030, 1, 1)),)), "session_unknown"),
        (Choice(first=TUESDAY, last=MONDAY), "date_order"),
    ],
)
def test_a_part_there_is_not_is_refused(desk: Desk, tmp_path: Path, choice: Choice, code: str):
    with pytest.raises(CheckInError, match=code):
        write(desk, tmp_path / "r.csv", choice=choice)
    assert not (tmp_path / "r.csv").exists()


def test_what_is_written_meanwhile_is_not_in_it(week: Desk, other_desk: Desk, tmp_path: Path):
    def mark(done: int, _total: int) -> None:
        if done == 0 and other_desk.mark_of("005").status is None:
            other_desk.mark("005", at="14:20")

    rows = write(week, tmp_path / "r.csv", progress=mark, choice=MONDAYS)
    assert [row["status"] for row in rows if row["code"] == "005"] == [""]
    assert at("14:20") == other_desk.mark_of("005").arrived


@pytest.mark.parametrize(("format", "column"), [("moodle", "username"), ("rollcall", "Student ID")])
def test_other_programs_find_a_code_as_it_is(desk: Desk, tmp_path: Path, format: str, column: str):
    desk.add("-Mara", code="-77")
    desk.open()
    desk.mark("-77")
    row = write(desk, tmp_path / "r.csv", format, choice=MONDAYS)[0]
    assert row[column] == "-77"
    assert row.get("Student Name", "'-Mara") == "'-Mara", "what people read in a spreadsheet is held back"
