"""What a line of the log of changes may say somebody or something was: undo has to be able to put it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from checkin_tui.domain.archive import kinds
from checkin_tui.domain.archive.kinds import Kind
from checkin_tui.domain.logged import Entity
from checkin_tui.domain.sessions import AudienceKind, SessionKind, SessionState
from checkin_tui.domain.text import is_text

PRESENTER_ID: Final = "presenter_id"
PRESENTER_CODE: Final = "presenter_code"
"""In a file of the whole program instead of the number, which says something in one database only."""
ERASED: Final = "erased"

_SAID: Final = kinds.text()
_COUNT: Final = kinds.number(10_000_000)
_MOMENT: Final = kinds.Kind(int, lambda raw: _moment(raw))
_DAYS: Final = kinds.DATES
_HOURS: Final = {"grace": _COUNT, "target": kinds.TARGET, "minimum_note": _COUNT, "leave_counts": kinds.FLAG}

_STATES: Final[Mapping[Entity, Mapping[str, Kind]]] = {
    Entity.BRANCH: {"name": _SAID, "contact": _SAID, "phone": _SAID},
    Entity.MEMBER: {
        **dict.fromkeys(("code", "name", "title", "rank", "phone", "pinyin"), _SAID),
        "guest": kinds.FLAG,
        "memberships": Kind(list, lambda raw: [_place(one) for one in _list(raw)]),
    },
    Entity.SESSION: {
        "topic": _SAID,
        PRESENTER_CODE: _SAID,
        "presenter": _SAID,
        **dict.fromkeys(("starts", "ends", "late_from", "opened", "closed"), _MOMENT),
        **_HOURS,
        "key": kinds.KEY,
        "kind": kinds.word(SessionKind),
        "state": kinds.word(SessionState),
        "audience": kinds.word(AudienceKind),
        "branches": kinds.NAMES,
    },
    Entity.PROGRAM: {
        "name": _SAID,
        "first_day": kinds.DATE,
        "last_day": kinds.DATE,
        "weekdays": Kind(list, lambda raw: [kinds.number(6).read(one) for one in _list(raw)]),
        "starts": Kind(str, lambda raw: _clock(raw)),
        "ends": Kind(str, lambda raw: _clock(raw)),
        **_HOURS,
        "zone": _SAID,
        "holidays": _DAYS,
        "extra_days": _DAYS,
    },
}
_MAY_BE_NONE: Final = frozenset({PRESENTER_CODE, "opened", "closed"})


def check_state(entity: Entity, state: dict[str, Any]) -> None:
    """Raises ValueError for what could not be put back."""
    if ERASED in state:
        _check_erased(state)
        return
    shape = _STATES[entity]
    if state.keys() != shape.keys():
        raise ValueError("fields")
    for name, kind in shape.items():
        if state[name] is not None or name not in _MAY_BE_NONE:
            kind.read(state[name])


def _check_erased(state: dict[str, Any]) -> None:
    counted = state.get("found", {})
    if state.keys() > {ERASED, "found"} or type(counted) is not dict:
        raise ValueError("erased")
    for value in (state[ERASED], *counted, *counted.values()):
        if value is not None and type(value) not in (bool, int, str):
            raise ValueError("erased")
        if type(value) is str and not is_text(value):
            raise ValueError("erased")


def _list(raw: Any) -> list[Any]:
    if type(raw) is not list or len(raw) > kinds.MOST_DAYS:
        raise ValueError("list")
    return raw


def _place(raw: Any) -> Any:
    """A membership: branch, leader, first day, and the day it ends before."""
    branch, leader, first, until = _list(raw)
    _SAID.read(branch)
    kinds.FLAG.read(leader)
    kinds.DATE.read(first)
    if until is not None:
        kinds.DATE.read(until)
    return raw


def _clock(raw: Any) -> Any:
    """`14:30:00`, as the log writes it."""
    if type(raw) is not str or not raw.endswith(":00"):
        raise ValueError("clock")
    return kinds.CLOCK.read(raw[:-3])


def _moment(raw: Any) -> int:
    if type(raw) is not int or not kinds.FIRST_INSTANT <= raw <= kinds.LAST_INSTANT:
        raise ValueError("moment")
    return raw
