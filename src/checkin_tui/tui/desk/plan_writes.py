"""What is written from the program view: one request after another, and taken back together, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from checkin_tui.domain.changes import Change, ProgramChanged
from checkin_tui.domain.requests import UndoChanges, Write
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.i18n import _
from checkin_tui.tui.commands import Need
from checkin_tui.tui.desk.bar import Offer
from checkin_tui.tui.desk.words import INFO, TROUBLE, not_saved_banner
from checkin_tui.tui.gateway import Failure
from checkin_tui.tui.widgets.lines import BannerValue
from checkin_tui.words import sentence

if TYPE_CHECKING:
    from checkin_tui.tui.screens.program import ProgramScreen


class Step(NamedTuple):
    """One request, and what it does in a few words: `3 sessions planned`."""

    request: Write
    label: str


class Batch(NamedTuple):
    """Something that was written: its id, what it did, and the sessions it made."""

    uid: UUID
    label: str
    created: tuple[SessionKey, ...] = ()


@dataclass(eq=False)
class Action:
    """What one dialog asked for, and what of it is written, in that order."""

    head: str
    written: list[Batch] = field(default_factory=list)


@dataclass(eq=False)
class Job:
    """An action under way, or (back) one that is being taken back."""

    action: Action
    steps: Sequence[Step]
    back: bool = False
    at: int = 0
    done: list[str] = field(default_factory=list)

    @property
    def left(self) -> list[str]:
        """What is not done yet."""
        return [step.label for step in self.steps[self.at :]]


class PlanWrites:
    """Sends the next request when the one before is written. A refusal ends it; what the disk did not take waits."""

    def __init__(self, screen: ProgramScreen) -> None:
        self.screen = screen
        self._jobs: dict[UUID, Job] = {}  # by the request that is under way, or waits to be tried again
        self._actions: list[Action] = []  # what can be taken back, the newest last

    def run(self, head: str, steps: Sequence[Step]) -> None:
        """Do all of it. head: what the banner says afterwards. Nothing to do is said as well."""
        if steps:
            self._send(Job(Action(head), steps))
        else:
            self.screen.say(BannerValue(INFO, _("Nothing changed.")))

    def undo(self) -> None:
        """Take back what was changed here last."""
        if not self._actions:
            self.screen.hands.trouble(BannerValue(TROUBLE, f"! {Need.UNDO.words}"))
            return
        action = self._actions[-1]
        if not self._put_down(action):
            self.screen.say(BannerValue(INFO, _("One moment: this is still being saved.")))
            return
        steps = []
        for batch in reversed(action.written):
            uid, made = self.screen.stamp()
            steps.append(Step(UndoChanges(uid=uid, made=made, batch=batch.uid), batch.label))
        self._send(Job(action, steps, back=True))

    def _put_down(self, action: Action) -> bool:
        """Give up what of it the disk did not take. False while something is on its way."""
        outbox = self.screen.outbox
        waiting = [uid for uid, job in self._jobs.items() if job.action is action]
        if any(uid in outbox.saving for uid in waiting):
            return False
        for uid in waiting:
            del self._jobs[uid]
            outbox.failed.pop(uid, None)
        return True

    def _send(self, job: Job) -> None:
        request = job.steps[job.at].request
        self._jobs[request.uid] = job
        self.screen.send(request)

    # --------------------------------------------------------------------------------------------------------- answers

    def changed(self, change: Change) -> None:
        """Something was written. What was asked for here is not told by anybody else."""
        job = self._jobs.pop(change.uid, None)
        if job is None:
            return
        self.screen.outbox.settled(change.uid)
        step = job.steps[job.at]
        if job.back:
            self._forget(job, step)
        elif change.recorded is not None:
            created = change.created if isinstance(change, ProgramChanged) else ()
            self._remember(job, Batch(change.uid, step.label, created))
        job.done.append(step.label)
        job.at += 1
        if job.at < len(job.steps):
            self._send(job)
        else:
            self._finished(job)

    def _remember(self, job: Job, batch: Batch) -> None:
        if not job.action.written:
            self._actions.append(job.action)
        job.action.written.append(batch)
        if len(batch.created) == 1:
            self.screen.plan.wanted = batch.created[0]

    def _forget(self, job: Job, step: Step) -> None:
        assert isinstance(step.request, UndoChanges)
        written = job.action.written
        gone = [batch for batch in written if batch.uid == step.request.batch]
        written[:] = [batch for batch in written if batch not in gone]
        if not written and job.action in self._actions:
            self._actions.remove(job.action)
        app = self.screen.desk_app
        if any(app.day in batch.created for batch in gone):
            app.turn_to(None)  # the session all views show is not there any more

    def _finished(self, job: Job) -> None:
        if job.back:
            self.screen.say(BannerValue(INFO, _("Taken back: {what}").format(what=_listed(job.done))))
        elif job.action.written:
            self.screen.say(BannerValue(INFO, job.action.head, (_("→ 1 takes it back."),)), self._offer())
        else:
            self.screen.say(BannerValue(INFO, _("Nothing changed.")))

    def failed(self, failure: Failure) -> None:
        """Something was refused or not saved, and the banner says why; here is added what of the rest was done."""
        job = self._jobs.get(failure.request.uid)
        if job is None:
            return
        code, values = failure.error.code, failure.error.values
        if failure.not_saved:  # it can be tried again, and then the rest follows
            self.screen.say(not_saved_banner(code, values, _listed(job.left)), self.screen.wrong.again)
            return
        del self._jobs[failure.request.uid]
        if job.back and code == "nothing_to_undo":
            self._forget(job, job.steps[job.at])  # somebody took it back already
        if job.done:
            register = self.screen.register
            zone = self.screen.desk_app.zone if register is None else register.zone
            done = _("Taken back: {what}.") if job.back else _("→ 1 takes back what was done: {what}.")
            rest = done.format(what=_listed(job.done)) + " " + _("Not done: {what}.").format(what=_listed(job.left))
            offer = self._offer() if job.action.written and not job.back else None
            self.screen.say(BannerValue(TROUBLE, "! " + sentence(code, values, zone=zone), (rest,)), offer)

    def _offer(self) -> Offer:
        return Offer(_("Take it back"), self.undo)


def _listed(labels: Sequence[str]) -> str:
    return " · ".join(labels)
