"""Ten commands and a window at once on one file."""

from __future__ import annotations

import pytest

from tests.faults.crowd import Crowd

pytestmark = pytest.mark.pty


def test_ten_commands_beside_a_window_lose_nothing_and_nobody_hears_of_a_lock(tmp_path):
    crowd = Crowd(tmp_path)
    crowd.work()
    assert crowd.row.trouble == []
    assert (crowd.row.trials, crowd.row.lost, crowd.row.corrupt) == (10, 0, 0)
