"""The register line by line: which columns a line has, and its values, for every format that has lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from checkin_tui.domain.campaign import Day, participation_of
from checkin_tui.domain.register import Register
from checkin_tui.interchange.shapes import Shape, counts_shape, moment, session_shape
from checkin_tui.services.register import EntryPage, EventPage

Value = str | int | bool | None

STANDING_COLUMNS: Final = (
    "session", "date", "kind", "code", "name", "branch", "leader", "status", "reason", "arrived", "left",
    "minutes_late", "minutes_inside", "guest", "note", "note_chars", "notebook_seen",
)  # fmt: skip
"""One person at one session. branch, leader: of that date. status: blank for the unmarked. note: its state."""

EVENT_COLUMNS: Final = (
    "session", "code", "name", "kind", "status", "reason", "happened_at", "recorded_at", "operator", "station",
    "source", "active", "because",
)  # fmt: skip
"""One step about one person, as their history has it."""


def standing_values(page: EntryPage, zone: str) -> Iterator[tuple[Value, ...]]:
    """A tuple of `STANDING_COLUMNS` for each entry; what people wrote is as they wrote it."""
    session = page.session
    key, date, kind = str(session.key), session.key.day.isoformat(), session.kind.value
    for (
        code,
        name,
        branch,
        leader,
        status,
        reason,
        arrived,
        left,
        late,
        inside,
        guest,
        note,
        chars,
        paper,
    ) in page.values:
        yield (
            key,
            date,
            kind,
            code,
            name,
            branch,
            leader,
            None if status is None else status.value,
            None if reason is None else reason.value,
            None if arrived is None else moment(arrived, zone),
            None if left is None else moment(left, zone),
            late,
            inside,
            guest,
            note.value,
            chars,
            paper,
        )


def event_values(page: EventPage, zone: str) -> Iterator[tuple[Value, ...]]:
    """A tuple of `EVENT_COLUMNS` for each event."""
    key = str(page.session.key)
    for event in page.events:
        yield (
            key,
            event.code,
            event.name,
            event.kind.value,
            None if event.status is None else event.status.value,
            None if event.reason is None else event.reason.value,
            moment(event.happened, zone),
            moment(event.recorded, zone),
            event.operator,
            event.station,
            event.source.value,
            event.active,
            event.because,
        )


def day_shape(day: Day, register: Register) -> Shape:
    """A session with its terms and figures: the same that `status` tells."""
    session, counts, notes = day.session, day.counts, day.notes
    rate = participation_of(counts, session)
    invited = list(register.invited.get(session.id, ()))
    return {
        **session_shape(session, register.program.terms.zone),
        "presenter": session.presenter,
        "audience": invited or session.audience.kind.value,
        "grace": session.grace,
        "min_note": session.minimum_note,
        "target": str(session.target),
        "leave": "counts" if session.leave_counts else "excluded",
        "reason": session.reason,
        "taken": day.taken,
        "counts": counts_shape(counts),
        "participation": {"attended": rate.attended, "expected": rate.expected, "percent": rate.percent},
        "notes": {
            "required": notes.required,
            "complete": notes.complete,
            "too_short": notes.too_short,
            "missing": notes.missing,
        },
    }
