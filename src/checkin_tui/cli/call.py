"""One call of the command line: parts and file, each made or opened on first use, and the answer given once.

Click stays unimported here: whoever opens the screens does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checkin_tui.cli.wiring import Wiring
    from checkin_tui.domain.program import Program
    from checkin_tui.domain.requests import Write
    from checkin_tui.services.context import Context
    from checkin_tui.services.handler import Handler


class Call:
    """What a command is given.

    looks_only: nothing may be made or changed. zone: the program's once the file is open; times are told in it. wrote:
    whether anything was written so far; an answer that is lost changes nothing about that.
    """

    def __init__(self, wire: Callable[[str | None], Wiring] | None = None) -> None:
        self.database_asked: str | None = None
        self.json = False
        self.wrote = False
        self.looks_only = False
        self.zone: str | None = None
        self._wire = wire
        self._wiring: Wiring | None = None
        self._handler: Handler | None = None
        self._program: Program | None = None

    @property
    def wiring(self) -> Wiring:
        """Settings, places, station, clock, ids. Raises SettingsError, DatabaseError `db_url`."""
        if self._wiring is None:
            from checkin_tui.cli.wiring import wire

            if self._wire is not None:
                self._wiring = self._wire(self.database_asked)
            else:
                self._wiring = wire(self.database_asked, looks_only=self.looks_only)
        return self._wiring

    def use(self, wiring: Wiring) -> None:
        """Go on with other parts: those of the sample."""
        self.close()
        self._wiring = wiring

    @property
    def program(self) -> Program:
        """The program in the file. Raises CheckInError `no_program`, DatabaseError."""
        self._open()
        assert self._program is not None
        return self._program

    @property
    def context(self) -> Context:
        """What the use-cases are given; the file is open and holds a program. Raises CheckInError, DatabaseError."""
        return self._open().context

    def handle(self, request: object) -> Any:
        """Do what the request asks. Raises CheckInError."""
        return self._open().handle(request)

    def write(self, kind: type[Write], /, **fields: Any) -> Any:
        """Make a request of that kind, with a fresh id and the time it is now, and have it done."""
        done = self.handle(self.request(kind, **fields))
        self.wrote = True
        return done

    def request(self, kind: type[Write], /, **fields: Any) -> Write:
        """A request of that kind, with a fresh id and the time it is now."""
        from checkin_tui.domain.attendance.events import Source

        return kind(uid=self.wiring.new_uid(), made=self.wiring.clock(), source=Source.COMMAND, **fields)

    def answer(self, shape: Mapping[str, Any], text: str) -> None:
        """The answer on standard output: as JSON where that was asked for, else as text."""
        from checkin_tui.cli.output import as_json

        said = as_json(shape) if self.json else text
        if said:
            import click

            click.echo(said)

    def say(self, sentence: str) -> None:
        """Talk, on standard error. With `--json` the answer has it all."""
        if not self.json:
            import sys

            import click

            if sys.stderr.isatty():
                import shutil

                from checkin_tui.cli.output import in_lines

                sentence = in_lines(sentence, shutil.get_terminal_size().columns)
            click.echo(sentence, err=True)

    def tell_everything(self) -> None:
        """Have the log say what errors say, and say so: there may be names and notes in it."""
        from checkin_tui import logs
        from checkin_tui.i18n import _
        from checkin_tui.settings import places

        logs.tell_everything()
        self.say(_("Debugging: {path} may hold names and notes from now on.").format(path=places().log))

    def close(self) -> None:
        """Give the file back."""
        if self._handler is not None:
            self._handler.close()
            self._handler = None

    def _warn(self, network: str | None) -> None:
        if network is not None:
            from checkin_tui.words.health import network_notice

            self.say(network_notice(network))

    def _open(self) -> Handler:
        if self._handler is None:
            from checkin_tui.services.handler import Handler
            from checkin_tui.services.status import program_of

            door = self.wiring.door()
            self._handler = Handler(self.wiring.context(door.open()))
            self._warn(door.network())
            self._program = program_of(self._handler.context)
            self.zone = self._program.terms.zone
        return self._handler
