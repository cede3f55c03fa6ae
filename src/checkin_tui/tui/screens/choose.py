"""Choosing from a list by a few letters: the palette of commands, the branches for a roll-call, the themes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.content import Content
from textual.types import CSSPathType

from checkin_tui.domain.text import fold_text
from checkin_tui.i18n import _
from checkin_tui.tui.safe import brief, cells, content
from checkin_tui.tui.screens.dialog import Part
from checkin_tui.tui.screens.found_lines import FoundLines, top_of
from checkin_tui.tui.widgets.box import LONGEST
from checkin_tui.tui.widgets.lines import Line


class Choice(NamedTuple):
    """One entry. about: a few words behind the label. off: why it cannot be chosen now, '' when it can."""

    id: str
    label: str
    about: str = ""
    off: str = ""


class Lines(Part, Line, can_focus=True):
    """The entries that match, one a line, with a window around the highlighted one."""

    def draw(self, value: tuple[tuple[Choice, ...], int], width: int) -> Content:
        """What fits."""
        choices, at = value
        height = max(1, self.size.height)
        top = top_of(at, len(choices), height)
        lines = []
        for number, choice in enumerate(choices[top : top + height], top):
            sign = "> " if number == at else "  "
            label = brief(choice.label, width - 2)
            about = choice.off or choice.about
            room = width - 2 - cells(label) - 2
            line = Content(sign) + content(label, "bold" if number == at else "")
            if about and room > 8:
                line += Content("  ") + content(brief(about, room), "dim")
            lines.append(line.stylize("reverse") if number == at else line)
        return Content("\n").join(lines or [Content(_("Nothing matches."))])


def _begin_words(terms: Sequence[str], text: str) -> bool:
    """Whether each of the terms begins a word of the text."""
    folded = " " + fold_text(text)
    return all(f" {term}" in folded for term in terms)


class Choose(FoundLines[str]):
    """Ends with the id of the entry. Letters filter; a scan is recognised, not obeyed, and goes to the box."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "choose.tcss"]

    def __init__(self, heading: str, choices: Sequence[Choice], is_code: Callable[[str], bool], at: int = 0) -> None:
        """`at`: which entry is highlighted at first. One that is off can be taken all the same, to be told why."""
        super().__init__(heading, Lines(), at)
        self._all = tuple(choices)
        self._is_code = is_code

    def compose_body(self) -> ComposeResult:
        """The text, then the entries."""
        yield self._line
        yield self._lines

    def opened(self) -> None:
        """Everything is there at first."""
        self._lines.styles.height = min(len(self._all), max(3, self.app.size.height - 9))
        self._show()

    def hint(self) -> str:
        """The keys."""
        return _("Type to find · ↑ ↓ choose · Enter takes it · Esc leave")

    def _matching(self) -> tuple[Choice, ...]:
        terms = fold_text(self._text).split()
        found = [choice for choice in self._all if _begin_words(terms, f"{choice.label} {choice.about}")]
        whole = " ".join(terms)

        def rank(choice: Choice) -> tuple[bool, ...]:
            label = fold_text(choice.label)
            return label != whole, not label.startswith(whole), not _begin_words(terms, label)

        return tuple(sorted(found, key=rank))

    def _is_answer(self, choice: Choice) -> bool:
        """Whether the text means this entry and is no scan: no code, and digits only where its label has them."""
        digits = [term for term in fold_text(self._text).split() if any(letter.isdigit() for letter in term)]
        return not self._is_code(self._text) and _begin_words(digits, choice.label)

    def _show(self) -> None:
        self._line.show(self._text)
        matching = self._matching()
        self._at = max(0, min(self._at, len(matching) - 1))
        self._lines.show((matching, self._at))

    def take_character(self, character: str, fresh: bool) -> bool:
        """A letter filters."""
        self._text = (self._text + character)[:LONGEST]
        self._at = 0
        self._show()
        return True

    def take_end(self, key: str, fresh: bool) -> bool:
        """Enter takes the highlighted entry. A code, or a text that is no entry, is a scan: it goes to the box."""
        matching = self._matching()
        if self._text and not (matching and self._is_answer(matching[self._at])):
            self.backlog.extend([*self._text, "\n"])
            self.finish(None)
        elif matching and key == "enter":
            self.finish(matching[self._at].id)
        return True
