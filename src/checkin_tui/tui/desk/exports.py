"""Files ordered from the palette: the form, and what is said when one is ready that nobody waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.reads import LoadBranches, LoadSessions
from checkin_tui.i18n import _
from checkin_tui.tui import safe
from checkin_tui.tui.desk.words import INFO
from checkin_tui.tui.widgets.lines import BannerValue

if TYPE_CHECKING:
    from checkin_tui.interchange.orders import Order
    from checkin_tui.tui.exporting import Job
    from checkin_tui.tui.screens.desk import DeskScreen
    from checkin_tui.tui.screens.exporting.form import Facts

TOLD_SECONDS = 20.0
"""How long the news of a file stays over the desk: whoever ordered it is busy at the door."""


class Exports:
    """Opens the dialogs about files."""

    def __init__(self, screen: DeskScreen) -> None:
        self.screen = screen

    def open(self, paper: str) -> None:
        """The form of that paper; while a file is being written, how far that is instead."""
        self.screen.run_worker(self._open(paper), group="export", exclusive=True)

    async def _open(self, paper: str) -> None:
        from checkin_tui.tui.screens.exporting.papers import FORMS

        if self._show_running():
            return
        try:
            facts = await self._facts()
        except CheckInError as error:
            self.screen.tell(error)
            return
        if facts is None or self._show_running():
            return
        if paper == "sheet" and not facts.held:
            self.screen.say(BannerValue(INFO, _("No session is planned or was held yet.")))
            return
        self.screen.people.open(FORMS[paper](facts, self._start), lambda _done: self._say_running())

    async def _facts(self) -> Facts | None:
        """What the form has to know, as it may be shown."""
        from checkin_tui.tui.screens.exporting.form import Facts

        ask = self.screen.gateway.ask
        sessions, branches = await ask(LoadSessions()), await ask(LoadBranches())
        register, member_id = self.screen.register, self.screen.highlighted
        if register is None:
            return None
        person = None if member_id is None else register.model.person(member_id)
        return Facts(
            program=register.view.program.terms.name,
            today=register.view.today,
            sessions=sessions,
            branches=tuple(branch.name for branch in branches),
            shown=None if register.session is None else register.session.key,
            person=None if person is None else (person.code, person.name),
            hidden=register.hidden,
            practice=register.view.program.practice,
        )

    def _start(self, order: Order) -> Job:
        return self.screen.desk_app.exporting.start(self.screen.gateway, order, self._ended)

    def _show_running(self) -> bool:
        """Whether a file is being written; then it is shown."""
        from checkin_tui.tui.screens.exporting.progress import ExportProgress

        app = self.screen.desk_app
        job = app.exporting.job
        if job is None:
            return False
        job.watched = True
        self.screen.people.open(ExportProgress(job, hidden=app.privacy, again=True), lambda _away: self._say_running())
        return True

    def _say_running(self) -> None:
        """Back at the desk before the file is ready."""
        if self.screen.desk_app.exporting.job is not None:
            self.screen.say(BannerValue(INFO, running_text()))

    def _ended(self, job: Job) -> None:
        """Nobody waited for it: a note over the desk, which leaves the banner and what it offers as they are."""
        from checkin_tui.tui.screens.exporting.progress import told

        if job.watched:
            return
        app, result = self.screen.desk_app, job.done.result()
        failed = isinstance(result, CheckInError)
        text = told(job, result, hidden=app.privacy)
        place = str(result.file) if isinstance(result, tuple) else ""
        more: dict[str, Any] = {"severity": "error"} if failed else {}
        app.notify(**safe.notify_arguments(f"{text} {place}".strip(), timeout=TOLD_SECONDS, **more))
        for view in app.views.values():
            banner = view.banner.shown
            if banner is not None and banner.head.endswith(running_text()):  # which it is not any more
                view.say(BannerValue(INFO, text, (place,) if place else ()))
        if failed:
            self.screen.ring()


def running_text() -> str:
    """Said of a file nobody waits for."""
    return _("The file is being written. The same command shows how far it is.")
