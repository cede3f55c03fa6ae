"""Our own register as JSON or JSON lines, opened as the table it is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.reading.tables import Source, open_source
from checkin_tui.interchange.written import neutral

_SUFFIXES: Final = frozenset({".json", ".jsonl", ".ndjson"})
_TRUTH: Final = {True: "yes", False: "no"}


def open_marks(path: Path) -> Source:
    """The file at `path`: any that `open_source` opens, and `checkin export register` as JSON or JSON lines.

    Raises as `open_source` does, and import_unreadable (file) for JSON of another kind.
    """
    source = open_source(path)
    if source.sheets or path.suffix.lower() not in _SUFFIXES:
        return source
    try:
        rows = _rows(path.read_bytes().decode("utf-8-sig"), lines=path.suffix.lower() != ".json")
        return Source(source.file, data=_as_csv(rows).encode(), suffix=".csv")
    except (OSError, ValueError, TypeError, LookupError, RecursionError):  # ValueError: bytes or JSON that are none
        raise CheckInError("import_unreadable", file=source.file) from None


def _rows(text: str, *, lines: bool) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in text.splitlines() if line.strip()] if lines else json.loads(text)["rows"]
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise ValueError("rows")
    return rows


def _as_csv(rows: Iterable[dict[str, Any]]) -> str:
    headers = dict.fromkeys(key for row in rows for key in row)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(neutral, headers))
    writer.writerows([_cell(row.get(header)) for header in headers] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return _TRUTH[value]
    return "" if value is None else neutral(str(value))
