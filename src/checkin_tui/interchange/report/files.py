"""The report as a file: a page, Markdown, or a document for Word; the author's words in it survive a second run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from checkin_tui.domain.calendar import local
from checkin_tui.domain.report_paper import Own, ReportPaper, ReportWords
from checkin_tui.interchange.extras import extra
from checkin_tui.interchange.outputs import Progress, Written, format_of, unheard
from checkin_tui.interchange.report.as_html import write_report_page
from checkin_tui.interchange.report.as_markdown import write_report_markdown
from checkin_tui.interchange.report.as_word import EXTRA, earlier_report, write_report_word
from checkin_tui.interchange.report.parts import text_parts
from checkin_tui.interchange.saving import saving
from checkin_tui.services.context import Context
from checkin_tui.services.reporting import read_report

REPORT_FORMATS: Final = ("html", "md", "docx")

_TEXTS: Final[Mapping[str, Callable[[Path, ReportPaper, Mapping[Own, str]], None]]] = {
    "html": write_report_page,
    "md": write_report_markdown,
}


def write_report(
    ctx: Context,
    path: Path,
    words: ReportWords,
    *,
    names: bool = False,
    format: str | None = None,
    force: bool = False,
    discard: bool = False,
    progress: Progress = unheard,
) -> Written:
    """Write the report as `format`, else as the file's name says. names: with the appendix that names people.

    force: over a file that is there; what its author wrote into it stays, unless `discard` is given.

    Raises CheckInError `export_format`, `extra_missing`, `report_unreadable` and `report_marks` (file) where it cannot
    be told what of the file is the author's, and as `read_report` and `saving` do.
    """
    kind = format_of(path, format, REPORT_FORMATS)
    if kind == "docx":
        extra("docx", EXTRA)
    with saving(path, force=force) as draft:
        keep = path.exists() and not discard
        earlier: Any = None
        if keep:
            earlier = earlier_report(path) if kind == "docx" else text_parts(path)
        view = read_report(ctx, names=names, told=progress)
        paper = words(view)
        if kind == "docx":
            write_report_word(draft, paper, earlier, local(view.made, "UTC"))
        else:
            _TEXTS[kind](draft, paper, earlier or {})
    return Written(path, kind, len(view.days))
