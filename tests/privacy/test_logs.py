"""The log says where, never who: no message of an error, no local variable, nothing another library says."""

from __future__ import annotations

import gc
import logging
import os
import stat
import sys
import threading
import warnings

import pytest

from checkin_tui import logs, manners

WHO = "Mara" + " Quill"  # so that no line of code has it


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CHECKIN_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def installed(home, monkeypatch):
    """The hooks of the process, for one test."""
    for place, name in (
        (sys, "excepthook"),
        (sys, "unraisablehook"),
        (threading, "excepthook"),
        (warnings, "showwarning"),
        (logging, "raiseExceptions"),
        (logging.getLogger(), "handlers"),
    ):
        monkeypatch.setattr(place, name, getattr(place, name) if name != "handlers" else [])
    manners.install()
    return home / "state" / "checkin.log"


def failed(error):
    try:
        secret = WHO  # noqa: F841 -- a traceback may show local variables
        raise error
    except type(error) as caught:
        return caught


@pytest.mark.parametrize("error", [KeyError(WHO), OSError(2, WHO, WHO), ExceptionGroup(WHO, [ValueError(WHO)])])
def test_what_an_error_says_is_not_written(error):
    error.add_note(WHO)
    text = logs.trace(failed(error))
    assert "Mara" not in text
    assert type(error).__name__ in text
    assert "test_logs.py" in text
    assert not isinstance(error, ExceptionGroup) or "ValueError" in text


def test_a_terminal_in_which_the_log_is_looked_at_obeys_nothing_of_it(tmp_path):
    path = tmp_path / "checkin.log"
    assert logs.write(path, "one\x1b[2J\x9b1m\u202e\ud83d\ntwo 王")
    assert path.read_text("utf-8").endswith(" one\\x1b[2J\\x9b1m\\u202e\\ud83d\ntwo 王\n")


def test_a_statement_of_the_database_library_is_not_written():
    from sqlalchemy import create_engine, exc, text

    with create_engine("sqlite://").connect() as connection, pytest.raises(exc.OperationalError) as refused:
        connection.execute(text("SELECT :name FROM nowhere"), {"name": WHO})
    assert "Mara" in str(refused.value)
    assert "Mara" not in logs.trace(refused.value)


def test_an_endless_recursion_and_a_ring_of_causes_come_to_an_end():
    def deeper():
        deeper()

    with pytest.raises(RecursionError) as endless:
        deeper()
    assert logs.trace(endless.value).count("\n") <= logs.FRAMES + 1
    one, other = ValueError(WHO), KeyError(WHO)
    one.__cause__, other.__cause__ = other, one
    assert logs.trace(one).split() == ["builtins.ValueError", "builtins.KeyError"]


def test_no_folder_of_a_home_is_named():
    text = logs.trace(failed(ValueError()))
    assert " test_logs.py:" in text
    assert str(logs.__file__).partition("checkin_tui")[0] not in text


def test_everything_is_written_only_when_it_was_asked_for(monkeypatch):
    monkeypatch.setattr(logs, "_everything", False)
    logs.tell_everything()
    assert WHO in logs.trace(failed(ValueError(WHO)))


def test_the_log_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "LARGEST", 200)
    path = tmp_path / "checkin.log"
    for number in range(100):
        assert logs.write(path, f"entry {number}")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["checkin.log", "checkin.log.1"]
    assert all(one.stat().st_size < 300 for one in tmp_path.iterdir())
    assert "entry 99" in path.read_text()


def test_a_log_others_could_read_is_taken_from_them(tmp_path):
    path = tmp_path / "checkin.log"
    path.touch(0o644)
    path.chmod(0o644)
    assert logs.write(path, "entry")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_log_that_cannot_be_written_is_no_error(tmp_path):
    assert not logs.write(tmp_path, "entry")


def test_only_a_plain_file_is_a_log(tmp_path):
    """A pipe would be waited for, and what a link leads to may be the register."""
    register, pipe, link = tmp_path / "checkin.db", tmp_path / "pipe", tmp_path / "link"
    register.write_bytes(b"everybody")
    os.mkfifo(pipe)
    link.symlink_to(register)
    assert not logs.write(pipe, "entry")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert not logs.write(pipe, "entry")
    os.close(reader)
    assert not logs.write(link, "entry")
    assert register.read_bytes() == b"everybody"


def test_what_nobody_catches_is_logged_and_not_printed(installed, capfd):
    class Brittle:
        def __del__(self):
            raise ValueError(WHO)

    Brittle()
    gc.collect()
    told = []
    take_back = manners.when_a_thread_ends_by_an_error(told.append)
    thread = threading.Thread(target=lambda: failed(KeyError(WHO)) and [].pop(0))
    thread.start()
    thread.join()
    take_back()
    logging.getLogger("somebody.else").error("could not greet %s", WHO)
    logging.getLogger("somebody.else").error("too few for %s: %s", WHO)  # a mistake in logging itself
    warnings.warn(WHO, UserWarning, stacklevel=1)
    assert capfd.readouterr() == ("", "")
    text = installed.read_text()
    assert "Mara" not in text
    assert [type(error) for error in told] == [IndexError]
    assert all(what in text for what in ("builtins.ValueError", "builtins.IndexError", "ERROR somebody.else"))


def test_the_last_words_name_the_log_and_nobody(home, capfd):
    assert manners.last_words(failed(ValueError(WHO))) == 70
    said = capfd.readouterr().err
    assert str(home / "state" / "checkin.log") in said
    assert "Mara" not in said


def test_the_last_words_need_no_log(monkeypatch, capfd):
    monkeypatch.setattr(logs, "write", lambda *_: 1 / 0)
    assert manners.last_words(MemoryError(WHO)) == 70
    assert capfd.readouterr().err == "checkin: something went wrong inside the program (MemoryError).\n"
