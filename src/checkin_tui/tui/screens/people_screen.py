"""A view with the box and a list of people: the roster, the notebook desk, the queue of the writing desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from checkin_tui.tui.screens.desk import DeskScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checkin_tui.tui.desk.hands import Hands
    from checkin_tui.tui.model import Order
    from checkin_tui.tui.register import Register
    from checkin_tui.tui.widgets.columns import Layout
    from checkin_tui.tui.widgets.roster_list import RosterList


class PeopleScreen(DeskScreen):
    """The people of the register, one of them perhaps highlighted."""

    SAYS_OWED: ClassVar[bool] = True

    list: RosterList
    hands: Hands

    def make_list(self, layout: Layout) -> None:
        """The list in its place."""
        from checkin_tui.tui.widgets.roster_list import RosterList

        self.list = RosterList(layout, id="list")
        self.place.mount(self.list)

    def put_in_order(self, register: Register) -> None:
        """Put a register just read into the order of the list that is there."""
        if register.model.order is not self.list.model.order:
            register.model.sort(self.list.model.order)

    def sort(self, order: Order) -> None:
        """Sort the list again; the highlight follows the person."""
        register, member_id = self.register, self.highlighted
        if register is not None:
            register.model.sort(order)
            self.list.reload()
            self.choose(member_id)

    def choose(self, member_id: int | None) -> None:
        """Highlight somebody as an arrow does, if they are shown."""
        register = self.register
        position = None if register is None or member_id is None else register.model.position_of(member_id)
        row = None if register is None or position is None else register.model.row_of(position)
        if row is not None:
            self.hands.choose_row(row)

    @property
    def highlighted(self) -> int | None:
        """The member who is highlighted, by an arrow or because nobody else is left."""
        return self.hands.highlighted

    def show_register(self) -> None:
        """Another list; text, highlight and order stay."""
        register = self.register
        if register is None:
            return
        self.put_in_order(register)
        hands = self.hands
        member_id, arrowed = self.list.highlighted_member, hands.arrowed
        self.list.saving.clear()
        self.list.load(register.model, register.zone)
        self.marks.draw_outbox()
        hands.typed(self.box.value)
        if arrowed:
            self.choose(member_id)

    def show_marks(self, member_ids: Iterable[int], *, grown: bool = False) -> None:
        """Draw these rows as what the disk says of them."""
        from checkin_tui.tui.widgets.roster_list import Saving

        saving, session = self.list.saving, self.marks.session_id
        for member_id in set(member_ids):
            if self.outbox.is_saving(member_id, session):
                saving[member_id] = Saving.SAVING
            elif self.outbox.is_not_saved(member_id, session):
                saving[member_id] = Saving.NOT_SAVED
            elif self.outbox.is_not_saved(member_id, session, note=True):
                saving[member_id] = Saving.NOTE_NOT_SAVED
            else:
                saving.pop(member_id, None)
            self.list.changed(member_id)
        if grown:
            self.list.grown()

    def on_screen_resume(self) -> None:
        """Back in view: what was not saved may be saved by now, or put away."""
        super().on_screen_resume()
        if self.furnished:
            self.show_marks([*self.list.saving, *self.outbox.members(self.marks.session_id)])

    def dropped(self) -> None:
        """Nobody is highlighted on another day."""
        self.hands.unchoose()

    def on_roster_list_chosen(self, event: RosterList.Chosen) -> None:
        """A click chooses as an arrow does."""
        self.choose(event.member_id)
