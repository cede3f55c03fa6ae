"""A member moves to another branch from a date on; past sessions keep the old one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from checkin_tui import words
from checkin_tui.domain.people import Member
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.form import Choice, Field, FormDialog, Row
from checkin_tui.tui.screens.person import current_place


@dataclass(frozen=True, slots=True)
class Transfer:
    """The new place, from `since` on."""

    branch: str
    leader: bool
    since: date


class TransferForm(FormDialog[Transfer]):
    """Ends with the new place; the same branch from the same day on is refused."""

    def __init__(self, member: Member, branches: Sequence[str], *, today: date) -> None:
        super().__init__(_("Move to another branch"))
        self._member, self._branches, self._today = member, branches, today
        self._place = current_place(member, today)

    def compose_body(self) -> ComposeResult:
        """Who, from where, to where and when."""
        branch = self._place.branch if self._place else ""
        about = _("{name} · now in {branch}") if branch else "{name}"
        yield Static(content(about.format(name=self._member.name, branch=branch)), classes="quiet")
        hint = _("type, → takes the offer")
        yield Row(_("New branch"), Field("branch", suggest=self._branches, placeholder=hint, first=True))
        leads = "yes" if self._place and self._place.leader else "no"
        yield Row(_("Leader there"), Choice("leader", (("no", _("no")), ("yes", _("yes"))), leads))
        yield Row(_("From"), Field("since", self._today.isoformat()))

    def save_label(self) -> str:
        """What it does."""
        return _("Move")

    def hint(self) -> str:
        """The keys."""
        return _("Enter next, on Move it moves · Esc leave · A scan is text here.")

    @on(Input.Changed, "#branch")
    def tell_new_branch(self, event: Input.Changed) -> None:
        """Say when the branch is a new one."""
        event.stop()
        self.remark_new_branch("branch", self._branches)

    def read(self) -> Transfer | None:
        """The new place, when it is one."""
        branch, since = self.field("branch").text, self.day("since")
        leader = self.choice("leader").value == "yes"
        if not branch:
            self.complain("branch", words.sentence("branch_needed", {}))
        elif self._place and (branch, leader) == (self._place.branch, self._place.leader):
            self.complain("branch", words.sentence("same_branch", {"name": self._member.name, "branch": branch}))
        first = self._member.memberships[0].first if self._member.memberships else None
        if since is None and not self.field("since").text:
            self.complain("since", words.sentence("date_needed", {}))
        elif since and first and since < first:
            self.complain("since", words.sentence("date_order", {"first": first, "last": since}))
        if since is None or self.query(".remark.trouble"):
            return None
        return Transfer(branch, leader, since)
