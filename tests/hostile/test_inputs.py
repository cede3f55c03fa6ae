"""Hostile text typed and pasted into every field, the box and the note; in settings, files and file names."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from contextlib import closing
from uuid import UUID

import pytest

from checkin_tui.__main__ import run
from checkin_tui.cli.wiring import Wiring
from checkin_tui.domain.requests import MarkPerson
from checkin_tui.domain.text import clean, clean_lines
from checkin_tui.settings import Station, load_settings, places
from checkin_tui.tui.commands import View
from checkin_tui.tui.screens.form import Field
from checkin_tui.tui.screens.typed import TypedText
from tests.cli.conftest import Line
from tests.conftest import Bench
from tests.hostile import hell
from tests.hostile.corpus import PAYLOADS, SURROGATE, is_obeyed
from tests.hostile.rounds import crooked
from tests.hostile.walk import Walked
from tests.hostile.wired import wired
from tests.tui.driving import driven
from tests.tui.test_scans import EVERY

SHORT = [text for text in (*PAYLOADS.values(), SURROGATE) if len(text) < 500]


def unclean(text: str) -> list[str]:
    return [one for one in text if is_obeyed(one) and one != "\n"]


@pytest.mark.parametrize("which", list(EVERY))
async def test_pasted_into_every_field_of_every_dialog_it_is_clean_and_does_nothing(which):
    async with driven(number=10) as it:
        dialog = EVERY[which]("Zhang Wei")
        answers: list[object] = []
        it.screen.people.open(dialog, answers.append)
        await it.pilot.pause()
        fields = list(dialog.query(Field)) + list(dialog.query(TypedText))
        before = len(it.desk.seen)
        for number, field in enumerate(fields or [None]):
            dialog.set_focus(field)
            await it.pilot.pause(0)
            it.paste("".join(SHORT[number * 3 :: 4])[:400])
            await it.pilot.pause()
        assert it.app.screen is dialog
        assert answers == []
        assert not any(isinstance(one, MarkPerson) for one in it.desk.seen[before:])
        for field in dialog.query(Field):
            assert unclean(field.value) == []
        it.app.screen.leave()
        await it.pilot.pause()


async def test_typed_and_pasted_into_the_box_it_marks_nobody_and_runs_nothing():
    async with driven(number=10, size=(100, 30)) as it:
        for text in SHORT:
            it.paste(text)
            await it.pilot.pause(0)
            assert unclean(it.screen.box.value) == []
            it.screen.box.put("")
        for text in SHORT[:20]:
            it.type("".join(one for one in text if one.isprintable()))
            it.type("\r")
        await it.settle()
        assert it.app.is_running
        assert not any(isinstance(one, MarkPerson) for one in it.desk.seen)
        assert crooked(Walked(pictures=[("box", it.picture)]), 100) == []


async def test_pasted_into_the_note_it_is_kept_as_its_clean_lines():
    async with driven(number=10) as it:
        it.app.write_note(1)
        await it.until(lambda: it.app.view.VIEW is View.WRITING and it.app.view.furnished)
        await it.until(lambda: it.app.view.desk.note is not None)
        for text in SHORT:
            it.app.view.editor.load("")
            it.paste(text)
            await it.pilot.pause(0)
            assert it.app.view.editor.text == clean_lines(text.replace("\r\n", "\n").replace("\r", "\n"))
            assert unclean(it.app.view.editor.text) == []


@pytest.fixture
def line(furnished, tmp_path, capsys) -> Line:
    path = shutil.copyfile(furnished.path, tmp_path / "checkin.db")
    return Line(tmp_path / "home", path, Bench(count=furnished.ids), capsys)


def texts(path) -> list[str]:
    """Every text in the file."""
    with closing(sqlite3.connect(path)) as connection:
        return [
            text
            for place in hell.places()
            if place.column not in ("search", "sort")  # keys of ours, with line ends between them
            for (text,) in connection.execute(f"SELECT {place.column} FROM {place.table}")
        ]


@pytest.mark.parametrize(
    ("table", "column", "command"),
    [
        ("programs", "zone", ["status"]),
        ("programs", "weekdays", ["status"]),
        ("programs", "starts", ["status"]),
        ("programs", "ends", ["members"]),
        ("changes", "before", ["undo"]),
        ("changes", "after", ["undo"]),
    ],
)
def test_a_text_with_a_form_of_its_own_that_is_wrong_is_a_damaged_file(table, column, command, line):
    with closing(sqlite3.connect(line.database)) as connection:
        connection.execute(f"UPDATE {table} SET {column} = ?", (PAYLOADS["colour"],))
        connection.commit()
    answer = line(*command, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "db_damaged")


def test_bytes_that_are_no_text_are_a_damaged_file(line):
    with closing(sqlite3.connect(line.database)) as connection:
        connection.execute("UPDATE members SET name = CAST(X'FF4142' AS TEXT)")
        connection.commit()
    answer = line("members", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "db_damaged")


def test_a_file_of_hostile_cells_is_imported_clean(line, tmp_path):
    rows = [[f"e{n}", text, text[:150], text[:150]] for n, text in enumerate(PAYLOADS.values()) if clean(text)]
    with (tmp_path / "evil.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["code", "name", "branch", "phone"], *rows])
    answer = line.json("import", "members", str(tmp_path / "evil.csv"))
    assert answer["new"] > len(rows) * 3 // 4
    assert [text for text in texts(line.database) if unclean(text)] == []
    names = {one["name"] for one in line.json("members")["members"]}
    assert {clean(text) for text in PAYLOADS.values() if clean(text) and len(clean(text)) <= 200} <= names


def test_arguments_of_the_command_line_are_kept_clean(line):
    for number in range(8):
        text = "".join(SHORT[number::8])[:190].replace("\x00", "")  # no program is given one
        line("member", "add", f"x{number}", "--name", text, "--branch", text, "--title", text, "--phone", text)
        line("mark", text)
    line("session", "open", "2026-05-18")
    line("session", "edit", "2026-05-18", "--topic", PAYLOADS["colour"], "--presenter", PAYLOADS["override"])
    assert [text for text in texts(line.database) if unclean(text)] == []


def test_the_operator_of_the_settings_and_the_laptop_s_name_are_kept_clean(line):
    line.home.mkdir(exist_ok=True)
    words = 'operator = "\\u001b[31337mHELL\\u202e"\n[keymap]\n"[/foo]\\u001b" = "f5"\n'
    (line.home / "settings.toml").write_text(words, "utf-8")
    where = places({"CHECKIN_HOME": str(line.home)})
    settings = load_settings(where, {}, database=str(line.database))
    station = Station(UUID(int=1), PAYLOADS["colour"] + PAYLOADS["override"])
    wiring = Wiring(where, settings, station, line.bench.clock, line.bench.uid)
    assert run(["session", "open", "2026-05-18"], lambda _asked: wiring) == 0
    assert run(["mark", "001"], lambda _asked: wiring) == 0
    assert [text for text in texts(line.database) if unclean(text)] == []
    assert any("HELL" in text for text in texts(line.database))


@pytest.mark.parametrize(
    "name", [n for n, text in PAYLOADS.items() if 0 < len(text.encode()) <= 240 and "\x00" not in text]
)
def test_a_file_of_any_name_is_imported_and_named_visibly(name, line, tmp_path):
    path = tmp_path / (PAYLOADS[name].replace("/", "⁄") + ".csv")
    path.write_text("code,name,branch\nq1,Ann Lee,Xinghe\n", "utf-8")
    answer = line("import", "members", str(path), "--dry-run")
    assert answer.code == 0, answer.err
    assert unclean(answer.out + answer.err) == []


async def test_the_operator_and_the_day_are_shown_in_one_line(tmp_path, furnished):
    path = shutil.copyfile(furnished.path, tmp_path / "checkin.db")
    async with wired(path, Bench(count=furnished.ids), operator=PAYLOADS["line ends"]) as it:
        assert crooked(Walked(pictures=[("roster", it.picture)]), 100) == []
