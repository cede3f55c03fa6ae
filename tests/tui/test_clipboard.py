"""Copying: a tool where there is a display for it, else the terminal and a file."""

from __future__ import annotations

import asyncio

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.tui import clipboard
from checkin_tui.tui.clipboard import Copied, by_tool, copy, tools

TEXT = "王小明 owes 2 notes\n[/foo]"


class Terminal:
    """Keeps what it was asked to copy."""

    def __init__(self):
        self.asked = []

    def copy_to_clipboard(self, text):
        self.asked.append(text)


@pytest.fixture
def environment(tmp_path):
    """A display, and a folder for tools on the path."""
    (tmp_path / "bin").mkdir()
    return {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "DISPLAY": ":7", "TAKEN": str(tmp_path / "taken")}


@pytest.fixture
def tool(tmp_path, environment):
    """Put a tool on the path; what it was given is in the file that is returned."""
    place, taken = tmp_path / "bin", tmp_path / "taken"

    def make(name, script='cat > "$TAKEN"'):
        path = place / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return taken

    return make


@pytest.mark.parametrize(
    ("known", "platform", "names"),
    [
        ({}, "linux", []),
        ({"DISPLAY": ":0"}, "linux", ["xclip", "xsel"]),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip", "xsel"]),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", ["clip.exe"]),
        ({}, "darwin", ["pbcopy"]),
        ({}, "win32", ["clip.exe"]),
    ],
)
def test_only_tools_with_a_display_are_asked(known, platform, names):
    assert [tool.command[0] for tool in tools(known, platform)] == names


async def test_the_tool_gets_the_whole_text(tool, tmp_path, environment):
    taken, terminal = tool("xclip"), Terminal()
    assert await copy(terminal, TEXT, tmp_path / "list.txt", environment) == Copied("xclip")
    assert taken.read_text("utf-8") == TEXT
    assert terminal.asked == []
    assert not (tmp_path / "list.txt").exists()


def test_a_tool_that_fails_gives_way_to_the_next(tool, environment):
    tool("xclip", "exit 1")
    taken = tool("xsel")
    assert by_tool(TEXT, environment) == "xsel"
    assert taken.read_text("utf-8") == TEXT


def test_a_tool_that_hangs_is_ended(tool, environment, monkeypatch):
    monkeypatch.setattr(clipboard, "SECONDS", 0.05)
    tool("xclip", "exec sleep 60")
    assert by_tool(TEXT, environment) == ""


def test_a_tool_that_leaves_a_child_behind_does_not_keep_us(tool, environment, monkeypatch):
    monkeypatch.setattr(clipboard, "SECONDS", 1)  # as long as the child lives, somebody who waits for it gives up
    taken = tool("xclip", 'cat > "$TAKEN"; sleep 4 &')
    assert by_tool(TEXT, environment) == "xclip"
    assert taken.read_text("utf-8") == TEXT


async def test_the_event_loop_goes_on_meanwhile(tool, tmp_path, environment):
    taken = tool("xclip", 'while [ ! -e "$TAKEN.go" ]; do sleep 0.01; done; cat > "$TAKEN"')
    under_way = asyncio.create_task(copy(Terminal(), TEXT, tmp_path / "list.txt", environment))
    await asyncio.sleep(0)
    taken.with_name("taken.go").touch()  # nobody would, were the loop waiting for the tool
    assert (await under_way).tool == "xclip"


async def test_without_a_tool_the_terminal_is_asked_and_a_file_written(tmp_path):
    terminal, path = Terminal(), tmp_path / "list.txt"
    path.write_text("another list")
    assert await copy(terminal, TEXT, path, {}) == Copied(path=tmp_path / "list-2.txt")
    assert terminal.asked == [TEXT]
    assert (tmp_path / "list-2.txt").read_text("utf-8") == TEXT + "\n"


async def test_a_file_that_cannot_be_written_is_told(tmp_path):
    copied = await copy(Terminal(), TEXT, tmp_path / "none" / "list.txt", {})
    assert copied.path is None
    assert isinstance(copied.trouble, CheckInError)
    assert copied.trouble.code == "save_no_folder"
