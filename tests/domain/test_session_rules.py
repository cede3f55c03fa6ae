"""Several sessions of one date: which the desk opens, which may stand beside each other, and other hours."""

from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest

from checkin_tui.domain.calendar import instant
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.rates import Target
from checkin_tui.domain.session_rules import clash, free_key, of_the_day, refuse_clash, with_hours
from checkin_tui.domain.sessions import Audience, AudienceKind, Session, SessionKey, SessionKind, SessionState

ZONE = "Asia/Shanghai"
DAY = date(2026, 5, 18)


def at(clock: str, day: date = DAY) -> int:
    return instant(day, time.fromisoformat(clock), ZONE)


def session(ordinal: int, hours: str, state: str = "planned", branches: str = "", closed: str = "") -> Session:
    starts, ends = (at(part) for part in hours.split("-"))
    chosen = frozenset(map(int, branches.split()))
    return Session(
        id=ordinal,
        uid=UUID(int=ordinal),
        key=SessionKey(DAY, ordinal),
        kind=SessionKind.STUDY,
        state=SessionState(state),
        topic="",
        presenter_id=None,
        presenter="",
        starts=starts,
        ends=ends,
        late_from=starts + 600_000,
        grace=10,
        minimum_note=50,
        target=Target(">", 98),
        leave_counts=True,
        audience=Audience(AudienceKind.BRANCHES, chosen) if chosen else Audience(),
        closed=at(closed) if closed else None,
    )


@pytest.mark.parametrize(
    ("states", "now", "found"),
    [
        (("planned", "planned"), "08:50", 2),  # the second was planned for the morning
        (("planned", "planned"), "12:00", 1),
        (("planned", "planned"), "18:00", 1),  # nobody took either: the later one
        (("open", "planned"), "08:50", 1),
        (("closed", "planned"), "09:30", 2),
        (("closed", "planned"), "18:00", 1),  # nobody took the morning; the afternoon can be corrected
        (("planned", "closed"), "12:00", 1),
        (("planned", "closed"), "18:00", 2),
        (("closed", "closed"), "18:00", 1),
        (("cancelled", "planned"), "08:50", 2),
        (("cancelled", "cancelled"), "08:50", None),
    ],
)
def test_the_desk_opens_what_is_open_else_what_comes_else_what_was(states, now, found):
    afternoon, morning = session(1, "14:30-17:00", states[0]), session(2, "09:00-11:00", states[1])
    chosen = of_the_day([afternoon, morning], at(now))
    assert (None if chosen is None else chosen.key.ordinal) == found


@pytest.mark.parametrize(
    ("one", "other", "clashes"),
    [
        (("14:30-17:00",), ("16:00-18:00",), True),
        (("14:30-17:00",), ("17:00-18:00",), False),
        (("14:30-17:00",), ("15:00-16:00",), True),
        (("14:30-17:00", "cancelled"), ("14:30-17:00",), False),
        (("14:30-17:00", "closed", "", "16:00"), ("16:00-18:00",), False),
        (("14:30-17:00", "closed", "", "17:20"), ("17:00-18:00",), False),
        (("14:30-17:00", "planned", "1 2"), ("14:30-17:00", "planned", "3"), False),
        (("14:30-17:00", "planned", "1 2"), ("14:30-17:00", "planned", "2 3"), True),
        (("14:30-17:00", "planned", "1 2"), ("14:30-17:00",), True),
    ],
)
def test_nobody_has_to_be_at_two_sessions_at_once(one, other, clashes):
    first, second = session(1, *one), session(2, *other)
    assert clash(first, second) is clash(second, first) is clashes
    assert not clash(first, first)


def test_a_clash_names_the_session_in_the_way():
    with pytest.raises(CheckInError, match="hours_overlap") as caught:
        refuse_clash(session(3, "10:30-12:00"), [session(1, "14:30-17:00"), session(2, "09:00-11:00")])
    assert caught.value.values["key"] == SessionKey(DAY, 2)


def test_the_next_key_of_a_day_counts_only_its_own():
    assert free_key(DAY, []) == SessionKey(DAY)
    assert free_key(DAY, [SessionKey(DAY), SessionKey(DAY, 3), SessionKey(date(2026, 5, 19), 7)]) == SessionKey(DAY, 4)


def test_late_from_follows_the_hours_unless_it_was_moved():
    plain = session(1, "14:30-17:00")
    assert with_hours(plain, at("09:00"), at("11:00")).late_from == at("09:10")
    moved = replace(plain, late_from=at("15:00"))
    assert with_hours(moved, at("09:00"), at("11:00")).late_from == at("15:00")
    assert with_hours(moved, at("15:30"), at("17:00")).late_from == at("15:30")
    with pytest.raises(CheckInError, match="hours_in_gap"):
        with_hours(plain, at("09:00"), at("09:00"))
