"""The register as a file: the one way to have it written, whatever the format."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from checkin_tui.domain.calendar import local
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.register import Choice, Register, RegisterWords
from checkin_tui.interchange.outputs import Progress, Written, unheard
from checkin_tui.interchange.register import as_json as register_json
from checkin_tui.interchange.register import text as register_text
from checkin_tui.interchange.register.book import fits, workbook
from checkin_tui.interchange.register.columns import EVENT_COLUMNS, STANDING_COLUMNS
from checkin_tui.interchange.saving import saving
from checkin_tui.services.context import Context
from checkin_tui.services.register import count_entries, count_events, load_benches, load_register, with_figures

EVERYTHING: Final = Choice()


def write_register(
    ctx: Context,
    path: Path,
    format: str,
    words: RegisterWords,
    *,
    choice: Choice = EVERYTHING,
    long: bool = False,
    force: bool = False,
    progress: Progress = unheard,
) -> Written:
    """The register as it is now. long: every event instead of what they add up to.

    Written.rows: people of the wide workbook, else lines. progress: sessions (of the wide workbook people). Raises
    CheckInError `no_program`, `session_unknown`, `date_order`, `export_too_large`, `export_one_session` (Moodle takes
    one), and those of `saving`.
    """
    with saving(path, force=force) as draft, ctx.still() as still:
        register = load_register(still, choice)
        if format == "xlsx":
            write = _events if long else _wide
            rows = write(still, draft, with_figures(still, register), words, choice, progress)
        elif format == "csv":
            rows = register_text.write_csv(still, draft, register, long=long, progress=progress)
        elif format == "json":
            rows = register_json.write_document(still, draft, register, long=long, progress=progress)
        elif format == "jsonl":
            rows = register_json.write_lines(still, draft, register, long=long, progress=progress)
        elif format == "rollcall":
            rows = register_text.write_roll_call(still, draft, register, progress=progress)
        else:
            if len(register.held) != 1:
                raise CheckInError("export_one_session", count=len(register.held))
            rows = register_text.write_moodle(still, draft, register, progress=progress)
    return Written(path, format, rows)


def _wide(
    ctx: Context, draft: Path, register: Register, words: RegisterWords, choice: Choice, progress: Progress
) -> int:
    from checkin_tui.interchange.register.lists import write_legend, write_sessions
    from checkin_tui.interchange.register.sheet import Wide, area_of

    found = load_benches(ctx, register)
    area = area_of(register, found)
    terms = register.program.terms
    with workbook(draft, terms.name, local(register.made, terms.zone), area.totals * area.sessions) as book:
        rows = Wide(book, register, found, words).write(ctx, choice, progress)
        write_sessions(book, register, words)
        write_legend(book, register, words)
    progress(rows, rows)  # closing the book took its time: whoever gave up meanwhile is heard
    return rows


def _events(
    ctx: Context, draft: Path, register: Register, words: RegisterWords, _choice: Choice, progress: Progress
) -> int:
    from checkin_tui.interchange.register.lists import write_events, write_legend, write_sessions, write_standings

    events, standings = count_events(ctx, register), count_entries(ctx, register)
    fits(1 + max(events, standings), len(STANDING_COLUMNS))
    cells = events * len(EVENT_COLUMNS) + standings * len(STANDING_COLUMNS)
    terms, total = register.program.terms, 2 * len(register.held)
    with workbook(draft, terms.name, local(register.made, terms.zone), cells) as book:
        rows = write_events(book, ctx, register, words, lambda done, _total: progress(done, total))
        write_standings(book, ctx, register, words, lambda done, _total: progress(total // 2 + done, total))
        write_sessions(book, register, words)
        write_legend(book, register, words)
    progress(total, total)
    return rows
