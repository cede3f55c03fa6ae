"""The terms of the program as `--set KEY=VALUE` takes them: the names of the list, each read as its option is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import click

from checkin_tui.cli.types import CHARACTERS, DATE, HOURS, MINUTES, TARGET, WEEKDAYS, ZONE, Written, read_date
from checkin_tui.i18n import _

LEAVE: Final = ("counts", "excluded")


def _dates(text: str) -> frozenset[date]:
    return frozenset(read_date(part.strip()) for part in text.split(",") if part.strip())


_DAYS: Final = Written("dates", _dates, "bad_date")


def _one(field: str, kind: Written) -> Callable[[str], dict[str, Any]]:
    return lambda text: {field: kind.convert(text, None, None)}


def _set_hours(text: str) -> dict[str, Any]:
    starts, ends = HOURS.convert(text, None, None)
    return {"starts": starts, "ends": ends}


def _set_leave(text: str) -> dict[str, Any]:
    if text not in LEAVE:
        raise click.UsageError(_("leave is one of: {words}.").format(words=", ".join(LEAVE)))
    return {"leave_counts": text == LEAVE[0]}


_SETTERS: Final[dict[str, Callable[[str], dict[str, Any]]]] = {
    "name": lambda text: {"name": text},
    "from": _one("first_day", DATE),
    "to": _one("last_day", DATE),
    "weekdays": _one("weekdays", WEEKDAYS),
    "hours": _set_hours,
    "grace": _one("grace", MINUTES),
    "target": _one("target", TARGET),
    "min-note": _one("minimum_note", CHARACTERS),
    "leave": _set_leave,
    "zone": _one("zone", ZONE),
    "holidays": _one("holidays", _DAYS),
    "extra-days": _one("extra_days", _DAYS),
}


def term(pair: str) -> dict[str, Any]:
    """One `KEY=VALUE` as fields of the terms."""
    key, found, value = pair.partition("=")
    setter = _SETTERS.get(key.strip().replace("_", "-"))
    if not found or setter is None:
        raise click.UsageError(_("--set takes KEY=VALUE with one of: {keys}.").format(keys=", ".join(_SETTERS)))
    return setter(value.strip())
