"""The register as it hangs on a wall: people by sessions, grouped by branch, with totals that a spreadsheet can check.

Every total is a formula and has its value beside it, so that who does not compute (a viewer, a script) sees it too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from checkin_tui.domain.campaign import Day, participation_of
from checkin_tui.domain.rates import Rate, Target, campaign, percent_text
from checkin_tui.domain.register import Bench, Choice, Known, Register, RegisterWords, earlier_places
from checkin_tui.domain.text import visible
from checkin_tui.interchange.outputs import Progress
from checkin_tui.interchange.register.area import FIXED, SUMS, TOTALS, Area, Formulas, column_name
from checkin_tui.interchange.register.book import Book, fits
from checkin_tui.interchange.register.letters import Letters, Line, weight_of
from checkin_tui.services.context import Context
from checkin_tui.services.register import load_marks

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_HEAD: Final = 3  # rows of the title and what it is about
_HEADER: Final = 3  # rows above the people: date, weekday, kind
_PAGE: Final = 200  # people
_ACROSS: Final = 40  # sessions on one printed page
_NAMED: Final = len(FIXED[:3])  # columns that stay in view: number, code, name
_WIDEST: Final = {"code": 14, "name": 44, "branch": 24, "title": 18, "remark": 40}
_EDGE: Final = {"bold": True, "bg_color": "#EEEEEE", "border": 1, "border_color": "#BBBBBB"}


def area_of(register: Register, found: Sequence[Bench]) -> Area:
    """Where everything will be. Raises CheckInError `export_too_large` where a worksheet does not hold it."""
    rows = sum(1 + len(bench.people) for bench in found)
    first = _HEAD + _HEADER
    area = Area(len(register.columns), first, first + rows - 1, first + max(1, rows))
    fits(area.totals + len(TOTALS), len(FIXED) + area.sessions + len(SUMS))
    return area


def rate_cell(book: Book, rate: Rate, target: Target | None, **style: Any) -> tuple[float | str, Format]:
    """The rate and how it is shown: with as many decimals as it takes not to read as a line it misses."""
    text = percent_text(rate, target)
    decimals = 2 if text is None else len(text.partition(".")[2])
    shown = book.format(num_format=f"0.{'0' * decimals}%", **style)
    return ("" if rate.fraction is None else float(rate.fraction)), shown


class Wide:
    """The sheet, written from the top by `write`."""

    def __init__(self, book: Book, register: Register, found: Sequence[Bench], words: RegisterWords) -> None:
        self._book, self._register, self._found, self._words = book, register, found, words
        self._days = register.columns
        self._area = area_of(register, found)
        self._sheet = book.sheet(words.sheets["register"], register.program.terms.name, words.footer)

    def write(self, ctx: Context, choice: Choice, progress: Progress) -> int:
        """All of it. Returns how many people are in it."""
        name, sheet, area = self._register.program.terms.name, self._sheet, self._area
        raw = sheet.raw
        raw.freeze_panes(area.first, _NAMED)
        raw.repeat_rows(_HEAD, area.first - 1)
        raw.repeat_columns(0, _NAMED - 1)
        raw.fit_to_pages(max(1, -(-area.sessions // _ACROSS)), 0)
        raw.outline_settings(symbols_below=False)
        self._set_widths()
        sheet.text(0, 0, name, self._book.format(bold=True, font_size=14))
        for row, line in enumerate(self._words.about(self._register, choice)[: _HEAD - 1], 1):
            sheet.text(row, 0, line, self._book.format(font_color="#555555"))
        self._write_header()
        count = self._write_people(ctx, progress)
        if not count:
            sheet.text(area.first, 0, self._words.nobody)
        self._write_totals()
        return count

    def _set_widths(self) -> None:
        from rich.cells import cell_len

        people = [one for bench in self._found for one in bench.people]
        texts = {
            "code": {one.code for one in people},
            "name": {one.name for one in people},
            "branch": {bench.branch or "" for bench in self._found},
            "title": {one.title for one in people},
            "remark": {self._remark(one) for one in people},
        }
        widths = {
            name: min(max(cell_len(visible(text)) for text in (*found, self._words.columns[name])) + 1, _WIDEST[name])
            for name, found in texts.items()
        }
        raw, behind = self._sheet.raw, self._area.sum_column("attended")
        raw.set_column(0, 0, 5)
        for column, name in enumerate(FIXED[1:], 1):
            raw.set_column(column, column, widths[name])
        if self._days:
            raw.set_column(len(FIXED), behind - 1, 5)
        raw.set_column(behind, behind + 2, 9)
        raw.set_column(behind + 3, behind + 3, widths["remark"])

    def _write_header(self) -> None:
        flat = self._book.format(valign="bottom", text_wrap=True, **_EDGE)
        turned = self._book.format(rotation=90, align="center", valign="bottom", **_EDGE)
        level = self._book.format(align="center", **_EDGE)
        words, labels = self._words, self._words.columns
        self._write_heading(_HEAD, 68, turned, lambda day: str(day.session.key))
        self._write_heading(_HEAD + 1, 16, level, lambda day: words.weekday(day.session.key.day))
        self._write_heading(_HEAD + 2, 58, turned, lambda day: words.kind(day.session.kind))
        for row in range(_HEAD, _HEAD + _HEADER):
            for column, name in (*enumerate(FIXED), *((self._area.sum_column(name), name) for name in SUMS)):
                self._sheet.text(row, column, labels[name] if row == _HEAD else "", flat)

    def _write_heading(self, row: int, height: int, style: Format, say: Callable[[Day], str]) -> None:
        self._sheet.raw.set_row(row, height)
        self._sheet.texts(row, len(FIXED), [say(day) for day in self._days], style)

    def _write_people(self, ctx: Context, progress: Progress) -> int:
        letters, total = Letters(self._days, self._words), sum(len(bench.people) for bench in self._found)
        group = {"bold": True, "bg_color": "#F6F6F6", "bottom": 1, "bottom_color": "#BBBBBB"}
        row, count = self._area.first, 0
        for bench in self._found:
            lines: list[Line] = []
            for start in range(0, len(bench.people), _PAGE):
                page = bench.people[start : start + _PAGE]
                marks = load_marks(ctx, page)
                for person in page:
                    said = letters.row(person, marks.get(person.member_id, ()))
                    lines.append(Line(person, said, letters.rate(said)))
                progress(count + len(lines), total)
            heading = f"{self._words.branch(bench.branch)} ({len(lines)})"
            self._sheet.texts(row, 0, [heading, *[""] * (self._area.sum_column("remark"))], self._book.format(**group))
            if bench.branch is not None:
                sums = campaign((line.rate.attended, line.rate.expected) for line in lines)
                self._write_sums(row, sums, Formulas.of_group(self._area, row, len(lines)), **group)
            for line in lines:
                row, count = row + 1, count + 1
                self._write_line(row, count, line, guest=bench.branch is None)
            row += 1
        return count

    def _write_line(self, row: int, number: int, line: Line, *, guest: bool) -> None:
        """One person."""
        sheet, person, centred = self._sheet, line.person, self._book.format(align="center")
        place = None if guest else person.place_now(self._register.today)
        sheet.raw.set_row(row, None, None, {"level": 1})
        sheet.number(row, 0, number, centred)
        texts = (person.code, person.name, "" if place is None else place.branch, person.title)
        sheet.texts(row, 1, texts, self._book.format(shrink=True))  # a long name is small rather than cut
        write = sheet.raw.write_string  # letters of ours, and a million of them
        for column, letter in enumerate(line.letters, len(FIXED)):
            if letter:
                write(row, column, letter, centred)
        if not guest:
            self._write_sums(row, line.rate, Formulas.of_person(self._area, row, self._words))
        sheet.text(row, self._area.sum_column("remark"), self._remark(person), self._book.format(shrink=True))

    def _write_sums(self, row: int, rate: Rate, formulas: Formulas, **style: Any) -> None:
        """Attended, expected and rate of a person or a branch. Without sessions there is nothing to sum."""
        if not self._days:
            return
        sheet, area, plain = self._sheet, self._area, self._book.format(**style)
        sheet.formula(row, area.sum_column("attended"), formulas.attended, rate.attended, plain)
        sheet.formula(row, area.sum_column("expected"), formulas.expected, rate.expected, plain)
        sheet.formula(row, area.sum_column("rate"), formulas.rate, *rate_cell(self._book, rate, None, **style))

    def _remark(self, person: Known) -> str:
        """In which other branches they were."""
        if person.guest:
            return ""
        return "; ".join(self._words.earlier(*place) for place in earlier_places(person, self._register.today))

    def _write_totals(self) -> None:
        """What every session comes to, and all of them."""
        sheet, area = self._sheet, self._area
        rows = {name: area.totals + number for number, name in enumerate(TOTALS)}
        for name in TOTALS:
            if name == "rate":
                sheet.raw.set_row(rows[name], 40)  # it is written upwards
            sheet.text(rows[name], 0, self._words.totals[name], self._book.format(bold=True))
            for number, day in enumerate(self._days):
                self._write_total(name, rows, number, day)
            if self._days:
                self._write_campaign(name, rows)

    def _write_total(self, name: str, rows: dict[str, int], number: int, day: Day) -> None:
        """One figure of one session (from 0)."""
        sheet, area, column, counts = self._sheet, self._area, len(FIXED) + number, day.counts
        centred = self._book.format(align="center", shrink=True)
        if name == "counted":
            sheet.number(rows[name], column, weight_of(day), centred)
        elif name == "rate":
            at = {one: f"{column_name(column)}{row + 1}" for one, row in rows.items()}
            formula = Formulas.rate_of_session(at["attended"], at["expected"], at["excused"], at["counted"])
            rate = participation_of(counts, day.session).rate if day.taken else Rate(0, 0)
            small = {"font_size": 9, "rotation": 90, "align": "center"}
            sheet.formula(rows[name], column, formula, *rate_cell(self._book, rate, day.session.target, **small))
        elif area.last < area.first:
            sheet.number(rows[name], column, getattr(counts, name), centred)
        else:
            formula = Formulas.tally(area, number, name, self._words)
            sheet.formula(rows[name], column, formula, getattr(counts, name), centred)

    def _write_campaign(self, name: str, rows: dict[str, int]) -> None:
        """Attended, expected and rate over the sessions taken, where the column of that name meets its row."""
        if name not in SUMS:
            return
        rate = campaign((day.attended, day.expected) for day in self._days if day.taken)
        formulas = Formulas.of_campaign(self._area, rows)
        column, bold = self._area.sum_column(name), self._book.format(bold=True)
        if name == "attended":
            self._sheet.formula(rows[name], column, formulas.attended, rate.attended, bold)
        elif name == "expected":
            self._sheet.formula(rows[name], column, formulas.expected, rate.expected, bold)
        else:
            shown = rate_cell(self._book, rate, self._register.program.terms.target, bold=True)
            self._sheet.formula(rows[name], column, formulas.rate, *shown)
