"""What backups are called, and which of them are kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.backups import LAST_KEPT, BackupName, Why, free_name, superfluous

SECOND, DAY = 1_000, 86_400_000
NOON = int(datetime(2026, 5, 18, 14, 30, tzinfo=UTC).timestamp()) * SECOND

seconds = st.integers(0, 4_000_000_000)
names = st.builds(lambda second, why: BackupName(second * SECOND, why), seconds, st.sampled_from(Why))
some_years = st.lists(st.integers(0, 800), max_size=80).map(
    lambda days: [BackupName(NOON + day * DAY + number * SECOND, Why.DAY) for number, day in enumerate(days)]
)


def week(name: BackupName) -> tuple[int, int]:
    return datetime.fromtimestamp(name.made / SECOND, UTC).isocalendar()[:2]


def test_a_name_says_when_and_why():
    assert str(BackupName(NOON + 999, Why.DAY)) == "2026-05-18T143000Z-day.db"
    assert BackupName.parse("2026-05-18T143000Z-import.db") == BackupName(NOON, Why.IMPORT)


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-18T143000Z-holiday.db",
        "2026-13-18T143000Z-day.db",
        "2026-05-18T143000Z-day.db-journal",
        "2026-05-18T143000Z-day.db\n",
        ".2026-05-18T143000Z-day.db.x.part",
        "my own copy of 2026-05-18T143000Z-day.db",
        "2026-5-18T143000Z-day.db",
        "٢٠٢٦-05-18T143000Z-day.db",
        "",
    ],
)
def test_whatever_else_lies_there_is_not_one_of_ours(text):
    assert BackupName.parse(text) is None


@given(names)
def test_a_name_reads_back(name):
    assert BackupName.parse(str(name)) == name


@given(st.lists(names, max_size=20))
def test_names_sort_by_time(found):
    assert [one.made for one in sorted(found, key=str)] == sorted(one.made for one in found)


@given(st.lists(names, max_size=20), seconds, st.sampled_from(Why))
def test_no_two_backups_are_equally_old(taken, now, why):
    free = free_name(now * SECOND + 7, why, taken)
    assert free.made >= now * SECOND
    assert free.made not in {one.made for one in taken}


def test_a_second_that_is_taken_gives_way_to_the_next():
    first = free_name(NOON, Why.DAY, [])
    second = free_name(NOON + 300, Why.IMPORT, [first])
    assert str(second) == "2026-05-18T143001Z-import.db"


@given(some_years)
def test_the_last_ten_and_the_newest_of_each_week_are_kept(found):
    gone = superfluous(found)
    kept = [one for one in found if one not in gone]
    assert set(sorted(found)[-LAST_KEPT:]) <= set(kept)
    assert {week(one) for one in kept} == {week(one) for one in found}
    for one in sorted(kept)[:-LAST_KEPT]:
        assert one == max(other for other in found if week(other) == week(one))


@given(some_years)
def test_what_is_kept_today_is_kept_as_long_as_nothing_is_added(found):
    kept = [one for one in found if one not in superfluous(found)]
    assert superfluous(kept) == []


@given(some_years)
def test_weeks_go_one_by_one_and_none_is_ever_without_a_backup(found):
    """As they are made one after the other, with what is not kept taken away each time."""
    there: list[BackupName] = []
    for name in sorted(found):
        there.append(name)
        there = [one for one in there if one not in superfluous(there, [name])]
    assert {week(one) for one in there} == {week(one) for one in found}
    assert set(sorted(found)[-LAST_KEPT:]) <= set(there)
    assert len(there) <= LAST_KEPT + len({week(one) for one in found})


def test_the_one_just_made_is_kept_where_a_wrong_clock_gave_others_a_later_time():
    ahead = [BackupName(NOON + 3650 * DAY + number * SECOND, Why.DAY) for number in range(12)]
    now = [BackupName(NOON, Why.IMPORT), BackupName(NOON + SECOND, Why.IMPORT)]
    assert superfluous([*ahead, *now], [now[0]]) == ahead[:2]
