"""What backups are called, and which of them are kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.backups import LAST_KEPT, BackupName, Held, Why, free_name, newest_first, superfluous

SECOND, DAY = 1_000, 86_400_000
NOON = int(datetime(2026, 5, 18, 14, 30, tzinfo=UTC).timestamp()) * SECOND

seconds = st.integers(0, 4_000_000_000)
names = st.builds(lambda second, why: BackupName(second * SECOND, why), seconds, st.sampled_from(Why))
some_years = st.lists(st.integers(0, 800), max_size=80).map(
    lambda days: [BackupName(NOON + day * DAY + number * SECOND, Why.DAY) for number, day in enumerate(days)]
)


def by_name(found: list[BackupName]) -> list[BackupName]:
    return sorted(found, reverse=True)


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
    gone = superfluous(by_name(found))
    kept = [one for one in found if one not in gone]
    assert set(sorted(found)[-LAST_KEPT:]) <= set(kept)
    assert {week(one) for one in kept} == {week(one) for one in found}
    for one in sorted(kept)[:-LAST_KEPT]:
        assert one == max(other for other in found if week(other) == week(one))


@given(some_years)
def test_what_is_kept_today_is_kept_as_long_as_nothing_is_added(found):
    kept = [one for one in found if one not in superfluous(by_name(found))]
    assert superfluous(by_name(kept)) == []


@given(some_years)
def test_weeks_go_one_by_one_and_none_is_ever_without_a_backup(found):
    """As they are made one after the other, with what is not kept taken away each time."""
    there: list[BackupName] = []
    for name in sorted(found):
        there.append(name)
        there = [one for one in there if one not in superfluous(by_name(there), [name])]
    assert {week(one) for one in there} == {week(one) for one in found}
    assert set(sorted(found)[-LAST_KEPT:]) <= set(there)
    assert len(there) <= LAST_KEPT + len({week(one) for one in found})


def test_the_one_just_made_is_kept_where_a_wrong_clock_gave_others_a_later_time():
    """As long as nothing was entered since, all hold the same, and only the names are left to go by."""
    ahead = [BackupName(NOON + 3650 * DAY + number * SECOND, Why.DAY) for number in range(12)]
    now = [BackupName(NOON, Why.IMPORT), BackupName(NOON + SECOND, Why.IMPORT)]
    assert superfluous(by_name([*ahead, *now]), [now[0]]) == ahead[:2]


def held(day: int, recorded: tuple[int, int], generation: int = 7, program: bytes = b"p") -> Held:
    return Held(BackupName(NOON + day * DAY, Why.DAY), program, generation, recorded)


def test_what_a_backup_holds_says_how_new_it_is_not_the_clock_it_was_named_by():
    """A clock a year ahead, and right again: recorded times go on from where they were."""
    before, ahead, right, later = held(0, (10, 0)), held(365, (90, 0)), held(1, (90, 1)), held(2, (90, 2))
    assert newest_first([ahead, later, before, right]) == [one.name for one in (later, right, ahead, before)]


def test_what_was_made_after_a_restore_is_newer_than_what_it_replaced():
    replaced, after = held(5, (90, 0)), held(6, (20, 0), generation=8)
    assert newest_first([replaced, after]) == [after.name, replaced.name]


def test_two_programs_under_one_name_are_put_in_order_by_their_times():
    """A file that was deleted and begun anew: its generations begin anywhere."""
    old = [held(0, (10, 0), 900), held(1, (20, 0), 901)]
    new = [held(2, (30, 0), 5, b"q"), held(3, (40, 0), 6, b"q")]
    assert newest_first([*new, *old]) == [one.name for one in (new[1], new[0], old[1], old[0])]


def test_one_that_cannot_be_read_is_never_the_newest():
    whole, broken = held(0, (10, 0)), BackupName(NOON + DAY, Why.DAY)
    assert newest_first([whole], [broken]) == [whole.name, broken]


few = st.integers(0, 3)
holding = st.builds(Held, names, st.sampled_from([b"", b"p", b"q"]), few, st.tuples(few, few))


@given(st.lists(holding, unique_by=lambda one: one.name))
def test_each_has_one_place(found: list[Held]):
    in_order = newest_first(found)
    assert in_order == newest_first(found[::-1])
    assert sorted(in_order) == sorted(one.name for one in found)
