"""Texts of notes on their way from the editor to the disk, and those the disk did not take."""

from __future__ import annotations

from asyncio import wait
from typing import TYPE_CHECKING
from uuid import UUID

from checkin_tui.domain.requests import WriteNote
from checkin_tui.tui.register import members_at

if TYPE_CHECKING:
    from textual.timer import Timer

    from checkin_tui.tui.desk.open_note import OpenNote
    from checkin_tui.tui.gateway import Failure, Ticket
    from checkin_tui.tui.screens.writing import WritingScreen

AGAIN_SECONDS = 2.0


class NoteWrites:
    """What the editor sent, oldest first. What was refused stays in the outbox and is tried again by itself."""

    def __init__(self, screen: WritingScreen) -> None:
        self.screen = screen
        self._sent: dict[UUID, str] = {}
        self._tickets: list[Ticket] = []
        self._again: Timer | None = None

    @property
    def texts(self) -> list[str]:
        """What is on its way, in order."""
        return list(self._sent.values())

    def send(self, note: OpenNote, text: str) -> None:
        """Write this text as the note's newest; what was refused of the note before is in it."""
        note.failed = False
        for uid in self.refused(note):
            self.screen.outbox.forget(uid)
        uid, made = self.screen.stamp()
        self._sent[uid] = text
        ticket = self.screen.marks.send(
            WriteNote(
                uid=uid,
                made=made,
                session_id=note.session_id,
                member_id=note.member_id,
                text=text,
                stay=note.stay,
                based_on=note.base,
                after=note.sent,
            ),
            note.origin,
        )
        note.sent = note.stay
        self._tickets.append(ticket)

    def answered(self, uid: UUID) -> str | None:
        """The text of a write that has its answer, whatever that was; None if it was not sent here."""
        return self._sent.pop(uid, None)

    async def settled(self) -> None:
        """Until everything sent so far has its answer."""
        waiting = [ticket.done for ticket in self._tickets if not ticket.done.done()]
        if waiting:
            await wait(waiting)
        self._tickets.clear()

    def refused(self, note: OpenNote | None) -> dict[UUID, str]:
        """The texts of this note that were not saved, in the order in which they were written."""
        if note is None:
            return {}
        program = None if note.origin is None else note.origin.program
        failures = self.screen.outbox.failed.values()
        requests = [one.request for one in failures if one.origin is None or one.origin.program == program]
        return {
            request.uid: request.text or ""
            for request in requests
            if isinstance(request, WriteNote) and members_at(request, note.session_id) == (note.member_id,)
        }

    def newest_refused(self, note: OpenNote) -> str | None:
        """What somebody typed last of this note if it was not saved: it is newer than what the disk has."""
        return next(reversed(self.refused(note).values()), None)

    def try_later(self) -> None:
        """The disk did not take something: once more in a moment."""
        if self._again is None:
            self._again = self.screen.set_timer(AGAIN_SECONDS, self._try_again)

    def _try_again(self) -> None:
        """What is in the editor goes as it is now, the others as they were."""
        self._again = None
        outbox = self.screen.outbox
        own = self.refused(self.screen.desk.note)
        for uid, failure in list(outbox.failed.items()):
            if uid not in own and failure.not_saved and is_text(failure):
                outbox.again(failure)
                self.screen.gateway.retry(failure)
        if any(outbox.failed[uid].not_saved for uid in own):
            self.screen.desk.save()


def is_text(failure: Failure) -> bool:
    """Whether it was a note's text that was not saved."""
    return isinstance(failure.request, WriteNote)
