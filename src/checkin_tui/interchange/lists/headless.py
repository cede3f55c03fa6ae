"""A list without a header row, as people paste it: which column is which, by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.text import clean
from checkin_tui.interchange.lists.headers import Header
from checkin_tui.interchange.reading.tables import Table

_SAMPLE: Final = 200  # rows looked at
_NUMBERED: Final = re.compile(r"\d{1,4}\s*[.)）、．:：]\s*(?=\D)")  # a chat's list: `3. Li Na`
_PHONE: Final = re.compile(r"\+?[\d\s\-()]{7,20}")
_CODE: Final = re.compile(r"[A-Za-z]{0,4}-?\d{1,12}")
_DIGIT: Final = re.compile(r"\d")


def without_header(table: Table, file: str, mapping: Mapping[str, str]) -> tuple[Table, Header]:
    """The table as rows of people, and a header of position -1 for it.

    mapping: field -> number of a column from 1, before what is guessed. Raises CheckInError: import_empty,
    import_map_missing, import_no_name.
    """
    rows = [[_NUMBERED.sub("", cell.strip(), count=1) for cell in row] for row in table.rows]
    filled = [row for row in rows if any(map(clean, row))]
    if not filled:
        raise CheckInError("import_empty", file=file)
    places = _asked(mapping, max(map(len, filled)), file) or _guessed(filled[:_SAMPLE])
    if "name" not in places:
        raise CheckInError("import_no_name", file=file, headers=[])
    width = max(map(len, rows))
    columns = {field: f"#{place + 1}" for field, place in places.items()}
    return table._replace(rows=rows), Header(-1, places, columns, width)


def _asked(mapping: Mapping[str, str], width: int, file: str) -> dict[str, int]:
    places = {}
    for field, number in mapping.items():
        if not number:
            continue
        if not number.isdecimal() or not 1 <= int(number) <= width:
            numbers = [str(place + 1) for place in range(width)]
            raise CheckInError("import_map_missing", file=file, field=field, header=number, headers=numbers)
        places[field] = int(number) - 1
    return places


def _guessed(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """The first column of words is the name, the second the branch; of numbers, long ones are telephones."""
    places: dict[str, int] = {}
    for place in range(max(map(len, rows))):
        texts = [text for text in (clean(row[place]) for row in rows if place < len(row)) if text]
        if not texts:
            continue
        if _most(texts, _is_words):
            places.setdefault("branch" if "name" in places else "name", place)
        elif _most(texts, lambda text: _PHONE.fullmatch(text) is not None):
            places.setdefault("phone", place)
        elif _most(texts, lambda text: _CODE.fullmatch(text) is not None) and not _is_running(texts):
            places.setdefault("code", place)
    return places


def _is_words(text: str) -> bool:
    return _DIGIT.search(text) is None and any(map(str.isalpha, text))


def _most(texts: Sequence[str], said: Callable[[str], bool]) -> bool:
    return sum(map(said, texts)) * 2 > len(texts)


def _is_running(texts: Sequence[str]) -> bool:
    """1, 2, 3, …: it changes with every sorting of the list and is nobody's code. Several that are alike are none."""
    return texts == [str(number) for number in range(1, len(texts) + 1)] or len(set(texts)) < len(texts)
