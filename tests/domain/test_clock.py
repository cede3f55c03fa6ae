"""The hybrid logical clock and the ids: order that survives clocks that step back."""

from __future__ import annotations

from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.clock import HybridTime, tick
from checkin_tui.domain.ids import RANDOM_BYTES, uuid7
from tests.domain.ledger import DOOR, HALL


def test_the_first_tick_is_the_wall_clock():
    assert tick(None, 1000, DOOR) == HybridTime(1000, 0, DOOR)


def test_time_that_moves_on_starts_the_counter_again():
    assert tick(HybridTime(1000, 7, HALL), 1001, DOOR) == HybridTime(1001, 0, DOOR)


@pytest.mark.parametrize("now", [1000, 999, 0])
def test_time_that_stands_or_steps_back_counts_on(now):
    assert tick(HybridTime(1000, 7, HALL), now, DOOR) == HybridTime(1000, 8, DOOR)


@given(st.lists(st.tuples(st.integers(0, 50), st.sampled_from([DOOR, HALL])), min_size=1))
def test_every_tick_is_later_than_all_before(readings):
    times: list[HybridTime] = []
    for now, station in readings:
        times.append(tick(times[-1] if times else None, now, station))
    assert times == sorted(set(times))


@given(st.integers(0, 2**48 - 1), st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES))
def test_an_id_is_a_version_7_uuid_of_its_instant(instant, randomness):
    made = uuid7(instant, randomness)
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == instant


def test_the_example_of_the_standard():
    randomness = ((0xCC3 << 62) | 0x18C4DC0C0C07398F).to_bytes(RANDOM_BYTES, "big")
    assert uuid7(0x017F22E279B0, randomness) == UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")


@given(st.integers(0, 2**48 - 2), st.binary(min_size=20, max_size=20))
def test_ids_sort_by_their_instants(instant, randomness):
    assert uuid7(instant, randomness[:10]) < uuid7(instant + 1, randomness[10:])


@given(st.integers(0, 2**74 - 1), st.integers(0, 2**74 - 1))
def test_different_randomness_is_a_different_id(one, other):
    made = {uuid7(1, number.to_bytes(RANDOM_BYTES, "big")) for number in (one, other)}
    assert len(made) == len({one, other})


@pytest.mark.parametrize("size", [0, 9, 11])
def test_too_little_or_too_much_randomness_is_refused(size):
    with pytest.raises(ValueError, match="random bytes"):
        uuid7(0, bytes(size))
