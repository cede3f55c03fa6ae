"""The sentence for every stable code a refusal carries (`CheckInError`, `SettingsError`, a rejected row of a file)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.sessions import SessionKey, SessionState
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.backups import BAD as BAD_BACKUPS
from checkin_tui.words.backups import bad_backup_text, unknown_backup_text
from checkin_tui.words.catalogue import PLAIN
from checkin_tui.words.labels import state_word, status_word
from checkin_tui.words.times import clock_text, day_text
from checkin_tui.words.wrong_files import CODES as WRONG_FILES
from checkin_tui.words.wrong_files import wrong_file_text

NAMES_SHOWN = 5
LISTED = 12


class _Values(dict[str, str]):
    """The values as a sentence shows them. One that is missing leaves a gap rather than an error on top of an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(code: str, values: Mapping[str, Any], *, zone: str | None = None) -> str:
    """The sentence for `code`, with `values` put in; a code without one is named as it is.

    zone: the program's; times (`Millis`) are told in it, and left out of the sentence without one.
    """
    if values.get("as_backup") and code in BAD_BACKUPS:
        return bad_backup_text(code, values)
    teller = _TELLERS.get(code)
    if teller is not None:
        return teller(values, zone)
    if code in WRONG_FILES:
        return wrong_file_text(code, values)
    plain = PLAIN.get(code)
    if plain is None:
        return _("Refused: {code}.").format(code=visible(code))
    return _(plain).format_map(_Values({key: _shown(value) for key, value in values.items()}))


def _shown(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple) and not isinstance(value, SessionKey):
        listed = ", ".join(_shown(item) for item in value[:LISTED])
        return listed + ", …" if len(value) > LISTED else listed
    return visible(str(value))


def _time(values: Mapping[str, Any], key: str, zone: str | None) -> str:
    """The clock time of that value; '' where it or the zone is not known."""
    at = values.get(key)
    return clock_text(at, zone) if isinstance(at, int) and zone else ""


def _ambiguous(values: Mapping[str, Any], zone: str | None) -> str:
    count = int(values.get("count", 2))
    return ngettext(
        "{count} person is called {name}. Give the code. Nobody was marked.",
        "{count} people are called {name}. Give the code. Nobody was marked.",
        count,
    ).format(count=count, name=_shown(values.get("name", "…")))


def _closed(values: Mapping[str, Any], zone: str | None) -> str:
    key = _shown(values.get("key", "…"))
    state = str(values.get("state", SessionState.CLOSED))
    if state == SessionState.PLANNED:
        return _("The session {key} is planned, not open. Nobody was marked.").format(key=key)
    if state == SessionState.CANCELLED:
        return _("The session {key} was cancelled. Nobody was marked.").format(key=key)
    return _("The register of {key} is closed. Correcting it needs a reason. Nobody was marked.").format(key=key)


def _session_state(values: Mapping[str, Any], zone: str | None) -> str:
    key = _shown(values.get("key", "…"))
    try:
        state = state_word(SessionState(str(values.get("state"))))
    except ValueError:
        state = "…"
    return _("The session {key} is {state}. Nothing changed.").format(key=key, state=state)


def _already(values: Mapping[str, Any], zone: str | None) -> str:
    arrived = _time(values, "arrived", zone)
    operator = _shown(values.get("operator") or "")
    if arrived and operator:
        return _("Already here since {time} (by {operator}). Nothing changed.").format(time=arrived, operator=operator)
    if arrived:
        return _("Already here since {time}. Nothing changed.").format(time=arrived)
    if operator:
        return _("Already here (by {operator}). Nothing changed.").format(operator=operator)
    return _("Already here. Nothing changed.")


def _unchanged(values: Mapping[str, Any], zone: str | None) -> str:
    left = _time(values, "left", zone)
    if left:
        return _("Already left at {time}. Nothing changed.").format(time=left)
    if values.get("left") is not None:
        return _("Already left. Nothing changed.")
    try:
        status = Status(str(values.get("status")))
    except ValueError:
        return _("Nothing changed.")
    return _("Already {status}. Nothing changed.").format(status=status_word(status))


def _wrong_time(values: Mapping[str, Any], zone: str | None) -> str:
    at, arrived = _time(values, "at", zone), _time(values, "arrived", zone)
    rule = values.get("rule")
    if rule == "future":
        return (
            _("{time} is still to come. Nothing changed.").format(time=at) if at else _("That time is still to come.")
        )
    if rule == "left_before_arrived":
        if at and arrived:
            return _("Left at {left} is not after arrived at {arrived}. Nothing changed.").format(
                left=at, arrived=arrived
            )
        return _("The leaving is not after the arrival. Nothing changed.")
    ends = _time(values, "ends", zone)
    if ends:
        return _("Ended {time}. Enter people by arrived at, or close.").format(time=ends)
    return _("The session has ended. Enter people by arrived at, or close.")


def _late_from(values: Mapping[str, Any], zone: str | None) -> str:
    starts = _time(values, "starts", zone)
    if not starts:
        return _(PLAIN["late_from_before_start"])
    return _("Late cannot begin before the session does, at {time}.").format(time=starts)


def _hours_overlap(values: Mapping[str, Any], zone: str | None) -> str:
    key, starts, ends = _shown(values.get("key", "…")), _time(values, "starts", zone), _time(values, "ends", zone)
    if not starts or not ends:
        return _("The hours overlap those of {key}. Nothing changed.").format(key=key)
    return _("The hours overlap those of {key}, {starts}-{ends}. Nothing changed.").format(
        key=key, starts=starts, ends=ends
    )


def _no_session(values: Mapping[str, Any], zone: str | None) -> str:
    day = values.get("day")
    if isinstance(day, date):
        return _("No session is planned for {day}.").format(day=day_text(day))
    return _("No session is planned for today.")


def _undo_has_events(values: Mapping[str, Any], zone: str | None) -> str:
    names = values.get("names") or ()
    known = [_shown(name) for name in ([names] if isinstance(names, str) else names)]
    listed = ", ".join(known[:NAMES_SHOWN])
    if len(known) > NAMES_SHOWN:
        rest = len(known) - NAMES_SHOWN
        listed = ngettext("{names} and {count} more", "{names} and {count} more", rest).format(names=listed, count=rest)
    return _("This cannot be undone: there are already marks or notes of {names}.").format(names=listed)


def _member_unknown(values: Mapping[str, Any], zone: str | None) -> str:
    typed = _shown(values.get("typed") or values.get("code") or "")
    if not typed:
        return _("This person is not there any more.")
    return _("There is nobody with the code or name {typed}.").format(typed=typed)


def _changed_since(values: Mapping[str, Any], zone: str | None) -> str:
    name = _shown(values.get("name") or "")
    if not name:
        return _("Somebody has changed it since. It is not undone.")
    return _("{name} was changed since. It is not undone.").format(name=name)


def _too_large(values: Mapping[str, Any], zone: str | None) -> str:
    size = f"{values.get('limit', 0):,}"
    patterns = {
        "MiB": _("{file} is larger than {size} MiB: too large for a roster."),
        "rows": _("{file} has more than {size} rows: too large for a roster."),
        "cells": _("{file} has more than {size} cells: too large for a roster."),
    }
    pattern = patterns.get(str(values.get("unit")), _("{file} is too large for a roster."))
    return pattern.format(file=_shown(values.get("file", "…")), size=size)


def _no_sheet(values: Mapping[str, Any], zone: str | None) -> str:
    file, sheet = _shown(values.get("file", "…")), _shown(values.get("sheet") or "")
    sheets = _shown(tuple(values.get("sheets") or ()))
    if not sheet:
        return _("{file} has no sheet that could be read.").format(file=file)
    if not sheets:
        return _("{file} has no sheets, so none is called {sheet}.").format(file=file, sheet=sheet)
    return _("{file} has no sheet {sheet}. Its sheets: {sheets}.").format(file=file, sheet=sheet, sheets=sheets)


def cause_text(code: object) -> str:
    """Why something could not be written, as part of a sentence; code: of a DatabaseError."""
    return {
        "db_full": _("the disk is full"),
        "db_readonly": _("the folder cannot be written to"),
        "db_unreadable": _("the folder cannot be written to"),
        "db_locked": _("another program was busy there for too long"),
        "db_damaged": _("the copy was not whole: the database may be damaged"),
    }.get(str(code), _("the disk failed"))


def _backup_failed(values: Mapping[str, Any], zone: str | None) -> str:
    text = _("No backup could be made in {path}: {cause}. Nothing was changed.")
    return text.format(path=_shown(values.get("path", "…")), cause=cause_text(values.get("cause")))


def _restore_failed(values: Mapping[str, Any], zone: str | None) -> str:
    text = _("The backup could not be put in place in {path}: {cause}. Nothing was changed.")
    return text.format(path=_shown(values.get("path", "…")), cause=cause_text(values.get("cause")))


_TELLERS: Final[Mapping[str, Callable[[Mapping[str, Any], str | None], str]]] = {
    "ambiguous": _ambiguous,
    "closed": _closed,
    "session_state": _session_state,
    "already": _already,
    "unchanged": _unchanged,
    "time": _wrong_time,
    "late_from_before_start": _late_from,
    "hours_overlap": _hours_overlap,
    "no_session": _no_session,
    "undo_has_events": _undo_has_events,
    "member_unknown": _member_unknown,
    "undo_changed_since": _changed_since,
    "import_too_large": _too_large,
    "import_no_sheet": _no_sheet,
    "backup_failed": _backup_failed,
    "backup_unknown": lambda values, zone: unknown_backup_text(values),
    "restore_failed": _restore_failed,
}
