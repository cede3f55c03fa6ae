"""The disk that is rebuilt for a power cut, and the library that records what it is rebuilt from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.faults.disk import DATABASE, FOLDER, JOURNAL, Disk, Step, Switch, compile_into, why_not
from tests.faults.replay import Power

needs_library = pytest.mark.skipif(bool(why_not()), reason=why_not())


def write(file: int, place: int, data: bytes) -> Step:
    return Step("W", file, 0, place, data)


def sync(file: int, number: int, error: int = 0) -> list[Step]:
    return [Step("B", file, 0, number, b""), Step("S", file, error, number, b"")]


def found(tmp_path: Path, steps: list[Step], ending: str = "") -> set[bytes | None]:
    """What a hundred cuts after these steps may leave of one file."""
    left: set[bytes | None] = set()
    for seed in range(100):
        database = tmp_path / "some.db"
        for old in tmp_path.glob("some.db*"):
            old.unlink()
        database.write_bytes(b"....")
        power = Power(database, Random(seed))
        for step in steps:
            power.take(step)
        power.cut(database)
        path = database.with_name(database.name + ending)
        left.add(path.read_bytes() if path.exists() else None)
    return left


def test_what_was_synced_is_there_and_what_was_not_may_be(tmp_path):
    steps = [write(DATABASE, 0, b"a"), *sync(DATABASE, 1), write(DATABASE, 1, b"b"), write(DATABASE, 2, b"c")]
    assert found(tmp_path, steps) == {b"a...", b"ab..", b"a.c.", b"abc."}


def test_what_was_written_during_a_sync_is_not_covered_by_it(tmp_path):
    begun, ended = sync(DATABASE, 1)
    assert found(tmp_path, [begun, write(DATABASE, 0, b"a"), ended]) == {b"....", b"a..."}


def test_after_a_failed_sync_a_later_one_brings_nothing_back(tmp_path):
    steps = [write(DATABASE, 0, b"a"), *sync(DATABASE, 1, error=5), *sync(DATABASE, 2)]
    assert found(tmp_path, steps) == {b"....", b"a..."}


def test_a_size_is_kept_over_a_failed_sync_until_one_works(tmp_path):
    cut = Step("T", DATABASE, 0, 1, b"")
    assert found(tmp_path, [cut, *sync(DATABASE, 1, error=5)]) == {b"....", b"."}
    assert found(tmp_path, [cut, *sync(DATABASE, 1, error=5), *sync(DATABASE, 2)]) == {b"."}


def test_a_new_file_has_a_name_for_certain_once_its_folder_was_synced(tmp_path):
    made = [Step("C", JOURNAL, 0, 0, b""), write(JOURNAL, 0, b"j"), *sync(JOURNAL, 1)]
    assert found(tmp_path, made, "-journal") == {None, b"j"}
    assert found(tmp_path, [*made, *sync(FOLDER, 2)], "-journal") == {b"j"}


def test_a_large_write_may_be_torn(tmp_path):
    left = found(tmp_path, [write(DATABASE, 0, b"n" * 1536)])
    assert {b"n" * 512, b"n" * 1024, b"n" * 1536, b"...."} <= left


PROGRAM = """
import os, sys
path = sys.argv[1]
handle = os.open(path, os.O_RDWR)
os.pwrite(handle, b"new", 0)
os.fsync(handle)
os.ftruncate(handle, 2)
try:
    os.pwrite(handle, b"more", 2)
except OSError as error:
    print(error.errno)
"""


@needs_library
def test_the_library_records_in_order_and_fails_when_told_to(tmp_path):
    database = tmp_path / "some.db"
    database.write_bytes(b"....")
    disk = Disk(compile_into(tmp_path), database, tmp_path / "disk")
    disk.fail(Switch.WRITE_ERRNO, 28, DATABASE, skip=1)
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM, os.path.realpath(database)],
        env={**os.environ, **disk.env},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "28\n"
    assert [(step.kind, step.place, step.data) for step in disk.steps()] == [
        ("W", 0, b"new"),
        ("B", 1, b""),
        ("S", 1, b""),
        ("T", 2, b""),
    ]
    assert database.read_bytes() == b"ne"
    assert disk[Switch.FAILED] == 1
