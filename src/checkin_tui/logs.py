"""The log: where something went wrong, with ids and places in the code, never with anybody's name. A leaf."""

from __future__ import annotations

import logging
import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

from checkin_tui.settings import private_folder


def trace(error: BaseException) -> str:
    """Where an error came from: its kind and the lines of code, with those of what caused it.

    Neither what it says nor local variables: both may hold names and notes.
    """
    lines: list[str] = []
    one: BaseException | None = error
    while one is not None:
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}\n")
        lines += traceback.format_list(traceback.extract_tb(one.__traceback__))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "".join(lines)


def write(path: Path, text: str) -> bool:
    """Append an entry to the log, which only its owner may read. Returns whether that worked."""
    try:
        private_folder(path.parent)
        with open(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {text.rstrip()}\n")
    except OSError:
        return False
    return True


class LogFile(logging.Handler):
    """What the program logs while a screen has the terminal. The file is made by the first entry."""

    def __init__(self, path: Path) -> None:
        super().__init__(logging.WARNING)
        self._path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Write one entry; of an exception handed on with it only where it came from."""
        text = f"{record.levelname} {record.name}: {record.getMessage()}"
        if record.exc_info and record.exc_info[1] is not None:
            text += "\n" + trace(record.exc_info[1])
        write(self._path, text)
