"""Commands and a window at once on one file."""

from __future__ import annotations

import pytest

from tests.faults.crowd import Crowd

pytestmark = pytest.mark.pty


def test_five_commands_beside_a_window_lose_nothing_and_nobody_hears_of_a_lock(tmp_path):
    """One of each kind, and one person by two; `make faults` has ten, and more often."""
    crowd = Crowd(tmp_path)
    crowd.work(hands=5)
    assert crowd.row.trouble == []
    assert (crowd.row.trials, crowd.row.lost, crowd.row.corrupt) == (5, 0, 0)
