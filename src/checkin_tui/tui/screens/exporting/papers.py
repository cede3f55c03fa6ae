"""The forms of the single papers: what each lets choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from checkin_tui.domain.badges import LABELS, BadgeAsk, BadgeKind
from checkin_tui.domain.papers import BoardAsk, SheetAsk, SheetOrder
from checkin_tui.domain.register import Choice as Part
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.i18n import _
from checkin_tui.interchange.orders import Ask, Paper, RegisterAsk, ReportAsk
from checkin_tui.tui.screens.exporting.form import ALL, ExportForm, Facts
from checkin_tui.tui.screens.form import Choice, Field, Row

NO: Final = "no"
YES: Final = "yes"
ONE: Final = "one"
MOST_BLANK: Final = 1_000


class RegisterForm(ExportForm):
    """The register."""

    PAPER: ClassVar[Paper] = Paper.REGISTER

    def options(self) -> Sequence[Row]:
        """All sessions or one; what they add up to, or every event."""
        what = [(NO, _("who was there")), (YES, _("every event"))]
        return (
            self.sessions_row((ALL, _("all")), first=None),
            Row(_("What"), Choice("long", what, NO)),
        )

    def ask(self) -> Ask | None:
        """As chosen."""
        key = self.session()
        return RegisterAsk(Part(() if key is None else (key,)), self.choice("long").value == YES)

    def about(self) -> str:
        """The session, where it is of one; else today."""
        key = self.session()
        return super().about() if key is None else str(key)


class SheetForm(ExportForm):
    """The sign-in sheet; there is a session."""

    PAPER: ClassVar[Paper] = Paper.SHEET

    def options(self) -> Sequence[Row]:
        """Of which session, whom, and how."""
        orders = [
            (SheetOrder.BRANCH.value, _("branch")),
            (SheetOrder.NAME.value, _("name")),
            (SheetOrder.CODE.value, _("code")),
        ]
        return (
            self.sessions_row(first=_next_session(self.facts)),
            *self.branches_rows(),
            Row(_("Order"), Choice("order", orders, SheetOrder.BRANCH.value)),
            Row(_("Empty lines"), Field("blank", "10")),
        )

    def ask(self) -> Ask | None:
        """As chosen."""
        blank = self.number("blank", 0, MOST_BLANK)
        return SheetAsk(self.session(), blank, self.branches(), SheetOrder(self.choice("order").value))

    def about(self) -> str:
        """The session."""
        return str(self.session())


class BadgesForm(ExportForm):
    """The badges, of everybody or of the person who was chosen on the desk."""

    PAPER: ClassVar[Paper] = Paper.BADGES

    def options(self) -> Sequence[Row]:
        """Whose, with which code, on which labels."""
        kinds = [(BadgeKind.QR.value, "QR"), (BadgeKind.CODE128.value, "Code 128")]
        person = self.facts.person
        whose = [] if person is None else [(ALL, _("everybody")), (ONE, person[1])]
        return (
            *([Row(_("Of"), Choice("whose", whose, ALL))] if whose else ()),
            *self.branches_rows(),
            Row(_("Code"), Choice("code", kinds, BadgeKind.QR.value)),
            Row(_("Labels"), Choice("labels", [(name, name) for name in LABELS], next(iter(LABELS)))),
            Row(_("Start at label"), Field("start", "1")),
        )

    def chosen(self) -> None:
        """One person is of whatever branch."""
        if self.facts.branches:
            self.row("branches").display = not self._only()

    def _only(self) -> tuple[str, ...]:
        """The code of the one person it is of, or nothing."""
        person = self.facts.person
        return () if person is None or self.choice("whose").value == ALL else (person[0],)

    def ask(self) -> Ask | None:
        """As chosen."""
        labels = self.choice("labels").value
        start = self.number("start", 1, LABELS[labels].places)
        only = self._only()
        return BadgeAsk(only, () if only else self.branches(), BadgeKind(self.choice("code").value), labels, start)


class OwesForm(ExportForm):
    """Who owes notes."""

    PAPER: ClassVar[Paper] = Paper.OWES

    def options(self) -> Sequence[Row]:
        """Of which session, or of all; whom; with telephones or not."""
        opened = [one.key for one in self.facts.held if one.opened is not None]
        first = self.facts.shown if self.facts.shown in opened else None
        phones = [(NO, _("without")), (YES, _("with"))]
        pages = [(NO, _("together")), (YES, _("a page each"))]
        return (
            self.sessions_row((ALL, _("the whole campaign")), first=first),
            *self.branches_rows(),
            Row(_("Telephones"), Choice("phones", phones, NO)),
            Row(_("Branches"), Choice("pages", pages, NO)),
        )

    def ask(self) -> Ask | None:
        """As chosen."""
        key = self.session()
        phones, pages = (self.choice(name).value == YES for name in ("phones", "pages"))
        return BoardAsk(key, key is None, self.branches(), phones, pages)

    def about(self) -> str:
        """The session, where it is of one; else today."""
        key = self.session()
        return super().about() if key is None else str(key)


class ReportForm(ExportForm):
    """The report of the program."""

    PAPER: ClassVar[Paper] = Paper.REPORT

    def options(self) -> Sequence[Row]:
        """With or without the appendix that names people."""
        names = [(NO, _("without")), (YES, _("with an appendix"))]
        return (Row(_("Names"), Choice("names", names, NO)),)

    def ask(self) -> Ask | None:
        """As chosen."""
        return ReportAsk(self.choice("names").value == YES)


FORMS: Final[dict[str, type[ExportForm]]] = {
    form.PAPER.value: form for form in (RegisterForm, SheetForm, BadgesForm, OwesForm, ReportForm)
}
"""The form of each paper, by what its command is called after `export.`."""


def _next_session(facts: Facts) -> SessionKey | None:
    """The session on the screen, else the first from today on."""
    keys = [one.key for one in facts.held]
    if facts.shown in keys:
        return facts.shown
    return next((key for key in keys if key.day >= facts.today), keys[-1] if keys else None)
