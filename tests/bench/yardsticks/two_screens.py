"""A bare app of two screens full of text; F2 and F4 switch between them."""

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static


class Full(Screen[None]):
    """As many lines as fit, each with its own number."""

    WORD = ""

    def compose(self) -> ComposeResult:
        yield Static("\n".join(f"{self.WORD} {number:03d} " + "text " * 20 for number in range(60)))


class First(Full):
    WORD = "First"


class Second(Full):
    WORD = "Second"


class TwoScreens(App[None]):
    """Two modes."""

    MODES = {"first": First, "second": Second}
    DEFAULT_MODE = "first"
    BINDINGS = [("ctrl+q", "quit", "Quit"), ("f2", "switch_mode('first')", ""), ("f4", "switch_mode('second')", "")]


if __name__ == "__main__":
    TwoScreens().run()
