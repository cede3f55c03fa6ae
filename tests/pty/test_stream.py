"""The keyboard stream at its worst: the program lives, nobody else is marked, and the next scans are read."""

from __future__ import annotations

import pytest

from tests.faults.stream import INPUTS, Stream

pytestmark = pytest.mark.pty


@pytest.fixture(scope="module")
def stream(tmp_path_factory):
    return Stream(tmp_path_factory.mktemp("stream"))


@pytest.fixture(autouse=True)
def nothing_went_wrong(stream):
    yield
    row = stream.row
    assert (row.trouble, row.lost, row.corrupt) == ([], 0, 0)


@pytest.mark.parametrize(
    ("place", "kinds"),
    [
        ("roster", INPUTS),
        ("writing", ("odd bytes", "an endless paste")),
        ("palette", ("odd bytes", "an endless paste")),
    ],
)
def test_after_whatever_a_keyboard_sends_the_next_scans_mark_their_own(stream, place, kinds):
    """Every other place is in the long round, `make faults`."""
    stream.attack(place, paste=20_000, odd=4_000, kinds=kinds)


def test_two_hundred_codes_with_something_round_them_are_read_through_a_stall(stream):
    stream.stalled()
