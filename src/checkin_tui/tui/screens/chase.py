"""The chase list: who owes which notes, by branch with whom to call there; to call, to copy and to save."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.types import CSSPathType

from checkin_tui.domain.changes import AttendanceChanged, NoteChanged, NotesChanged
from checkin_tui.i18n import _
from checkin_tui.tui.commands import Need, View
from checkin_tui.tui.screens.board import BoardScreen
from checkin_tui.tui.widgets.chase_line import ChaseLine

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from checkin_tui.domain.changes import Change
    from checkin_tui.domain.sessions import SessionKey
    from checkin_tui.domain.views import News
    from checkin_tui.tui.widgets.rows import Rows


class ChaseScreen(BoardScreen):
    """A line for each person under the heading of their branch. Both can be chosen."""

    VIEW: ClassVar[View] = View.CHASE
    CSS_PATH: ClassVar[CSSPathType | None] = ["board.tcss", "chase.tcss"]

    rows: Rows

    def make_counts(self) -> ChaseLine:
        """The scope and the totals."""
        return ChaseLine(id="counts")

    def make_board(self) -> None:
        """The list, and what can be done with it."""
        from checkin_tui.tui.desk.chase import Chase
        from checkin_tui.tui.desk.chase_open import ChaseOpen
        from checkin_tui.tui.desk.chase_out import ChaseOut
        from checkin_tui.tui.widgets.rows import ColumnSpec, Rows

        columns = (
            ColumnSpec(_("Code"), 4, 10),
            ColumnSpec(_("Name"), 14, weight=1),
            ColumnSpec(_("Phone"), 5, 16, from_width=70),
            ColumnSpec(_("Owes"), 20, weight=3),
        )
        self.rows = Rows(columns, id="owed")
        self.place.mount(self.rows)
        self.chase, self.behind, self.out = Chase(self), ChaseOpen(self), ChaseOut(self)

    # --------------------------------------------------------------------------------------------------------- choosing

    def step(self, by: int) -> None:
        """Along the branches and the people."""
        self.rows.step(by)

    def go_to_end(self, *, last: bool) -> None:
        """The first branch, or the last person."""
        self.rows.go_to_end(last=last)

    def open_chosen(self) -> None:
        """What is behind the highlighted line."""
        self.behind.open(self.rows.key)

    @property
    def chosen(self) -> Hashable | None:
        """A branch or a person."""
        return self.rows.key

    def unchoose(self) -> None:
        """No line."""
        self.rows.choose(None)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A click chooses as an arrow does."""
        self.rows.choose(event.key)

    # ------------------------------------------------------------------------------------------------------- commands

    def own_commands(self) -> dict[str, Callable[[], object]]:
        """What is done with the list."""
        return {
            "desk.undo": self.behind.undo,
            "desk.redo": self.behind.redo,
            "chase.copy": self.out.copy,
            "chase.save": self.out.save,
            "chase.scope": self.chase.change_scope,
            "chase.branch": self.chase.choose_branch,
            "chase.contact": lambda: self.behind.edit_contact(self.rows.key),
        }

    def has_own(self, need: Need) -> bool:
        """Whether a line is highlighted."""
        return need is Need.CHOSEN and self.rows.key is not None

    def write_note_of(self, member_id: int, key: SessionKey) -> None:
        """Open that person's note of that day on the writing desk; all views turn to the day."""
        shown = None if self.register is None else self.register.session
        if shown is None or shown.key != key:
            self.desk_app.turn_to(key)
        self.desk_app.write_note(member_id)

    # --------------------------------------------------------------------------------------------------------- answers

    def show_register(self) -> None:
        """Another session, other people, names hidden or shown."""
        if self.register is not None:
            self.chase.turned()

    def on_change(self, change: Change) -> None:
        """What was marked or noted in this window changes the list; whatever else does reads the desk again first."""
        super().on_change(change)
        if isinstance(change, AttendanceChanged | NoteChanged | NotesChanged):
            self.chase.read_again()

    def on_news(self, news: News) -> None:
        """The same of another window."""
        if news.marks or news.elsewhere or news.session is not None:
            self.chase.read_again()

    def on_screen_resume(self) -> None:
        """What came meanwhile."""
        super().on_screen_resume()
        if self.furnished:
            self.chase.resume()
