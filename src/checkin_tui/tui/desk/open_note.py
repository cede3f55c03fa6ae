"""The note that is in the editor, and what there is to say about it. Plain Python, without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from checkin_tui.domain.notes import NoteState, count_characters
from checkin_tui.domain.roster import Mark
from checkin_tui.domain.text import clean_lines
from checkin_tui.domain.views import NoteView, Origin
from checkin_tui.i18n import _
from checkin_tui.tui.widgets.note_lines import NoteProgress
from checkin_tui.words import clock_text


class OpenNote:
    """One note while it is in the editor."""

    def __init__(self, view: NoteView, stay: UUID, origin: Origin | None = None) -> None:
        """origin: the file the note is of."""
        self.origin = origin
        self.session_id, self.member_id = view.session.id, view.person.member_id
        self.day = view.session.key.day
        self.minimum = view.session.minimum_note
        self.mark: Mark = view.mark
        self.versions = view.versions
        self.stay = stay
        newest = view.versions[0] if view.versions else None
        self.base: UUID | None = None if newest is None else newest.uid
        self.sent: UUID | None = None  # the stay in which this window wrote at it last, answered or not
        self.saved_text = "" if newest is None else clean_lines(newest.text)
        self.saved_at = None if newest is None else newest.recorded
        self.typed = False  # something was written in this stay
        self.over = False  # the stay has ended, though the note is still in view
        self.other = ""  # who else wrote at it meanwhile
        self.failed = False

    def newest(self, sent: Sequence[str]) -> str:
        """The text as it is on the disk, or will be once everything on its way (`sent`, in order) has arrived."""
        return sent[-1] if sent else self.saved_text

    def state(self, text: str, sent: Sequence[str], *, pasting: bool) -> str:
        """What the disk says of `text`, as `NoteProgress.state`. Never *saved* before it was committed."""
        if self.failed:
            return "not-saved"
        if pasting:
            return "pasting"
        if sent:
            return "saving" if text == self.newest(sent) else "typing"
        if text != self.saved_text:
            return "typing"
        return "saved" if self.saved_at is not None else "empty"

    def progress(self, text: str, state: str, zone: str, unwrapped: str, versions: str) -> NoteProgress:
        """The lines below the editor. unwrapped: the remark about a line too long to wrap, '' without one.

        versions: the key that shows them.
        """
        remark = ""
        if self.other:
            remark = _("{name} wrote too. Both kept: {way}.").format(name=self.other, way=versions)
        elif unwrapped:
            remark = unwrapped
        elif self.mark.note is NoteState.WITHOUT_PRESENCE:
            remark = _("Was not here: kept apart, asked of nobody.")
        return NoteProgress(
            chars=count_characters(text),
            minimum=self.minimum,
            asked=self.mark.note,
            paper=self.mark.paper,
            state=state,
            saved="" if self.saved_at is None else clock_text(self.saved_at, zone),
            remark=remark,
        )
