"""What is written from the program view: one request for whatever a dialog asked for, and one to take it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from checkin_tui.domain.changes import Change, ChangesUndone, ProgramChanged
from checkin_tui.domain.requests import UndoChanges, UndoPlan, Write
from checkin_tui.i18n import _
from checkin_tui.tui.desk.bar import Offer
from checkin_tui.tui.desk.plan_words import planned_text
from checkin_tui.tui.desk.words import INFO
from checkin_tui.tui.gateway import Failure
from checkin_tui.tui.widgets.lines import BannerValue

if TYPE_CHECKING:
    from checkin_tui.tui.screens.program import ProgramScreen


class Told(NamedTuple):
    """What is said of a change: in the banner, and in few words once it is taken back (`3 sessions planned`)."""

    head: str
    what: str


class PlanWrites:
    """Sends what was asked for here, says what it did, and takes it back."""

    def __init__(self, screen: ProgramScreen) -> None:
        self.screen = screen
        self._asked: dict[UUID, Callable[[Change], Told]] = {}
        self._done: dict[UUID, str] = {}  # what this window wrote, in few words
        self._gone: set[UUID] = set()  # taken back from the banner

    def run(self, request: Write, tell: Callable[[Change], Told]) -> None:
        """Do it. tell: what the banner says of what was written."""
        self._asked[request.uid] = tell
        self.screen.send(request)

    def unchanged(self) -> None:
        """There is nothing to do."""
        self.screen.say(BannerValue(INFO, _("Nothing changed.")))

    def undo(self) -> None:
        """Take back what this laptop changed last of the program or its sessions."""
        uid, made = self.screen.stamp()
        self.screen.send(UndoPlan(uid=uid, made=made))

    def _take_back(self, batch: UUID) -> None:
        uid, made = self.screen.stamp()
        self._gone.add(batch)
        self.screen.send(UndoChanges(uid=uid, made=made, batch=batch))

    # --------------------------------------------------------------------------------------------------------- answers

    def changed(self, change: Change) -> None:
        """Something was written. What was asked for here is told here."""
        request = self.screen.mine(change.uid)
        tell = self._asked.pop(change.uid, None)
        if isinstance(change, ChangesUndone) and (isinstance(request, UndoPlan) or change.batch in self._done):
            self._taken_back(change)
        elif tell is not None and change.recorded is None:
            self.unchanged()
        elif tell is not None:
            self._written(change, tell(change))

    def _written(self, change: Change, told: Told) -> None:
        self._done[change.uid] = told.what
        if isinstance(change, ProgramChanged) and len(change.created) == 1:
            self.screen.plan.wanted = change.created[0]
        created = change.created if isinstance(change, ProgramChanged) else ()
        value = BannerValue(INFO, told.head)

        def possible() -> bool:
            """Not once it was taken back, nor once somebody was marked at what was planned."""
            days = map(self.screen.plan.find, created)
            return change.uid not in self._gone and not any(day.taken for day in days if day is not None)

        offer = Offer(_("Take it back"), lambda: self._take_back(change.uid), possible, value)
        self.screen.say(value._replace(rest=(_("→ 1 takes it back."),)), offer)

    def _taken_back(self, change: ChangesUndone) -> None:
        what = None if change.batch is None else self._done.get(change.batch)
        self.screen.say(BannerValue(INFO, _("Taken back: {what}").format(what=what or _known(change))))

    def failed(self, failure: Failure) -> None:
        """Something was refused: nothing of it is written. What the disk did not take may be tried again."""
        if not failure.not_saved:
            self._asked.pop(failure.request.uid, None)


def _known(change: ChangesUndone) -> str:
    """What is known of a change that was made in another window, or before this one was opened."""
    if change.gone:
        return planned_text(len(change.gone))
    return _("opening of a register") if change.kind == "open" else _("the newest edit of the program")
