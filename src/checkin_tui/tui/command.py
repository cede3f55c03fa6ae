"""What a command is: the record every key binding, bar entry and help line is made from."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Final, NamedTuple

from checkin_tui.i18n import _


class View(StrEnum):
    """The main screens; the value names the mode."""

    ROSTER = "roster"
    NOTEBOOK = "notebook"
    WRITING = "writing"
    CHASE = "chase"
    DASHBOARD = "dashboard"
    PROGRAM = "program"


PEOPLE: Final = (View.ROSTER, View.NOTEBOOK, View.WRITING)
"""The views with a list of people and the box."""

NOTES: Final = (View.NOTEBOOK, View.WRITING)
"""The desks on which undo is about notes."""


class Group(Enum):
    """Under which heading help and palette list a command."""

    PERSON = "person"
    DESK = "desk"
    PEOPLE = "people"
    NOTES = "notes"
    VIEWS = "views"
    PLAN = "plan"
    FILES = "files"
    PROGRAM = "program"

    @property
    def words(self) -> str:
        """The heading."""
        return _GROUPS[self]


_GROUPS: Final = {
    Group.PERSON: _("The highlighted person"),
    Group.DESK: _("The register"),
    Group.PEOPLE: _("People"),
    Group.NOTES: _("Notes"),
    Group.VIEWS: _("Views"),
    Group.PLAN: _("Plan of the program"),
    Group.FILES: _("Files to print and to keep"),
    Group.PROGRAM: _("The program on this screen"),
}


class Need(Enum):
    """What has to be there for a command to do anything."""

    PROGRAM = "program"
    SESSION = "session"
    PERSON = "person"
    OPEN = "open"
    NOT_CLOSED = "not_closed"
    CLOSED = "closed"
    UNDO = "undo"
    REDO = "redo"
    UNMARKED = "unmarked"
    FAILED = "failed"
    OTHER_DAY = "other_day"
    NO_SESSION = "no_session"
    NOTE = "note"
    STARTED = "started"
    CHOSEN = "chosen"

    @property
    def words(self) -> str:
        """What to do about it when it is not there."""
        return _NEEDS[self]


_NEEDS: Final = {
    Need.PROGRAM: _("There is no program yet."),
    Need.SESSION: _("There is no session today."),
    Need.PERSON: _("Choose a person first: ↑ ↓, or type until one is left."),
    Need.OPEN: _("The register is not open."),
    Need.NOT_CLOSED: _("The register is closed."),
    Need.CLOSED: _("The register is not closed."),
    Need.UNDO: _("There is nothing of yours to take back here."),
    Need.REDO: _("There is nothing to do again."),
    Need.UNMARKED: _("Nobody who is shown is unmarked."),
    Need.FAILED: _("Everything is saved."),
    Need.OTHER_DAY: _("This is today's register."),
    Need.NO_SESSION: _("There is a session today."),
    Need.NOTE: _("Open a note first: choose a person on the writing desk and press Enter."),
    Need.STARTED: _("Notes can be taken once the register was opened."),
    Need.CHOSEN: _("Choose a line first: ↑ ↓."),
}


class Command(NamedTuple):
    """One thing a person can do.

    id: stable, for the key map. keys: as Textual writes them, separated by commas; '' has none. label: for the bar and
    the palette. person, desk: the digit in the action bar for what is highlighted or for the desk, in the views `bar`;
    '' is not there. views: where it can be done; from elsewhere the first of them is shown first. () is everywhere.
    """

    id: str
    keys: str
    label: str
    help: str
    group: Group
    needs: tuple[Need, ...] = ()
    person: str = ""
    desk: str = ""
    bar: tuple[View, ...] = PEOPLE
    views: tuple[View, ...] = ()
