"""Notes of one session without a file, by the histories of the domain and the refusals of the services."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import NamedTuple
from uuid import UUID

from checkin_tui.domain import errors
from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.attendance.undo import is_step
from checkin_tui.domain.changes import NoteChanged, NotesChanged
from checkin_tui.domain.clock import HybridTime
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.note_history import NoteHistory, goes_on_in, replay
from checkin_tui.domain.notes import count_characters
from checkin_tui.domain.text import clean_lines
from checkin_tui.domain.views import NoteVersion, NoteView
from checkin_tui.services.notebooks import _asked, _left_alone
from tests.tui.fake_marks import ELSEWHERE, FakeMarks


class Revision(NamedTuple):
    """What a note said, and who made it say so."""

    uid: UUID
    text: str
    paper: bool
    batch: UUID
    action: Action
    recorded: HybridTime
    operator: str


class FakeNotes(FakeMarks):
    """The revisions of every note, oldest first."""

    def __init__(self, *more) -> None:
        super().__init__(*more)
        self.notes: dict[int, list[Revision]] = {}

    def note_of(self, member_id: int) -> tuple[int, bool]:
        """Characters, and whether the notebook was seen."""
        there = self.notes.get(member_id)
        return (count_characters(there[-1].text), there[-1].paper) if there else (0, False)

    def wrote(self, member_id: int, text: str, operator: str = "Li", *, paper: bool = False) -> None:
        """Somebody at another laptop wrote this note, or saw the notebook."""
        here, self.station = self.station, ELSEWHERE
        self._revise(member_id, text, paper, self.new_uid(), Action.MARK, operator)
        self.station, self.foreign = here, True

    def do_LoadNote(self, request):
        versions = [
            NoteVersion(
                one.uid, one.text, one.paper, count_characters(one.text), one.recorded.wall, one.operator,
                "laptop-1" if one.recorded.station == self.station else "laptop-2", one.action,
                one.recorded.station == self.station,
            )
            for one in reversed(self.notes.get(request.member_id, []))
        ]  # fmt: skip
        mark = self.mark(request.member_id)
        return NoteView(self.session, self.find(request.member_id), mark, tuple(versions))

    # --------------------------------------------------------------------------------------------------------- writing

    def do_WriteNote(self, request):
        self._begun()
        if self.find(request.member_id) is None:
            raise CheckInError(errors.UNKNOWN, typed="")
        there = self.notes.get(request.member_id, [])
        before = there[-1] if there else None
        says = (before.text, before.paper) if before else ("", False)
        text = says[0] if request.text is None else clean_lines(request.text)
        paper = request.paper or says[1]
        if (text, paper) == says:
            if request.stay is None:
                raise CheckInError(errors.UNCHANGED, status=None)
            return self._written(request, before if before and before.batch == request.stay else None)
        of_stay = [one for one in there if one.batch == request.stay] if request.stay else []
        own = goes_on_in(there, request.stay) if request.stay else None
        other = self._other(request, before, of_stay, text)
        if own is not None and (own.text, own.paper) == (text, paper):
            return self._written(request, own, other)
        new = self._revise(request.member_id, text, paper, request.stay or request.uid, Action.MARK)
        if own is not None:  # it is written over, and is the newest from now on
            self.notes[request.member_id].remove(own)
        return self._written(request, new, other)

    def _other(self, request, before, of_stay, text) -> str:
        """Whose text this one is put over without its writer having seen it."""
        there = self.notes.get(request.member_id, [])
        seen = [one.text for one in there if one.uid == request.based_on] + [one.text for one in of_stay[-1:]]
        if before is None or before.uid == request.based_on or before.text in (text, *seen):
            return ""
        return "" if request.after is not None and before.batch == request.after else before.operator

    def _written(self, request, revision, other=""):
        newest, mark = self.notes.get(request.member_id, [None])[-1], self.mark(request.member_id)
        return NoteChanged(
            uid=request.uid, session_id=self.session.id, member_id=request.member_id, mark=mark, paper=mark.paper,
            chars=mark.chars, minimum=self.session.minimum_note, revision=None if newest is None else newest.uid,
            other=other, recorded=None if revision is None else revision.recorded,
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------------------- notebooks

    def do_SeeNotebooks(self, request):
        self._begun()
        seats = [
            SimpleNamespace(person=one, mark=mark, paper=mark.paper)
            for member in dict.fromkeys(request.member_ids)
            if (one := self.find(member)) is not None and (mark := self.mark(member))
        ]
        if not seats:
            raise CheckInError("member_unknown", code="")
        asked = _asked(self.session, seats, alone=len(request.member_ids) == 1)
        new = [seat.person.member_id for seat in asked if not seat.paper]
        for member in new:
            text = self.notes[member][-1].text if self.notes.get(member) else ""
            self._revise(member, text, True, request.uid, Action.BULK)
        return self._all_changed(request, Action.BULK, new, unchanged=_left_alone(seats, new))

    # --------------------------------------------------------------------------------------------------- undo and redo

    def do_UndoNotes(self, request):
        for batch, histories in self._batches():
            if is_step(batch.action):
                top = {m: h for m, h in histories.items() if h.standing and h.standing[-1].batch == batch.batch}
                if top:
                    text = any(h.standing[-1].text != h.below[0] for h in top.values())
                    says = {member: history.below for member, history in top.items()}
                    return self._reversed(request, Action.UNDO, says, text)
        raise CheckInError("nothing_to_undo")

    def do_RedoNotes(self, request):
        for batch, histories in self._batches():
            if is_step(batch.action):
                break
            top = {m: h for m, h in histories.items() if h.taken and h.taken[-1].by.batch == batch.batch}
            if batch.action is Action.UNDO and top:
                says = {m: (h.taken[-1].revision.text, h.taken[-1].revision.paper) for m, h in top.items()}
                text = any(says[m][0] != (h.standing[-1].text if h.standing else "") for m, h in top.items())
                return self._reversed(request, Action.REDO, says, text)
        raise CheckInError("nothing_to_redo")

    def _batches(self) -> Iterator[tuple[Revision, dict[int, NoteHistory[Revision]]]]:
        """The newest revision of each batch of this station, newest first, with the notes the batch is about."""
        histories = {member: replay(there) for member, there in self.notes.items()}
        own = [one for there in self.notes.values() for one in there if one.recorded.station == self.station]
        newest = {one.batch: one for one in sorted(own, key=lambda one: one.recorded)}
        for batch in sorted(newest.values(), key=lambda one: one.recorded, reverse=True):
            about = [m for m, there in self.notes.items() if any(one.batch == batch.batch for one in there)]
            yield batch, {member: histories[member] for member in about}

    def _reversed(self, request, action, says, text):
        for member, (note, paper) in says.items():
            self._revise(member, note, paper, request.uid, action)
        return self._all_changed(request, action, list(says), text=text)

    # --------------------------------------------------------------------------------------------------------- helpers

    def _begun(self) -> None:
        if self.session.opened is None:
            raise CheckInError(errors.CLOSED, state=self.session.state, key=self.session.key)

    def _revise(self, member_id, text, paper, batch, action, operator="Wang") -> Revision:
        one = Revision(self.new_uid(), text, paper, batch, action, self.recorded(), operator)
        self.notes.setdefault(member_id, []).append(one)
        return one

    def _all_changed(self, request, action, members, **more):
        marks = tuple((member, self.mark(member)) for member in members)
        return NotesChanged(request.uid, self.session.id, action, marks, recorded=self._newest, **more)
