"""The program never opens a socket, and starts no program but the user's editor and clipboard tool."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import checkin_tui
from tests.terminal import CTRL_Q, Machine, Terminal

SOURCE = Path(checkin_tui.__file__).parent
NETWORK = {
    "socket", "socketserver", "ssl", "http", "urllib", "ftplib", "smtplib", "imaplib", "poplib", "xmlrpc", "webbrowser",
    "requests", "httpx", "aiohttp", "urllib3",
}  # fmt: skip
STARTS = {"subprocess", "multiprocessing", "pty"}
MAY_START = {"tui/clipboard.py", "tui/desk/note_tools.py"}


def imported(path):
    """The top packages a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.partition(".")[0]


def test_no_module_of_ours_knows_a_network():
    users = {str(path.relative_to(SOURCE)): set(imported(path)) for path in SOURCE.rglob("*.py")}
    assert len(users) > 100
    assert {file: names & NETWORK for file, names in users.items() if names & NETWORK} == {}
    assert {file for file, names in users.items() if names & STARTS} == MAY_START


@pytest.mark.pty
def test_the_real_program_opens_no_socket_and_starts_no_program(tmp_path):
    home, heard = tmp_path / "home", tmp_path / "heard"
    home.mkdir()
    machine = Machine(home)
    machine.prepare(people=3)
    shutil.copy(Path(__file__).with_name("audit.py"), tmp_path / "sitecustomize.py")
    machine.env |= {"PYTHONPATH": str(tmp_path), "AUDIT_TO": str(heard), "TEXTUAL": "devtools"}
    terminal = Terminal((), machine.env)
    try:
        terminal.wait_for("Sample Person 01")
        terminal.type("101\r")
        terminal.wait_for("PRESENT")
        terminal.type(CTRL_Q)
        assert terminal.end() == 0
    finally:
        terminal.close()
    assert machine.run("members").returncode == 0
    (home / "state" / "station.toml").unlink()  # the laptop is asked for its name once more
    assert machine.run("erase", "102", "--yes").returncode == 0
    assert not heard.exists(), heard.read_text()
    probe = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    subprocess.run([sys.executable, "-c", probe], env=machine.env, check=True)
    assert "socket.connect" in heard.read_text()  # whoever listens does hear
