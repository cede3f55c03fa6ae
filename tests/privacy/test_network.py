"""The program never opens a socket, and starts no program but the user's editor and clipboard tool."""

from __future__ import annotations

import ast
import os
import re
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
REACHES_OUT = re.compile(  # of `os` and `asyncio`, which everybody imports
    r"(open|start)(_unix)?_(connection|server)|create(_unix)?_(connection|server|datagram_endpoint)|sock_connect"
    r"|create_subprocess_(exec|shell)|subprocess_(exec|shell)|system|popen|startfile|fork(pty)?"
    r"|(exec|spawn)[lv]p?e?|posix_spawnp?"
)


def imported(path):
    """The top packages a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.partition(".")[0]


def used(path):
    """The names a file takes from modules or calls, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value  # as `getattr` would have it


def test_no_module_of_ours_reaches_out_by_what_everybody_imports():
    found = {
        str(path.relative_to(SOURCE)): set(filter(REACHES_OUT.fullmatch, used(path))) for path in SOURCE.rglob("*.py")
    }
    assert {file: names for file, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "name",
    [
        "os.system",
        "os.execvp",
        "os.posix_spawn",
        "os.fork",
        "asyncio.open_connection",
        "asyncio.create_subprocess_exec",
        "asyncio.create_subprocess_shell",
        "asyncio.start_server",
        "loop.create_connection",
    ],
)
def test_whoever_did_would_be_found(tmp_path, name):
    module, _, function = name.rpartition(".")
    for source in (f"{name}()", f"from {module} import {function}", f"getattr({module}, {function!r})()"):
        file = tmp_path / "one.py"
        file.write_text(source)
        assert function in filter(REACHES_OUT.fullmatch, used(file))


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
    shutil.copy(Path(__file__).with_name("audit.py"), tmp_path / "sitecustomize.py")
    path = os.pathsep.join(filter(None, (str(tmp_path), machine.env.get("PYTHONPATH"))))
    machine.env |= {"PYTHONPATH": path, "AUDIT_TO": str(heard), "TEXTUAL": "devtools"}
    machine.prepare(people=3)  # `init` and `import` are heard too
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
