"""The header row of a file: found by known words, known as that of another program, or named by whoever asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.text import clean
from checkin_tui.interchange.lists.columns import FAMILY, GIVEN, MEMBERS, Columns, headers_of, plain
from checkin_tui.interchange.lists.presets import NONE, columns_for, preset_of

HEADER_ROWS: Final = 15


class Header(NamedTuple):
    """The header row's position in the table (from 0; -1 for a list without one), and the place of each field in a row.

    columns: field -> its header. width: how many cells the header row has; what lies beyond belongs to no column.
    spare: field -> the places whose cell counts where the first is blank. cells: the row, cleaned. preset: whose
    columns they are.
    """

    position: int
    places: Mapping[str, int]
    columns: Mapping[str, str]
    width: int
    cells: tuple[str, ...] = ()
    spare: Mapping[str, tuple[int, ...]] = {}
    preset: str = ""


class _Candidate(NamedTuple):
    """A row taken as the header: its fields with their places, best first, and how many known words it has."""

    places: dict[str, list[int]]
    known: int


def find_header(
    rows: Sequence[Sequence[str]],
    file: str,
    mapping: Mapping[str, str] | None = None,
    columns: Columns = MEMBERS,
    *,
    at: int | None = None,
    preset: str | None = None,
) -> Header:
    """The header row: of the first fifteen rows that hold anything, the one with the most words that are known, what
    is needed among them; or the row at `at` (from 0).

    `mapping` (field -> header; '' for a field that is to have no column) goes before the words, and so do the columns
    of a preset: the one asked for, or the one whose columns the file has. Raises CheckInError: `columns.missing`
    (headers: those of the most likely row), import_map_missing (field, header, headers), import_empty, import_preset;
    each with file.
    """
    mapping = mapping or {}
    filled = _filled(rows, file) if at is None else [at]
    key = ""
    if columns is MEMBERS and preset != NONE:
        known = {index: preset_of(rows[index]) for index in filled}
        key = preset or next(filter(None, known.values()), "")
        if key:
            columns = columns_for(key)
            filled = [index for index in filled if known[index] == key] or filled
    found = {index: _candidate(rows[index], mapping, columns) for index in filled}
    named = [index for index in filled if _has_needed(found[index].places, mapping, columns)]
    if not named:
        likely = max(filled, key=lambda index: (found[index].known, sum(map(bool, rows[index])), -index))
        raise _unnamed(file, mapping, columns, rows[likely])
    index = max(named, key=lambda each: (found[each].known, -each))
    for field in filter(mapping.get, mapping):
        if field not in found[index].places:
            raise _map_missing(file, field, mapping, rows[index])
    cells = tuple(map(clean, rows[index]))
    all_places = {field: found[index].places[field] for field in columns.fields if field in found[index].places}
    places = {field: several[0] for field, several in all_places.items()}
    spare = {field: tuple(several[1:]) for field, several in all_places.items() if columns.spare and several[1:]}
    told = {field: cells[place] for field, place in places.items()}
    return Header(index, places, told, len(cells), cells, spare, key)


def possible_headers(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """The cells of each row that may be the header, cleaned."""
    for row in islice((row for row in rows if any(map(clean, row))), HEADER_ROWS):
        yield tuple(map(clean, row))


def _filled(rows: Sequence[Sequence[str]], file: str) -> list[int]:
    """The rows that may be the header."""
    filled = list(islice((index for index, row in enumerate(rows) if any(map(clean, row))), HEADER_ROWS))
    if not filled:
        raise CheckInError("import_empty", file=file)
    return filled


def _candidate(row: Sequence[str], mapping: Mapping[str, str], columns: Columns) -> _Candidate:
    """One row taken as a header. What the mapping names goes first."""
    bare = [plain(cell) if len(cell) <= 200 else "" for cell in row]
    places: dict[str, list[int]] = {}
    for field, header in mapping.items():
        if not header:
            continue
        exact = [place for place, cell in enumerate(row) if clean(cell) == header]
        alike = [place for place, cell in enumerate(bare) if cell == plain(header)]
        if exact or alike:
            places[field] = (exact or alike)[:1]
    taken = {place for several in places.values() for place in several}
    others: set[str] = set()
    by_word: dict[str, list[tuple[int, int]]] = {}
    for place, cell in enumerate(bare):
        known = columns.known.get(cell)
        if known is not None and place not in taken and known[0] not in mapping:
            by_word.setdefault(known[0], []).append((known[1], place))
        elif cell in columns.others:
            others.add(cell)
    for field, several in by_word.items():
        places[field] = [place for _, place in sorted(several)]
    if (mapping.get(GIVEN) or mapping.get(FAMILY)) and "name" not in mapping:
        places.pop("name", None)
    return _Candidate(places, len(places) + len(others))


def _has_needed(places: Mapping[str, object], mapping: Mapping[str, str], columns: Columns) -> bool:
    """Whether it is there, whole; of a name in parts one is enough where the mapping names no other."""
    groups = columns.needed
    asked = [field for group in groups for field in group if mapping.get(field)]
    return any(all(field in places for field in group) for group in groups) or (
        bool(asked) and all(field in places for field in asked)
    )


def _unnamed(file: str, mapping: Mapping[str, str], columns: Columns, row: Sequence[str]) -> CheckInError:
    for group in columns.needed:
        for field in group:
            if mapping.get(field):
                return _map_missing(file, field, mapping, row)
    return CheckInError(columns.missing, file=file, headers=headers_of(row))


def _map_missing(file: str, field: str, mapping: Mapping[str, str], row: Sequence[str]) -> CheckInError:
    return CheckInError("import_map_missing", file=file, field=field, header=mapping[field], headers=headers_of(row))
