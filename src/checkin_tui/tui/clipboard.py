"""Copying a text: by the machine's own tool, else through the terminal and, since that never answers, into a file.

The tools are those that own the clipboard of the display they are started on. Without one the terminal is asked by the
sequence OSC 52 (xterm's control sequences, "Manipulate Selection Data"), which works over ssh and may be switched off.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from checkin_tui.domain.errors import CheckInError

if TYPE_CHECKING:
    from textual.app import App

SECONDS: Final = 2.0
"""How long a tool may take; one that hangs is ended, and the next is tried."""


class Tool(NamedTuple):
    """A program that takes the text on its standard input."""

    command: tuple[str, ...]
    encoding: str = "utf-8"


class Copied(NamedTuple):
    """How it went. tool: which one took the text; ''  none did, so the terminal was asked.

    path: the file with the text in that case; trouble: why there is none.
    """

    tool: str = ""
    path: Path | None = None
    trouble: CheckInError | None = None


async def copy(app: App[Any], text: str, otherwise: Path, environment: Mapping[str, str]) -> Copied:
    """Copy `text`; `otherwise`: the file for it where no tool took it (a file that is there is left alone).

    environment: of the process; it tells which tools there are, and they are started with it.
    """
    tool = await asyncio.to_thread(by_tool, text, environment)
    if tool:
        return Copied(tool)
    app.copy_to_clipboard(text)
    from checkin_tui.interchange.saving import save_beside  # needed only here

    try:
        return Copied(path=await asyncio.to_thread(save_beside, otherwise, text))
    except CheckInError as error:
        return Copied(trouble=error)


def tools(environment: Mapping[str, str], platform: str) -> list[Tool]:
    """The tools that have a display to work on, the likeliest first."""
    found = []
    if environment.get("WAYLAND_DISPLAY"):
        found.append(Tool(("wl-copy",)))
    if environment.get("DISPLAY"):
        found += [Tool(("xclip", "-selection", "clipboard")), Tool(("xsel", "--clipboard", "--input"))]
    if platform == "darwin":
        found.append(Tool(("pbcopy",)))
    if platform == "win32" or environment.get("WSL_DISTRO_NAME"):
        found.append(Tool(("clip.exe",), "utf-16"))  # with its byte order mark: else it reads the old code page
    return found


def by_tool(text: str, environment: Mapping[str, str]) -> str:
    """The name of the tool that took the text; '' when none did. Blocks for at most `SECONDS` a tool."""
    for tool in tools(environment, sys.platform):
        program = shutil.which(tool.command[0], path=environment.get("PATH", os.defpath))
        if program is not None and _takes([program, *tool.command[1:]], text.encode(tool.encoding), environment):
            return tool.command[0]
    return ""


def _takes(command: list[str], data: bytes, environment: Mapping[str, str]) -> bool:
    """Some tools leave a child that keeps the text: it gets nothing of ours to hold on to, and outlives us."""
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**environment, "LC_CTYPE": "UTF-8"} if sys.platform == "darwin" else environment,
            timeout=SECONDS,
            check=False,
            start_new_session=True,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
