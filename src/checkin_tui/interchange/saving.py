"""Files out: written to the path asked for and nowhere else, whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.settings import places
from checkin_tui.store import leftovers, whose
from checkin_tui.store.failures import FULL
from checkin_tui.store.holding import looking

DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
_DRAFT: Final = ".checkin-"


@contextmanager
def saving(path: Path, *, force: bool = False) -> Iterator[Path]:
    """An empty file beside `path`, for nobody's eyes but the user's own (mode 0600; that of the file it replaces, where
    it does), to be filled by whoever asks.

    It is moved to its place when all of it is on the disk, so that a failure, or an end by an exception (somebody gave
    up), leaves what was there and nothing else. force: a file that is there already is replaced, but never a database,
    what belongs to one, or what this program keeps its settings in. Raises CheckInError `save_exists`,
    `save_database`, `save_ours`, `save_folder`, `save_not_a_file`, `save_no_folder`, `save_denied`, `save_full`,
    `save_failed` (each names the file).
    """
    _look(path, force=force)
    try:
        with _beside(path) as draft:
            yield draft
            _put(draft, path, force=force)
    except OSError as error:
        raise CheckInError(_code(error), file=str(path)) from error


def save_text(path: Path, text: str, *, force: bool = False) -> None:
    """Write `text` as UTF-8, ending with a line end. Raises CheckInError as `saving` does."""
    data = (text if text.endswith("\n") else f"{text}\n").encode()
    with saving(path, force=force) as draft:
        draft.write_bytes(data)


def save_beside(path: Path, text: str) -> Path:
    """Write `text` to `path`, or, where another file is, to the next free name beside it: `list-2.txt`, `list-3.txt`.

    A file that says just this already is taken for it. Returns the path. Raises CheckInError as `save_text` does.
    """
    wanted = (text if text.endswith("\n") else f"{text}\n").encode()
    for number in count(1):
        place = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            save_text(place, text)
        except CheckInError as error:
            if error.code != "save_exists":
                raise
            if not _says(place, wanted):
                continue
        break
    return place


def _look(path: Path, *, force: bool) -> None:
    """Refuse what can be told beforehand."""
    try:
        if path.is_dir():
            raise CheckInError("save_folder", file=str(path))
        if not path.parent.is_dir():
            raise CheckInError("save_no_folder", file=str(path.parent))
        there = os.path.lexists(path)
        if path.exists() and not path.is_file():  # or a link to such a thing
            raise CheckInError("save_not_a_file", file=str(path))
        _spare(path)
        if there and not force:
            raise CheckInError("save_exists", file=str(path))
    except OSError as error:
        raise CheckInError(_code(error), file=str(path)) from error


def _spare(path: Path) -> None:
    """Refuse to write over what holds a register, or over what this program itself needs. Raises OSError as well."""
    where = places()
    if any(_same(path, one) for one in (where.settings, where.station)):  # there, or not yet
        raise CheckInError("save_ours", file=str(path))
    beside = {path.with_name(path.name.removesuffix(ending)) for ending in leftovers.ENDINGS}  # itself among them
    if any(map(_is_of_a_database, beside)):
        raise CheckInError("save_database", file=str(path))


def _same(path: Path, one: Path) -> bool:
    try:
        return path.samefile(one)
    except FileNotFoundError:
        return os.path.normcase(os.path.realpath(path)) == os.path.normcase(os.path.realpath(one))


def _is_of_a_database(path: Path) -> bool:
    """Whether the file, or what a link leads to, is a database, or is written beside one. Raises OSError."""
    try:
        with looking(path) as may_look:
            if not may_look:  # a window of this process works on it
                return True
            if not path.is_file():
                return False
            with path.open("rb") as file:
                return file.read(len(leftovers.MAGIC)).startswith(leftovers.BEGINNINGS)
    except FileNotFoundError:
        return False


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """An empty file in the folder of `path`, gone afterwards unless it was given its name."""
    whose.sweep(path.parent, _DRAFT)
    handle, name = tempfile.mkstemp(prefix=_DRAFT + whose.mark(), dir=path.parent)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextmanager
def folder_beside(draft: Path) -> Iterator[Path]:
    """A folder for its owner alone beside a draft, for what its writer puts aside meanwhile; gone afterwards.

    What a killed process leaves of it goes with the next file that is written there, as a draft does.
    """
    with tempfile.TemporaryDirectory(
        prefix=_DRAFT + whose.mark(), dir=draft.parent, ignore_cleanup_errors=True
    ) as folder:  # 0700
        yield Path(folder)


def _put(draft: Path, path: Path, *, force: bool) -> None:
    """Give the draft, once it is on the disk, the name asked for. Raises OSError, CheckInError."""
    handle = os.open(draft, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    if force:
        _spare(path)  # it may have become one since it was looked at
        with suppress(OSError):  # a file system without modes
            before = path.lstat().st_mode
            if stat.S_ISREG(before):  # whoever may read it may go on doing so
                draft.chmod(stat.S_IMODE(before) & 0o777)
        draft.replace(path)
        return
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # in one step: nobody's file is replaced
    try:
        draft.replace(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _code(error: OSError) -> str:
    if isinstance(error, FileExistsError):
        return "save_exists"
    if error.errno in FULL:
        return "save_full"
    return "save_denied" if error.errno in DENIED else "save_failed"


def _says(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
