"""The dialogs about a person: times, leave, history, editing, walk-ins; and what brings people in from a file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.changes import PeopleChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.people import Member
from checkin_tui.domain.reads import LoadMember
from checkin_tui.domain.requests import (
    AddMember,
    EditMember,
    UndoChanges,
)
from checkin_tui.domain.roster import Person
from checkin_tui.i18n import _
from checkin_tui.tui import shown
from checkin_tui.tui.desk import words
from checkin_tui.tui.desk.bar import Offer
from checkin_tui.tui.desk.imports import Importing
from checkin_tui.words import clock_text

if TYPE_CHECKING:
    from uuid import UUID

T = TypeVar("T")


class People(Importing):
    """Opens the dialogs about people and turns their results into requests. A dialog is loaded when it is opened."""

    # ----------------------------------------------------------------------------------------------------------- times

    def arrived_at(self, member_id: int | None = None) -> None:
        """Enter or correct a time of arrival."""
        self._time(_("Arrived at"), member_id, self.screen.marks.set_arrival, leaving=False)

    def left_at(self, member_id: int | None = None) -> None:
        """Enter or correct a time of leaving."""
        self._time(_("Left at"), member_id, self.screen.marks.set_leaving, leaving=True)

    def _time(self, heading: str, member_id: int | None, then: Callable[[int, int], None], *, leaving: bool) -> None:
        from checkin_tui.tui.screens.time_entry import TimeEntry

        register = self.screen.register
        person = self._person(member_id)
        if register is None or register.session is None or person is None:
            return
        mark = register.model.mark(person.member_id)
        known = mark.left if leaving else mark.arrived
        session = register.session
        initial = clock_text(known if known is not None else min(self.screen.now(), session.ends), register.zone)
        dialog = TimeEntry(
            heading, person.name, day=session.key.day, zone=register.zone, clock=self.screen.now, initial=initial
        )
        self.open(dialog, lambda at: then(person.member_id, at))

    def on_leave(self) -> None:
        """On leave, with the reason."""
        from checkin_tui.tui.screens.reason import ReasonDialog

        person = self._person(None)
        if person is not None:
            member_id = person.member_id
            self.open(
                ReasonDialog(person.name),
                lambda reason: self.screen.marks.decide(Status.EXCUSED, reason, member_id),
            )

    # --------------------------------------------------------------------------------------------------------- persons

    def history(self) -> None:
        """Every step about the highlighted person."""
        from checkin_tui.tui.screens.history import HistoryDialog

        register, person = self.screen.register, self._person(None)
        if register is not None and person is not None:
            dialog = HistoryDialog(person.member_id, person.name, zone=register.zone, ask=self.screen.gateway.ask)
            self.open(dialog, lambda _none: None)

    def edit(self) -> None:
        """The particulars of the highlighted person."""
        self._with_member(self._edit)

    def _edit(self, member: Member) -> None:
        from checkin_tui.tui.screens.person import PersonForm, PersonValues

        register = self.screen.register
        if register is None:
            return

        def save(values: PersonValues) -> None:
            request = values.as_edit(member, register.view.today, *self.screen.stamp())
            if request is not None:
                self.screen.send(request)

        form = PersonForm(member, register.model.branches, self._codes(), today=register.view.today)
        self.open(form, save)

    def transfer(self) -> None:
        """The highlighted person belongs to another branch from a date on."""
        self._with_member(self._transfer)

    def _transfer(self, member: Member) -> None:
        from checkin_tui.tui.screens.transfer import Transfer, TransferForm

        register = self.screen.register
        if register is None:
            return

        def save(value: Transfer) -> None:
            uid, made = self.screen.stamp()
            self.screen.send(
                EditMember(
                    uid=uid,
                    made=made,
                    member_id=member.id,
                    branch=value.branch,
                    leader=value.leader,
                    since=value.since,
                )
            )

        name = shown.member(member.name, member.code, hidden=register.hidden)
        named = replace(member, name=name)
        self.open(TransferForm(named, register.model.branches, today=register.view.today), save)

    def add(self) -> None:
        """A new member, with all particulars."""
        from checkin_tui.tui.screens.person import PersonForm

        register = self.screen.register
        if register is not None:
            form = PersonForm(None, register.model.branches, self._codes(), today=register.view.today)
            self.open(form, lambda values: self.screen.send(values.as_add(*self.screen.stamp())))

    def walk_in(self, typed: str) -> None:
        """Somebody at the door who is not on the list: added, and checked in at once."""
        from checkin_tui.tui.screens.walk_in import WalkIn, WalkInForm

        register = self.screen.register
        if register is None:
            return

        def save(value: WalkIn) -> None:
            uid, made = self.screen.stamp()
            joined = None if value.guest else register.view.today
            request = AddMember(
                uid=uid, made=made, name=value.name, branch=value.branch, guest=value.guest, joined=joined
            )
            self.screen.run_worker(self._add_and_mark(request))

        name = "" if any(character.isdigit() for character in typed) else typed
        self.open(WalkInForm(name, register.model.branches), save)

    async def _add_and_mark(self, request: AddMember) -> None:
        """Refusals are told by the banner; only somebody who was added is marked."""
        self.screen.box.put("")
        self.screen.outbox.sent(request, self.screen.VIEW)
        result = await self.screen.gateway.write(request, self.screen.reading.origin).done
        if isinstance(result, PeopleChanged) and result.member is not None:
            self.screen.marks.arrive(result.member.id, guest=request.guest)

    def saved(self, change: PeopleChanged) -> None:
        """Say who was added or edited, and offer to take that back."""
        value = words.person_saved(change, hidden=self.screen.desk_app.privacy)
        if not (change.new or change.changed):
            self.screen.say(value)
            return

        taken: list[UUID] = []  # back already

        def back() -> None:
            uid, made = self.screen.stamp()
            taken.append(uid)
            self.screen.send(UndoChanges(uid=uid, made=made, batch=change.uid))

        self.screen.say(value, Offer(_("Take it back"), back, lambda: not taken, value._replace(rest=())))

    # --------------------------------------------------------------------------------------------------------- helpers

    def _person(self, member_id: int | None) -> Person | None:
        register = self.screen.register
        chosen = self.screen.highlighted if member_id is None else member_id
        return None if register is None or chosen is None else register.model.person(chosen)

    def _codes(self) -> dict[str, str]:
        """Code -> whose it is."""
        register = self.screen.register
        if register is None:
            return {}
        return {person.code: person.name for person in (*register.model.people, *register.model.others.values())}

    def _with_member(self, then: Callable[[Member], None]) -> None:
        person = self._person(None)
        if person is not None:
            self.screen.run_worker(self._read(self.screen.gateway.ask(LoadMember(person.member_id)), then))

    async def _read(self, answer: Awaitable[T], then: Callable[[T], None]) -> None:
        try:
            then(await answer)
        except CheckInError as error:
            self.screen.tell(error)
