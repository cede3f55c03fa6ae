"""The register as JSON, one document, or as JSON lines. Both are written line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from checkin_tui.domain.register import Register
from checkin_tui.interchange.outputs import Progress
from checkin_tui.interchange.register.columns import (
    EVENT_COLUMNS,
    STANDING_COLUMNS,
    Value,
    day_shape,
    event_values,
    standing_values,
)
from checkin_tui.interchange.shapes import moment, terms_shape
from checkin_tui.services.context import Context
from checkin_tui.services.register import entry_pages, event_pages, with_figures

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode


def write_lines(ctx: Context, draft: Path, register: Register, *, long: bool, progress: Progress) -> int:
    """One object a line. Returns how many."""
    count = 0
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        for line in _lines(ctx, register, long, progress):
            file.write(f"{line}\n")
            count += 1
    return count


def write_document(ctx: Context, draft: Path, register: Register, *, long: bool, progress: Progress) -> int:
    """`{"program": …, "sessions": […], "rows": […]}`. Returns how many rows."""
    register = with_figures(ctx, register)
    terms, count = register.program.terms, 0
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"program": {as_text(terms_shape(terms))},\n')
        file.write(f'"written_at": {as_text(moment(register.made, terms.zone))},\n"sessions": [')
        for number, day in enumerate(register.days):
            file.write(f"{',' if number else ''}\n{as_text(day_shape(day, register))}")
        file.write('],\n"rows": [')
        for line in _lines(ctx, register, long, progress):
            file.write(f"{',' if count else ''}\n{line}")
            count += 1
        file.write("]}\n")
    return count


def as_text(value: Any) -> str:
    """The value on one line. Whatever a terminal could obey is written as an escape: the same for who reads it."""
    text = _ENCODE(value)
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)


def _lines(ctx: Context, register: Register, long: bool, progress: Progress) -> Iterator[str]:
    zone, total = register.program.terms.zone, len(register.held)
    columns = EVENT_COLUMNS if long else STANDING_COLUMNS
    for number, rows in _pages(ctx, register, long, zone):
        for row in rows:
            yield as_text(dict(zip(columns, row, strict=True)))
        progress(number, total)
    progress(total, total)


def _pages(
    ctx: Context, register: Register, long: bool, zone: str
) -> Iterator[tuple[int, Iterator[tuple[Value, ...]]]]:
    if long:
        for page in event_pages(ctx, register):
            yield page.number, event_values(page, zone)
    else:
        for entries in entry_pages(ctx, register):
            yield entries.number, standing_values(entries, zone)
