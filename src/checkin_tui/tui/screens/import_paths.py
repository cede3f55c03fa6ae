"""Completion of a path to a roster file, offered behind the cursor."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable

from textual.suggester import Suggester

from checkin_tui.domain.text import clean

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx")


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
