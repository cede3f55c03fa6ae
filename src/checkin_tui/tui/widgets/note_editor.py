"""The editor of a note. Every key takes effect when the program forwards it, so that no key of a burst overtakes
another and none reaches the note of the next person.
"""

from __future__ import annotations

import unicodedata
from asyncio import sleep
from typing import Protocol

from textual import actions, events
from textual.widgets import TextArea

from checkin_tui.domain.text import clean_lines
from checkin_tui.i18n import _

PIECE = 16_384  # characters of a paste that are put in between two looks at the keyboard
LONG_LINE = 8_192  # a longer line is not wrapped: wrapping it anew costs 20 ms a key at 100,000
INDENT = "    "

# Where the widget's own action goes through a queue, the same done at once.
AT_ONCE = {"delete_to_end_of_line_or_delete_line": "delete_to_end_of_line"}


class Writer(Protocol):
    """Who keeps what is written."""

    def written(self) -> None:
        """The text changed by a key."""

    def pasting(self, text: str) -> None:
        """This is about to be put in at the cursor, as a step of its own; the text without it is still there."""

    def pasted(self) -> None:
        """All of it is in."""

    def took(self, key: str) -> bool:
        """Whether the key is a command, done now: what was typed before it is in the text."""

    def refused(self, key: str) -> bool:
        """A key that means nothing to the editor: whether it is one of the program, and that was said."""


class NoteEditor(TextArea):
    """A text with the cursor standing still."""

    def __init__(self, writer: Writer, *, id: str | None = None) -> None:
        super().__init__(
            id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="indent", compact=True, max_checkpoints=200
        )
        self.cursor_blink = False
        self.highlight_cursor_line = False
        self.writer = writer
        self._waiting: list[events.Key | events.Paste] | None = None  # what came while it could not take effect
        self._pasting = False
        self._paste = 0  # counts pastes that were begun or ended

    def load(self, text: str) -> None:
        """Show another note, from its end on."""
        self.soft_wrap = all(len(line) < LONG_LINE for line in text.splitlines())
        self.load_text(text)
        self.move_cursor(self.document.end)

    @property
    def busy(self) -> bool:
        """Whether a paste is still being put in."""
        return self._pasting

    def hold(self) -> None:
        """Keep every key until `release`: the note it is for is still being read."""
        if self._waiting is None:
            self._waiting = []

    def release(self) -> None:
        """What was kept takes effect, in order."""
        waiting, self._waiting = self._waiting or [], None
        for number, event in enumerate(waiting):
            if self._holds(waiting[number:]):  # a paste, or another note, was among them
                return
            (self.app.focused or self.app.screen)._forward_event(event)  # Esc or a view may have been among them

    def _holds(self, rest: list[events.Key | events.Paste]) -> bool:
        if self._waiting is None:
            return False
        self._waiting.extend(rest)
        return True

    def dismissed(self) -> int:
        """Drop what was kept for a note that could not be read. How many characters that would have been."""
        waiting, self._waiting = self._waiting or [], None
        return sum(_characters(event) for event in waiting)

    def text_with(self, insert: str) -> str:
        """The text as it will be once `insert` took the place of the selection."""
        start, end = sorted(self.selection)
        before = self.document.get_text_range((0, 0), start)
        return before + insert + self.document.get_text_range(end, self.document.end)

    # ----------------------------------------------------------------------------------------------------------- keys

    def _forward_event(self, event: events.Event) -> None:
        if isinstance(event, events.Paste):
            self.take_paste(event)
        elif not (isinstance(event, events.Key) and self.take_key(event)):
            super()._forward_event(event)

    def take_key(self, event: events.Key) -> bool:
        """Act on a key; False for one that means nothing here."""
        if self._waiting is not None:
            self._waiting.append(event)
            return True
        if self.writer.took(event.key):
            return True
        if event.key in ("enter", "ctrl+j"):
            self._put("\n")
        elif event.key == "tab":
            self._put(INDENT)
        elif event.is_printable and event.character is not None:
            self._put(unicodedata.normalize("NFC", event.character))
        else:
            return self._act(event.key) or self.writer.refused(event.key)
        return True

    def _put(self, text: str) -> None:
        clean = text if text in ("\n", INDENT, " ") else clean_lines(text)
        if clean:
            self._replace_via_keyboard(clean, *self.selection)
            self.writer.written()

    def _act(self, key: str) -> bool:
        """The editing keys of the widget, done at once."""
        for binding in self._bindings.key_to_bindings.get(key, ()):
            _namespace, name, values = actions.parse(binding.action)
            if name == "paste":
                self.put_in(self.app.clipboard)
                return True
            try:
                getattr(self, f"action_{AT_ONCE.get(name, name)}")(*values)
            except actions.SkipAction:
                continue
            if name not in MOVES:
                self.writer.written()
            return True
        return False

    # ---------------------------------------------------------------------------------------------------------- pasting

    def take_paste(self, event: events.Paste) -> None:
        """A bracketed paste of the terminal."""
        event.stop()
        if self._waiting is not None:
            self._waiting.append(event)
        else:
            self.put_in(event.text)

    def put_in(self, text: str) -> None:
        """Put a text in at the cursor: a revision of its own. A long one goes in by pieces; keys wait their turn."""
        clean = _pasted_text(text)
        if not clean:
            return
        self.writer.pasting(clean)
        if any(len(line) >= LONG_LINE for line in clean.splitlines()):
            self.soft_wrap = False
        if len(clean) <= PIECE:
            self._replace_via_keyboard(clean, *self.selection)
            self.writer.pasted()
        else:
            self._waiting, self._pasting = [], True
            self.run_worker(self._put_pieces(clean), exclusive=False, group="paste")

    async def _put_pieces(self, text: str) -> None:
        """At one place, whatever is clicked meanwhile; ended when the note is left, for it was written as a whole."""
        self._paste += 1
        mine = self._paste
        self.history.checkpoint()
        start, end = sorted(self.selection)
        for begin in range(0, len(text), PIECE):
            if mine != self._paste:
                return
            start = end = self.replace(text[begin : begin + PIECE], start, end).end_location
            await sleep(0)
        self.move_cursor(start)
        self.history.checkpoint()
        self._pasting = False
        self.writer.pasted()
        self.release()

    def stop_pasting(self) -> None:
        """The note is left: the rest of a paste is not shown any more."""
        if self._pasting:
            self._pasting = False
            self._paste += 1
            self._waiting = None

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        """A click moves the cursor, but not while a paste goes in."""
        if self._pasting:
            event.stop()
            event.prevent_default()
        else:
            await super()._on_mouse_down(event)

    @property
    def unwrapped(self) -> str:
        """Said where a line is too long to be wrapped; '' otherwise."""
        return "" if self.soft_wrap else _("A very long line: it is not wrapped.")


def _pasted_text(text: str) -> str:
    return clean_lines(text.replace("\r\n", "\n").replace("\r", "\n"))


def _characters(event: events.Key | events.Paste) -> int:
    """How many characters of text that is; a key that only does something is none."""
    if isinstance(event, events.Paste):
        return len(_pasted_text(event.text))
    return int(event.is_printable or event.key in ("enter", "ctrl+j", "tab"))


MOVES = frozenset(
    {
        "cursor_up",
        "cursor_down",
        "cursor_left",
        "cursor_right",
        "cursor_word_left",
        "cursor_word_right",
        "cursor_line_start",
        "cursor_line_end",
        "cursor_page_up",
        "cursor_page_down",
        "select_line",
        "select_all",
        "copy",
    }
)
"""Actions that change no text."""
