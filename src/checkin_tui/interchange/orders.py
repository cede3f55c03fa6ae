"""A file ordered on the screen: of what, with which options, where to; and the way from the order to its writer.

An order is plain values, so that a screen can make it without the database; whoever carries it out is on a thread that
may know one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from checkin_tui.domain.badges import BadgeAsk, BadgeWords
from checkin_tui.domain.papers import BoardAsk, BoardWords, SheetAsk, SheetWords
from checkin_tui.domain.register import Choice, RegisterWords
from checkin_tui.interchange.outputs import Progress, Written, unheard
from checkin_tui.interchange.register import formats as register_formats

if TYPE_CHECKING:
    from checkin_tui.domain.program import Program
    from checkin_tui.domain.report_paper import ReportWords
    from checkin_tui.services.context import Context


class Paper(StrEnum):
    """What a file can be of."""

    REGISTER = "register"
    SHEET = "sheet"
    BADGES = "badges"
    OWES = "owes"
    REPORT = "report"


FORMATS: Final[Mapping[Paper, tuple[str, ...]]] = {
    Paper.REGISTER: register_formats.FORMATS,
    Paper.SHEET: ("html", "xlsx"),
    Paper.BADGES: ("html",),
    Paper.OWES: ("html", "xlsx", "txt"),
    Paper.REPORT: ("html", "md", "docx"),
}
"""The formats of each, the usual one first; as the writers have them, which a screen does not wait for."""


def ending_of(format: str) -> str:
    """How the name of a file of that format ends, without the dot."""
    return "csv" if format in register_formats.SHORT_ONLY else format


class RegisterAsk(NamedTuple):
    """Which register. long: every event instead of what they add up to."""

    choice: Choice = Choice()
    long: bool = False


class ReportAsk(NamedTuple):
    """Which report. names: with the appendix that names people."""

    names: bool = False


Ask = RegisterAsk | SheetAsk | BadgeAsk | BoardAsk | ReportAsk


class Order(NamedTuple):
    """One file. ask: what is wanted, and by its type of what. force: over a file that is there already."""

    path: Path
    format: str
    ask: Ask
    force: bool = False


class OrderWords(NamedTuple):
    """What each paper says, made where the words are."""

    register: Callable[[], RegisterWords]
    sheet: SheetWords
    badges: Callable[[Program], BadgeWords]
    board: BoardWords
    report: ReportWords


class Write(Protocol):
    """Carries an order out on the thread it is called on; opens the file of the program by itself."""

    def __call__(self, order: Order, progress: Progress) -> Written:
        """The file. Raises CheckInError, and whatever `progress` raises."""


def carry_out(ctx: Context, order: Order, words: OrderWords, progress: Progress = unheard) -> Written:
    """Have the file written. Raises CheckInError as its writer does, and whatever `progress` raises."""
    path, kind, ask, force = order
    match ask:
        case RegisterAsk():
            from checkin_tui.interchange.register.files import write_register

            said, choice = words.register(), ask.choice
            return write_register(ctx, path, kind, said, choice=choice, long=ask.long, force=force, progress=progress)
        case SheetAsk():
            from checkin_tui.interchange.papers.signin import write_signin

            return write_signin(ctx, path, ask, words.sheet, format=kind, force=force, progress=progress)
        case BadgeAsk():
            from checkin_tui.interchange.papers.badges import write_badges

            return write_badges(ctx, path, ask, words.badges, format=kind, force=force, progress=progress)
        case BoardAsk():
            from checkin_tui.interchange.papers.owes import write_owes

            return write_owes(ctx, path, ask, words.board, format=kind, force=force, progress=progress)
        case ReportAsk():
            from checkin_tui.interchange.report.files import write_report

            names = ask.names
            return write_report(ctx, path, words.report, names=names, format=kind, force=force, progress=progress)
