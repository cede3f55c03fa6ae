"""The base of every dialog: what may confirm it, and what happens to a scanner that fires while it is open.

A badge scanner is a keyboard. Its codes must neither confirm a dialog nor be lost, so every key is looked at *when the
program forwards it*, before the queues of the widgets: only then is the order of a burst kept up to the last key.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.css.query import NoMatches
from textual.screen import ModalScreen
from textual.types import CSSPathType
from textual.widget import Widget
from textual.widgets import Button, Static

from checkin_tui.domain.text import clean
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.sizes import LEAST_HEIGHT, LEAST_WIDTH, TINY_HIGH, TINY_WIDE, Breakpoints, TooSmall
from checkin_tui.tui.widgets.box import LONGEST

T = TypeVar("T")
WIDTHS: Breakpoints = [TINY_WIDE, (LEAST_WIDTH, "-wide-enough")]
HEIGHTS: Breakpoints = [TINY_HIGH, (LEAST_HEIGHT, "-high-enough")]

FRESH = 0.5
"""Seconds after the last printable key before Enter is a person's again, and not the end of a scan."""

ENDS = frozenset({"enter", "tab", "ctrl+j"})
"""What a scanner may send after a code; ctrl+j is the line feed of CR LF."""


if TYPE_CHECKING:
    _Mixin = Widget
else:
    _Mixin = object  # a second DOM class among the bases would hide the styles of the first


class Part(_Mixin):
    """Something in a dialog that can have the keyboard: the dialog sees its keys first. Named before the widget."""

    def _forward_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and isinstance(self.screen, Dialog) and self.screen.take_key(event):
            return
        super()._forward_event(event)


class TextPart(Part):
    """A part for which printable keys are text: a scan there is text too."""


class DialogButton(Part, Button):
    """A button one cell high."""

    def __init__(self, label: str, id: str, *, main: bool = False) -> None:
        super().__init__(content(f" {label} "), id=id, variant="primary" if main else "default", compact=True)
        self.active_effect_duration = 0  # no flash to repaint, and no pause in which a press is lost


class Body(VerticalScroll):
    """What is between the title and the buttons. The dialog scrolls it; it never has the keyboard."""

    can_focus = False


class Dialog(ModalScreen[T | None], Generic[T]):
    """A question over the desk. It ends with a plain result, or with None when it was left by Esc.

    backlog: printable keys, and "\\n" for the Enter that ended them, that were for none of its fields. Whoever opened
    the dialog gives them to the box afterwards: through `feed`, called just before the dialog goes, so that not even a
    key of the same burst overtakes them; without it the list can be read when the result comes.

    Enter counts when nothing printable came since the dialog opened, else half a second after the last of it.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = "dialog.tcss"
    AUTO_FOCUS = ".first"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("left", "walk(-1)", show=False),
        Binding("right", "walk(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    CAREFUL: ClassVar[bool] = False
    """Enter counts only half a second after the opening: for what a second, bouncing Enter must not confirm."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.heading = heading
        self.backlog: list[str] = []
        self.feed: Callable[[Sequence[str]], None] | None = None
        self._spoke: float | None = None
        self._done = False
        self._ahead: list[events.Key] | None = []  # what came before the dialog was on the screen

    def compose(self) -> ComposeResult:
        """Title, body, buttons, and the hint about keys."""
        with Vertical(classes="box"):
            yield Static(content(self.heading), classes="title")
            with Body():
                yield from self.compose_body()
            yield from self.compose_foot()
            buttons = list(self.compose_buttons())
            if buttons:
                yield Horizontal(*buttons, classes="buttons")
            yield Static(content(self.hint()), classes="hint")
        yield TooSmall()

    def compose_body(self) -> ComposeResult:
        """What scrolls."""
        yield from ()

    def compose_foot(self) -> ComposeResult:
        """What stays in view between the body and the buttons."""
        yield from ()

    def compose_buttons(self) -> ComposeResult:
        """The buttons; the one with the class `first` has the keyboard at first."""
        yield from ()

    def hint(self) -> str:
        """One line about the keys."""
        return _("Esc leave")

    def _forward_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded and self.take_key(event):
            return
        super()._forward_event(event)

    def on_mount(self, event: events.Mount) -> None:
        """A careful dialog counts from its opening."""
        if self.CAREFUL:
            self._spoke = event.time
        self.opened()

    def on_screen_resume(self) -> None:
        """Once the keyboard has its place: what was typed ahead takes effect, in order."""
        if self._ahead is not None:
            self.call_next(self._release)

    def _release(self) -> None:
        held, self._ahead = self._ahead or [], None
        for event in held:
            (self.app.focused or self.app.screen)._forward_event(event)

    def on_resize(self) -> None:
        """The body gets what the rest leaves, so that the buttons never leave the screen."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self._done:  # left before it was ever painted
            return
        box, body = self.query_one(".box"), self.query_one(Body)
        others = [child for child in box.children if child is not body and child.display]
        taken = sum(child.outer_size.height + child.styles.margin.height for child in others)
        body.styles.max_height = max(1, self.size.height - box.gutter.height - taken)

    def opened(self) -> None:
        """The dialog is there: the place to fill it."""

    def take_key(self, event: events.Key) -> bool:
        """Look at a key before anybody; True when that is all that happens to it."""
        if self._ahead is not None:
            self._ahead.append(event)
            return True
        character = event.character if event.is_printable else None
        if event.key == "escape":
            self.leave()
            return True
        fresh = self._is_fresh(event.time)
        if character is not None:
            self._spoke = event.time
            return self.take_character(character, fresh)
        if event.key in ENDS:
            return self.take_end(event.key, fresh)
        return False

    def take_character(self, character: str, fresh: bool) -> bool:
        """A printable key. fresh: nothing was typed in the last half second."""
        if isinstance(self.focused, TextPart):
            return False
        self.backlog.append(character)
        return True

    def take_end(self, key: str, fresh: bool) -> bool:
        """Enter, Tab or line feed: the end of a scan, or a person's own."""
        if key == "ctrl+j" or not (fresh or isinstance(self.focused, TextPart)):
            self.keep_end()
            return True
        return False

    def keep_end(self) -> None:
        """The Enter of a scan belongs behind its code; an Enter without one is nothing."""
        if self.backlog and self.backlog[-1] != "\n":
            self.backlog.append("\n")

    def on_paste(self, event: events.Paste) -> None:
        """Pasted into no field: for the box."""
        event.stop()
        self.backlog.extend(clean(event.text[:LONGEST]))

    def _is_fresh(self, at: float) -> bool:
        return self._spoke is None or at - self._spoke >= FRESH

    def action_step(self, by: int) -> None:
        """Up and down scroll, unless a dialog has something better to do with them."""
        self.query_one(Body).scroll_relative(y=by, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        """Page up and page down."""
        body = self.query_one(Body)
        body.scroll_relative(y=by * max(1, body.size.height - 1), animate=False, immediate=True)

    def action_walk(self, by: int) -> None:
        """Left and right walk along the buttons."""
        buttons = [button for button in self.query(DialogButton) if not button.disabled and button.display]
        if self.focused in buttons:
            position = buttons.index(self.focused) + by
            if 0 <= position < len(buttons):
                self.set_focus(buttons[position])

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what takes its time. Where the program has ended meanwhile, nobody is left to be told of it."""

        async def run() -> None:
            try:
                await work
            except NoMatches:
                if self.is_attached and self.app.is_running:
                    raise

        self.run_worker(run())

    def leave(self) -> None:
        """Esc."""
        self.finish(None)

    def finish(self, result: T | None) -> None:
        """End with `result`, once: a second press that was already on its way must not close what is below."""
        if self._done:
            return
        self._done = True
        self._hand_over()
        self.dismiss(result)

    def _hand_over(self) -> None:
        if self.feed is not None and self.backlog:
            waiting, self.backlog = self.backlog, []
            self.feed(waiting)
