"""Dialogs answered by typing a few characters and Enter, without a field: a reason's digit, a bulk action's number.

The characters are collected when the program forwards them, so that what a scanner sends in the same burst is told
apart from the answer to the last key.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Generic

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import Dialog, T, TextPart

SHOWN = 24
"""Characters of the text in view."""


class TypedText(TextPart, Static, can_focus=True):
    """Shows what has been typed so far, after a prompt."""

    value: reactive[str] = reactive("", layout=True)

    def __init__(self, prompt: str, *, first: bool = False) -> None:
        super().__init__(id="typed", classes="first" if first else None)
        self._prompt = prompt

    def render(self) -> Content:
        """The prompt and the end of the text, with a place to go on."""
        return content(f"{self._prompt} {self.value[-SHOWN:]}") + Content.styled("_", "bold")


class TypedDialog(Dialog[T], Generic[T]):
    """A dialog whose `TypedText`, while it has the keyboard, gets the printable keys; Enter asks `answer`."""

    @abstractmethod
    def answer(self, typed: str) -> None:
        """Enter was pressed on `typed`."""

    def on_typed(self, typed: str) -> None:
        """The text changed."""

    def scan_ended(self, typed: str) -> None:
        """Tab or line feed came right behind `typed`: no person's answer."""

    def _typing(self) -> TypedText | None:
        return self.focused if isinstance(self.focused, TypedText) else None

    def take_character(self, character: str, fresh: bool) -> bool:
        """Collect it."""
        place = self._typing()
        if place is None:
            return super().take_character(character, fresh)
        self.retype(place.value + character)
        return True

    def take_key(self, event: events.Key) -> bool:
        """Backspace takes the last character away."""
        place = self._typing()
        if place is not None and event.key == "backspace":
            self.retype(place.value[:-1])
            return True
        return super().take_key(event)

    def take_end(self, key: str, fresh: bool) -> bool:
        """Enter on the text asks (without any, only a fresh one); a fresh Tab walks on."""
        place = self._typing()
        if place is None:
            return super().take_end(key, fresh)
        if key == "enter" and (place.value or fresh):
            self.answer(place.value)
        elif key != "enter" and not fresh:
            self.scan_ended(place.value)
        return key != "tab" or not fresh

    def retype(self, text: str) -> None:
        """Make the text `text`."""
        self.query_one(TypedText).value = text
        self.on_typed(text)
