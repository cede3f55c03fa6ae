"""A window that is never the same size, in the real program."""

from __future__ import annotations

import pytest

from tests.faults.sizes import Sizes

pytestmark = pytest.mark.pty


def test_a_storm_of_two_hundred_sizes_loses_no_code_and_ends_in_order(tmp_path):
    sizes = Sizes(tmp_path)
    sizes.storm()
    assert sizes.row.trouble == []
    assert (sizes.row.trials, sizes.row.acknowledged, sizes.row.lost) == (200, 50, 0)
