"""The notebook desk: the box and the rules of the check-in desk, and Enter means that the notebook was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from checkin_tui.i18n import _
from checkin_tui.tui.commands import View
from checkin_tui.tui.screens.people_screen import PeopleScreen
from checkin_tui.tui.widgets.note_counts import NoteCountsLine

if TYPE_CHECKING:
    from collections.abc import Callable

MORE = ("note.write",)


class NotebookScreen(PeopleScreen):
    """Enter, or a scan, is a notebook seen."""

    VIEW: ClassVar[View] = View.NOTEBOOK

    def make_counts(self) -> NoteCountsLine:
        """The notes instead of the people."""
        return NoteCountsLine(id="counts")

    def make_parts(self) -> None:
        """The list with its notes, and hands that see notebooks."""
        from checkin_tui.tui.desk.notebooks import NotebookHands, WholeBranch
        from checkin_tui.tui.widgets.columns import Layout

        self.make_list(Layout.NOTEBOOKS)
        self.hands = NotebookHands(self)
        self.whole_branch = WholeBranch(self)

    def show_figures(self) -> None:
        """How many notes are there, and how many are owed."""
        self.counts_line.show(None if self.register is None else self.register.model.note_counts)

    def own_commands(self) -> dict[str, Callable[[], object]]:
        """A branch at once."""
        return {"note.branch": self.whole_branch.choose}

    def hints(self) -> tuple[tuple[str, str], ...]:
        """The keys worth knowing now."""
        return self.dispatch.hints(_("notebook seen"), MORE)
