"""A session's particulars: what it is about, who lectures, who is invited, when. An edit, or one more session."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.types import CSSPathType
from textual.widgets import Input, Static

from checkin_tui import words
from checkin_tui.domain.calendar import local, parse_hours
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.people import Branch
from checkin_tui.domain.presenters import Candidate, Presenters
from checkin_tui.domain.requests import EditSession, PlanSessions
from checkin_tui.domain.sessions import AudienceKind, Session, SessionKind, SessionState
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.form import Choice, Field, FormDialog, Row
from checkin_tui.tui.screens.long_choices import OneOfMany, Ticks


@dataclass(frozen=True, slots=True)
class SessionValues:
    """The form as it was saved; every text is clean. branches: names. day: of a new session."""

    topic: str = ""
    kind: SessionKind = SessionKind.STUDY
    presenter: str = ""
    audience: AudienceKind = AudienceKind.ALL
    branches: tuple[str, ...] = ()
    hours: tuple[time, time] | None = None
    day: date | None = None

    def as_plan(self, uid: UUID, made: Millis) -> PlanSessions:
        """The request for a new session, also on a day that has one already."""
        assert self.day is not None
        return PlanSessions(
            uid=uid, made=made, days=(self.day,), hours=self.hours, topic=self.topic, kind=self.kind, again=True,
            presenter=self.presenter, audience=self.audience, branches=self.branches,
        )  # fmt: skip

    def as_edit(self, session: Session, old: SessionValues, uid: UUID, made: Millis) -> EditSession | None:
        """The request that makes `session`, which was as `old` says, what the form says: only what differs, or None."""
        invited = (self.audience, self.branches) != (old.audience, old.branches)
        request = EditSession(
            uid=uid,
            made=made,
            session_id=session.id,
            topic=None if self.topic == old.topic else self.topic,
            kind=None if self.kind == old.kind else self.kind,
            presenter=None if self.presenter == old.presenter else self.presenter,
            audience=self.audience if invited else None,
            branches=self.branches if invited else (),
            hours=None if self.hours == old.hours else self.hours,
        )
        return None if request == EditSession(uid=uid, made=made, session_id=session.id) else request


def session_values(session: Session, branches: Sequence[Branch], zone: str) -> SessionValues:
    """A session as the form shows it."""
    hours = local(session.starts, zone).time(), local(session.ends, zone).time()
    invited = tuple(branch.name for branch in branches if branch.id in session.audience.branch_ids)
    return SessionValues(
        session.topic, session.kind, session.presenter, session.audience.kind, invited, hours, session.key.day
    )


class SessionForm(FormDialog[SessionValues]):
    """Edit a session, or (None) plan one more.

    start: what the form begins with. people: everybody who may lecture. branches: names. held: days that have a
    session already, where a new one needs hours of its own. within: the first and last date of the program.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "session_form.tcss"]

    def __init__(
        self,
        session: Session | None,
        start: SessionValues,
        *,
        people: Sequence[Candidate],
        branches: Sequence[str],
        held: Collection[date] = (),
        within: tuple[date, date] | None = None,
    ) -> None:
        heading = _("One more session") if session is None else _("Session {key}").format(key=session.key)
        super().__init__(heading)
        self._session, self._start, self._held, self._within = session, start, held, within
        self._people, self._branches = people, branches
        self._presenters = Presenters(people)
        state = SessionState.PLANNED if session is None else session.state
        self._timed = state is SessionState.PLANNED
        self._inviting = state in (SessionState.PLANNED, SessionState.OPEN)

    def compose_body(self) -> ComposeResult:
        """The fields that may be changed in the state the session is in."""
        old, fixed = self._start, self._fixed()
        if fixed:
            yield Static(content(fixed), classes="quiet")
        if self._session is None:
            day = "" if old.day is None else old.day.isoformat()
            yield Row(_("Date"), Field("day", day, first=True, select=True))
        if self._timed:
            hours = "" if old.hours is None else words.hours_text(*old.hours)
            yield Row(_("Hours"), Field("hours", hours, first=self._session is not None, select=True))
        yield Row(_("Topic"), Field("topic", old.topic, first=not self._timed))
        kinds = [(kind.value, words.kind_word(kind)) for kind in SessionKind]
        yield Row(_("Kind"), OneOfMany("kind", kinds, old.kind.value))
        offers = [text for one in self._people for text in (one.name, one.code)]
        hint = _("a member's name or code, or any name")
        yield Row(_("Presenter"), Field("presenter", old.presenter, suggest=offers, placeholder=hint))
        if self._inviting:
            yield Row(_("Invited"), Choice("audience", self._audiences(), old.audience.value))
            if self._branches:
                yield Row(_("Branches"), Ticks("branches", self._branches, old.branches))

    def _fixed(self) -> str:
        """What the state of the session does not let anybody change, so that nobody looks for it."""
        if self._session is None or self._timed:
            return ""
        stays = _("the hours stay as they are.") if self._inviting else _("hours and who is invited stay as they are.")
        return f"{words.state_word(self._session.state).capitalize()}: {stays}"

    def _audiences(self) -> list[tuple[str, str]]:
        kinds = [(AudienceKind.ALL.value, _("all")), (AudienceKind.LEADERS.value, _("leaders"))]
        if self._branches:
            kinds.append((AudienceKind.BRANCHES.value, _("branches")))
        return kinds

    def hint(self) -> str:
        """The keys."""
        return _("Enter next · Space chooses · Esc leave · A scan is text here.")

    def opened(self) -> None:
        """The branches only where they are asked for."""
        self._show_branches()

    @on(Choice.Changed)
    def _show_branches(self) -> None:
        if self._inviting and self._branches:
            chosen = self.choice("audience").value == AudienceKind.BRANCHES.value
            self.row("branches").display = chosen

    @on(Input.Changed, "#presenter")
    def _read_presenter(self, event: Input.Changed) -> None:
        event.stop()
        self._tell_presenter()

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _left_presenter(self, event: events.DescendantFocus | events.DescendantBlur) -> None:
        if event.widget.id == "presenter" and self.is_current:
            self._tell_presenter()

    def _tell_presenter(self) -> None:
        """Whom the text means, and, where the rest of a name stands grey behind it, which key takes that."""
        field = self.field("presenter")
        offer = _("→ takes the offer") if field.has_focus and field.offers_more() else ""
        self.row("presenter").remark(" · ".join(filter(None, (self._who(field.text), offer))))

    def _who(self, text: str) -> str:
        """Whom the text means."""
        found = self._presenters.meant(text)
        if not text:
            return ""
        if len(found) == 1:
            return _("a member: {code} {name}").format(code=found[0].code, name=found[0].name)
        if found:
            text = ngettext("{count} member is called so", "{count} members are called so", len(found))
            return text.format(count=len(found)) + _(": only a code says who")
        return _("no member: a name from outside")

    @on(Input.Changed, "#day")
    def _tell_day(self, event: Input.Changed) -> None:
        from checkin_tui.domain.dates import parse_day

        event.stop()
        try:
            day = parse_day(self.field("day").text)
        except ValueError:
            self.row("day").remark("")
            return
        more = [_("has a session already: one more, at other hours")] if day in self._held else []
        if self._within is not None and not self._within[0] <= day <= self._within[1]:
            more.append(outside_text(*self._within))
        self.row("day").remark(": ".join(filter(None, (words.day_text(day, year=True), "; ".join(more)))))

    def read(self) -> SessionValues | None:
        """The values, when they can be kept."""
        day, hours = self._start.day, self._start.hours
        if self._session is None:
            day = self.day("day")
            if not self.field("day").text:
                self.complain("day", words.sentence("date_needed", {}))
        if self._timed:
            hours = self._hours()
        audience, branches = self._start.audience, self._start.branches
        if self._inviting:
            audience = AudienceKind(self.choice("audience").value)
            branches = ()
            if audience is AudienceKind.BRANCHES:
                branches = self.query_one(Ticks).names
                if not branches:
                    self.complain("branches", words.sentence("branch_needed", {}))
        if self.query(".remark.trouble"):
            return None
        return SessionValues(
            topic=self.field("topic").text,
            kind=SessionKind(self.choice("kind").value),
            presenter=self.field("presenter").text,
            audience=audience,
            branches=branches,
            hours=hours,
            day=day,
        )

    def _hours(self) -> tuple[time, time] | None:
        text = self.field("hours").text
        try:
            return parse_hours(text)
        except ValueError as error:
            self.complain("hours", words.sentence(str(error.args[0]), {"text": text}))
            return None


def outside_text(first: date, last: date) -> str:
    """Said of a date that is not one of the program's: a slip of the pen should be seen."""
    return _("outside the program's dates, {first} - {last}").format(
        first=words.day_text(first, year=True), last=words.day_text(last, year=True)
    )
