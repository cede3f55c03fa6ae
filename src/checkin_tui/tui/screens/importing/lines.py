"""The lines of an import preview. A file may have a hundred thousand of them: only those in view are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from checkin_tui import words
from checkin_tui.domain.imports import Place
from checkin_tui.domain.views import ImportLine
from checkin_tui.i18n import _
from checkin_tui.tui.safe import fit
from checkin_tui.tui.screens.importing.picks import Picks
from checkin_tui.words.importing import change_texts, doubt_text, field_word, row_text

SHEET_ROW = 14
"""Cells of sheet and row, where several sheets were read."""

WIDE = 100
"""Cells from which long codes, names and branches get more room."""

SIGNS = {
    "new": "+",
    "changed": "~",
    "unchanged": "=",
    "doubtful": "?",
    "rejected": "✗",
    "gone": "-",
    "passed": "·",
}
"""What a line of the list may be; the last two are no lines to import: who is not in the file, and what is nobody."""


class ImportLines(Picks):
    """Row number, sign and word of the result, code, name, branch, the joined date given, what changes or why not."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{result}" for result in SIGNS}

    def __init__(
        self, tell: Callable[[ImportLine, int, date | None], str] | None = None, *, id: str | None = None
    ) -> None:
        """`tell`: the text of a line for so many cells, with the date of joining it gives; else that of a person.

        id: of a list that may have the keyboard; without one it is only scrolled.
        """
        super().__init__(id=id)
        self._tell = tell or line_text
        self._lines: Sequence[ImportLine] = ()
        self._joined: Mapping[int, date] = {}

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._lines)

    @property
    def line(self) -> ImportLine | None:
        """The highlighted one."""
        return self._lines[self.at] if 0 <= self.at < len(self._lines) else None

    def show(self, lines: Sequence[ImportLine], joined: Mapping[int, date] | None = None, at: int = 0) -> None:
        """Show these, with that one highlighted. joined: row -> the date of joining it gives itself."""
        self._lines, self._joined = lines, joined or {}
        self.refill(at)
        if self.id is None:
            self.can_focus = False

    def draw(self, number: int, width: int) -> tuple[str, str]:
        """One line."""
        line = self._lines[number]
        return self._tell(line, width, self._joined.get(line.row)), f"lines--{line.result}"


def line_text(line: ImportLine, width: int, joined: date | None = None, said: str = "", several: bool = False) -> str:
    """The line in columns that grow with the width; what is over is for the last one.

    said: whom a doubtful line is about, as the organizer says. several: its sheet is told with its row.
    """
    wide = width >= WIDE
    names = width * 2 // 7 if wide else max(10, width * 3 // 13)
    codes = fit(line.code, 12 if wide else 6)
    known = (*result_cells(line, several=several), codes)
    if line.result == "rejected":
        return " ".join((*known[:3], words.sentence(line.reason, line.values or {})))
    more = changes_text(line)
    if line.result == "doubtful":
        more = [] if said else [doubt_text(line.reason, line.candidates)]
    if joined is not None and not any(field == "joined" for field, _before, _after in line.changes):
        more.insert(0, f"{field_word('joined')} {joined.isoformat()}")
    more += [said] if said else []
    return " ".join((*known, fit(line.name, names), fit(line.branch, names * 2 // 3), "; ".join(more)))


def detail_text(line: ImportLine, joined: date | None = None, said: str = "") -> str:
    """All there is to say of a line, for where it is highlighted: in full what its columns have no room for."""
    who = " ".join(text for text in (line.code, line.name) if text)
    who = f"{who} ({line.branch})" if line.branch else who
    more = changes_text(line)
    if line.result == "rejected":
        more = [words.sentence(line.reason, line.values or {})]
    elif line.result == "doubtful" and not said:
        more = [doubt_text(line.reason, line.candidates)]
    if joined is not None:
        more.append(f"{field_word('joined')} {joined.isoformat()}")
    where = row_text(Place(line.sheet, line.row)) if line.row else ""
    more += [said] if said else []
    return ": ".join(text for text in (where, result_word(line.result), who, "; ".join(more)) if text)


def result_cells(line: ImportLine, *, several: bool = False) -> tuple[str, str, str]:
    """Row number (with the sheet, where several were read), sign and word of what becomes of the line."""
    row = f"{line.row}" if line.row else ""
    where = fit(f"{line.sheet}!{row}" if row else "", SHEET_ROW) if several else fit(row, 5)
    return where, SIGNS[line.result], fit(result_word(line.result), 10)


def changes_text(line: ImportLine) -> list[str]:
    """`phone: – → 555-0101`, for each field."""
    return change_texts(line.changes)


def result_word(result: str) -> str:
    """What importing the line does."""
    return {
        "new": _("new"),
        "changed": _("changed"),
        "unchanged": _("unchanged"),
        "doubtful": _("doubtful"),
        "rejected": _("rejected"),
        "gone": _("gone"),
        "passed": _("passed"),
    }[result]
