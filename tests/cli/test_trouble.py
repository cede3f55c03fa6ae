"""Bad input and trouble: one sentence, the right exit code, nothing changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat

import pytest

from checkin_tui import __main__, logs
from checkin_tui.cli import status as status_module
from checkin_tui.domain.errors import DatabaseError
from tests.cli.conftest import Line
from tests.damage import with_bad_page


def one_sentence(answer, code: int) -> None:
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.count("\n") == 1
    assert "Traceback" not in answer.err
    assert "Refused" not in answer.err


@pytest.mark.parametrize("arguments", [["fly"], ["status", "--fast"], ["mark"], ["session", "fly"], ["import", "cats"]])
def test_wrong_usage(line, arguments):
    one_sentence(line(*arguments), 2)
    answer = line(*arguments, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (2, "usage")


@pytest.mark.parametrize("command", ["export", "report", "sheet", "erase"])
def test_commands_of_later_issues_do_not_exist_yet(line, command):
    assert line(command).code == 2


def test_a_bad_date_is_told_as_it_should_be(empty):
    answer = empty("init", "Choir", "--from", "18.05.2026", "--to", "2026-05-28")
    one_sentence(answer, 2)
    assert answer.err == "18.05.2026 is not a date. Dates are written 2026-05-18.\n"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_at_the_end_of_the_calendar_is_no_date(line, day):
    one_sentence(line("member", "add", "M2", "--name", "m", "--joined", day, "--left", day), 2)
    one_sentence(line("member", "edit", "101", "--left", day), 2)
    one_sentence(line("program", "--set", f"to={day}"), 2)


@pytest.mark.parametrize(
    "options",
    [
        ["--weekdays", "moonday"],
        ["--hours", "17:00-14:30"],
        ["--hours", "14:30"],
        ["--grace", "soon"],
        ["--grace", "99999999999999999999"],
        ["--target", "98"],
        ["--target", ">100"],
        ["--min-note", "-1"],
        ["--zone", "Mars/Olympus"],
        ["--leave", "maybe"],
        ["--holiday", "tomorrow"],
        ["--to", "2026-05-01"],
        ["--from", "2026-05-23", "--to", "2026-05-24"],
    ],
)
def test_terms_that_cannot_be_make_no_file(tmp_path, bench, capsys, options):
    line = Line(tmp_path / "home", tmp_path / "new.db", bench, capsys)
    one_sentence(line("init", "Choir", "--from", "2026-05-18", "--to", "2026-05-28", *options), 2)
    assert not (tmp_path / "new.db").exists()


def test_a_second_init_is_refused(program):
    before = program.database.read_bytes()
    one_sentence(program("init", "Another", "--from", "2026-05-18", "--to", "2026-05-28"), 2)
    assert program.database.read_bytes() == before


def test_a_file_that_is_not_there_is_not_made(tmp_path, line):
    one_sentence(line("--db", str(tmp_path / "no.db"), "status"), 3)
    assert not (tmp_path / "no.db").exists()
    one_sentence(line("--db", str(tmp_path / "no" / "where.db"), "members"), 3)


def test_a_file_without_a_program(empty):
    one_sentence(empty("status"), 2)


def test_a_file_that_is_not_ours_is_left_alone(tmp_path, line):
    text, other = tmp_path / "letter.txt", tmp_path / "other.db"
    text.write_text("Dear all,\n" * 50)
    with sqlite3.connect(other) as file:
        file.execute("CREATE TABLE cats (name TEXT)")
    for path in (text, other, tmp_path):
        before = path.read_bytes() if path.is_file() else b""
        one_sentence(line("--db", str(path), "status"), 2)
        one_sentence(line("--db", str(path), "init", "X", "--from", "2026-05-18", "--to", "2026-05-28"), 2)
        assert not path.is_file() or path.read_bytes() == before


def test_a_newer_file_is_left_alone(line):
    with sqlite3.connect(line.database) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    before = line.database.read_bytes()
    answer = line("mark", "101")
    one_sentence(answer, 2)
    assert "newer" in answer.err
    assert line.database.read_bytes() == before


def test_a_damaged_file_is_told(line):
    data = bytearray(line.database.read_bytes())
    line.database.write_bytes(data[:-100])
    one_sentence(line("status"), 2)
    data[4096:] = os.urandom(len(data) - 4096)
    line.database.write_bytes(data)
    one_sentence(line("members"), 2)


def test_a_mark_that_meets_a_bad_page_is_no_refused_attempt(line):
    """Nobody was looked for, so nothing is kept of what was typed; a script gets the error, not a result."""
    line.database.write_bytes(with_bad_page(line.database, "table leaf"))
    before = line.database.read_bytes()
    one_sentence(line("mark", "101"), 2)
    assert line.json("mark", "101")["error"]["code"] == "db_damaged"
    assert line.database.read_bytes() == before


def test_a_busy_file_is_told(line, monkeypatch):
    monkeypatch.setattr("checkin_tui.store.engine.BUSY_TIMEOUT", 10)
    holder = sqlite3.connect(line.database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        answer = line("mark", "101")
        told = line("mark", "101", "--json")
    finally:
        holder.rollback()
        holder.close()
    one_sentence(answer, 3)
    assert "busy" in answer.err
    assert (told.code, told.json["error"]["code"]) == (3, "db_locked")
    assert line.json("history", "101")["events"] == []


def test_a_database_on_a_server_gets_one_sentence_without_its_password(line, tmp_path):
    from checkin_tui.cli.wiring import wire

    url = "postgresql://organizer:secret@db.example/study"
    with pytest.raises(DatabaseError) as refused:
        wire(url, {"CHECKIN_HOME": str(tmp_path)})
    assert refused.value.code == "db_url"
    assert "secret" not in repr(refused.value) + str(refused.value.values)
    with pytest.raises(DatabaseError):
        wire(None, {"CHECKIN_HOME": str(tmp_path), "CHECKIN_DB": url})


def test_settings_that_cannot_be_read_are_told(line):
    line.home.mkdir(exist_ok=True)
    (line.home / "settings.toml").write_text("colour = 'red'\n")
    answer = line("status")
    one_sentence(answer, 2)
    assert "colour" in answer.err


def test_keys_of_the_settings_that_are_not_used_are_named_and_not_obeyed(line):
    line.home.mkdir(exist_ok=True)
    (line.home / "settings.toml").write_text('[keymap]\n"\\u0007desk" = "\\u009bf10"\n')
    assert line("keys").err == "Not used from the settings: ␇desk = <U+009B>f10\n"


def test_a_missing_roster_file_is_told(line, tmp_path):
    one_sentence(line("import", "members", str(tmp_path / "no.csv")), 2)
    one_sentence(line("import", "members", str(tmp_path)), 2)


def test_our_own_mistake_is_logged_without_anybodys_name(line, monkeypatch):
    def fail(*_):
        raise KeyError("Mara Quill")

    monkeypatch.setattr(status_module, "answer_status", fail)
    answer = line("status")
    log = line.home / "state" / "checkin.log"
    one_sentence(answer, 70)
    assert str(log) in answer.err
    logged = log.read_text()
    assert "KeyError" in logged
    assert "test_trouble.py" in logged
    assert "Mara" not in answer.err + logged.replace('raise KeyError("Mara Quill")', "")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_our_own_mistake_is_json_too(line, monkeypatch):
    monkeypatch.setattr(status_module, "answer_status", lambda *_: 1 / 0)
    answer = line("status", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (70, "internal")


def test_ctrl_c_ends_with_130(monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(__main__, "run", interrupt)
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 130


def test_the_sample_without_a_terminal_is_its_figures(line, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "throwaway"))
    (tmp_path / "throwaway").mkdir()
    monkeypatch.setattr("tempfile.tempdir", None)
    answer = line("demo")
    assert answer.code == 0
    assert "open" in answer.out
    assert os.listdir(tmp_path / "throwaway") == []


def test_the_sample_may_be_kept_and_never_replaces_a_file(line, tmp_path, monkeypatch):
    kept = tmp_path / "sample.db"
    assert line("demo", "--keep", str(kept)).code == 0
    assert line("--db", str(kept), "status").code == 0
    before = kept.read_bytes()
    monkeypatch.setattr("checkin_tui.demo.build.build", lambda *_, **__: pytest.fail("it was built for nothing"))
    answer = line("demo", "--keep", str(kept))
    one_sentence(answer, 2)
    assert answer.err.endswith("Give the sample another name: --keep FILE\n")
    assert kept.read_bytes() == before


def test_without_a_terminal_the_program_is_its_figures(line):
    assert line().out == line("status").out
    assert line().code == 0


def test_the_file_keeps_its_mode(line):
    shutil.rmtree(line.home, ignore_errors=True)
    line.database.unlink()
    line("init", "Choir", "--from", "2026-05-18", "--to", "2026-05-28")
    assert stat.S_IMODE(line.database.stat().st_mode) == 0o600


@pytest.mark.parametrize("asked", [("--debug", "status"), ("status",)])
def test_debugging_logs_what_an_error_says_and_says_so(line, monkeypatch, asked):
    monkeypatch.setattr(logs, "_everything", False)
    monkeypatch.setenv("CHECKIN_HOME", str(line.home))
    if "--debug" not in asked:
        monkeypatch.setenv("CHECKIN_DEBUG", "1")

    def fail(*_):
        raise KeyError("Mara Quill")

    monkeypatch.setattr(status_module, "answer_status", fail)
    answer = line(*asked)
    log = line.home / "state" / "checkin.log"
    assert answer.code == 70
    assert answer.err.startswith(f"Debugging: {log} may hold names and notes from now on.\n")
    assert "KeyError: 'Mara Quill'" in log.read_text()


@pytest.mark.parametrize(("kept", "said"), [(True, "; the log says more."), (False, ".")])
def test_the_log_is_named_only_where_it_says_more(line, monkeypatch, kept, said):
    def fail(*_):
        raise DatabaseError("db_failed", path=line.database)

    log = line.home / "state" / "checkin.log"
    if not kept:
        log.mkdir(parents=True)
    monkeypatch.setattr(status_module, "answer_status", fail)
    answer = line("status")
    one_sentence(answer, 3)
    assert answer.err == f"The database failed. Nothing was saved{said}\n"
    assert log.is_file() == kept
