"""What was refused, and what the disk did not take: said, kept in view, sent again or put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.domain import errors
from checkin_tui.domain.requests import CreateProgram, MarkPerson, UndoChanges, UndoPlan, Write, WriteNote
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui import shown
from checkin_tui.tui.desk import words
from checkin_tui.tui.desk.bar import Offer
from checkin_tui.tui.desk.unsaved import still_meant, whose_failure, whose_unsaved
from checkin_tui.tui.gateway import Failure
from checkin_tui.tui.register import Situation, members_of
from checkin_tui.tui.widgets.lines import BannerValue

if TYPE_CHECKING:
    from uuid import UUID

    from checkin_tui.domain.roster import Person
    from checkin_tui.tui.screens.desk import DeskScreen


class Failures:
    """The writes that did not happen."""

    def __init__(self, screen: DeskScreen) -> None:
        self.screen = screen
        saved = BannerValue(words.INFO, _("Nothing is left that is not saved."))
        self.again = Offer(_("Try again"), self.retry, self._unsaved, saved)
        self._told: tuple[UUID, BannerValue | None] | None = None  # what the banner says was not saved

    def _unsaved(self) -> bool:
        """Whether anything is not saved; also while it is tried again."""
        return bool(self.screen.outbox.failed or self.screen.outbox.saving)

    def failed(self, failure: Failure) -> None:
        """A write was refused, or not saved."""
        request, error = failure.request, failure.error
        self.screen.show_marks(members_of(request))
        elsewhere = isinstance(request, UndoChanges | UndoPlan)  # that says nothing of the marks
        if error.code == "nothing_to_undo" and not elsewhere and self.screen.register is not None:
            self.screen.register.can_undo = False
        if self.screen.mine(request.uid) is None:
            self.screen.figures.show_saving()
            return
        if failure.not_saved:
            self._say_not_saved(failure)
        else:
            self._say_refused(request, error)
        if isinstance(request, CreateProgram) and self.screen.register is None:
            self.screen.days.missing_program(True)
        self.screen.figures.show_saving()

    def _say_not_saved(self, failure: Failure) -> None:
        self.screen.hands.trouble(self._not_saved(failure), self.again)
        self._told = failure.request.uid, self.screen.banner.shown

    def _not_saved(self, failure: Failure) -> BannerValue:
        names = whose_failure(failure, self.screen.outbox, self.screen.register)
        return words.not_saved_banner(failure.error.code, failure.error.values, names)

    def review(self) -> None:
        """What the banner says was not saved may be by now: then it names what still is not."""
        outbox = self.screen.outbox
        if self._told is None or outbox.saving or self._told[0] in outbox.failed:
            return
        left = [failure for failure in outbox.failed.values() if failure.not_saved]
        if left and self.screen.banner.shown is self._told[1]:
            self.screen.banner.show(self._not_saved(left[-1]))
            self._told = left[-1].request.uid, self.screen.banner.shown
        else:
            self._told = None

    def _say_refused(self, request: Write, error: errors.CheckInError) -> None:
        register = self.screen.register
        zone = "UTC" if register is None else register.zone
        offer: Offer | None = None
        line = ""
        if error.code == errors.NOT_EXPECTED and isinstance(request, MarkPerson):
            line = _("→ 1 lets in as guest of today.")
        values = shown.refusal(error.values, self._person(request), hidden=self.screen.desk_app.privacy)
        if error.code in (errors.ALREADY, errors.UNCHANGED):
            line = str(values.get("name", ""))
        if request.uid in self.screen.outbox.failed:
            line = _("NOT SAVED. → 0 and “put away” gives it up.")
            if isinstance(request, WriteNote):
                line = _("The text is still here, NOT SAVED. → 0 and “put away” gives it up.")
        value = words.refused_banner(error.code, values, zone, line)
        if error.code == errors.NOT_EXPECTED and isinstance(request, MarkPerson):
            offer = self._guest(request.member_id, value._replace(rest=()))
        self.screen.hands.trouble(value, offer)
        # Not when somebody else was scanned meanwhile: the box belongs to whoever comes next.
        if isinstance(request, MarkPerson) and request.typed and request.uid == self.screen.marks.newest:
            self.screen.box.give_back(request.typed)

    def _guest(self, member_id: int, instead: BannerValue) -> Offer:
        """Let somebody in as a guest, as long as it is this day, as open as it is now, and they were not let in."""
        marks, session_id = self.screen.marks, self.screen.marks.session_id

        def possible() -> bool:
            register = self.screen.register
            if register is None or marks.session_id != session_id or register.model.mark(member_id).status is not None:
                return False
            return register.situation(self.screen.now()) in situations

        register = self.screen.register
        situations = set() if register is None else {register.situation(self.screen.now())}
        if Situation.PLANNED in situations:
            situations.add(Situation.OPEN)
        label = _("Let in as guest of today")
        return Offer(label, lambda: marks.arrive(member_id, guest=True), possible, instead)

    def _person(self, request: Write) -> Person | None:
        """Whom the request is about, as the register shows them."""
        register, members = self.screen.register, members_of(request)
        return register.model.person(members[0]) if register is not None and len(members) == 1 else None

    def retry(self) -> None:
        """Send everything that was not saved again, in the order of the key presses."""
        for failure in list(self.screen.outbox.failed.values()):
            here = still_meant(failure, self.screen.outbox, self.screen.register)
            self.screen.outbox.again(failure, self.screen.VIEW)  # who asks is answered
            self.screen.gateway.retry(failure._replace(origin=self.screen.reading.origin) if here else failure)
            self.screen.show_marks(members_of(failure.request))
        self.screen.figures.show_saving()

    def put_away(self) -> None:
        """Forget what was not saved."""
        failures = list(self.screen.outbox.failed.values())
        names = whose_unsaved(self.screen.outbox, self.screen.register, failed=True)
        for failure in failures:
            self.screen.outbox.forget(failure.request.uid)
        for failure in failures:
            self.screen.show_marks(members_of(failure.request))
        for view in self.screen.desk_app.views.values():
            view.given_up()
        text = ngettext(
            "{count} step was put away, not saved.", "{count} steps were put away, not saved.", len(failures)
        )
        self.screen.say(BannerValue(words.INFO, text.format(count=len(failures)), (names,) if names else ()))
        self.screen.figures.show_saving()
