"""The commands that write a file."""

from __future__ import annotations

from typing import Final

from checkin_tui.i18n import _
from checkin_tui.tui.command import Command, Group, Need

_PROGRAM = (Need.PROGRAM,)
FILE_COMMANDS: Final = (
    Command(
        "export.register",
        "",
        _("Register to a file"),
        _("Who was where: a workbook with totals, or lines as CSV or JSON."),
        Group.FILES,
        _PROGRAM,
    ),
    Command(
        "export.sheet",
        "",
        _("Sign-in sheet"),
        _("The names of a session with room to sign, for a day on paper."),
        Group.FILES,
        _PROGRAM,
    ),
    Command(
        "export.badges",
        "",
        _("Badges"),
        _("Labels with name, branch and a code for the scanner; of everybody, or of the person chosen."),
        Group.FILES,
        _PROGRAM,
    ),
    Command(
        "export.owes",
        "",
        _("Owes list to a file"),
        _("Who owes notes, by branch, for the notice board."),
        Group.FILES,
        _PROGRAM,
    ),
    Command(
        "export.report",
        "",
        _("Report"),
        _("The whole program in figures and charts: a page, Markdown or Word."),
        Group.FILES,
        _PROGRAM,
    ),
)
