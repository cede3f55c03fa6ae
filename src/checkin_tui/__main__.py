"""The console script `checkin`: one call of the command line, and the exit code it ends with."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from checkin_tui.exits import DONE, INTERRUPTED, REFUSED

if TYPE_CHECKING:
    from checkin_tui.cli.call import Call
    from checkin_tui.cli.wiring import Wiring

DEBUG = "CHECKIN_DEBUG"


def run(arguments: Sequence[str], wire: Callable[[str | None], Wiring] | None = None) -> int:
    """Do what the arguments ask and return the exit code.

    0 done, 1 a finding, 2 usage or refused, 3 database not reachable or busy, 70 internal, 130 interrupted.
    wire: makes the parts (clock, ids, settings) from the database asked for; None: the real ones. Raises only
    KeyboardInterrupt, which `main` ends with.
    """
    from checkin_tui.i18n import choose_language

    choose_language()  # before the commands are imported: their help is text a person reads
    from checkin_tui.cli.call import Call

    call = Call(wire)
    if os.environ.get(DEBUG):
        call.tell_everything()
    try:
        _refuse_what_is_no_text(arguments)
        code = _open(call, arguments) if is_plain(arguments) else _command(call, arguments)
    except Exception as error:
        from checkin_tui.cli.trouble import tell

        code = tell(error, call, arguments)
    return _unanswered(call, code)


def _refuse_what_is_no_text(arguments: Sequence[str]) -> None:
    """Before anything is done: a code without the byte that could not be read would be somebody else's.

    Raises CheckInError `not_text`.
    """
    from checkin_tui.domain.text import is_text

    if not all(map(is_text, arguments)):
        from checkin_tui.domain.errors import CheckInError

        raise CheckInError("not_text")


def _unanswered(call: Call, code: int) -> int:
    """The exit code where the answer could not be written. What was done is done, whoever could not hear of it."""
    from checkin_tui.cli.streams import trouble

    lost = trouble()
    if lost is None or isinstance(lost, BrokenPipeError):  # whoever read it has had enough
        return code
    from checkin_tui.cli.trouble import unanswered

    unanswered(call, lost)
    return code if code != DONE or call.wrote else REFUSED


def is_plain(arguments: Sequence[str]) -> bool:
    """Whether they only open the program: none, or `--db PATH`. Then the door does not wait for Click."""
    return not arguments or (len(arguments) == 2 and arguments[0] == "--db" and not arguments[1].startswith("-"))


def _open(call: Call, arguments: Sequence[str]) -> int:
    import gc

    gc.disable()  # until the roster stands (`tui.calm`): importing makes thousands of objects and no garbage
    from checkin_tui.cli.opening import open_program

    call.database_asked = arguments[1] if arguments else None
    try:
        return open_program(call)
    finally:
        gc.enable()
        call.close()


def _command(call: Call, arguments: Sequence[str]) -> int:
    import click

    from checkin_tui.cli.root import checkin

    try:
        with checkin.make_context("checkin", list(arguments), obj=call) as context:
            checkin.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    return DONE


def _run(arguments: Sequence[str]) -> int:
    """As `run`; a command that is told to end from outside unwinds. The screens have an end of their own."""
    if is_plain(arguments):
        return run(arguments)
    from checkin_tui.cli.endings import unwinding

    with unwinding():
        return run(arguments)


def main() -> None:
    """Run with the arguments of this process."""
    from checkin_tui import manners
    from checkin_tui.cli import streams

    streams.prepare()
    manners.install()
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    except SystemExit as left:
        if not (left.code is None or isinstance(left.code, int)):  # Python would print what it was left with
            left = SystemExit(manners.last_words(left))
        raise left from None
    except Exception as error:  # telling what went wrong went wrong as well
        code = manners.last_words(error)
    sys.exit(code)


if __name__ == "__main__":
    main()
