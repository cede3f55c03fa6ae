"""The dashboard: how the afternoon and the campaign are going, live."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.types import CSSPathType

from checkin_tui.i18n import _
from checkin_tui.tui.commands import Need, View
from checkin_tui.tui.screens.board import BoardScreen
from checkin_tui.tui.widgets.box import PAGE
from checkin_tui.tui.widgets.lines import BannerValue

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from textual.geometry import Size

    from checkin_tui.domain.changes import Change
    from checkin_tui.tui.desk.bar import Offer
    from checkin_tui.tui.desk.dashboard.live import Live
    from checkin_tui.tui.desk.dashboard.opening import Behind
    from checkin_tui.tui.widgets.blocks import Block
    from checkin_tui.tui.widgets.canvas import Canvas


class DashboardScreen(BoardScreen):
    """Every figure can be chosen, and Enter opens who or what is behind it."""

    VIEW: ClassVar[View] = View.DASHBOARD
    CSS_PATH: ClassVar[CSSPathType | None] = ["board.tcss", "dashboard.tcss"]

    live: Live
    behind: Behind
    canvas: Canvas

    def make_board(self) -> None:
        """The page, and what keeps it true."""
        from checkin_tui.tui.desk.dashboard.live import Live
        from checkin_tui.tui.desk.dashboard.opening import Behind
        from checkin_tui.tui.widgets.canvas import Canvas

        self.live, self.behind = Live(self), Behind(self)
        self.canvas = Canvas(self._page, id="canvas")
        self.banner.display = False  # its lines are the page's until there is something to say
        self.place.mount(self.canvas)
        self.gateway.news.subscribe(self, self.live.news, immediate=True)

    def _page(self, size: Size, chosen: Hashable | None) -> Block:
        from checkin_tui.tui.desk.dashboard.page import page

        return page(self.live.facts, size, chosen)

    def say(self, value: BannerValue, offer: Offer | None = None) -> None:
        """A result: from now on there is a banner."""
        self.banner.display = True
        super().say(value, offer)

    # -------------------------------------------------------------------------------------------------------- what came

    def on_change(self, change: Change) -> None:
        """Something was written by this window, perhaps at another session."""
        super().on_change(change)
        self.live.noted(change)

    def show_register(self) -> None:
        """Another register, or the same read again."""
        self.live.register_shown()

    def show_figures(self) -> None:
        """Marks or notes changed, here or in another window."""
        self.live.changed()

    def minute_passed(self) -> None:
        """The arrivals may go on to another column; whatever stays the same is not painted."""
        self.live.changed()

    def on_screen_resume(self) -> None:
        """Back in view: what came meanwhile."""
        super().on_screen_resume()
        if self.furnished:
            self.live.resume()

    def dropped(self) -> None:
        """Nothing is chosen on another day."""
        self.unchoose()

    # --------------------------------------------------------------------------------------------------------- choosing

    @property
    def chosen(self) -> Hashable | None:
        """The figure that is highlighted."""
        return self.canvas.key

    def has_own(self, need: Need) -> bool:
        """Whether a figure is highlighted."""
        return need is Need.CHOSEN and self.chosen is not None

    def step(self, by: int) -> None:
        """From figure to figure in reading order; by pages from panel to panel."""
        if abs(by) >= PAGE:
            self.canvas.step_panel(1 if by > 0 else -1)
        else:
            self.canvas.step(by)

    def go_to_end(self, *, last: bool) -> None:
        """The first figure of the page, or the last."""
        self.canvas.go_to_end(last=last)

    def unchoose(self) -> None:
        """No figure is highlighted any more."""
        self.canvas.choose(None)

    def open_chosen(self) -> None:
        """Who or what is behind the figure."""
        if self.chosen is None:
            self.say(BannerValue("info", _("Choose a figure with ↑ ↓, then Enter shows who is behind it.")))
        else:
            self.behind.open(self.chosen)

    def on_canvas_chosen(self, event: Canvas.Chosen) -> None:
        """A click chooses; a second one on the same figure opens it."""
        if event.key == self.chosen:
            self.open_chosen()
        else:
            self.canvas.choose(event.key)

    # --------------------------------------------------------------------------------------------------------- commands

    def own_commands(self) -> dict[str, Callable[[], object]]:
        """How branches are sorted."""
        return {"dashboard.sort": self.sort}

    def sort(self) -> None:
        """The next order of the branches."""
        from checkin_tui.domain.board import BranchOrder
        from checkin_tui.tui.desk.dashboard.texts import order_word

        orders = (BranchOrder.RATE, BranchOrder.OWED, BranchOrder.NAME)
        self.live.order = orders[(orders.index(self.live.order) + 1) % len(orders)]
        self.live.draw()
        self.say(BannerValue("info", _("Branches: {order}.").format(order=order_word(self.live.order))))

    def hints(self) -> tuple[tuple[str, str], ...]:
        """The keys worth knowing now."""
        enter, choose, *rest = self.dispatch.hints(_("open"))
        return enter, choose, (_("PgDn"), _("next panel")), *rest
