"""`checkin sheet`, `checkin badges`, `checkin export owes`: papers for the wall and the door."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import F, json_option, pass_call, session_option
from checkin_tui.cli.out import file_out, told
from checkin_tui.cli.types import Written, read_number
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.i18n import _

# As `interchange` and `domain` have them, for which `--help` does not wait; a test holds them together.
SHEET_FORMATS: Final = ("html", "xlsx")
BADGE_FORMATS: Final = ("html",)
BOARD_FORMATS: Final = ("html", "xlsx", "txt")
ORDERS: Final = ("branch", "name", "code")
BADGE_KINDS: Final = ("qr", "code128")
LABELS: Final = ("2x7", "3x8", "2x5")

LINES: Final = Written("number", read_number(1_000))
PLACE: Final = Written("number", read_number(99))


def branches_option(command: F) -> F:
    """`--branch NAME`, as often as wanted, given to the command as `branches`."""
    option = click.option(
        "--branch", "branches", metavar="NAME", multiple=True, help=_("Only of this branch; may be repeated.")
    )
    return option(command)


@click.command(help=_("Write a sign-in sheet for a day on paper: a page (HTML) or a workbook (XLSX) to print."))
@file_out(SHEET_FORMATS)
@session_option
@click.option("--blank", type=LINES, default=10, show_default=True, help=_("Empty lines for people not on the list."))
@branches_option
@click.option(
    "--sort",
    "order",
    type=click.Choice(ORDERS),
    default="branch",
    show_default=True,
    help=_("How people are put in order."),
)
@json_option
@pass_call
def sheet(
    call: Call,
    file: Path,
    asked: str | None,
    force: bool,
    key: SessionKey | None,
    blank: int,
    branches: tuple[str, ...],
    order: str,
) -> None:
    """Write the sheet."""
    from checkin_tui.domain.papers import SheetAsk, SheetOrder
    from checkin_tui.interchange.papers.signin import write_signin
    from checkin_tui.words.papers import sheet_paper, sheet_written

    ask = SheetAsk(key, blank, branches, SheetOrder(order))
    written = write_signin(call.context, file, ask, sheet_paper, format=asked, force=force)
    told(call, written, sheet_written(written.rows))


@click.command(help=_("Write badges on A4 labels, with a code for the scanner: a page (HTML) to print."))
@file_out(BADGE_FORMATS)
@click.option(
    "--code", "kind", type=click.Choice(BADGE_KINDS), default="qr", show_default=True, help=_("The kind of code.")
)
@click.option("--only", "codes", metavar="CODE", multiple=True, help=_("Only of this person; may be repeated."))
@branches_option
@click.option("--leader-mark", "leaders", is_flag=True, help=_("Say on the badges of leaders that they are."))
@click.option(
    "--labels",
    type=click.Choice(LABELS),
    default="2x7",
    show_default=True,
    help=_("Columns and rows of the sheet of labels."),
)
@click.option("--start", type=PLACE, default=1, show_default=True, help=_("The first label that is free, row by row."))
@json_option
@pass_call
def badges(
    call: Call,
    file: Path,
    asked: str | None,
    force: bool,
    kind: str,
    codes: tuple[str, ...],
    branches: tuple[str, ...],
    leaders: bool,
    labels: str,
    start: int,
) -> None:
    """Write the badges."""
    from checkin_tui.domain.badges import BadgeAsk, BadgeKind
    from checkin_tui.interchange.papers.badges import write_badges
    from checkin_tui.words.papers import badge_words, badges_written

    ask = BadgeAsk(codes, branches, BadgeKind(kind), labels, start, leaders)
    written = write_badges(call.context, file, ask, badge_words, format=asked, force=force)
    told(call, written, badges_written(written.rows))


@click.command(help=_("Write the list of who owes notes, by branch, for the notice board."))
@file_out(BOARD_FORMATS)
@session_option
@click.option("--campaign", is_flag=True, help=_("Of every session whose register was taken."))
@branches_option
@click.option("--phones", is_flag=True, help=_("With the telephone numbers of the people on it."))
@click.option("--page-per-branch", "apart", is_flag=True, help=_("Begin a new page with every branch."))
@json_option
@pass_call
def owes(
    call: Call,
    file: Path,
    asked: str | None,
    force: bool,
    key: SessionKey | None,
    campaign: bool,
    branches: tuple[str, ...],
    phones: bool,
    apart: bool,
) -> None:
    """Write the list."""
    from checkin_tui.domain.papers import BoardAsk
    from checkin_tui.interchange.papers.owes import write_owes
    from checkin_tui.words.papers import board_paper, board_written

    if campaign and key is not None:
        raise click.UsageError(_("--campaign is about all sessions: give it without --session."))
    ask = BoardAsk(key, campaign, branches, phones, apart)
    written = write_owes(call.context, file, ask, board_paper, format=asked, force=force)
    told(call, written, board_written(written.rows))
