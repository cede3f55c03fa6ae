"""What the dialogs say about files, and how a file is called that nobody has named yet."""

from __future__ import annotations

import os
import re
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checkin_tui.domain.badges import BadgeAsk
from checkin_tui.domain.papers import BoardAsk, SheetAsk
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _
from checkin_tui.interchange.orders import Order, Paper, RegisterAsk, ReportAsk, ending_of

if TYPE_CHECKING:
    from checkin_tui.interchange.outputs import Written

HEADINGS: Final = {
    Paper.REGISTER: _("Register to a file"),
    Paper.SHEET: _("Sign-in sheet"),
    Paper.BADGES: _("Badges"),
    Paper.OWES: _("Owes list to a file"),
    Paper.REPORT: _("Report"),
}
ABOUT: Final = {
    Paper.REGISTER: _("Who was where at every session, with totals: a workbook to print, or lines for other programs."),
    Paper.SHEET: _("The names of one session with room to sign, for a day on paper."),
    Paper.BADGES: _("Labels on A4 with name, branch and a code for the scanner: a page to print."),
    Paper.OWES: _("Who owes notes, by branch, for the notice board."),
    Paper.REPORT: _("The whole program in figures and charts. Name an earlier report, and your own words in it stay."),
}
FORMATS: Final = {
    "xlsx": _("workbook (XLSX)"),
    "csv": _("lines (CSV)"),
    "json": _("JSON"),
    "jsonl": _("JSON lines"),
    "moodle": _("for Moodle (CSV)"),
    "rollcall": _("for Canvas Roll Call (CSV)"),
    "html": _("page to print (HTML)"),
    "txt": _("plain text"),
    "md": _("Markdown"),
    "docx": _("document (Word)"),
}
_IN_NAMES: Final = {
    Paper.REGISTER: _("register"),
    Paper.SHEET: _("sign-in"),
    Paper.BADGES: _("badges"),
    Paper.OWES: _("owes"),
    Paper.REPORT: _("report"),
}

LONGEST: Final = 24
"""Characters of the program's name in that of a file, so that the rest of it stays in view."""

_NO_NAME: Final = re.compile(r'[\s/\\:*?"<>|]+')
"""What is between words, or what some system does not take in the name of a file."""


def file_name(program: str, paper: Paper, about: str, format: str) -> str:
    """`Spring-study-register-2026-05-21.xlsx`. about: the date, or the session's key."""
    whose = _NO_NAME.sub("-", visible(program)).strip("-. ")
    if len(whose) > LONGEST:
        whose = (whose[:LONGEST].rpartition("-")[0] or whose[:LONGEST]).strip("-. ")  # whole words, where it has any
    return "-".join(filter(None, (whose, _IN_NAMES[paper], about))) + f".{ending_of(format)}"


def free(path: Path) -> Path:
    """The path itself, or the next beside it where nothing is yet: `list-2.txt`."""
    others = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return path if not os.path.lexists(path) else next(one for one in others if not os.path.lexists(one))


def paper_of(order: Order) -> Paper:
    """What it is of."""
    match order.ask:
        case RegisterAsk():
            return Paper.REGISTER
        case SheetAsk():
            return Paper.SHEET
        case BadgeAsk():
            return Paper.BADGES
        case BoardAsk():
            return Paper.OWES
        case ReportAsk():
            return Paper.REPORT


def written_text(order: Order, written: Written) -> str:
    """How much is in it: `150 people.`"""
    from checkin_tui.words import exports, papers, reporting

    match order.ask:
        case RegisterAsk():
            people = "people" if order.format == "xlsx" else "standings"
            return exports.written_text(written.rows, "events" if order.ask.long else people)
        case SheetAsk():
            return papers.sheet_written(written.rows)
        case BadgeAsk():
            return papers.badges_written(written.rows)
        case BoardAsk():
            return papers.board_written(written.rows)
        case ReportAsk():
            return reporting.report_written(written.rows)


def what_next(order: Order) -> str:
    """What to do with the file, where that is worth saying."""
    if order.format != "html":
        return ""
    if isinstance(order.ask, BadgeAsk):
        return _("Open it in a browser and print it at 100 % (actual size), without margins.")
    return _("Open it in a browser to look at it and to print it.")


def bar_text(done: int, total: int, width: int) -> str:
    """`#####.....  50 %`; never full before it is."""
    share = 0 if total <= 0 else min(99, 100 * done // total)
    room = max(0, width - len(" 100 %"))
    filled = room * share // 100
    return f"{'#' * filled}{'.' * (room - filled)} {share:3} %"
