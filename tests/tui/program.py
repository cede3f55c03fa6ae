"""A program to be edited: three weeks in June, two sessions held, and what its dialogs are given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from checkin_tui.domain.calendar import instant, working_days
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.program_change import preview as effects_of
from checkin_tui.domain.sessions import AudienceKind, SessionKey, SessionKind, SessionState
from checkin_tui.interchange.holidays import PublicDays
from checkin_tui.tui.screens.program_changes import ProgramChanges
from checkin_tui.tui.screens.session_form import SessionValues
from tests.tui.dialogs import DAY, ZONE
from tests.tui.fakes import session

FIRST = date(2026, 6, 8)
TERMS = ProgramTerms("Summer weeks", FIRST, date(2026, 6, 26), zone=ZONE)
DRAGON_BOAT = date(2026, 6, 19)
SUNDAY = date(2026, 6, 14)


def china(first, last, weekdays):
    """Somebody's public calendar: one day off, one made up for, and a year it does not know."""
    return PublicDays(frozenset({DRAGON_BOAT}), frozenset({SUNDAY}), (2027,))


def no_code(text):
    return text == "20260610"


def planned_keys(until: date = date(2026, 6, 24)) -> list[SessionKey]:
    return [SessionKey(day) for day in working_days(replace(TERMS, last_day=until))]


def sessions():
    """One for each key; the first two were opened."""
    found = []
    for number, key in enumerate(planned_keys()):
        starts, ends = instant(key.day, TERMS.starts, ZONE), instant(key.day, TERMS.ends, ZONE)
        state = SessionState.CLOSED if number < 2 else SessionState.PLANNED
        more = {"opened": starts, "closed": ends} if number < 2 else {}
        found.append(session(id=number + 1, uid=UUID(int=number + 1), key=key, state=state, starts=starts, ends=ends,
                             late_from=starts + 600_000, **more))  # fmt: skip
    return found


def preview(seen=None):
    """Answers for the form, by the real rules; the requests go into `seen`."""

    async def ask(request):
        if seen is not None:
            seen.append(request)
        return effects_of(TERMS, request.terms, sessions())

    return ask


def changes(name: str) -> ProgramChanges:
    new = replace(TERMS, name=name, grace=5, holidays=frozenset({DRAGON_BOAT}), starts=time(15))
    return ProgramChanges(TERMS, new, effects_of(TERMS, new, sessions()))


def a_session(**more):
    return session(**{"key": SessionKey(DAY), "state": SessionState.PLANNED} | more)


def values(name: str) -> SessionValues:
    return SessionValues(
        topic=name, kind=SessionKind.LECTURE, presenter=name, audience=AudienceKind.BRANCHES,
        branches=("Xinghe",), hours=(time(14, 30), time(17)), day=DAY + timedelta(days=1),
    )  # fmt: skip
