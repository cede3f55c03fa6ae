"""Branch roll-call: down the sheet, stopping only at those who are unmarked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.domain.attendance.events import Status
from checkin_tui.i18n import _
from checkin_tui.tui.desk.words import INFO
from checkin_tui.tui.model import Order
from checkin_tui.tui.widgets.lines import BannerValue
from checkin_tui.words import branch_word

if TYPE_CHECKING:
    from checkin_tui.tui.register import Register
    from checkin_tui.tui.screens.roster import RosterScreen

EVERYBODY = "*"


class RollCall:
    """On the empty box Enter is present and Space is absent, each stepping on to the next unmarked; ↓ skips."""

    def __init__(self, screen: RosterScreen) -> None:
        self.screen = screen
        self.active = False
        self._branch: str | None = None

    def mark_shown(self) -> None:
        """Everybody on the list who is unmarked becomes present, after the number was typed."""
        from checkin_tui.tui.screens.confirm import mark_shown

        register = self.screen.register
        if register is None:
            return
        members = tuple(register.model.unmarked_shown())
        if members:
            self.screen.people.open(
                mark_shown(len(members)),
                lambda _yes: self.screen.marks.with_reason(lambda: self.screen.marks.many(members, Status.PRESENT)),
            )

    def choose(self) -> None:
        """Choose a branch, or everybody; a second time leaves it."""
        from checkin_tui.tui.screens.choose import Choice, Choose

        register = self.screen.register
        if register is None:
            return
        if self.active:
            self.leave()
            return
        choices = [Choice(EVERYBODY, _("Everybody"))]
        choices += [Choice(f"={branch}", branch_word(branch)) for branch in register.model.branches]
        self.screen.people.open(
            Choose(_("Roll-call of …"), choices, self.screen.is_code),
            lambda chosen: self.start(None if chosen == EVERYBODY else chosen[1:]),
        )

    def start(self, branch: str | None) -> None:
        """Call the roll of a branch; None: of everybody."""
        register = self.screen.register
        if register is None:
            return
        self.active, self._branch = True, branch
        self.screen.box.put("")
        if register.model.order is not Order.SHEET:
            register.model.sort(Order.SHEET)
        register.model.only_branch(branch)
        self.screen.list.reload()
        self.screen.figures.show_hints()
        name = _("everybody") if branch is None else branch_word(branch)
        rest = _("Enter: present   Space: absent   ↓: skip   Esc: leave")
        self.screen.say(BannerValue(INFO, _("Roll-call: {name}").format(name=name), (rest,)))
        if not self.begin():
            self._done()

    def leave(self) -> None:
        """Show everybody again."""
        register = self.screen.register
        self.active, self._branch = False, None
        if register is not None:
            register.model.only_branch(None)
            self.screen.hands.unchoose()
            self.screen.list.reload()
        self.screen.figures.show_hints()
        self.screen.say(BannerValue(INFO, _("Roll-call left. Everybody is shown again.")))

    def narrow(self, register: Register) -> None:
        """The desk was read again, and is about to be shown: the same branch of it."""
        if self.active:
            register.model.only_branch(self._branch)

    def begin(self) -> bool:
        """Highlight the first unmarked person. False: there is none."""
        row = self.next_row(-1, 1)
        if row is not None:
            self.screen.hands.choose_row(row)
        return row is not None

    def next_row(self, row: int, step: int) -> int | None:
        """The next row above or below whose person is unmarked and not just being marked."""
        register = self.screen.register
        if register is None:
            return None
        shown = register.model.shown
        row += step
        while 0 <= row < len(shown):
            member_id = register.model.member_at(shown[row])
            session = register.session
            saving = session is not None and self.screen.outbox.is_saving(member_id, session.id)
            if register.model.mark(member_id).status is None and not saving:
                return row
            row += step
        return None

    def present(self) -> bool:
        """Enter: the highlighted person is present."""
        return self._mark(Status.PRESENT)

    def absent(self) -> bool:
        """Space: the highlighted person is absent. False when no roll-call is on."""
        if not self.active or not self.screen.hands.arrowed:
            return False
        return self._mark(Status.ABSENT)

    def _mark(self, status: Status) -> bool:
        register, member_id = self.screen.register, self.screen.hands.highlighted
        if register is None or member_id is None:
            return False
        position = register.model.position_of(member_id)
        row = None if position is None else register.model.row_of(position)
        if status is Status.ABSENT:
            self.screen.marks.decide(status)
        else:
            self.screen.marks.called(member_id)
        following = None if row is None else self.next_row(row, 1)
        if following is None:
            self.screen.hands.unchoose()
        else:
            self.screen.hands.choose_row(following)
        return True

    def moved_on(self) -> None:
        """A mark was saved: after the last one of the sheet say that it is done."""
        if self.active and not self.screen.outbox.saving and self.next_row(-1, 1) is None:
            self._done()

    def _done(self) -> None:
        register = self.screen.register
        counts = None if register is None else register.model.unmarked_shown()
        if counts == []:
            self.screen.say(BannerValue(INFO, _("Roll-call done: nobody here is unmarked. Esc leaves it.")))
