"""The whole program out and in again: what comes back is what went out."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.text import clean_lines
from checkin_tui.interchange.archive.files import open_archive, write_archive
from checkin_tui.interchange.archive.roster import HEADER
from checkin_tui.interchange.lists.rosters import open_roster, read_roster
from checkin_tui.interchange.outputs import GivenUp
from checkin_tui.interchange.written import as_written, neutral_lines
from checkin_tui.store.engine import open_database
from tests.archived import HOSTILE, TUESDAY, WEDNESDAY, by_chance, copied, facts, lived
from tests.conftest import Bench, Furnished, at, context_for
from tests.desk import Desk, fresh_desk


@pytest.fixture(scope="module")
def week(furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Path]]:
    """A program in which much happened, and the folder with it as JSON and as a workbook. Only read."""
    folder = tmp_path_factory.mktemp("week")
    bench = Bench(count=furnished.ids)
    with open_database(Path(shutil.copyfile(furnished.path, folder / "a.db"))) as database:
        desk = Desk(context_for(database, bench), bench, new=False)
        lived(desk)
        for format in ("json", "xlsx"):
            write_archive(desk.ctx, folder / f"a.{format}", format)
        yield desk, folder


@pytest.mark.parametrize("format", ["json", "xlsx"])
def test_what_comes_in_is_what_went_out(week: tuple[Desk, Path], template: Path, tmp_path: Path, format: str):
    desk, folder = week
    bench = Bench(now=desk.bench.now, count=10**6)
    with copied(template, open_archive(folder / f"a.{format}"), tmp_path / "b.db", bench) as (done, copy):
        assert facts(copy.ctx) == facts(desk.ctx)
        assert done.counts["events"] > 30
        written = write_archive(copy.ctx, tmp_path / "b.json", "json")
        assert written.rows == sum(done.counts.values())
        there = (tmp_path / "b.json").read_text("utf-8")
        before = (folder / "a.json").read_text("utf-8")
        if format == "xlsx":  # a control character has no place in a workbook: it is a sign of itself there
            before = before.replace(r"\u001b[31m00?", "␛[31m00?")
        assert there == before


@settings(max_examples=3, deadline=None, database=None, phases=[Phase.generate])
@given(seed=st.integers(0, 10_000))
def test_whatever_happened_comes_back(furnished: Furnished, template: Path, seed: int):
    with fresh_desk(furnished) as desk, tempfile.TemporaryDirectory() as folder:
        desk.add("Guest of Monday", code="900", guest=True)
        by_chance(desk, TUESDAY, Random(seed))
        first, second = Path(folder) / "a.json", Path(folder) / "b.json"
        write_archive(desk.ctx, first, "json")
        with copied(template, open_archive(first), Path(folder) / "b.db", desk.bench, station=2) as (_done, copy):
            assert facts(copy.ctx) == facts(desk.ctx)
            write_archive(copy.ctx, second, "json")
        assert second.read_bytes() == first.read_bytes()


def test_the_copy_goes_on_where_the_first_one_stopped(furnished: Furnished, template: Path, tmp_path: Path):
    bench = Bench(count=furnished.ids)
    with open_database(Path(shutil.copyfile(furnished.path, tmp_path / "a.db"))) as database:
        desk = Desk(context_for(database, bench), bench, new=False)
        desk.open()
        desk.mark("001", at="14:10")
        desk.note("001", "first")
        desk.edit(WEDNESDAY, presenter="002")
        desk.close(absent_rest=True)
        write_archive(desk.ctx, tmp_path / "a.json", "json")
        with copied(template, open_archive(tmp_path / "a.json"), tmp_path / "b.db", bench) as (_done, copy):
            for one in (desk, copy):
                said = [one.undo(session_id=None) for _ in range(3)]
                assert (said[0].undone, said[1].kind, said[2].kind) == ("close", "edit", "note")
                assert one.session(WEDNESDAY).presenter == ""
                assert one.statuses() == {"001": "present"}
            there, here = facts(copy.ctx), facts(desk.ctx)
            assert all(there[name] == here[name] for name in ("standings", "figures", "reasons", "searched"))


def test_the_same_request_again_writes_nothing_and_another_is_refused(
    week: tuple[Desk, Path], template: Path, tmp_path: Path
):
    from checkin_tui.domain.archive.records import ImportProgram

    _desk, folder = week
    bench = Bench(count=10**6)
    entries = open_archive(folder / "a.json")
    with copied(template, entries, tmp_path / "b.db", bench) as (done, copy):
        again = copy.handler.handle(ImportProgram(done.uid, bench.now, "a.json", entries))
        assert again == done
        with pytest.raises(CheckInError, match="program_exists"):
            copy.handler.handle(ImportProgram(bench.uid(), bench.now, "a.json", entries))


def test_an_event_changed_by_hand_counts_as_it_says_now(desk: Desk, template: Path, tmp_path: Path):
    desk.open()
    desk.mark("001", at="14:10")
    file = tmp_path / "a.json"
    write_archive(desk.ctx, file, "json")
    said = file.read_text("utf-8")
    later = f'"happened": "{"2026-05-18T14:55:00+08:00"}"'
    changed = said.replace('"happened": "2026-05-18T06:10:00.000Z"', later)
    assert changed != said
    file.write_text(json.dumps(json.loads(changed), indent=4), "utf-8")  # and laid out anew by another program
    with copied(template, open_archive(file), tmp_path / "b.db", desk.bench) as (_done, copy):
        assert copy.statuses() == {"001": "late"}
        assert copy.mark_of("001").arrived == at("14:55")


def test_a_record_is_a_line_and_nothing_a_terminal_obeys_is_in_it(week: tuple[Desk, Path]):
    _desk, folder = week
    lines = (folder / "a.json").read_text("utf-8").split("\n")
    assert all(line.isprintable() for line in lines)
    document = json.loads("\n".join(lines))
    assert (document["format"], document["version"]) == ("checkin-tui program", 1)
    assert len(lines) == 3 + sum(len(part) + 2 for part in document.values() if isinstance(part, list))
    assert "erased person" in [one["name"] for one in document["members"]]


@settings(max_examples=40, deadline=None, database=None)
@given(
    st.lists(st.sampled_from([*HOSTILE[:8], "'", "\n", ";", "|", "=", " ", "x", "<r>", "</r>", "_x0041_"])).map("".join)
)
def test_a_cell_of_several_lines_comes_back_as_it_was(text: str):
    kept = clean_lines(text)
    assert as_written(neutral_lines(kept)) == kept


def test_a_workbook_holds_texts_and_nothing_to_compute(week: tuple[Desk, Path]):
    from python_calamine import CalamineWorkbook

    _desk, folder = week
    book = CalamineWorkbook.from_path(folder / "a.xlsx")
    assert book.sheet_names[:3] == ["about", "program", "branches"]
    cells = [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    assert {type(cell) for cell in cells} == {str}
    assert not any(cell.startswith(("=", "+", "@", "-")) for cell in cells)
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in cells) <= 32_767


@pytest.mark.parametrize("format", ["json", "xlsx"])
def test_its_members_are_a_roster_for_the_next_program(week: tuple[Desk, Path], format: str):
    _desk, folder = week
    found = read_roster(open_roster(folder / f"a.{format}"))
    people = {line.code: line for line in found.rows if line.code.startswith("0")}
    assert sorted(people) == ["001", "002", "003", "004", "005", "007", "008"]  # no guest, and nobody who was erased
    assert (people["004"].branch, people["004"].leader, people["008"].phone) == ("Clinic", True, "=0012")
    assert people["008"].left is not None
    assert tuple(found.headers) == HEADER


def test_who_gives_up_gets_no_file(week: tuple[Desk, Path], tmp_path: Path):
    desk, _folder = week

    def enough(_done: int, _total: int) -> None:
        raise GivenUp

    for format in ("json", "xlsx"):
        with pytest.raises(GivenUp):
            write_archive(desk.ctx, tmp_path / f"a.{format}", format, progress=enough)
    assert list(tmp_path.iterdir()) == []
