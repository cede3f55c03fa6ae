"""What each command of the table does on the roster, and when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.requests import Undo
from checkin_tui.domain.sessions import SessionState
from checkin_tui.i18n import _
from checkin_tui.tui.commands import BY_ID, Command, Need, key_words, keys_of
from checkin_tui.tui.model import Order
from checkin_tui.tui.register import Situation
from checkin_tui.tui.screens.roster_words import INFO
from checkin_tui.tui.widgets.lines import BannerValue

if TYPE_CHECKING:
    from checkin_tui.tui.screens.roster import RosterScreen


class Table:
    """Command id -> what is done."""

    def __init__(self, screen: RosterScreen) -> None:
        self.screen = screen
        marks, people, days = screen.marks, screen.people, screen.days
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
            "desk.undo": marks.undo,
            "desk.redo": marks.redo,
            "desk.close": days.close,
            "desk.roll_call": days.roll_call,
            "desk.mark_shown": days.mark_shown,
            "desk.late_from": days.late_from,
            "desk.correct": days.correct,
            "desk.reopen": days.reopen,
            "desk.extra": days.extra,
            "desk.today": days.today,
            "desk.day": days.another_day,
            "desk.retry": screen.wrong.retry,
            "desk.put_away": screen.wrong.put_away,
            "list.order": self.change_order,
            "people.walk_in": lambda: people.walk_in(screen.box.value),
            "people.add": people.add,
            "people.import": people.import_file,
            "app.palette": lambda: screen.desk_app.palette(screen),
            "app.theme": lambda: screen.desk_app.choose_theme(screen),
            "app.help": lambda: screen.desk_app.help(screen),
            "app.quit": lambda: screen.desk_app.leave(),
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
                return screen.hands.highlighted is not None
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
                return register.can_undo or bool(screen.outbox.saving)
            case Need.REDO:
                return register.can_redo or any(isinstance(one, Undo) for one in screen.outbox.saving.values())
            case Need.OTHER_DAY:
                return register.is_away(screen.now())
            case Need.UNMARKED:
                return bool(register.model.unmarked_shown())
            case _:
                return True

    def change_order(self) -> None:
        """Sort again: those not here yet first, or by branch and name; the highlight follows the person."""
        screen, register = self.screen, self.screen.register
        if register is None:
            return
        member_id = screen.hands.highlighted
        first = register.model.order is Order.SHEET
        register.model.sort(Order.UNMARKED_FIRST if first else Order.SHEET)
        screen.list.reload()
        position = None if member_id is None else register.model.position_of(member_id)
        row = None if position is None else register.model.row_of(position)
        if row is not None:
            screen.hands.choose_row(row)
        text = _("Order: not here yet first, as of now.") if first else _("Order: by branch and name.")
        screen.say(BannerValue(INFO, text))

    def hints(self) -> tuple[tuple[str, str], ...]:
        """The bottom line: the keys worth knowing now."""
        screen = self.screen
        if screen.roll_call.active:
            return (
                ("Enter", _("present")),
                (_("Space"), _("absent")),
                ("↓", _("skip")),
                ("Esc", _("leave roll-call")),
            )
        keymap = screen.desk_app.keymap
        entries = [("Enter", _("check in")), ("↑↓", _("choose")), ("→", _("actions"))]
        wide = screen.room.width >= WIDE
        for command_id in (*SHORT, *(LONG if wide else ())):
            command = BY_ID[command_id]
            keys = keys_of(command, keymap)
            if keys:
                entries.append((key_words(keys[0]), command.label))
        return tuple(entries)


WIDE = 110
SHORT = ("desk.undo", "app.palette", "app.help", "app.quit")
LONG = ("mark.present", "mark.late", "mark.leave", "mark.absent", "mark.left")
