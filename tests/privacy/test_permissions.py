"""Nobody but their owner reads the files of the program, whatever the umask."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager

import pytest

from checkin_tui.cli.wiring import practice_path
from checkin_tui.interchange.saving import save_beside, save_text
from checkin_tui.settings import private_folder
from checkin_tui.store.engine import Database, make_engine
from tests.terminal import Machine


@contextmanager
def mask(value):
    before = os.umask(value)
    try:
        yield
    finally:
        os.umask(before)


def open_to_others(*tops):
    """What below these folders somebody else could read: paths with their modes."""
    found = {}
    for top in tops:
        for path in (top, *top.rglob("*")):
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode != (0o700 if path.is_dir() else 0o600):
                found[str(path)] = oct(mode)
    return found


@pytest.mark.pty
def test_the_files_of_the_program(tmp_path):
    machine = Machine(tmp_path / "home")
    roster = tmp_path / "people.csv"
    roster.write_text("code,name,branch\n101,Mara Quill,Xinghe\n")
    day = machine.today.isoformat()
    with mask(0):
        assert machine.run("init", "Choir", "--from", day, "--to", day, "--weekdays", "mon-sun").returncode == 0
        assert machine.run("import", "members", str(roster)).returncode == 0  # makes a backup before
    assert len(list(machine.home.rglob("*"))) > 3
    assert open_to_others(machine.home) == {}


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_the_journal_and_what_is_saved_for_the_user(tmp_path, umask):
    folder = tmp_path / "private"
    with mask(umask):
        path = folder / "checkin.db"
        private_folder(folder)
        os.close(os.open(path, os.O_CREAT, 0o600))
        with Database(path, make_engine(path)) as database:
            raw = database.connection.connection.driver_connection
            raw.execute("CREATE TABLE people (name TEXT)")
            raw.execute("BEGIN")
            raw.execute("INSERT INTO people VALUES ('Mara Quill')")
            save_text(folder / "list.txt", "Mara Quill")
            save_text(folder / "list.txt", "Tomas Ode", force=True)
            save_beside(folder / "list.txt", "Mara Quill")
            assert len(list(folder.iterdir())) >= 4  # with a journal, of whichever kind
            assert open_to_others(folder) == {}
        practice = practice_path().parent
        try:
            assert open_to_others(practice) == {}
        finally:
            practice.rmdir()


def test_a_file_that_is_there_keeps_its_mode(database_path):
    """Somebody may share it on purpose; `checkin doctor` says so."""
    from checkin_tui.store.engine import open_database

    database_path.chmod(0o644)
    with open_database(database_path) as database:
        assert not database.foreign_changes()
    assert stat.S_IMODE(database_path.stat().st_mode) == 0o644
