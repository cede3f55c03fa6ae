"""What a crash left beside a database, and whether it is of this database at all.

SQLite plays a journal or a WAL into whatever file bears the name it lies beside: neither holds that name. One that was
left behind by another file (somebody copied a database over this one, or moved one away) would ruin it, so it is held
against the file first. Formats: https://sqlite.org/fileformat2.html, sections 1.3, 3 and 4.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from checkin_tui.store import generation
from checkin_tui.store.revision import APPLICATION_ID

JOURNAL: Final = "-journal"
WAL: Final = "-wal"
ENDINGS: Final = (JOURNAL, WAL, "-shm")
"""What follows the name of a database in the names of all that SQLite puts beside it."""

MAGIC: Final = b"SQLite format 3\x00"
_JOURNAL_MAGIC: Final = bytes.fromhex("d9d505f920a163d7")
_WAL_MAGICS: Final = (bytes.fromhex("377f0682"), bytes.fromhex("377f0683"))
BEGINNINGS: Final = (MAGIC, _JOURNAL_MAGIC, *_WAL_MAGICS)
"""How a database begins, its journal, and its WAL in either order of bytes."""
HEADER: Final = 100
"""How many bytes the header of a database has: what of page 1 is looked at."""
LOOKS: Final = 3
PAUSE_SECONDS: Final = 0.05


def leftover(path: Path) -> Path | None:
    """The journal or WAL that lies beside `path` and is not empty; None where there is none."""
    for ending in (JOURNAL, WAL):
        beside = path.with_name(path.name + ending)
        try:
            if beside.is_file() and beside.stat().st_size > 0:
                return beside
        except OSError:
            continue
    return None


def is_of_nothing(beside: Path) -> bool:
    """Whether it is the journal of a file that was empty, as it stays when making a database in it is cut short.

    Its magic is written last: without it nothing was changed yet. Raises OSError.
    """
    with beside.open("rb") as file:
        start = file.read(28)
    return start[:8] == bytes(8) or (start[:8] == _JOURNAL_MAGIC and _number(start[16:20]) == 0)


def stranger(path: Path, database: BinaryIO) -> Path | None:
    """The journal or WAL beside the database that is of another file, or of this one at another time; else None.

    database: the file, open. What SQLite itself would not look at (no whole header, a page that does not say enough)
    is no stranger. Another program may be writing just now, so that the two do not fit for a moment: only what stays
    so, while the file stays as it is, is believed. Raises OSError.
    """
    found = None
    for turn in range(LOOKS):
        if turn:
            time.sleep(PAUSE_SECONDS)
        before = _head(database)
        found = _stranger(path, before)
        if found is None or _head(database) != before:
            return None
    return found


def _head(database: BinaryIO) -> bytes:
    database.seek(0)
    return database.read(HEADER)


def _stranger(path: Path, head: bytes) -> Path | None:
    for ending, is_strange in ((JOURNAL, _strange_journal), (WAL, _strange_wal)):
        beside = path.with_name(path.name + ending)
        try:
            with beside.open("rb") as file:
                if is_strange(file, head):
                    return beside
        except (FileNotFoundError, IsADirectoryError):
            continue
    return None


def page_size(head: bytes) -> int:
    """Of the database, in bytes."""
    size = _number(head[16:18])
    return 65_536 if size == 1 else size


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _strange_journal(file: BinaryIO, head: bytes) -> bool:
    """Page 1 comes first in a journal of ours, as it was before; of this file it has the generation, and the counter to
    which a commit adds one. Restoring a backup adds one to the generation.
    """
    start = file.read(28)
    if start[:8] != _JOURNAL_MAGIC or len(start) < 28:
        return False
    if _number(start[24:28]) != page_size(head):
        return True
    pages_before = _number(start[16:20])
    number, first = next(_journal_pages(file), (0, b""))
    if not number:  # nothing is played back but the size
        said = _number(head[28:32])
        return said != pages_before and head[24:28] == head[92:96]
    if number != 1 or _number(first[68:72]) != APPLICATION_ID:
        return True
    if (generation_of(head) - generation_of(first)) % generation.LIMIT not in (0, 1):
        return True
    return (_number(head[24:28]) - _number(first[24:28])) % 2**32 not in (0, 1)


def generation_of(head: bytes) -> int:
    """`user_version`: it begins anywhere in each new file, and goes on by one when all in a file is replaced."""
    return _number(head[60:64])


def _journal_pages(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The pages of all segments: number and the first bytes of each."""
    end = file.seek(0, os.SEEK_END)
    place = 0
    while True:
        file.seek(place)
        start = file.read(28)
        if len(start) < 28 or start[:8] != _JOURNAL_MAGIC:
            return
        count, sector, size = _number(start[8:12]), _number(start[20:24]) or 512, _number(start[24:28])
        if size < 512:
            return
        place += sector
        whole = max(0, end - place) // (size + 8)
        for _turn in range(whole if count == 0xFFFFFFFF else min(count, whole)):
            file.seek(place)
            record = file.read(4 + HEADER)
            if len(record) < 4 + HEADER:
                return
            yield _number(record[:4]), record[4:]
            place += size + 8
        place = -(-place // sector) * sector


def _strange_wal(file: BinaryIO, head: bytes) -> bool:
    """In a file that says it has no WAL there is nothing to play back; page 1 in a WAL of ours says of which it is."""
    start = file.read(32)
    if len(start) < 32 or start[:4] not in _WAL_MAGICS:
        return False
    if head[18:20] == b"\x01\x01":
        return True
    size = _number(start[8:12])
    if size != page_size(head):
        return True
    near: list[bool] = []
    while True:
        frame = file.read(24 + HEADER)
        if len(frame) < 24 + HEADER or frame[8:16] != start[16:24]:
            return bool(near) and not any(near)
        if _number(frame[:4]) == 1:
            if _number(frame[24 + 68 : 24 + 72]) != APPLICATION_ID:
                return True
            apart = (generation_of(frame[24:]) - generation_of(head)) % generation.LIMIT
            near.append(apart in (0, 1, generation.LIMIT - 1))
        file.seek(size - HEADER, os.SEEK_CUR)
