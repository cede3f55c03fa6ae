"""Somebody at the door who is not on the list: a name, a branch, Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from checkin_tui import words
from checkin_tui.domain.imports import NAME_LIMIT
from checkin_tui.i18n import _
from checkin_tui.tui.screens.form import Choice, Field, FormDialog, Row


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Who came. guest: of today, counted apart from the members."""

    name: str
    branch: str
    guest: bool


class WalkInForm(FormDialog[WalkIn]):
    """The quick form, which begins with what stood in the box."""

    def __init__(self, typed: str, branches: Sequence[str]) -> None:
        super().__init__(_("Not on the list: add"))
        self._typed, self._branches = typed, branches

    def compose_body(self) -> ComposeResult:
        """Name, branch, and as what the person counts."""
        yield Row(_("Name"), Field("name", self._typed, first=True))
        yield Row(_("Branch"), Field("branch", suggest=self._branches, placeholder=_("type, → takes the offer")))
        kinds = (("member", _("member")), ("guest", _("guest of today")))
        yield Row(_("Counts as"), Choice("kind", kinds, "member"))

    def save_label(self) -> str:
        """What it does."""
        return _("Add")

    def hint(self) -> str:
        """The keys."""
        return _("Enter next · Space chooses · Esc leave · A scan is text here.")

    @on(Input.Changed, "#branch")
    def tell_new_branch(self, event: Input.Changed) -> None:
        """Say when the branch is a new one."""
        event.stop()
        self.remark_new_branch("branch", self._branches)

    def read(self) -> WalkIn | None:
        """The values, once there is a name."""
        name = self.field("name").text
        if not name:
            self.complain("name", words.sentence("name_needed", {}))
            return None
        if len(name) > NAME_LIMIT:
            self.complain("name", words.sentence("name_too_long", {"limit": NAME_LIMIT}))
            return None
        return WalkIn(name, self.field("branch").text, self.choice("kind").value == "guest")
