"""Help: the keys and commands, as the table of commands has them, and what Enter does, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.types import CSSPathType
from textual.widgets import Static

from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.page import Page


class HelpLine(NamedTuple):
    """One command as help shows it. keys: as people write them; bar: its digit in the action bar ('' has none)."""

    keys: str
    bar: str
    label: str
    help: str


HelpGroup = tuple[str, Sequence[HelpLine]]


def enter_rules() -> tuple[str, ...]:
    """What the box does, for somebody who has never seen it."""
    return (
        _("Type a few letters of a name or its initials, a code, or scan a badge, and press Enter."),
        _("Enter takes a code, the only one found, or the one whose name or initials you typed in full."),
        _("With several found nobody is marked: type more, or choose with ↑ ↓ and press Enter. Space means and."),
        _("A number that is nobody's code marks nobody. Enter on the empty box does nothing."),
        _("→ at the end of the box opens the action bar: a digit and Enter. → on the empty box is for the register."),
        _("Offers are taken by → 1 Enter, never by Enter alone. Esc leaves what is passing and keeps your text."),
        _("A scan while a dialog is open waits and goes to the box afterwards; in a text field it is text."),
    )


class HelpScreen(Page):
    """Made from records, so that it cannot say anything else than the keys do."""

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "help.tcss"]

    def __init__(self, groups: Iterable[HelpGroup]) -> None:
        super().__init__(_("Help"))
        self._groups = tuple(groups)

    def compose_body(self) -> ComposeResult:
        """The rules first, then every command under its heading."""
        for rule in enter_rules():
            yield Static(content(f"- {rule}"))
        for heading, lines in self._groups:
            yield Static(content(heading), classes="section")
            for line in lines:
                with Horizontal(classes="command"):
                    yield Static(content(line.keys), classes="keys")
                    yield Static(content(f"→ {line.bar}" if line.bar else ""), classes="bar")
                    yield Static(content(f"{line.label}: {line.help}" if line.help else line.label), classes="what")
