"""The short round of `python -m tests.faults`: the real program, killed, without power, without disk, without lock."""

from __future__ import annotations

from random import Random

import pytest

from tests.faults.kill import Kill
from tests.faults.power import PowerCut
from tests.faults.report import Row
from tests.faults.trouble import FAULTS, Trouble

pytestmark = pytest.mark.pty

LATER = tuple(fault for fault in FAULTS if not fault.from_start)
READ_ONLY = next(fault for fault in FAULTS if fault.name == "read-only file")


def assert_held(row: Row) -> None:
    """Every zero is a zero. How fast an answer came is for `make faults`: other tests run beside this one."""
    wrong = (row.lost, row.corrupt, row.false_saved, row.trouble, row.found)
    assert wrong == (0, 0, 0, [], []), row
    assert row.trials
    assert row.slowest is None or row.slowest < 5_000


def test_what_the_screen_showed_as_saved_is_there_after_twenty_kills(room):
    """Three processes killed and started again; 18 times held still, and the files taken as a kill leaves them."""
    dead, still = Kill(room, held_still=6).run(3)
    assert dead.trials + still.trials >= 20
    for row in (dead, still):
        assert row.acknowledged
        assert_held(row)


def test_no_power_cut_takes_away_what_was_said_to_be_saved(room):
    (row,) = PowerCut(room, seconds=1.0).run(30)
    assert row.acknowledged
    assert_held(row)


def test_a_database_that_syncs_nothing_loses_something(room):
    """Or the test above could not have seen it."""
    (row,) = PowerCut(room, mode="synchronous=OFF", seconds=0.5).run(20)
    assert row.held, row


def test_a_disk_that_says_no_is_never_taken_for_yes(room):
    rows = [Row(fault.name, slowest=0.0) for fault in LATER]
    Trouble(room).window(list(zip(LATER, rows, strict=True)), Random(1))
    for row in rows:
        assert_held(row)


def test_a_file_that_may_only_be_read_is_written_to_once_it_may(room):
    row = Row(READ_ONLY.name, slowest=0.0)
    Trouble(room).window([(READ_ONLY, row)], Random(1))
    assert_held(row)


def test_a_command_on_a_full_disk_says_one_sentence_and_does_nothing(room):
    row = Row("command")
    Trouble(room).command(FAULTS[0], row)
    assert_held(row)


def test_a_mark_that_was_tried_again_after_a_failed_sync_survives_the_power_cut(room):
    assert_held(Trouble(room).unsynced(25))


def test_what_waits_for_another_programs_lock_is_saved_once_it_is_gone(room):
    row = Trouble(room).locked(3, 1)
    row.trouble = [what for what in row.trouble if not what.startswith("saved ")]  # how soon is for `make faults`
    assert_held(row)
