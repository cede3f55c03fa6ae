"""Completion of a path to a roster file, offered behind the cursor."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from typing import NamedTuple

from textual.suggester import Suggester

from checkin_tui.domain.text import clean

ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xltx", ".xls", ".ods", ".ots", ".zip")
LISTED = 2_000
"""Entries of a folder that are shown at most."""


class Entry(NamedTuple):
    """A folder, or a file that may be a roster. changed: seconds since the epoch, of a file."""

    name: str
    is_folder: bool
    changed: float = 0


class PathSuggester(Suggester):
    """Offers the first folder or roster file that begins with what was typed. Folders are listed off the event loop."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The whole path, or None."""
        return await asyncio.to_thread(complete, value)


def complete(typed: str) -> str | None:
    """`typed` completed to the first path that fits; None where none does, or where nothing would be added."""
    folder, begin = os.path.split(typed)
    if not begin:
        return None
    try:
        with os.scandir(os.path.expanduser(folder) or ".") as entries:
            fitting = sorted(_offers(entries, begin))
    except OSError:
        return None
    found = next((name for name in fitting if name != begin), None)
    return os.path.join(folder, found) if found else None


def _offers(entries: Iterable[os.DirEntry[str]], begin: str) -> list[str]:
    """Names that begin so: folders with their slash, roster files. A name that cannot be typed is not offered."""
    offers = []
    for entry in entries:
        name = entry.name
        if name.startswith(begin) and clean(name) == name:
            if entry.is_dir():
                offers.append(name + os.sep)
            elif name.lower().endswith(ENDINGS):
                offers.append(name)
    return offers


def folder_of(typed: str) -> str:
    """The folder that is typed, up to its last slash; '' for the one the program was started in."""
    return os.path.split(typed)[0]


def listed(typed: str, endings: tuple[str, ...] = ENDINGS) -> list[Entry]:
    """What is in the folder that is typed and begins with the rest: the way up, folders by name, newest files first.

    Nothing where it cannot be read.
    """
    folder, begin = os.path.split(typed)
    wanted, found = begin.casefold(), []
    try:
        with os.scandir(os.path.expanduser(folder) or ".") as entries:
            for entry in entries:
                if entry.name.casefold().startswith(wanted) and (begin or not entry.name.startswith(".")):
                    found += _entry(entry, endings)
                if len(found) >= LISTED:
                    break
    except (OSError, ValueError):
        return []
    up = [Entry("..", True)] if not begin else []
    return up + sorted(found, key=lambda one: (not one.is_folder, -one.changed, one.name.casefold(), one.name))


def _entry(entry: os.DirEntry[str], endings: tuple[str, ...]) -> list[Entry]:
    """It, if it is a folder or may be a roster and can be typed."""
    if clean(entry.name) != entry.name:
        return []
    try:
        if entry.is_dir():
            return [Entry(entry.name, True)]
        if entry.name.lower().endswith(endings) and entry.is_file():
            return [Entry(entry.name, False, entry.stat().st_mtime)]
    except OSError:
        pass
    return []


def gone_into(typed: str, entry: Entry) -> str:
    """What is typed once that entry is taken: a folder ends with its slash."""
    folder = folder_of(typed)
    if entry.name != "..":
        path = os.path.join(folder, entry.name)
        return path + os.sep if entry.is_folder else path
    whole = os.path.abspath(os.path.expanduser(folder or "."))
    above = os.path.dirname(whole)
    return above if above.endswith(os.sep) else above + os.sep
