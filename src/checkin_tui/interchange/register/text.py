"""The register as CSV: UTF-8 with a byte order mark and CRLF, as spreadsheets like it best, and nothing to be obeyed.

Two shapes are those of other programs. Moodle's attendance activity marks one session from `username,scantime,status`
(its `classes/import/marksessions.php`); Canvas gives out Roll Call's marks with `ROLL_CALL` (its attendance report).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.calendar import local
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.register import Register
from checkin_tui.interchange.outputs import Progress
from checkin_tui.interchange.register.columns import EVENT_COLUMNS, STANDING_COLUMNS, Value, event_values
from checkin_tui.interchange.shapes import moment
from checkin_tui.interchange.written import neutral, neutral_key
from checkin_tui.services.context import Context
from checkin_tui.services.register import EntryPage, EventPage, entry_pages, event_pages

Cells = tuple[str | int | None, ...]

MOODLE: Final = ("username", "scantime", "status")
ROLL_CALL: Final = (
    "Course ID", "SIS Course ID", "Course Code", "Course Name", "Section Name", "Section ID", "SIS Section ID",
    "Teacher ID", "Teacher Name", "Student ID", "Student Name", "Class Date", "Attendance", "Timestamp",
)  # fmt: skip
_ACRONYMS: Final = {Status.PRESENT: "P", Status.LATE: "L", Status.EXCUSED: "E", Status.ABSENT: "A"}
_TRUTH: Final = {True: "yes", False: "no"}

_REMEMBERED: Final = 65_536


class _Held(dict[str, str]):
    """`neutral`, remembered: the same names and branches come again at every session."""

    def __missing__(self, text: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = held = neutral(text)
        return held


class _Moments(dict[int, str]):
    """Seconds since 1970 as they are written, remembered: people come in together."""

    def __init__(self, zone: str) -> None:
        super().__init__()
        self._zone = zone

    def __missing__(self, second: int) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[second] = text = moment(second * 1000, self._zone) or ""
        return text


class Lines:
    """Makes the lines of a register, in whichever shape. It remembers what comes again."""

    def __init__(self, register: Register) -> None:
        self._course = register.program.terms.name
        self._zone = register.program.terms.zone
        self._held, self._moments = _Held(), _Moments(self._zone)

    def standings(self, page: EntryPage) -> list[Cells]:
        """The values of `register_columns.standing_values`, as text; a million of them are made here."""
        session, held, moments, truth = page.session, self._held, self._moments, _TRUTH
        key, day, kind = str(session.key), session.key.day.isoformat(), session.kind.value
        return [
            (key, day, kind, held[code], held[name], held[branch], truth[leader], status, reason,
             None if arrived is None else moments[arrived // 1000], None if left is None else moments[left // 1000],
             late, inside, truth[guest], note, chars, truth[paper])
            for code, name, branch, leader, status, reason, arrived, left, late, inside, guest, note, chars, paper
            in page.values
        ]  # fmt: skip

    def events(self, page: EventPage) -> list[Cells]:
        """The values of `register_columns.event_values`, as text."""
        return [tuple(self._cell(value) for value in values) for values in event_values(page, self._zone)]

    def moodle(self, page: EntryPage) -> list[Cells]:
        """Who is marked. Moodle goes by the time where there is one, else by the letter."""
        return [
            (neutral_key(one.code), moment(one.arrived, self._zone), _ACRONYMS[one.status])
            for one in page.entries
            if one.status is not None
        ]

    def roll_call(self, page: EntryPage) -> list[Cells]:
        """Who is marked. What only Canvas knows stays blank; on leave is `excused`."""
        session, held = page.session, self._held
        day, teacher, course = session.key.day.isoformat(), held[session.presenter], held[self._course]
        return [
            ("", "", "", course, held[one.branch], "", "", "", teacher, neutral_key(one.code), held[one.name], day,
             one.status.value, _in_utc(one.arrived))
            for one in page.entries
            if one.status is not None
        ]  # fmt: skip

    def _cell(self, value: Value) -> str | int | None:
        if isinstance(value, bool):
            return _TRUTH[value]
        return neutral(value) if isinstance(value, str) else value


def write_csv(ctx: Context, draft: Path, register: Register, *, long: bool, progress: Progress) -> int:
    """One line for each person at each session; long: for each event. Returns how many."""
    lines = Lines(register)
    if long:
        events = ((page.number, lines.events(page)) for page in event_pages(ctx, register))
        return _write(draft, EVENT_COLUMNS, events, len(register.held), progress)
    return _write_entries(ctx, draft, STANDING_COLUMNS, register, lines.standings, progress)


def write_moodle(ctx: Context, draft: Path, register: Register, *, progress: Progress) -> int:
    """Who is marked at the one session there is. Returns how many."""
    return _write_entries(ctx, draft, MOODLE, register, Lines(register).moodle, progress)


def write_roll_call(ctx: Context, draft: Path, register: Register, *, progress: Progress) -> int:
    """Who is marked at each session. Returns how many."""
    return _write_entries(ctx, draft, ROLL_CALL, register, Lines(register).roll_call, progress)


def _write_entries(
    ctx: Context,
    draft: Path,
    columns: tuple[str, ...],
    register: Register,
    lines: Callable[[EntryPage], list[Cells]],
    progress: Progress,
) -> int:
    pages = ((page.number, lines(page)) for page in entry_pages(ctx, register))
    return _write(draft, columns, pages, len(register.held), progress)


def _write(
    draft: Path, columns: tuple[str, ...], pages: Iterable[tuple[int, list[Cells]]], total: int, progress: Progress
) -> int:
    count = 0
    with draft.open("w", encoding="utf-8", newline="") as file:
        file.write("\ufeff")  # not the codec's: that one works line by line, in Python
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        for number, lines in pages:
            writer.writerows(lines)
            count += len(lines)
            progress(number, total)
    progress(total, total)
    return count


def _in_utc(at: Millis | None) -> str:
    """As Roll Call writes it: `2026-05-18 06:26:00 UTC`."""
    return "" if at is None else f"{local(at, 'UTC'):%Y-%m-%d %H:%M:%S} UTC"
