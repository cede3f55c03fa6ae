"""The keyboard and scanner test of `checkin keys --test`: every key by its name, every scan as it arrived."""

from __future__ import annotations

from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from checkin_tui.domain.text import visible
from checkin_tui.i18n import _
from checkin_tui.tui.crash import MannerlyApp, terminal_given_back
from checkin_tui.tui.driver import tolerant_driver

LINES: Final = 12
END: Final = "ctrl+q"
ENDS: Final = ("enter", "ctrl+j", "tab")


class Arrived:
    """What came since the last Enter, line feed or Tab: the keyboard's own keys and a scanner's are told alike."""

    def __init__(self, prefix: str, suffix: str) -> None:
        self._prefix, self._suffix = prefix, suffix
        self._text = ""
        self.lines: list[str] = []

    def key(self, key: str, character: str | None) -> None:
        """Take one key."""
        if key in ENDS and self._text:
            self._say(self._scan(key))
            self._text = ""
        elif character is not None and character.isprintable():
            self._text += character
            self._say(_("key {key}").format(key=key))
        else:
            self._say(_("key {key}").format(key=key))

    def _scan(self, end: str) -> str:
        code = self._text.removeprefix(self._prefix)
        code = code.removesuffix(self._suffix) if self._suffix else code
        return _("code {code}: {count} characters, ended by {end}").format(code=visible(code), count=len(code), end=end)

    def _say(self, line: str) -> None:
        self.lines = [*self.lines, line][-LINES:]


class KeyTest(MannerlyApp, inherit_bindings=False):
    """A screen that shows what arrives. Ctrl+Q ends it."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, prefix: str = "", suffix: str = "", log_file: str = "") -> None:
        super().__init__(driver_class=tolerant_driver())
        self.devtools = None  # TEXTUAL=devtools would open a socket and send what is on the screen
        self.log_file = log_file
        self._arrived = Arrived(prefix, suffix)

    def compose(self) -> ComposeResult:
        """One text that grows."""
        yield Static(id="arrived")

    def on_mount(self) -> None:
        """Show what to do."""
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Show a key."""
        event.stop()
        event.prevent_default()
        if event.key == END:
            self.exit()
            return
        self._arrived.key(event.key, event.character)
        self._show()

    def _show(self) -> None:
        head = _("Press keys, or scan a badge. A code has to arrive whole and in one line. Ctrl+Q ends the test.")
        self.query_one("#arrived", Static).update(Content("\n".join([head, "", *self._arrived.lines])))


def run(app: KeyTest) -> int:
    """Run on this terminal. Returns the exit code."""
    from checkin_tui import manners

    forget = manners.when_a_thread_ends_by_an_error(app.thread_ended)
    try:
        with terminal_given_back(app):
            app.run()
    finally:
        forget()
    return app.return_code or 0
