"""The keyboard stream at its worst: the program lives, nobody else is marked, and the next scans are read."""

from __future__ import annotations

import pytest

from tests.faults.stream import Stream

pytestmark = pytest.mark.pty


@pytest.mark.parametrize("place", ["roster", "writing", "palette"])
def test_after_whatever_a_keyboard_sends_the_next_scans_mark_their_own(tmp_path, place):
    stream = Stream(tmp_path)
    stream.attack(place, paste=100_000, odd=4_000)
    assert stream.row.trouble == []
    assert (stream.row.trials, stream.row.lost, stream.row.corrupt) == (6, 0, 0)
