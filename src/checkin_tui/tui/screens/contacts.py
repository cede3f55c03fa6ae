"""Whom to call at a branch, by hand."""

from __future__ import annotations

from typing import NamedTuple

from textual.app import ComposeResult
from textual.widgets import Static

from checkin_tui import words
from checkin_tui.domain.imports import TEXT_TOO_LONG, text_too_long
from checkin_tui.domain.people import Branch
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.form import Field, FormDialog, Row
from checkin_tui.words.importing import field_word


class ContactValues(NamedTuple):
    """What the form says."""

    contact: str
    phone: str


class ContactForm(FormDialog[ContactValues]):
    """Contact and telephone of one branch. A field left blank takes away what was there."""

    def __init__(self, branch: Branch) -> None:
        super().__init__(_("Contact of {branch}").format(branch=branch.name))
        self._branch = branch

    def compose_body(self) -> ComposeResult:
        """Both."""
        yield Static(content(_("Whom to call when notes or people are missing.")), classes="quiet")
        yield Row(_("Contact"), Field("contact", self._branch.contact, first=True, select=True))
        yield Row(_("Phone"), Field("phone", self._branch.phone))

    def read(self) -> ContactValues | None:
        """What is too long stays in the form."""
        values = ContactValues(self.field("contact").text, self.field("phone").text)
        for name, text in zip(ContactValues._fields, values, strict=True):
            if (why := text_too_long(field_word(name), text)) is not None:
                self.complain(name, words.sentence(TEXT_TOO_LONG, why))
                return None
        return values
