"""The one table of commands. Key bindings, the action bar, the palette, the help screen, the list of keys in the
README and the user's own key map are all made from it, so that none of them can say something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final, NamedTuple

from textual.binding import Binding

from checkin_tui.i18n import _


class Group(Enum):
    """Under which heading help and palette list a command."""

    PERSON = "person"
    DESK = "desk"
    PEOPLE = "people"
    PROGRAM = "program"

    @property
    def words(self) -> str:
        """The heading."""
        return _GROUPS[self]


_GROUPS: Final = {
    Group.PERSON: _("The highlighted person"),
    Group.DESK: _("The register"),
    Group.PEOPLE: _("People"),
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
}


class Command(NamedTuple):
    """One thing a person can do.

    id: stable, for the key map. keys: as Textual writes them, separated by commas; '' has none. label: for the bar and
    the palette. person, desk: the digit in the action bar for a highlighted person or for the desk; '' is not there.
    """

    id: str
    keys: str
    label: str
    help: str
    group: Group
    needs: tuple[Need, ...] = ()
    person: str = ""
    desk: str = ""


_HERE = (Need.PROGRAM, Need.SESSION, Need.PERSON)

COMMANDS: Final = (
    Command(
        "mark.present",
        "f5",
        _("Present"),
        _("Mark the person present, whatever the clock says."),
        Group.PERSON,
        _HERE,
        person="1",
    ),
    Command("mark.late", "f6", _("Late"), _("Mark the person late."), Group.PERSON, _HERE, person="2"),
    Command(
        "mark.leave",
        "f7",
        _("On leave"),
        _("Mark the person on leave, with the reason."),
        Group.PERSON,
        _HERE,
        person="3",
    ),
    Command("mark.absent", "f8", _("Absent"), _("Mark the person absent."), Group.PERSON, _HERE, person="4"),
    Command("mark.left", "f9", _("Left"), _("The person leaves now."), Group.PERSON, _HERE, person="5"),
    Command(
        "person.history",
        "",
        _("History"),
        _("Every step about the person, newest first."),
        Group.PERSON,
        (Need.PROGRAM, Need.PERSON),
        person="8",
    ),
    Command(
        "mark.take_back",
        "",
        _("Take back"),
        _("Take back the newest step about the person, whoever made it."),
        Group.PERSON,
        _HERE,
        person="9",
    ),
    Command("mark.arrived_at", "", _("Arrived at …"), _("Enter or correct the time of arrival."), Group.PERSON, _HERE),
    Command("mark.left_at", "", _("Left at …"), _("Enter or correct the time of leaving."), Group.PERSON, _HERE),
    Command(
        "person.edit",
        "",
        _("Edit person"),
        _("Name, code, branch, title, phone, dates, pinyin."),
        Group.PERSON,
        (Need.PROGRAM, Need.PERSON),
    ),
    Command(
        "person.transfer",
        "",
        _("Move to another branch"),
        _("From a date on; past sessions keep the old branch."),
        Group.PERSON,
        (Need.PROGRAM, Need.PERSON),
    ),
    Command(
        "desk.undo",
        "ctrl+z",
        _("Undo"),
        _("Take back the newest step of this laptop."),
        Group.DESK,
        (Need.PROGRAM, Need.SESSION, Need.UNDO),
        desk="4",
    ),
    Command(
        "people.walk_in",
        "",
        _("Add person"),
        _("Somebody is at the door who is not on the list."),
        Group.PEOPLE,
        (Need.PROGRAM,),
        desk="5",
    ),
    Command(
        "desk.close",
        "",
        _("Close …"),
        _("Look over the register and close it."),
        Group.DESK,
        (Need.PROGRAM, Need.SESSION, Need.OPEN),
        desk="6",
    ),
    Command(
        "desk.roll_call",
        "ctrl+l",
        _("Roll-call"),
        _("Go down the sheet of a branch: Enter is present, Space is absent."),
        Group.DESK,
        (Need.PROGRAM, Need.SESSION, Need.NOT_CLOSED),
        desk="7",
    ),
    Command(
        "desk.redo",
        "ctrl+y",
        _("Redo"),
        _("Do again what was taken back last."),
        Group.DESK,
        (Need.PROGRAM, Need.SESSION, Need.REDO),
        desk="8",
    ),
    Command(
        "desk.mark_shown",
        "",
        _("Mark all shown present"),
        _("Those of the list on screen who are unmarked, after their number was typed."),
        Group.DESK,
        (Need.PROGRAM, Need.SESSION, Need.NOT_CLOSED, Need.UNMARKED),
        desk="9",
    ),
    Command(
        "desk.late_from",
        "",
        _("Late from …"),
        _("Move the time from which an arrival is late."),
        Group.DESK,
        (Need.PROGRAM, Need.SESSION, Need.OPEN),
    ),
    Command(
        "desk.correct",
        "",
        _("Correct this day"),
        _("Change a closed register, with a reason."),
        Group.DESK,
        (Need.PROGRAM, Need.SESSION, Need.CLOSED),
    ),
    Command(
        "desk.reopen",
        "",
        _("Open again"),
        _("Open a closed register again, with a reason; the marks stay."),
        Group.DESK,
        (Need.PROGRAM, Need.SESSION, Need.CLOSED),
    ),
    Command(
        "desk.extra",
        "",
        _("Open an extra session"),
        _("A session today that nobody planned."),
        Group.DESK,
        (Need.PROGRAM, Need.NO_SESSION),
    ),
    Command(
        "desk.today",
        "",
        _("Open today's register"),
        _("Leave this day and go to today."),
        Group.DESK,
        (Need.PROGRAM, Need.OTHER_DAY),
    ),
    Command(
        "desk.day",
        "",
        _("Another day …"),
        _("Open the register of another session, to look at it or to correct it."),
        Group.DESK,
        (Need.PROGRAM,),
    ),
    Command("desk.retry", "", _("Try again"), _("Save again what could not be saved."), Group.DESK, (Need.FAILED,)),
    Command(
        "desk.put_away",
        "",
        _("Put away what was not saved"),
        _("Forget the marks that could not be saved."),
        Group.DESK,
        (Need.FAILED,),
    ),
    Command(
        "list.order",
        "",
        _("Order: not here yet first"),
        _("Or back to branch and name. The list is sorted again only here."),
        Group.DESK,
        (Need.PROGRAM,),
    ),
    Command("people.add", "", _("New member"), _("A new person with all particulars."), Group.PEOPLE, (Need.PROGRAM,)),
    Command(
        "people.import",
        "",
        _("Import people"),
        _("From a CSV, TSV or XLSX file, with a preview."),
        Group.PEOPLE,
        (Need.PROGRAM,),
    ),
    Command("app.palette", "ctrl+p", _("More"), _("Every command by name."), Group.PROGRAM, person="0", desk="0"),
    Command("app.theme", "", _("Theme"), _("Colours: dark, light, and more."), Group.PROGRAM),
    Command("app.help", "f1", _("Help"), _("Keys and what Enter does. Also: ? and Enter."), Group.PROGRAM),
    Command("app.quit", "ctrl+q", _("Quit"), _("Everything is saved first."), Group.PROGRAM),
)

BY_ID: Final = {command.id: command for command in COMMANDS}

# Keys the box needs for itself. Line feed is ctrl+j: a scanner sends it after Enter.
RESERVED: Final = frozenset(
    {
        "enter",
        "tab",
        "space",
        "escape",
        "up",
        "down",
        "left",
        "right",
        "backspace",
        "delete",
        "ctrl+j",
        "ctrl+m",
        "ctrl+i",
        "ctrl+h",
    }
)


class KeymapProblem(NamedTuple):
    """A line of the user's key map that is not used. reason: 'unknown' command, or a 'reserved' key."""

    command: str
    key: str
    reason: str


def check_keymap(keymap: Mapping[str, str]) -> tuple[dict[str, str], list[KeymapProblem]]:
    """The part of the user's key map that can be used, and what cannot: unknown commands, keys that type."""
    good: dict[str, str] = {}
    problems: list[KeymapProblem] = []
    for command, keys in keymap.items():
        if command not in BY_ID:
            problems.append(KeymapProblem(command, keys, "unknown"))
            continue
        usable = []
        for key in (part.strip() for part in keys.split(",")):
            if not key or key in RESERVED or len(key) == 1:
                problems.append(KeymapProblem(command, key, "reserved"))
            else:
                usable.append(key)
        if usable:
            good[command] = ",".join(usable)
    return good, problems


def keys_of(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a command as the user has them."""
    return tuple(key for key in keymap.get(command.id, command.keys).split(",") if key)


def commands_by_key(keymap: Mapping[str, str]) -> dict[str, str]:
    """Key -> command id. A key the user gave to one command is taken from the command that had it."""
    table: dict[str, str] = {}
    for own in (False, True):
        for command in COMMANDS:
            if (command.id in keymap) is own:
                for key in keys_of(command, keymap):
                    table[key] = command.id
    return table


def bindings() -> list[Binding | tuple[str, str] | tuple[str, str, str]]:
    """The table as Textual bindings, which the key map finds by their ids."""
    return [
        Binding(
            command.keys,
            f"command({command.id!r})",
            command.label,
            id=command.id,
            tooltip=command.help,
            priority=command.id == "app.quit",
        )
        for command in COMMANDS
        if command.keys
    ]


def key_words(keys: str) -> str:
    """`ctrl+z,f5` as people write it: `Ctrl+Z, F5`."""
    return ", ".join("+".join(part.capitalize() for part in key.split("+")) for key in keys.split(",") if key)
