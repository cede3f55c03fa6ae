"""A bare Textual app with one label."""

from textual.app import App, ComposeResult
from textual.widgets import Label


class Bare(App[None]):
    """Nothing but a label."""

    BINDINGS = [("ctrl+q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Label("Ready.")


if __name__ == "__main__":
    Bare().run()
