"""A person's particulars: somebody new, or an edit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.types import CSSPathType
from textual.widgets import Input

from checkin_tui import words
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.imports import CODE_LIMIT, NAME_LIMIT
from checkin_tui.domain.people import Member, Membership
from checkin_tui.domain.requests import AddMember, EditMember
from checkin_tui.i18n import _
from checkin_tui.tui.screens.form import Choice, Field, FormDialog, Row

_PINYIN = re.compile(r"[a-zü]+([ '-][a-zü]+)*", re.IGNORECASE)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PersonValues:
    """The form as it was saved; every text is clean. joined None: by the rule for a blank *joined*."""

    name: str
    code: str = ""
    branch: str = ""
    title: str = ""
    rank: str = ""
    leader: bool = False
    phone: str = ""
    joined: date | None = None
    left: date | None = None
    pinyin: str = ""
    guest: bool = False

    def as_add(self, uid: UUID, made: Millis) -> AddMember:
        """The request for somebody new."""
        return AddMember(
            uid=uid, made=made, name=self.name, code=self.code, branch=self.branch, title=self.title, rank=self.rank,
            leader=self.leader, phone=self.phone, joined=self.joined, left=self.left, guest=self.guest,
            pinyin=self.pinyin,
        )  # fmt: skip

    def as_edit(self, member: Member, today: date, uid: UUID, made: Millis) -> EditMember | None:
        """The request that makes `member` what the form says: only what differs. None when nothing does."""
        old = values_of(member, today)

        def changed(field: str) -> str | None:
            new = str(getattr(self, field))
            return None if new == getattr(old, field) else new

        request = EditMember(
            uid=uid,
            made=made,
            member_id=member.id,
            code=(changed("code") or None),
            name=changed("name"),
            branch=changed("branch"),
            title=changed("title"),
            rank=changed("rank"),
            leader=None if self.leader == old.leader else self.leader,
            phone=changed("phone"),
            joined=None if self.joined == old.joined else self.joined,
            left=None if self.left == old.left else self.left,
            left_open=old.left is not None and self.left is None,
            pinyin=changed("pinyin"),
        )
        return None if request == EditMember(uid=uid, made=made, member_id=member.id) else request


def current_place(member: Member, today: date) -> Membership | None:
    """The membership of today, else the nearest one known."""
    return member.membership_on(today) or (member.memberships[-1] if member.memberships else None)


def values_of(member: Member, today: date) -> PersonValues:
    """A member as the form shows them. *Left* is the last day, so one before the membership ends."""
    place = current_place(member, today)
    until = member.memberships[-1].until if member.memberships else None
    return PersonValues(
        name=member.name,
        code=member.code,
        branch=place.branch if place else "",
        title=member.title,
        rank=member.rank,
        leader=bool(place and place.leader),
        phone=member.phone,
        joined=member.memberships[0].first if member.memberships else None,
        left=until - _DAY if until else None,
        pinyin=member.pinyin,
        guest=member.guest,
    )


class PersonForm(FormDialog[PersonValues]):
    """Add or edit a person.

    codes: every code in use -> the name it belongs to. name: what to begin with for somebody new.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "person.tcss"]

    def __init__(
        self,
        member: Member | None,
        branches: Sequence[str],
        codes: Mapping[str, str],
        *,
        today: date,
        name: str = "",
    ) -> None:
        super().__init__(_("Person") if member else _("New person"))
        self._member, self._branches, self._codes = member, branches, codes
        self._old = values_of(member, today) if member else PersonValues(name=name)

    def compose_body(self) -> ComposeResult:
        """The fields, those needed most first."""
        old = self._old
        yield Row(_("Name"), Field("name", old.name, first=True))
        code_hint = "" if self._member else _("blank: one is made")
        yield Row(_("Code"), Field("code", old.code, placeholder=code_hint))
        yield Row(
            _("Branch"), Field("branch", old.branch, suggest=self._branches, placeholder=_("type, → takes the offer"))
        )
        if self._member is None:
            kinds = (("member", _("member")), ("guest", _("guest, counted apart")))
            yield Row(_("Counts as"), Choice("kind", kinds, "guest" if old.guest else "member"))
        yield Row(_("Title"), Field("title", old.title))
        yield Row(_("Rank"), Field("rank", old.rank))
        yield Row(_("Leader"), Choice("leader", (("no", _("no")), ("yes", _("yes"))), "yes" if old.leader else "no"))
        yield Row(_("Phone"), Field("phone", old.phone))
        blank = "" if self._member else _("blank: from the program's first open day on")
        yield Row(_("Joined"), Field("joined", _day(old.joined), placeholder=blank))
        yield Row(_("Last day"), Field("left", _day(old.left), placeholder=_("blank: still here")))
        yield Row(_("Pinyin"), Field("pinyin", old.pinyin, placeholder=_("only where the name is read otherwise")))

    @on(Input.Changed, "#branch")
    def tell_new_branch(self, event: Input.Changed) -> None:
        """A branch nobody belongs to yet is made: a slip of the pen should be seen."""
        event.stop()
        self.remark_new_branch("branch", self._branches)

    def read(self) -> PersonValues | None:
        """The values, when they can be kept."""
        name, code, pinyin = (self.field(part).text for part in ("name", "code", "pinyin"))
        joined, left = self.day("joined"), self.day("left")
        if not name:
            self.complain("name", words.sentence("name_needed", {}))
        elif len(name) > NAME_LIMIT:
            self.complain("name", words.sentence("name_too_long", {"limit": NAME_LIMIT}))
        self._check_code(code)
        if joined and left and left < joined:
            self.complain("left", words.sentence("date_order", {"first": joined, "last": left}))
        if pinyin and not _PINYIN.fullmatch(pinyin):
            self.complain("pinyin", words.sentence("bad_pinyin", {}))
        if self.query(".remark.trouble"):
            return None
        return PersonValues(
            name=name,
            code=code,
            branch=self.field("branch").text,
            title=self.field("title").text,
            rank=self.field("rank").text,
            leader=self.choice("leader").value == "yes",
            phone=self.field("phone").text,
            joined=joined,
            left=left,
            pinyin=pinyin,
            guest=self._old.guest if self._member else self.choice("kind").value == "guest",
        )

    def _check_code(self, code: str) -> None:
        owner = self._codes.get(code)
        if self._member and not code:
            self.complain("code", words.sentence("code_needed", {}))
        elif " " in code:
            self.complain("code", words.sentence("bad_code", {}))
        elif len(code) > CODE_LIMIT:
            self.complain("code", words.sentence("code_too_long", {"limit": CODE_LIMIT}))
        elif code and code != self._old.code and owner is not None:
            self.complain("code", words.sentence("code_taken", {"code": code, "name": owner}))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
