"""A register that went out comes in again: into the same program without its marks, as far as its shape can carry."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.calendar import zone_info
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.mark_imports import MarksImported
from checkin_tui.domain.papers import SheetAsk
from checkin_tui.domain.register import Choice
from checkin_tui.domain.requests import ImportMarks
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.interchange.lists.choices import Choices
from checkin_tui.interchange.lists.register_json import open_marks
from checkin_tui.interchange.lists.registers import read_marks
from checkin_tui.interchange.lists.session_dates import Days
from checkin_tui.interchange.papers.signin import write_signin
from checkin_tui.interchange.register.files import write_register
from checkin_tui.store.engine import open_database
from checkin_tui.store.schema import attendance, sessions
from checkin_tui.words.exports import register_words
from checkin_tui.words.papers import sheet_paper
from tests.conftest import MONDAY, TERMS, ZONE, Bench, Furnished, at, context_for
from tests.desk import Desk

TUESDAY = date(2026, 5, 19)
DAYS = Days(TERMS.first_day, TERMS.last_day)


@pytest.fixture(scope="module")
def register(furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Path]]:
    """A desk with every status, reason, arrival and leaving; and the file as it was before."""
    bench = Bench(at("17:30", TUESDAY) + 250, furnished.ids)
    path = Path(shutil.copyfile(furnished.path, tmp_path_factory.mktemp("full") / "full.db"))
    with open_database(path) as database:
        desk = Desk(context_for(database, bench), bench, new=False)
        desk.add("Mara Quill", code="900", guest=True)
        before = Path(shutil.copyfile(path, path.with_name("before.db")))
        take_the_register(desk)
        yield desk, before


@pytest.fixture
def full(register: tuple[Desk, Path]) -> Desk:
    return register[0]


@pytest.fixture
def blank(register: tuple[Desk, Path], tmp_path: Path) -> Iterator[Desk]:
    """The same people and sessions, in another file, without a mark."""
    bench = Bench(register[0].bench.now, 10_000)
    with open_database(Path(shutil.copyfile(register[1], tmp_path / "blank.db"))) as database:
        yield Desk(context_for(database, bench, station=2), bench, new=False)


def take_the_register(desk: Desk) -> None:
    """Somebody came back, somebody was a guest, a day was closed."""
    desk.open()
    desk.mark("001", at=at("14:26") + 30_500)
    desk.mark("002", at="14:45", left="16:00")
    desk.mark("003", at="14:20", left="15:00")
    desk.mark("003", at="15:30")
    desk.mark("004", status=Status.PRESENT, at="14:50")
    desk.mark("005", status=Status.LATE)
    desk.mark("006", status=Status.PRESENT, left="16:30")
    desk.mark("007", status=Status.ABSENT)
    desk.close(absent_rest=True)
    for code, reason in (("001", "sick"), ("002", "personal"), ("003", "official"), ("004", "other")):
        desk.excuse(code, Reason(reason), day=TUESDAY)
    desk.excuse("005", day=TUESDAY)
    desk.open(TUESDAY)
    desk.mark("900", TUESDAY, guest=True)
    desk.mark("006", TUESDAY)


def standings(desk: Desk, *columns: str) -> dict[tuple[str, int], tuple[object, ...]]:
    """By session and person; times to the second, which is what files have."""
    wanted = select(sessions.c.day, attendance.c.member_id, *(attendance.c[one] for one in columns)).join(
        sessions, sessions.c.id == attendance.c.session_id
    )
    with desk.ctx.reading() as connection:
        rows = connection.execute(wanted.where(attendance.c.status.is_not(None))).all()
    view = desk.view()
    names = {one.member_id: one.code for one in (*view.people, *view.others)}
    return {
        (str(day), names[member]): tuple(
            value // 1000 if one in ("arrived", "left") and isinstance(value, int) else value
            for one, value in zip(columns, values, strict=True)
        )
        for day, member, *values in rows
    }


def bring(full: Desk, blank: Desk, file: Path, form: str, **more) -> MarksImported:
    """Out of the one, into the other; and once more, which adds nothing."""
    write_register(full.ctx, file, form, register_words(), **more)
    marks = read_marks(open_marks(file), Choices(), DAYS, zone_info(ZONE))
    assert not marks.rejected
    done = blank.do(ImportMarks, lines=marks.lines, guests=True)
    assert (done.rejected, done.contradictions) == ((), ())
    again = blank.do(ImportMarks, lines=marks.lines, guests=True)
    assert (again.count("new"), again.count("changed"), again.count("contradicting")) == (0, 0, 0)
    mine = full.do(ImportMarks, lines=marks.lines, guests=True)
    assert (mine.count("new"), mine.count("changed"), mine.count("contradicting")) == (0, 0, 0)
    return done


EVERYTHING = ("status", "reason", "arrived", "left", "minutes_late", "minutes_inside", "inside", "left_early")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_events_carry_everything(full, blank, tmp_path, form):
    bring(full, blank, tmp_path / f"events.{form}", form, long=True)
    assert standings(blank, *EVERYTHING) == standings(full, *EVERYTHING)


@pytest.mark.parametrize(
    ("form", "columns"),
    [
        ("csv", ("status", "reason", "arrived", "minutes_late")),
        ("jsonl", ("status", "reason", "arrived", "minutes_late")),
        ("xlsx", ("status",)),
        ("rollcall", ("status", "arrived", "minutes_late")),
    ],
)
def test_what_the_other_shapes_carry(full, blank, tmp_path, form, columns):
    done = bring(full, blank, tmp_path / f"r.{form.replace('rollcall', 'csv')}", form)
    assert standings(blank, *columns) == standings(full, *columns)
    assert done.count("new") == 15


def test_the_lines_carry_the_last_leaving_of_whoever_was_inside_once(full, blank, tmp_path):
    bring(full, blank, tmp_path / "r.csv", "csv")
    once = {key: said for key, said in standings(full, *EVERYTHING).items() if key != (str(MONDAY), "003")}
    assert {key: said for key, said in standings(blank, *EVERYTHING).items() if key in once} == once


@pytest.mark.parametrize("day", [MONDAY, TUESDAY])
def test_moodle_carries_one_session(full, blank, tmp_path, day):
    choice = Choice((SessionKey(day),))
    columns = ("status", "arrived")
    write_register(full.ctx, tmp_path / "m.csv", "moodle", register_words(), choice=choice)
    marks = read_marks(open_marks(tmp_path / "m.csv"), Choices(), DAYS, zone_info(ZONE), SessionKey(day))
    blank.do(ImportMarks, lines=marks.lines, guests=True)
    of_day = {key: said for key, said in standings(full, *columns).items() if key[0] == str(day)}
    assert standings(blank, *columns) == of_day


def test_the_sign_in_sheet_comes_back_filled(full, blank, tmp_path):
    file = tmp_path / "sheet.xlsx"
    write_signin(blank.ctx, file, SheetAsk(SessionKey(TUESDAY)), sheet_paper)
    fill(file, {"001": "√", "002": "迟到 14:45", "003": "病假", "004": "14:20"})
    marks = read_marks(open_marks(file), Choices(), DAYS, zone_info(ZONE))
    assert (marks.shape, marks.rejected) == ("day", ())
    blank.do(ImportMarks, lines=marks.lines)
    assert {key: said[0] for key, said in standings(blank, "status").items()} == {
        (str(TUESDAY), "001"): Status.PRESENT,
        (str(TUESDAY), "002"): Status.LATE,
        (str(TUESDAY), "003"): Status.EXCUSED,
        (str(TUESDAY), "004"): Status.PRESENT,
    }


def fill(file: Path, cells: dict[str, str]) -> None:
    """Write into the last column, as somebody would."""
    book = openpyxl.load_workbook(file)
    sheet = book.active
    for row in sheet.iter_rows():
        if row[1].value in cells:
            row[5].value = cells[row[1].value]
    book.save(file)


@pytest.mark.parametrize("text", ["{", "[]", '{"rows": []}', '{"rows": [1]}', "[" * 5000, '{"people": []}'])
def test_json_of_another_kind_is_refused(tmp_path, text):
    file = tmp_path / "r.json"
    file.write_text(text, "utf-8")
    with pytest.raises(CheckInError) as refused:
        open_marks(file)
    assert refused.value.code == "import_unreadable"
