"""Session keys, and where a person belonged on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.people import Member, Membership, new_codes
from checkin_tui.domain.sessions import SessionKey


@given(st.builds(SessionKey, st.dates(), st.integers(1, 99)))
def test_a_written_key_reads_back(key):
    assert SessionKey.parse(str(key)) == key


def test_keys_sort_by_date_then_by_number():
    keys = [SessionKey.parse(text) for text in ("2026-05-19", "2026-05-18.10", "2026-05-18", "2026-05-18.2")]
    assert [str(key) for key in sorted(keys)] == ["2026-05-18", "2026-05-18.2", "2026-05-18.10", "2026-05-19"]


@pytest.mark.parametrize(
    "text",
    ["", "2026-5-18", "2026-05-18.0", "2026-05-18.", "2026-02-30", "18.05.2026", "2026-05-18.100", "2026-05-18x"],
)
def test_what_is_no_key(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the calendar's own words for 30 February, ours for the rest
        SessionKey.parse(text)


def test_a_past_day_uses_the_place_of_its_own_date():
    moved = date(2026, 5, 22)
    member = Member(
        1,
        UUID(int=1),
        "0012",
        "Zhang Wei",
        memberships=(
            Membership(1, "Xinghe", True, date(2026, 5, 18), moved),
            Membership(2, "Lotus Ford", False, moved, date(2026, 5, 27)),
        ),
    )
    place = {day: member.membership_on(date(2026, 5, day)) for day in (17, 18, 21, 22, 26, 27)}
    assert [where and (where.branch, where.leader) for where in place.values()] == [
        None,
        ("Xinghe", True),
        ("Xinghe", True),
        ("Lotus Ford", False),
        ("Lotus Ford", False),
        None,
    ]
    assert (member.joined_on, member.left_on) == (date(2026, 5, 18), date(2026, 5, 26))


def test_somebody_who_belongs_nowhere():
    guest = Member(1, UUID(int=1), "900", "Guest", guest=True)
    assert (guest.joined_on, guest.left_on, guest.membership_on(date(2026, 5, 18))) == (None, None, None)


@given(st.sets(st.integers(0, 1200).map("{:04d}".format) | st.sampled_from(["A1", "99"])), st.integers(0, 900))
def test_new_codes_are_short_digits_nobody_has(taken, count):
    made = new_codes(taken, count)
    assert len(set(made)) == count
    numbers = {int(code) for code in taken if code.isdigit()}
    assert all(code.isdigit() and 3 <= len(code) <= 4 and int(code) not in numbers for code in made)
