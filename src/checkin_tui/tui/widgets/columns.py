"""Which columns of the roster fit, and how wide each is. Widths are terminal cells, measured, never counted letters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.roster import Mark, Person
from checkin_tui.i18n import _
from checkin_tui.tui.model import RosterModel
from checkin_tui.tui.safe import cells
from checkin_tui.words import clock_text, letter, note_word, sign, status_word


class Column(Enum):
    """What stands in a column."""

    CODE = "code"
    NAME = "name"
    BRANCH = "branch"
    TITLE = "title"
    STATUS = "status"
    ARRIVED = "arrived"
    NOTE = "note"


class Layout(Enum):
    """What a list of people is for."""

    ROSTER = "roster"
    NOTEBOOKS = "notebooks"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Placed:
    """A column with its width in cells."""

    kind: Column
    title: str
    width: int


STATUS_WIDTH = 17
ARRIVED_WIDTH = 7
NOTE_WIDTH, NOTEBOOK_WIDTH, QUEUE_WIDTH = 5, 14, 11
MOST_CODE, MOST_BRANCH, MOST_TITLE = 12, 28, 20
LEAST_NAME = 16
TITLE_FROM, NOTE_FROM = 96, 112  # widths of the window from which there is room for what is nice to know


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns shown, from left to right, one blank between two and one before the first."""

    shown: tuple[Placed, ...]

    @classmethod
    def none(cls) -> Columns:
        """Before anything was measured."""
        return cls(())

    @classmethod
    def measure(cls, model: RosterModel, width: int, layout: Layout = Layout.ROSTER) -> Columns:
        """The columns for this roster in a window of `width` cells.

        Code, name and what the list is for are always there; branch and title give way first, the name takes what is
        left.
        """
        titles = _titles()
        widest = model.widest
        code = min(MOST_CODE, max(widest.code, cells(titles[Column.CODE])))
        branch = min(MOST_BRANCH, max(widest.branch, cells(titles[Column.BRANCH])))
        if layout is Layout.QUEUE:
            branch = 0
            widths = {Column.CODE: code, Column.NOTE: QUEUE_WIDTH}
        elif layout is Layout.NOTEBOOKS:
            widths = {Column.CODE: code, Column.STATUS: STATUS_WIDTH, Column.NOTE: NOTEBOOK_WIDTH}
        else:
            widths = {Column.CODE: code, Column.STATUS: STATUS_WIDTH, Column.ARRIVED: ARRIVED_WIDTH}
        if width >= TITLE_FROM and widest.title:
            widths[Column.TITLE] = min(MOST_TITLE, max(widest.title, cells(titles[Column.TITLE])))
        if width >= NOTE_FROM and layout is Layout.ROSTER:
            widths[Column.NOTE] = NOTE_WIDTH
        left = width - 1 - sum(taken + 1 for taken in widths.values()) - 1
        widths[Column.BRANCH] = max(0, min(branch, left - 1 - LEAST_NAME, max(8, left * 2 // 5)))
        least = 1 if layout is Layout.QUEUE else LEAST_NAME
        room = max(1, left - widths[Column.BRANCH] - (1 if widths[Column.BRANCH] else 0))
        widths[Column.NAME] = min(room, max(least, widest.name))
        return cls(tuple(Placed(kind, titles[kind], widths[kind]) for kind in Column if widths.get(kind, 0) > 0))


def _titles() -> dict[Column, str]:
    return {
        Column.CODE: _("Code"),
        Column.NAME: _("Name"),
        Column.BRANCH: _("Branch"),
        Column.TITLE: _("Title"),
        Column.STATUS: _("Status"),
        Column.ARRIVED: _("Arrived"),
        Column.NOTE: _("Note"),
    }


def cell_texts(person: Person, mark: Mark, zone: str, layout: Layout = Layout.ROSTER) -> dict[Column, str]:
    """What the columns say about one person."""
    return {
        Column.CODE: person.code,
        Column.NAME: person.name,
        Column.BRANCH: person.branch if person.expected else guest_text(person),
        Column.TITLE: person.title,
        Column.STATUS: status_text(mark),
        Column.ARRIVED: arrived_text(mark.arrived, mark, zone),
        Column.NOTE: note_word(mark.note, short=True) if layout is Layout.ROSTER else note_cell(person, mark),
    }


def note_cell(person: Person, mark: Mark) -> str:
    """The note with its sign: `✓ seen`, `~ short 12`, `! owes`; a dash where none is asked for."""
    match mark.note:
        case NoteState.COMPLETE:
            return _("✓ seen") if mark.paper else _("✓ {chars}").format(chars=mark.chars)
        case NoteState.TOO_SHORT:
            return _("~ short {chars}").format(chars=mark.chars)
        case NoteState.MISSING:
            return _("! owes")
        case NoteState.WITHOUT_PRESENCE:
            return _("? not here")
        case _:
            return _("- lectures") if person.lectures else ""


def guest_text(person: Person) -> str:
    """That somebody is a guest of today, and where they belong, if anywhere."""
    return _("guest · {branch}").format(branch=person.branch) if person.branch else _("guest")


def status_text(mark: Mark) -> str:
    """Letter, sign and word, so that no colour is needed: `L ~ late 12 min`."""
    if mark.status is None:
        return letter(None)
    word = status_word(mark.status, mark.reason, short=True)
    if mark.status is Status.LATE and mark.minutes_late is not None:
        word = _("late {minutes} min").format(minutes=mark.minutes_late)
    if mark.status.attended and not mark.inside:
        word = _("{status}, left").format(status=status_word(mark.status, short=True))
    return f"{letter(mark.status)} {sign(mark.status)} {word}"


def arrived_text(arrived: Millis | None, mark: Mark, zone: str) -> str:
    """The time of arrival; a question mark where somebody attended and it is not known."""
    if arrived is not None:
        return clock_text(arrived, zone)
    return "?" if mark.status is not None and mark.status.attended else ""
