"""The steps of an import: what each is called, its part of the page, its buttons and its keys."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from checkin_tui.i18n import _

CLOSE: Final = "cancel"
"""The id by which forms know the button that only leaves: here it goes back where there is a step before."""


class Step(Enum):
    """The value: its number, the id of its part, and the id of what has the keyboard at first."""

    FILE = (1, "step-file", "path")
    PASTE = (2, "list", "list")
    FOUND = (3, "step-found", "next")
    PREVIEW = (4, "step-preview", "lines")
    DOUBT = (5, "step-doubt", "answers")
    DONE = (6, "step-preview", CLOSE)

    @property
    def page(self) -> str:
        """The id of its part."""
        return self.value[1]

    @property
    def first(self) -> str:
        """The id of what has the keyboard at first."""
        return self.value[2]

    @property
    def title(self) -> str:
        """In plain words."""
        return {
            Step.FILE: _("1 of 3: which file"),
            Step.PASTE: _("1 of 3: the list"),
            Step.FOUND: _("2 of 3: what was found in it"),
            Step.PREVIEW: _("3 of 3: what would become of it"),
            Step.DOUBT: _("3 of 3: who is this"),
            Step.DONE: _("done"),
        }[self]

    @property
    def labels(self) -> Mapping[str, str]:
        """Button -> what it says; one that is not named is not there."""
        return {
            Step.FILE: {"next": _("Go on"), "paste": _("Paste a list"), CLOSE: _("Close")},
            Step.PASTE: {"next": _("Go on"), CLOSE: _("Back")},
            Step.FOUND: {"next": _("Go on"), CLOSE: _("Back")},
            Step.PREVIEW: {"next": _("Import"), CLOSE: _("Back")},
            Step.DOUBT: {CLOSE: _("Back")},
            Step.DONE: {"undo": _("Undo the import"), CLOSE: _("Close")},
        }[self]

    @property
    def hint(self) -> str:
        """The keys."""
        return {
            Step.FILE: _("↑ ↓ choose · Enter opens it, or goes on · Esc leave · A scan is text here."),
            Step.PASTE: _("A line for each · Tab, or ↓ at the end, goes on · Esc back · A scan is text."),
            Step.FOUND: _("Enter goes on · ↑ ↓ to change something, there ← → · Esc back"),
            Step.PREVIEW: _("↑ ↓ · ← → which lines · Enter says who a doubtful one is · Esc back"),
            Step.DOUBT: _("↑ ↓ choose · Enter takes it · Esc back without an answer"),
            Step.DONE: _("↑ ↓ to the buttons and the lines · Esc leave"),
        }[self]


BACK: Final = {
    Step.PASTE: Step.FILE,
    Step.FOUND: Step.FILE,
    Step.PREVIEW: Step.FOUND,
    Step.DOUBT: Step.PREVIEW,
}
"""Where Esc goes to; from the others it leaves."""
