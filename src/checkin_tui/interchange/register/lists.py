"""The other sheets of a register's workbook: its sessions with their figures, what the signs mean, and the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from checkin_tui.domain.calendar import local
from checkin_tui.domain.campaign import Day, participation_of
from checkin_tui.domain.rates import Rate
from checkin_tui.domain.register import Register, RegisterWords
from checkin_tui.domain.text import visible
from checkin_tui.interchange.outputs import Progress
from checkin_tui.interchange.register.book import Book, Sheet
from checkin_tui.interchange.register.columns import (
    EVENT_COLUMNS,
    STANDING_COLUMNS,
    Value,
    event_values,
    standing_values,
)
from checkin_tui.interchange.register.sheet import rate_cell
from checkin_tui.services.context import Context
from checkin_tui.services.register import entry_pages, event_pages

_SESSIONS: Final = (
    ("key", 12), ("day", 16), ("kind", 10), ("state", 10), ("topic", 30), ("presenter", 16), ("hours", 12),
    ("late_from", 9), ("audience", 16), ("target", 8), ("expected", 9), ("present", 9), ("late", 7), ("excused", 9),
    ("absent", 8), ("unmarked", 11), ("guests", 8), ("attended", 9), ("rate", 9), ("notes", 12), ("complete", 10),
    ("too_short", 10), ("missing", 9), ("remark", 22),
)  # fmt: skip
_LINE: Final = 15  # points
_MOST_LINES: Final = 27  # a row is 409 points at the most
_WIDE: Final = {"topic", "name", "branch", "because", "arrived", "left", "happened_at", "recorded_at"}


def write_sessions(book: Book, register: Register, words: RegisterWords) -> None:
    """Every session with its terms and figures, the cancelled too: what `status` tells of each."""
    sheet = _sheet(book, "sessions", register, words, [(words.columns[name], width) for name, width in _SESSIONS])
    wrapped = book.format(text_wrap=True, valign="top")
    top = book.format(valign="top")
    for row, day in enumerate(register.days, 1):
        sheet.raw.set_row(row, _LINE * _lines_of(day.session.topic, dict(_SESSIONS)["topic"]))
        for column, value in enumerate(_session(day, register, words)):
            if isinstance(value, str):
                sheet.text(row, column, value, wrapped)
            elif isinstance(value, int):
                sheet.number(row, column, value, top)
            else:
                shown, style = rate_cell(book, value, day.session.target, valign="top")
                if isinstance(shown, float):
                    sheet.number(row, column, shown, style)


def _lines_of(text: str, width: int) -> int:
    """How many lines the text takes in a column of that width, as far as a row can be high."""
    from rich.cells import cell_len

    return max(1, min(-(-cell_len(visible(text)) * 8 // (7 * width)), _MOST_LINES))  # lines break between words


def write_legend(book: Book, register: Register, words: RegisterWords) -> None:
    """What every sign and column means."""
    sheet = book.sheet(words.sheets["legend"], register.program.terms.name, words.footer)
    sheet.raw.set_column(0, 0, 14)
    sheet.raw.set_column(1, 1, 80)
    sheet.text(0, 0, register.program.terms.name, book.format(bold=True, font_size=14))
    for row, (sign, meaning) in enumerate(words.legend(register), 2):
        sheet.text(row, 0, sign, book.format(bold=True))
        sheet.text(row, 1, meaning)


def write_events(book: Book, ctx: Context, register: Register, words: RegisterWords, progress: Progress) -> int:
    """Every event. Returns how many."""
    zone = register.program.terms.zone
    pages = ((page.number, event_values(page, zone)) for page in event_pages(ctx, register))
    return _lines(_list(book, "events", EVENT_COLUMNS, register, words), pages, len(register.held), progress)


def write_standings(book: Book, ctx: Context, register: Register, words: RegisterWords, progress: Progress) -> int:
    """Everybody at every session. Returns how many lines."""
    zone = register.program.terms.zone
    pages = ((page.number, standing_values(page, zone)) for page in entry_pages(ctx, register))
    return _lines(_list(book, "standings", STANDING_COLUMNS, register, words), pages, len(register.held), progress)


def _lines(
    sheet: Sheet, pages: Iterable[tuple[int, Iterator[tuple[Value, ...]]]], total: int, progress: Progress
) -> int:
    row = 0
    for number, lines in pages:
        for line in lines:
            row += 1
            for column, value in enumerate(line):
                if isinstance(value, bool):
                    sheet.text(row, column, "yes" if value else "no")
                elif isinstance(value, int):
                    sheet.number(row, column, value)
                elif value:
                    sheet.text(row, column, value)
        progress(number, total)
    return row


def _list(book: Book, name: str, columns: Sequence[str], register: Register, words: RegisterWords) -> Sheet:
    return _sheet(book, name, register, words, [(one, 26 if one in _WIDE else 12) for one in columns])


def _sheet(
    book: Book, name: str, register: Register, words: RegisterWords, columns: Sequence[tuple[str, int]]
) -> Sheet:
    """A sheet with a header row that stays in view and is printed on each page."""
    sheet = book.sheet(words.sheets[name], register.program.terms.name, words.footer)
    sheet.raw.freeze_panes(1, 1)
    sheet.raw.repeat_rows(0)
    sheet.raw.fit_to_pages(1, 0)
    style = book.format(bold=True, bg_color="#EEEEEE", bottom=1, text_wrap=True, valign="bottom")
    for column, (heading, width) in enumerate(columns):
        sheet.raw.set_column(column, column, width)
        sheet.text(0, column, heading, style)
    return sheet


def _session(day: Day, register: Register, words: RegisterWords) -> tuple[str | int | Rate, ...]:
    """One session in the order of `_SESSIONS`."""
    session, counts, notes, zone = day.session, day.counts, day.notes, register.program.terms.zone
    starts, ends, late = (local(at, zone) for at in (session.starts, session.ends, session.late_from))
    rate = participation_of(counts, session).rate if day.taken else Rate(0, 0)
    return (
        str(session.key),
        words.day(session.key.day),
        words.kind(session.kind),
        words.state(session.state),
        session.topic,
        session.presenter,
        f"{starts:%H:%M}-{ends:%H:%M}",
        f"{late:%H:%M}",
        words.audience(session, register.invited.get(session.id, ())),
        str(session.target),
        counts.expected,
        counts.present,
        counts.late,
        counts.excused,
        counts.absent,
        counts.unmarked,
        counts.guests,
        counts.attended,
        rate,
        notes.required,
        notes.complete,
        notes.too_short,
        notes.missing,
        words.remark(day, register.today),
    )
