"""`checkin backup` and `checkin restore`, as an organizer and as a script meet them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Line
from tests.conftest import at
from tests.restored import Archivist, digest_of

FROM_IMPORT = "2026-05-18T062000Z-import.db"


def folder_of(line: Line) -> Path:
    return Path(line.json("where")["backups"])


@pytest.fixture
def asked(line: Line) -> Path:
    """A backup with four people; afterwards two came, one was on leave, and one more is on the list."""
    line.bench.now = at("14:30")
    path = Path(line.json("backup")["backup"])
    line("mark", "101")
    line("mark", "103")
    line("mark", "102", "--status", "excused")
    line("member", "add", "105", "--name", "Late Comer")
    return path


def test_an_import_makes_a_backup_first(line: Line, archivist: Archivist):
    (only,) = line.json("backup", "--list")["backups"]
    assert Path(only["backup"]).name == FROM_IMPORT
    assert (only["why"], only["holds"]["people"]) == ("import", 0)
    assert only["made_at"] == "2026-05-18T14:20:00+08:00"


def test_an_import_of_contacts_too(line: Line, tmp_path: Path):
    line.bench.now = at("14:25")
    (tmp_path / "contacts.csv").write_text("branch,contact\nXinghe,Mara Quill\n", "utf-8")
    line("import", "contacts", str(tmp_path / "contacts.csv"), "--dry-run")
    assert len(line.json("backup", "--list")["backups"]) == 1, "a dry run needs none"
    assert line("import", "contacts", str(tmp_path / "contacts.csv")).code == 0
    assert [one["why"] for one in line.json("backup", "--list")["backups"]] == ["import", "import"]


def test_without_a_backup_nothing_is_imported(program: Line, tmp_path: Path):
    folder = folder_of(program)
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    (tmp_path / "people.csv").write_text("name\nMara Quill\n", "utf-8")
    before = digest_of(program.database)
    answer = program("import", "members", str(tmp_path / "people.csv"))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"No backup could be made in {folder}: the folder cannot be written to. Nothing was changed.\n"
    assert digest_of(program.database) == before
    refused = program("import", "members", str(tmp_path / "people.csv"), "--json").json
    assert refused["error"]["code"] == "backup_failed"


def test_the_answer_of_a_backup(line: Line):
    line.bench.now = at("14:30")
    answer = line.json("backup")
    assert answer == {
        "backup": str(folder_of(line) / "2026-05-18T063000Z-asked.db"),
        "bytes": Path(answer["backup"]).stat().st_size,
        "made_at": "2026-05-18T14:30:00+08:00",
        "rows": answer["rows"],
    }
    assert list(answer) == ["backup", "bytes", "made_at", "rows"]
    assert digest_of(Path(answer["backup"])) == digest_of(line.database)
    text = line("backup")
    assert text.out.strip().endswith("-asked.db")
    assert text.err == "Checked: it is whole, and holds all that is in the database now.\n"


def test_a_backup_where_the_user_wants_it(line: Line, tmp_path: Path):
    place = tmp_path / "stick.db"
    assert line.json("backup", str(place))["made_at"] == "2026-05-18T14:20:00+08:00"
    before = place.read_bytes()
    again = line("backup", str(place))
    assert again.code == 2
    assert again.err == f"There is already a file {place}. Nothing was written.\n"
    assert place.read_bytes() == before
    assert line("backup", str(tmp_path)).code == 2
    assert line("backup", str(place), "--list").code == 2
    assert len(line.json("backup", "--list")["backups"]) == 1, "it is not in the folder"


def test_the_list_says_when_why_how_large_and_what_it_holds(asked: Path, line: Line):
    listed = line.json("backup", "--list")
    assert listed["folder"] == str(folder_of(line))
    assert [one["number"] for one in listed["backups"]] == [1, 2]
    assert listed["backups"][0] == {
        "number": 1,
        "backup": str(asked),
        "why": "asked",
        "made_at": "2026-05-18T14:30:00+08:00",
        "bytes": asked.stat().st_size,
        "holds": {"program": "Learning campaign", "sessions": 9, "people": 4, "marks": 0, "notes": 0},
    }
    first, second = line("backup", "--list").out.splitlines()
    assert [word.strip() for word in first.split("  ") if word][:4] == [
        "1",
        asked.name,
        "Mon 18 May 14:30",
        "asked for",
    ]
    assert "before an import" in second
    assert second.endswith("kB  0 entries  0 notes")


def test_a_file_that_was_not_backed_up_yet_has_no_list(program: Line):
    answer = program("backup", "--list")
    assert (answer.code, answer.out, answer.err) == (0, "", "There is no backup yet.\n")


def test_without_a_terminal_restore_shows_and_does_nothing(asked: Path, line: Line):
    before = digest_of(line.database)
    answer = line("restore", "1")
    assert answer.code == 2
    said = answer.err.splitlines()
    assert said[0] == f"{asked.name} · Mon 18 May 14:30 · asked for"
    assert [row.split() for row in said[3:6]] == [
        ["sessions", "9", "9"],
        ["people", "4", "5"],
        ["entries", "in", "the", "register", "0", "3"],
    ]
    assert "Made since, and not in it: 3 entries in the register, 2 changes of people or sessions. They" in answer.err
    assert said[-1].startswith("Nothing was changed: ")
    assert said[-1].endswith("Add --yes to restore.")
    refused = line("restore", "1", "--json").json
    assert refused["error"]["code"] == "restore_unconfirmed"
    assert refused["would_restore"]["since"] == {"marks": 3, "notes": 0, "changes": 2}
    assert digest_of(line.database) == before


def test_the_answer_of_a_restore(asked: Path, line: Line):
    before = digest_of(line.database)
    answer = line.json("restore", "1", "--yes")
    assert answer == {
        "restored": str(asked),
        "database": str(line.database),
        "kept": str(asked.with_name("2026-05-18T063001Z-restore.db")),
        "made_at": "2026-05-18T14:30:00+08:00",
        "backup": {"program": "Learning campaign", "sessions": 9, "people": 4, "marks": 0, "notes": 0},
        "before": {"program": "Learning campaign", "sessions": 9, "people": 5, "marks": 3, "notes": 0},
        "damaged": False,
        "since": {"marks": 3, "notes": 0, "changes": 2},
        "same_program": True,
        "wrong": 0,
    }
    assert digest_of(line.database) == digest_of(asked)
    back = line("restore", "Z-restore.db", "--yes")
    assert back.code == 0
    assert digest_of(line.database) == before
    assert back.out.splitlines()[1].startswith("What was there before: ")


@pytest.mark.parametrize(("said", "restored"), [("y\n", True), ("n\n", False), ("\n", False), ("", False)])
def test_at_a_terminal_it_asks(asked: Path, line: Line, monkeypatch: pytest.MonkeyPatch, said: str, restored: bool):
    before = digest_of(line.database)
    given = iter(said.splitlines())

    def answered(_text: str) -> str:
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(click.termui, "visible_prompt_func", answered)
    for stream in (sys.stdin, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    answer = line("restore", "1")
    assert answer.code == (0 if restored else 2)
    assert (digest_of(line.database) == digest_of(asked)) is restored
    assert (digest_of(line.database) == before) is not restored
    assert ("Nothing was changed." in answer.err) is not restored


def test_a_damaged_file_is_restored_by_the_same_words(asked: Path, line: Line):
    os.truncate(line.database, 5000)
    assert line("members").code == 2
    assert line.json("backup", "--list")["backups"][0]["holds"]["people"] == 4
    assert "cannot be read any more" in line("restore", "1").err
    answer = line.json("restore", "1", "--yes")
    assert (answer["damaged"], answer["before"], answer["since"]) == (True, None, None)
    assert Path(answer["kept"]).stat().st_size == 5000
    assert f"beside the database a damaged or unfinished copy: {answer['kept']}\n" in line("doctor").out
    assert len(line.json("members")["members"]) == 4


def test_a_file_that_is_gone_too(asked: Path, line: Line):
    line.database.unlink()
    assert "There is no database now." in line("restore", "asked").err
    assert line.json("restore", "asked", "--yes")["kept"] is None
    assert len(line.json("members")["members"]) == 4


def test_what_cannot_be_meant_is_said(asked: Path, line: Line):
    listing = f"checkin --db {line.database} backup --list"
    assert line("restore", "9").err == f"There is no backup 9. The list has them all: {listing}\n"
    several = line("restore", "2026-05-18")
    assert (several.code, several.err) == (2, f"Several backups fit 2026-05-18: {asked.name}, {FROM_IMPORT}.\n")


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"a text", "db_foreign", "{file} is not a backup of this program."),
        (b"", "db_empty", "The backup {file} is empty."),
        (None, "db_foreign", "{file} is not a backup of this program."),
        (5000, "db_damaged", "The backup {file} is damaged."),
        ("9999", "db_newer", "The backup {file} was made by a newer version of this program."),
    ],
)
def test_what_is_wrong_with_a_backup_is_said_of_the_backup(
    asked: Path, line: Line, tmp_path: Path, content: bytes | int | str | None, code: str, said: str
):
    file, before = tmp_path / "file.db", digest_of(line.database)
    if content is None:
        file.mkdir()
    elif isinstance(content, bytes):
        file.write_bytes(content)
    else:
        shutil.copy(asked, file)
        if isinstance(content, int):
            os.truncate(file, content)
        else:
            with closing(sqlite3.connect(file)) as raw, raw:
                raw.execute("UPDATE alembic_version SET version_num = ?", (content,))
    answer = line("restore", str(file), "--yes")
    assert answer.code == 2
    listing = f"checkin --db {line.database} backup --list"
    assert answer.err == f"{said.format(file=file)} Your database was not touched. Choose another: {listing}\n"
    assert line("restore", str(file), "--yes", "--json").json["error"]["code"] == code
    assert digest_of(line.database) == before


def test_each_file_has_a_folder_of_its_own(line: Line, tmp_path: Path):
    other = str(tmp_path / "other" / "checkin.db")
    assert line("--db", other, "init", "Choir", "--from", "2026-05-18", "--to", "2026-05-20").code == 0
    theirs = Path(line.json("--db", other, "where")["backups"])
    assert theirs != folder_of(line)
    assert theirs.parent == folder_of(line).parent
    assert theirs.name.startswith("checkin-")
    link = tmp_path / "link.db"
    link.symlink_to(line.database)
    assert Path(line.json("--db", str(link), "where")["backups"]) == folder_of(line), "one file, one folder"


def test_backups_of_nothing(empty: Line, tmp_path: Path):
    assert empty("--db", str(tmp_path / "none.db"), "backup").code == 3
    assert empty("--db", str(tmp_path / "none.db"), "restore", "1").code == 2
