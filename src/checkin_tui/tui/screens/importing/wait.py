"""A form that waits for long work, says that it goes on, and what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from textual.widgets import Static

from checkin_tui import words
from checkin_tui.domain.errors import CheckInError
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.form import FormDialog
from checkin_tui.tui.screens.importing.work import Working

T = TypeVar("T")


class PatientForm(FormDialog[None]):
    """It has a `Working` sign and, with the id `summary`, a place where it is told what was found or done."""

    def __init__(self, heading: str, zone: str) -> None:
        super().__init__(heading)
        self._zone = zone
        self._job: object | None = None  # what is waited for before the next step; Esc gives it up
        self._behind = False  # what is shown is brought up to what was chosen, while one may go on choosing
        self._writing = False

    def say(self, text: str, *, trouble: bool = False) -> None:
        """What was found or done, or why not."""
        place = self.query_one("#summary", Static)
        place.update(content(f"✗ {text}" if trouble else text))
        place.set_class(trouble, "trouble")

    def refused(self, error: CheckInError) -> None:
        """Why not, and what to do; the step stays."""
        self.say(words.sentence(error.code, error.values, zone=self._zone), trouble=True)

    def gave_up(self) -> bool:
        """Esc: whether it was about work that goes on."""
        if self._writing:
            self._show_hint(_("It is being written already. How it ends is told here."), trouble=True)
        elif self._job is not None:
            self._job = None
            self._settle()
        else:
            return False
        return True

    def forward(self, text: str, work: Awaitable[T], then: Callable[[T], None]) -> None:
        """Wait for what the next step needs; Esc gives it up, and what comes of it then is for nobody."""
        job = self._job = object()
        self.say("")
        self.query_one(Working).begin(_("{text} Esc gives it up.").format(text=text))

        async def run() -> None:
            try:
                result = await work
            except CheckInError as error:
                if self._job is job:
                    self.refused(error)
            else:
                if self._job is job:
                    self._job = None
                    then(result)
            finally:
                if self._job is job:
                    self._job = None
                self._settle()

        self.begin(run())

    def behind(self, text: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do what keeps the step up with what was chosen in it. While it goes on, `work` sees to newer choices."""
        if self._behind:
            return
        self._behind = True
        self.query_one(Working).begin(text)

        async def run() -> None:
            try:
                await work()
            except CheckInError as error:
                self.refused(error)
            finally:
                self._behind = False
                self._settle()

        self.begin(run())

    def write_it(self, text: str, work: Awaitable[T], then: Callable[[T], None]) -> None:
        """Wait for what is being written: that cannot be given up any more."""
        self._writing = True
        self.say("")
        self.query_one(Working).begin(text)

        async def run() -> None:
            try:
                result = await work
            except CheckInError as error:
                self.refused(error)
            else:
                self._writing = False
                then(result)
            finally:
                self._writing = False
                self._settle()

        self.begin(run())

    def _settle(self) -> None:
        if self._job is None and not self._behind and not self._writing:
            self.query_one(Working).end()

    @property
    def busy(self) -> bool:
        """Whether there is something to wait for."""
        return self._job is not None or self._behind or self._writing
