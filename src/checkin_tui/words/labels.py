"""One word for each status, reason, kind and state. A status is told by word, letter and sign, never by colour only."""

from __future__ import annotations

from checkin_tui.domain.attendance.events import Action, Reason, Source, Status
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.sessions import SessionKind, SessionState
from checkin_tui.i18n import _


def status_word(
    status: Status | None, reason: Reason | None = None, *, short: bool = False, closed: bool = False
) -> str:
    """`present`, `late`, `on leave (sick)`, `absent`; without a status `not here yet`, `not marked` once closed.

    short: for a narrow column, at most twelve cells in English (`leave: sick`); nothing for the unmarked.
    """
    if status is None:
        if short:
            return ""
        return _("not marked") if closed else _("not here yet")
    if status is Status.EXCUSED:
        if reason is None:
            return _("leave") if short else _("on leave")
        pattern = _("leave: {reason}") if short else _("on leave ({reason})")
        return pattern.format(reason=_short_reason(reason) if short else reason_word(reason))
    return {Status.PRESENT: _("present"), Status.LATE: _("late"), Status.ABSENT: _("absent")}[status]


def reason_word(reason: Reason) -> str:
    """Why somebody is on leave."""
    return {
        Reason.SICK: _("sick"),
        Reason.PERSONAL: _("personal"),
        Reason.OFFICIAL: _("official"),
        Reason.OTHER: _("other"),
    }[reason]


def _short_reason(reason: Reason) -> str:
    return {
        Reason.SICK: _("sick"),
        Reason.PERSONAL: _("pers."),
        Reason.OFFICIAL: _("offic."),
        Reason.OTHER: _("other"),
    }[reason]


def letter(status: Status | None) -> str:
    """P, L, E, A, or a middle dot: the same in every language, as on the printed sheet."""
    return {None: "·", Status.PRESENT: "P", Status.LATE: "L", Status.EXCUSED: "E", Status.ABSENT: "A"}[status]


def sign(status: Status | None) -> str:
    """One cell in every terminal: only characters Unicode does not call ambiguous in width (UAX #11)."""
    return {None: " ", Status.PRESENT: "✓", Status.LATE: "~", Status.EXCUSED: "-", Status.ABSENT: "✗"}[status]


def kind_word(kind: SessionKind) -> str:
    """What kind of afternoon it is."""
    return {
        SessionKind.MEETING: _("meeting"),
        SessionKind.STUDY: _("study"),
        SessionKind.LECTURE: _("lecture"),
        SessionKind.SEMINAR: _("seminar"),
        SessionKind.SELF_STUDY: _("self-study"),
        SessionKind.MAKE_UP: _("make-up"),
    }[kind]


def state_word(state: SessionState) -> str:
    """Where a session is in its life."""
    return {
        SessionState.PLANNED: _("planned"),
        SessionState.OPEN: _("open"),
        SessionState.CLOSED: _("closed"),
        SessionState.CANCELLED: _("cancelled"),
    }[state]


def branch_word(name: str) -> str:
    """A branch by its name, or what stands for it with those who have none."""
    return name or _("No branch")


def note_word(state: NoteState, *, short: bool = False) -> str:
    """What a note adds up to; short: for a narrow column, nothing where none is required."""
    if short:
        return {
            NoteState.MISSING: _("owes"),
            NoteState.TOO_SHORT: _("short"),
            NoteState.COMPLETE: _("note"),
            NoteState.NOT_REQUIRED: "",
            NoteState.WITHOUT_PRESENCE: _("note!"),
        }[state]
    return {
        NoteState.MISSING: _("missing"),
        NoteState.TOO_SHORT: _("too short"),
        NoteState.COMPLETE: _("complete"),
        NoteState.NOT_REQUIRED: _("not required"),
        NoteState.WITHOUT_PRESENCE: _("note, but was not here"),
    }[state]


def action_word(action: Action) -> str:
    """What the person at the station did, as a noun: `undo took back the bulk mark`."""
    return {
        Action.MARK: _("mark"),
        Action.BULK: _("bulk mark"),
        Action.CORRECT: _("correction"),
        Action.TAKE_BACK: _("taking back"),
        Action.CLOSE: _("closing"),
        Action.IMPORT: _("import"),
        Action.UNDO: _("undo"),
        Action.REDO: _("redo"),
    }[action]


def source_word(source: Source) -> str:
    """Which way in something came."""
    return {Source.DESK: _("desk"), Source.COMMAND: _("command line"), Source.IMPORT: _("file")}[source]
