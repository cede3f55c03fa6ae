"""The check-in box: the one place that has the keyboard.

Every key takes effect at the moment the program forwards it, without a message in between: what was typed, an arrow,
Enter and a function key are done before the next key is looked at. So forty scans in one burst give forty codes in
order, a key that marks never overtakes the letters before it, and a key that opens a dialog sends the rest there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from time import monotonic
from typing import Protocol

from textual import actions, events
from textual.widgets import Input
from textual.widgets.input import Selection

from checkin_tui.domain.guard import EnterGuard
from checkin_tui.domain.text import clean
from checkin_tui.i18n import _

SUBMIT_KEYS = frozenset({"enter", "ctrl+m", "ctrl+j", "tab"})
PAGE = 10
"""Rows that PageUp and PageDown go."""

LONGEST = 200
"""Characters: nobody's name, code or branch is so long, and what comes behind them is left out. Each key looks through
the whole roster with all of them, so that a large text pasted here would stop everything for minutes."""

STEPS = {"up": -1, "down": 1, "pageup": -PAGE, "pagedown": PAGE}
ENDS = {"home": False, "end": True}

# What an input method types between the letters of pinyin or instead of ASCII punctuation.
IGNORED = frozenset("，。、；：？！“”‘’（）【】《》…·｀～￥")


class Desk(Protocol):
    """Who listens to the box. Every call returns before the next key is read."""

    def ready(self) -> bool:
        """Whether there is a roster to act on; until then the box only takes text and keeps every other key."""

    def typed(self, text: str) -> None:
        """The text in the box is now this."""

    def entered(self, text: str) -> bool:
        """Enter with this text (perhaps empty). False: nobody was marked, the text stays, selected."""

    def stepped(self, step: int) -> None:
        """An arrow: so many rows down."""

    def went_to_end(self, *, last: bool) -> bool:
        """Home or End. Whether they went to the first or last line; False: they are for the text."""

    def opened_bar(self) -> bool:
        """→ at the end of the box. Whether the action bar opened."""

    def bar_digit(self, digit: str) -> None:
        """A digit was typed into the action bar ('' takes it away)."""

    def bar_entered(self, digit: str) -> None:
        """Enter on the action bar."""

    def closed_bar(self) -> None:
        """The action bar was left."""

    def escaped(self, has_text: bool) -> bool:
        """Esc without an open bar: whether something was left. False lets the box drop its text."""

    def spaced(self) -> bool:
        """Space on the empty box. Whether it meant something (roll-call: absent)."""

    def commanded(self, command_id: str) -> None:
        """A key of the command table."""

    def chinese(self) -> None:
        """The first Chinese text of this start."""


class CheckInBox(Input):
    """One line of input that hands everything on at once and gives the keyboard to nobody else."""

    desk: Desk  # from `serve` on

    def __init__(self, keys: Mapping[str, str], *, id: str | None = None) -> None:
        """`keys`: key -> command id."""
        self._told = ""  # the text the desk knows of
        self._dropped = ""  # the text Esc took away
        super().__init__(
            id=id, select_on_focus=False, compact=True, placeholder=_("Name, initials or code - or scan a badge")
        )
        self.cursor_blink = False
        self.keys = keys
        self._refused = False  # the text is one that marked nobody, not touched since
        self._guard = EnterGuard()
        self._bar: str | None = None
        self._seen_chinese = False
        self._served = False
        self._held: list[events.Key] = []  # from the first key on that is no text, until there is a roster

    # ------------------------------------------------------------------------------------------------ for the screen

    def serve(self, desk: Desk) -> None:
        """Hand everything on to this desk from now on, first of all what was typed so far."""
        self.desk, self._served = desk, True
        self.release()

    @property
    def bar_is_open(self) -> bool:
        """Whether digits go to the action bar."""
        return self._bar is not None

    def close_bar(self) -> None:
        """Leave the action bar."""
        if self._bar is not None:
            self._bar = None
            self.desk.closed_bar()

    def put(self, text: str) -> None:
        """Set the text, with the cursor at its end."""
        self._set(text)

    def release(self) -> None:
        """The roster is there: what was pressed before it came takes effect, in order."""
        held, self._held = self._held, []
        for event in held:
            (self.app.focused or self.app.screen)._forward_event(event)  # one of them may have opened something

    def feed(self, characters: str) -> None:
        """Type these as if they had come from the keyboard ('\\n' is Enter): what a dialog had no field for."""
        for character in characters:
            if character == "\n":
                self._submit(monotonic())
            elif character.isprintable():
                self._type(character)

    # ----------------------------------------------------------------------------------------------------------- keys

    def _forward_event(self, event: events.Event) -> None:
        if not (isinstance(event, events.Key) and self.take_key(event)):
            super()._forward_event(event)

    def take_key(self, event: events.Key) -> bool:
        """Act on a key; False for one that means nothing here."""
        if not self._served:
            self._held.append(event)
            return True
        key = event.key
        if not self.desk.ready() and (self._held or not (event.is_printable or key == "backspace")):
            self._held.append(event)
            return True
        if key in SUBMIT_KEYS:
            self._submit(event.time)
        elif event.is_printable and event.character is not None:
            self._type(event.character)
        elif key in STEPS:
            self._step(key)
        elif key == "escape":
            self._escape()
        elif key == "right" and self._bar is None and self.cursor_at_end and self.desk.opened_bar():
            self._bar = ""
        elif key in self.keys:
            self.close_bar()
            self.desk.commanded(self.keys[key])
        elif key in ENDS and self.desk.went_to_end(last=ENDS[key]):
            self.close_bar()
        elif self._bar is not None and key in ("backspace", "left", "right"):
            self._edit_bar(key)
        else:
            return self._edit(key)
        return True

    def _edit(self, key: str) -> bool:
        """The editing keys of the input, done at once: in a queue of their own later letters would overtake them."""
        found = self._bindings.key_to_bindings.get(key, ())
        for binding in found:
            self.close_bar()
            _namespace, name, values = actions.parse(binding.action)
            try:
                getattr(self, f"action_{name}")(*values)
            except actions.SkipAction:
                continue
            self._refused = False
        return bool(found)

    def _edit_bar(self, key: str) -> None:
        if key == "backspace" and self._bar:
            self._bar = ""
            self.desk.bar_digit("")
        elif key != "right":
            self.close_bar()

    def _submit(self, at: float) -> None:
        """Enter at `at` (seconds of the steady clock that stamps key events)."""
        now = round(at * 1000)
        if self._bar is not None:
            if digit := self._bar:
                self.close_bar()
                self.desk.bar_entered(digit)
            return
        text = self.value
        if not text.strip() or self._refused:
            if self._guard.ignores(now):
                return
            if not text.strip():
                self.desk.entered("")
                return
        self._guard.submitted(now)
        self._dropped = ""
        if self.desk.entered(text):
            self._set("")
        else:
            self.give_back(text)

    def give_back(self, text: str) -> None:
        """Nobody was marked by this text: it stays, selected, and the next letter takes its place."""
        if self.value in ("", text):
            self._set(text)
            self.selection = Selection(0, len(text))
            self._refused = True

    def _type(self, character: str) -> None:
        character = unicodedata.normalize("NFKC", character) if character not in IGNORED else ""
        if self._bar is not None:
            if not self._bar and character.isdecimal() and len(character) == 1:
                self._bar = character
                self.desk.bar_digit(character)
                return
            # Anything longer than one digit is a scan or a search: it takes the place of the text.
            character, self._bar = self._bar + character, None
            self.desk.closed_bar()
            self._set("")
        character = clean(character) or (" " if character.isspace() else "")
        if character == " " and not self.value.strip():
            self.desk.spaced()
            return
        if not character:
            return
        start, end = sorted(self.selection)
        value = self.value[:start] + character + self.value[end:]
        if len(value) > LONGEST:
            return
        self._set(value, start + len(character))
        if not self._seen_chinese and any("\u4e00" <= letter <= "\u9fff" for letter in character):
            self._seen_chinese = True
            self.desk.chinese()

    def _set(self, value: str, cursor: int | None = None) -> None:
        self._refused = False
        changed, self._told = value != self._told, value
        self.value = value
        self.selection = Selection.cursor(len(value) if cursor is None else cursor)
        if changed:
            self.desk.typed(value)

    def _step(self, key: str) -> None:
        self._guard.arrow()
        self.close_bar()
        if key == "up" and not self.value and self._dropped:
            text, self._dropped = self._dropped, ""
            self._set(text)
        else:
            self.desk.stepped(STEPS[key])

    def _escape(self) -> None:
        if self._bar is not None:
            self.close_bar()
        elif not self.desk.escaped(bool(self.value)) and self.value:
            self._dropped = self.value
            self._set("")

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        lines = (clean(line[:LONGEST]) for line in event.text.splitlines())
        text = next((line for line in lines if line), "")
        for character in text:
            self._type(character)

    # ------------------------------------------------------------------------------------------------------- editing

    def _watch_value(self, value: str) -> None:
        super()._watch_value(value)
        if value != self._told:  # by an editing key of the input itself
            self._told = value
            self.desk.typed(value)
