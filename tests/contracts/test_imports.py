"""What the quick commands must not import: each of these costs more than the command itself."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("textual", "rich", "sqlalchemy", "alembic", "platformdirs", "pypinyin", "python_calamine", "tzlocal")

PROBE = """
import sys
from checkin_tui.__main__ import run
code = run(sys.argv[1:])
print("\\n".join(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
sys.exit(code)
"""


def imported(tmp_path, *arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        env={"CHECKIN_HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["mark", "--help"], ["session", "--help"]])
def test_help_and_version_import_nothing_heavy(tmp_path, arguments):
    modules = imported(tmp_path, *arguments)
    assert "click" in modules
    assert modules.isdisjoint(HEAVY)


def test_a_command_about_paths_needs_no_database(tmp_path):
    assert imported(tmp_path, "where").isdisjoint({"textual", "sqlalchemy", "alembic"})


def test_a_normal_command_needs_no_migrations_and_no_screens(tmp_path, database_path):
    program = ["init", "Choir", "--from", "2026-05-18", "--to", "2026-05-28", "--zone", "UTC"]
    imported(tmp_path, "--db", str(database_path), *program)
    modules = imported(tmp_path, "--db", str(database_path), "status", "--json")
    assert "sqlalchemy" in modules
    assert modules.isdisjoint({"textual", "alembic", "pypinyin", "python_calamine"})


FIRST_PAINT = """
import sys
from checkin_tui.__main__ import run
from checkin_tui.cli import opening
opening.is_terminal = lambda: True
from checkin_tui.tui import app
from textual.app import App
ours = App.run
App.run = lambda self, **more: ours(self, headless=True, **more)

def painted(self):
    print("\\n".join(sorted(sys.modules)), file=sys.stderr)
    self.exit()

app.CheckInApp._connect = painted
sys.exit(run([]))
"""


def test_at_the_first_paint_nothing_of_the_database_or_of_the_command_line_is_imported(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT],
        env={"CHECKIN_HOME": str(tmp_path), "PATH": "", "TERM": "xterm"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    modules = set(done.stderr.split())
    assert "checkin_tui.tui.screens.roster" in modules
    assert modules.isdisjoint({"sqlalchemy", "alembic", "sqlite3", "click", "tzlocal", "pypinyin"})
    assert modules.isdisjoint({"checkin_tui.services", "checkin_tui.store"})
    assert modules.isdisjoint({"checkin_tui.domain.requests", "checkin_tui.tui.desk.furnishing"})
