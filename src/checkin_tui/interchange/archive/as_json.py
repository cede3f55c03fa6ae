"""The whole program as JSON: one document, one record a line, read again record by record however it is laid out."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TextIO

from checkin_tui.domain.archive.records import FORMAT, PARTS, VERSION, Entry
from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.outputs import Progress
from checkin_tui.interchange.register.as_json import as_text
from checkin_tui.services.archive import count_entries, entry_pages
from checkin_tui.services.context import Context

LONGEST_RECORD: Final = 16 * 2**20
"""Characters of one record: a note of millions of them."""
_CHUNK: Final = 2**18
_BLANK: Final = re.compile(r"[ \t\r\n]*")


def write_json(ctx: Context, draft: Path, progress: Progress) -> int:
    """Write the document. Returns how many records there are in it."""
    total, done, part = sum(count_entries(ctx).values()), 0, ""
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"format": {as_text(FORMAT)}, "version": {VERSION}')
        for name, records in entry_pages(ctx):
            if name != part:
                file.write("\n]" if part not in ("", PARTS[0]) else "")
                file.write(f',\n"{name}": ' if name == PARTS[0] else f',\n"{name}": [')
            for number, record in enumerate(records):
                if name != PARTS[0]:
                    file.write("\n" if name != part and number == 0 else ",\n")
                file.write(as_text(record))
            part = name
            done += len(records)
            progress(done, total)
        file.write("\n]}\n")
    return done


def read_json(path: Path) -> Iterator[Entry]:
    """The records of the document, one after the other; little of it is in the memory at a time.

    Raises CheckInError: `archive_foreign` (no file of ours), `archive_newer` (version), `archive_part` (part: one that
    nobody knows, that is there twice, or not in its place), `archive_broken` (row: the line where it is no JSON),
    `archive_cut`, `import_encoding`, and those of `open_text`; each with file.
    """
    file = str(path)
    try:
        with open_text(path) as stream:
            yield from _Reader(stream, file).entries()
    except UnicodeDecodeError:
        raise CheckInError("import_encoding", file=file, encoding="UTF-8") from None


def open_text(path: Path) -> TextIO:
    """A plain file as UTF-8 text, with or without a byte order mark. A pipe is never opened.

    Raises CheckInError: import_missing, import_folder, import_not_a_file, import_denied, import_unreadable.
    """
    file = str(path)
    try:
        if path.is_dir():
            raise CheckInError("import_folder", file=file)
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise CheckInError("import_not_a_file", file=file)
        return os.fdopen(descriptor, encoding="utf-8-sig", newline="\n")
    except (FileNotFoundError, NotADirectoryError):
        raise CheckInError("import_missing", file=file) from None
    except PermissionError:
        raise CheckInError("import_denied", file=file) from None
    except (OSError, ValueError):
        raise CheckInError("import_unreadable", file=file) from None


class _Bad(Exception):
    """What no record may have: a name twice, a number that is none."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Bad
    return found


def _no_number(_text: str) -> Any:
    raise _Bad


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)


class _Reader:
    """Goes through the text from value to value, and keeps of it what is not yet read."""

    def __init__(self, stream: TextIO, file: str) -> None:
        self._stream, self._file = stream, file
        self._text, self._at, self._ended = "", 0, False
        self._row, self._counted = 1, 0  # the line at `_counted`

    def entries(self) -> Iterator[Entry]:
        if self._next() != "{":
            raise CheckInError("archive_foreign" if self._text else "import_empty", file=self._file)
        self._at += 1
        self._head()
        part = -1
        while self._goes_on("}"):
            name = self._name()
            found = PARTS.index(name) if name in PARTS else -1
            if found <= part:
                raise CheckInError("archive_part", file=self._file, part=name[:40])
            part = found
            yield from self._program() if name == PARTS[0] else self._records(name)
        if self._next():
            raise CheckInError("archive_broken", file=self._file, row=self._line())

    def _head(self) -> None:
        """What kind of file it is comes first."""
        if self._name(foreign=True) != "format" or self._value() != FORMAT:
            raise CheckInError("archive_foreign", file=self._file)
        if not self._goes_on("}") or self._name() != "version":
            raise CheckInError("archive_foreign", file=self._file)
        version = self._value()
        if type(version) is not int or version < 1:
            raise CheckInError("archive_foreign", file=self._file)
        if version > VERSION:
            raise CheckInError("archive_newer", file=self._file, version=version)

    def _program(self) -> Iterator[Entry]:
        if self._next() != "{":
            raise self._broken()
        row = self._line()
        yield Entry(PARTS[0], row, self._value())

    def _records(self, part: str) -> Iterator[Entry]:
        if self._next() != "[":
            raise self._broken()
        self._at += 1
        first = True
        while self._goes_on("]", first=first):
            if self._next() != "{":
                raise self._broken()
            row = self._line()
            yield Entry(part, row, self._value())
            first = False

    def _goes_on(self, end: str, *, first: bool = False) -> bool:
        """Whether another value follows, behind its comma, rather than the end."""
        found = self._next()
        if found == end:
            self._at += 1
            return False
        if first:
            return True
        if found != ",":
            raise self._broken()
        self._at += 1
        return True

    def _name(self, *, foreign: bool = False) -> str:
        if self._next() != '"':
            raise CheckInError("archive_foreign", file=self._file) if foreign else self._broken()
        name: str = self._value()
        if self._next() != ":":
            raise self._broken()
        self._at += 1
        return name

    def _next(self) -> str:
        """The next character that is no white space; '' at the end of the file."""
        while True:
            match = _BLANK.match(self._text, self._at)
            assert match is not None
            self._at = match.end()
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _value(self) -> Any:
        """The value that begins here, whole: of a number the end has to be seen."""
        self._next()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except (_Bad, RecursionError):
                raise self._broken() from None
            except ValueError:
                if not self._more():
                    raise self._broken() from None
                continue
            if end == len(self._text) and self._more():
                continue
            self._at = end
            return value

    def _more(self) -> bool:
        """Read on; what is read already is given up. Each time as much again as is kept: no text is read often."""
        if self._ended:
            return False
        kept = len(self._text) - self._at
        if kept > LONGEST_RECORD:
            raise self._broken()
        self._line()
        piece = self._stream.read(max(_CHUNK, kept))
        self._ended = not piece
        self._text, self._at, self._counted = self._text[self._at :] + piece, 0, 0
        return not self._ended

    def _line(self) -> int:
        self._row += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._row

    def _broken(self) -> CheckInError:
        """No JSON here; at the end of the file: not all of it is there."""
        self._line()
        if self._ended or self._stream.read(1) == "":
            whole = self._text[self._at :].strip()
            if not whole.endswith(("]", "}")):
                return CheckInError("archive_cut", file=self._file, row=self._row)
        return CheckInError("archive_broken", file=self._file, row=self._row)
