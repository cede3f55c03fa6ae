"""The program: its sessions by date, its terms, and what is changed of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.types import CSSPathType

from checkin_tui.domain.changes import AttendanceChanged
from checkin_tui.i18n import _
from checkin_tui.tui.commands import Need, View
from checkin_tui.tui.screens.board import BoardScreen
from checkin_tui.tui.widgets.terms_line import TermsLine

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from textual import events

    from checkin_tui.domain.changes import Change
    from checkin_tui.domain.views import News
    from checkin_tui.tui.commands import Command
    from checkin_tui.tui.desk.plan import Plan
    from checkin_tui.tui.desk.plan_program import WholeProgram
    from checkin_tui.tui.desk.plan_session import OneSession
    from checkin_tui.tui.desk.plan_writes import PlanWrites
    from checkin_tui.tui.gateway import Failure
    from checkin_tui.tui.widgets.rows import Rows


class ProgramScreen(BoardScreen):
    """A line for each session. Enter has what can be done with one, → what can be done with all of them."""

    VIEW: ClassVar[View] = View.PROGRAM
    ABOUT_REGISTER: ClassVar[bool] = False
    CSS_PATH: ClassVar[CSSPathType | None] = ["board.tcss", "program.tcss"]

    rows: Rows
    plan: Plan
    writes: PlanWrites
    one: OneSession
    whole: WholeProgram

    def make_counts(self) -> TermsLine:
        """How many sessions, and the terms."""
        return TermsLine(id="counts")

    def make_board(self) -> None:
        """The list, and what is done with it."""
        from checkin_tui.tui.desk.plan import WIDE, Plan
        from checkin_tui.tui.desk.plan_program import WholeProgram
        from checkin_tui.tui.desk.plan_session import OneSession
        from checkin_tui.tui.desk.plan_writes import PlanWrites
        from checkin_tui.tui.widgets.rows import ColumnSpec, Rows

        columns = (
            ColumnSpec(_("Date"), 10, 26),
            ColumnSpec(_("Hours"), 11, 11),
            ColumnSpec(_("State"), 6, 12),
            ColumnSpec(_("Kind"), 7, 12, from_width=WIDE),
            ColumnSpec(_("About"), 8, weight=3),
            ColumnSpec(_("Presenter"), 9, weight=1, from_width=WIDE),
            ColumnSpec(_("Invited"), 7, 20, from_width=WIDE),
            ColumnSpec(_("There"), 5, 20, from_width=70),
        )
        self.rows = Rows(columns, id="sessions")
        self.place.mount(self.rows)
        self.plan, self.writes = Plan(self), PlanWrites(self)
        self.one, self.whole = OneSession(self), WholeProgram(self)

    # --------------------------------------------------------------------------------------------------------- choosing

    def step(self, by: int) -> None:
        """Along the sessions."""
        self.plan.proposing = False
        self.rows.step(by)

    def go_to_end(self, *, last: bool) -> None:
        """The first session, or the last."""
        self.plan.proposing = False
        self.rows.go_to_end(last=last)

    def open_chosen(self) -> None:
        """What can be done with the highlighted session."""
        self.one.menu()

    @property
    def chosen(self) -> Hashable | None:
        """The session somebody went to; the one that is only proposed does not keep Esc here."""
        return None if self.plan.proposing else self.rows.key

    def unchoose(self) -> None:
        """No line."""
        self.plan.proposing = False
        self.rows.choose(None)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A click chooses; a second one on the same line opens it."""
        if event.key == self.chosen:
            self.open_chosen()
        else:
            self.plan.proposing = False
            self.rows.choose(event.key)

    # --------------------------------------------------------------------------------------------------------- commands

    def own_commands(self) -> dict[str, Callable[[], object]]:
        """What is done with the plan. Undo is about it as well: marks are taken back where they are seen."""
        return {
            "plan.register": self.one.register,
            "plan.edit": self.one.edit,
            "plan.cancel": self.one.call_off,
            "plan.add": self.one.add,
            "plan.series": self.whole.plan_series,
            "plan.days": self.whole.edit_days,
            "plan.terms": self.whole.edit_terms,
            "desk.undo": self.writes.undo,
        }

    def why_not(self, command: Command) -> str | None:
        """Undo needs no register here, and there is no redo."""
        if command.id == "desk.redo":
            return Need.REDO.words
        return super().why_not(command._replace(needs=(Need.PROGRAM,)) if command.id == "desk.undo" else command)

    def has_own(self, need: Need) -> bool:
        """Whether a session is highlighted."""
        return need is Need.CHOSEN and self.rows.key is not None

    async def until_ready(self) -> None:
        """Until the sessions are there too."""
        await super().until_ready()
        if self.register is not None:
            await self.plan.listed.wait()

    # --------------------------------------------------------------------------------------------------------- answers

    def show_register(self) -> None:
        """The desk was read: people, sessions or the program changed, or names are hidden."""
        self.plan.turned()

    def on_change(self, change: Change) -> None:
        """What was asked for here is told here. Marks change the figures; all else reads the desk again first."""
        super().on_change(change)
        self.writes.changed(change)
        if isinstance(change, AttendanceChanged):
            self.plan.read_again()

    def on_failure(self, failure: Failure) -> None:
        """Refused, or not saved."""
        super().on_failure(failure)
        self.writes.failed(failure)

    def on_news(self, news: News) -> None:
        """Another window changed figures, or the session on the screen."""
        if news.marks or news.elsewhere or news.session is not None:
            self.plan.read_again()

    def minute_passed(self) -> None:
        """Perhaps it is another day."""
        if self.in_view:
            self.plan.draw()

    def on_screen_resume(self) -> None:
        """What came meanwhile."""
        super().on_screen_resume()
        if self.furnished:
            self.plan.resume()

    def on_resize(self, event: events.Resize) -> None:
        """Where it is wide, kind, presenter and who is invited have columns of their own."""
        if self.furnished:
            self.call_after_refresh(self.plan.draw)
