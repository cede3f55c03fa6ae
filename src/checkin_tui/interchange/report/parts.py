"""What the author wrote into an earlier report: found between the marks of the file, and carried over as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.report_paper import Own

OURS: Final = "checkin-tui report"
"""What a report says it was made by."""

_BEGIN: Final = "<!-- checkin:{part} begin -->"
_END: Final = "<!-- checkin:{part} end -->"
_MARK: Final = re.compile(rf"<!--\s*checkin:({'|'.join(Own)})\s+(begin|end)\s*-->")
_GENERATOR: Final = re.compile(rf"<meta\s[^>]*{OURS}|<!--\s*{OURS}\s*-->")
_MOST: Final = 64 << 20
_IN_ORDER: Final = [(part.value, which) for part in Own for which in ("begin", "end")]


def begin_mark(part: Own) -> str:
    """What stands before the author's words of that part, in a page and in Markdown."""
    return _BEGIN.format(part=part.value)


def end_mark(part: Own) -> str:
    """What stands behind them."""
    return _END.format(part=part.value)


def text_parts(path: Path) -> Mapping[Own, str] | None:
    """The author's words in a page or in Markdown, exactly as they stand; None where the file is no report of ours.

    Raises CheckInError `report_unreadable` (file) where it is no text in UTF-8, `report_marks` (file) where it is a
    report whose marks are not each there once and in order. Raises OSError.
    """
    if path.stat().st_size > _MOST:
        raise CheckInError("report_unreadable", file=str(path))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CheckInError("report_unreadable", file=str(path)) from None
    marks = list(_MARK.finditer(text))
    if not marks and _GENERATOR.search(text) is None:
        return None
    if [(mark[1], mark[2]) for mark in marks] != _IN_ORDER:
        raise CheckInError("report_marks", file=str(path))
    pairs = zip(marks[::2], marks[1::2], strict=True)
    return {Own(first[1]): text[first.end() : last.start()] for first, last in pairs}
