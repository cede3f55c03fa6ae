"""What each command of the table does in a view, and when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.requests import Undo
from checkin_tui.domain.sessions import SessionState
from checkin_tui.i18n import _
from checkin_tui.tui.command import NOTES
from checkin_tui.tui.commands import BY_ID, Command, Need, View, key_words, keys_of
from checkin_tui.tui.desk import menus
from checkin_tui.tui.register import Situation

if TYPE_CHECKING:
    from checkin_tui.tui.screens.desk import DeskScreen


FILES = "export."
"""What the ids of the commands that write a file begin with; the paper follows."""


class Dispatch:
    """Command id -> what is done."""

    def __init__(self, screen: DeskScreen) -> None:
        self.screen = screen
        marks, people, days, notes = screen.marks, screen.people, screen.days, screen.notes
        app = screen.desk_app
        self.run_by_id: dict[str, Callable[[], object]] = {
            "mark.present": lambda: marks.decide(Status.PRESENT),
            "mark.late": lambda: marks.decide(Status.LATE),
            "mark.leave": people.on_leave,
            "mark.absent": lambda: marks.decide(Status.ABSENT),
            "mark.left": marks.left_now,
            "mark.take_back": marks.take_back,
            "mark.arrived_at": people.arrived_at,
            "mark.left_at": people.left_at,
            "person.history": people.history,
            "person.edit": people.edit,
            "person.transfer": people.transfer,
            "desk.undo": notes.undo if screen.VIEW in NOTES else marks.undo,
            "desk.redo": notes.redo if screen.VIEW in NOTES else marks.redo,
            "note.seen": notes.seen,
            "note.write": notes.write,
            "desk.close": days.close,
            "desk.late_from": days.late_from,
            "desk.correct": days.correct,
            "desk.reopen": days.reopen,
            "desk.extra": days.extra,
            "desk.today": days.today,
            "desk.day": days.another_day,
            "desk.retry": screen.wrong.retry,
            "desk.put_away": screen.wrong.put_away,
            "people.walk_in": lambda: people.walk_in(screen.box.value),
            "people.add": people.add,
            "people.import": people.import_file,
            "people.contacts": people.import_contacts,
            "people.marks": people.import_marks,
            **{one: partial(screen.exports.open, one.removeprefix(FILES)) for one in BY_ID if one.startswith(FILES)},
            "view.roster": lambda: app.show(View.ROSTER),
            "view.notes": app.show_notes,
            "view.notebook": lambda: app.show(View.NOTEBOOK),
            "view.writing": lambda: app.show(View.WRITING),
            "view.chase": lambda: app.show(View.CHASE),
            "view.dashboard": lambda: app.show(View.DASHBOARD),
            "view.program": lambda: app.show(View.PROGRAM),
            "view.privacy": app.hide_names,
            "app.palette": lambda: menus.palette(screen),
            "app.theme": lambda: menus.choose_theme(screen),
            "app.help": lambda: menus.show_help(screen),
            "app.quit": app.leave,
            **screen.own_commands(),
        }

    def run(self, command_id: str) -> None:
        """Do it."""
        self.run_by_id[command_id]()

    def why_not(self, command: Command) -> str | None:
        """The first thing that is missing, in words."""
        return next((need.words for need in command.needs if not self._has(need)), None)

    def _has(self, need: Need) -> bool:
        screen = self.screen
        register = screen.register
        if need is Need.FAILED:
            return bool(screen.outbox.failed)
        if register is None:
            return False
        session, situation = register.session, register.situation(screen.now())
        match need:
            case Need.PERSON:
                return screen.highlighted is not None
            case Need.SESSION:
                return session is not None
            case Need.NO_SESSION:
                return session is None
            case Need.OPEN:
                return session is not None and session.state is SessionState.OPEN
            case Need.CLOSED:
                return situation is Situation.CLOSED
            case Need.NOT_CLOSED:
                return situation not in (Situation.CLOSED, Situation.CANCELLED)
            case Need.UNDO:
                return self._undoing or register.can_undo or bool(screen.outbox.saving)
            case Need.REDO:
                return (
                    self._undoing
                    or register.can_redo
                    or any(isinstance(one, Undo) for one in screen.outbox.saving.values())
                )
            case Need.STARTED:
                return session is not None and session.opened is not None
            case Need.NOTE | Need.CHOSEN:
                return screen.has_own(need)
            case Need.OTHER_DAY:
                return register.is_away(screen.now())
            case Need.UNMARKED:
                return bool(register.model.unmarked_shown())
            case _:
                return True

    @property
    def _undoing(self) -> bool:
        """Whether undo here is about notes: what there is of them only the file knows, and it says so when asked."""
        return self.screen.VIEW in (*NOTES, View.CHASE)

    def hints(self, enter: str, more: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
        """The bottom line: what Enter does, and the commands whose keys are worth knowing, `more` where it is wide."""
        screen = self.screen
        keymap = screen.desk_app.keymap
        entries = [("Enter", enter), ("↑↓", _("choose")), ("→", _("actions"))]
        wide = screen.app.size.width >= WIDE
        others = [f"view.{view}" for view in (View.ROSTER, "notes", View.DASHBOARD) if view != screen.VIEW]
        for command_id in (*others, *SHORT, *(more if wide else ())):
            command = BY_ID[command_id]
            keys = keys_of(command, keymap)
            if keys:
                entries.append((key_words(keys[0]), command.label))
        return tuple(entries)


WIDE = 110
SHORT = ("desk.undo", "app.palette", "app.help", "app.quit")
