"""100,000 people from CSV and XLSX, beside csv or calamine and raw `executemany` into the same tables.

The names are Chinese ones, as in the office's lists: their readings are what an import has to look up.
"""

from __future__ import annotations

import csv
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import python_calamine
import xlsxwriter

from checkin_tui.domain.requests import CreateProgram, ImportMembers
from checkin_tui.interchange.lists.rosters import read_roster
from checkin_tui.services.handler import Handler
from checkin_tui.store import migrations
from tests.bench import files
from tests.bench.report import Figure
from tests.bench.services import raw_connection

PEOPLE = 100_000
RUNS = 3
BUDGET = 12.0
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高曾单仇查翟"
_GIVEN = "明华丽军平红伟芳英秀国春兰建文玉海燕东梅志强云霞永生金凤德福小宝家乐天长青山水石田禾"

Row = tuple[str, str, str, str]


def imports(folder: Path) -> list[Figure]:
    """Both formats, ours and the yardstick in turn."""
    rows = people(PEOPLE)
    found = []
    for format, write, read in (("csv", write_csv, raw_csv), ("xlsx", write_xlsx, raw_xlsx)):
        source = folder / f"people.{format}"
        write(source, rows)
        ours, theirs = [], []
        for _ in range(RUNS):
            ours.append(_ours(source, folder / "ours.db"))
            theirs.append(_raw(source, folder / "raw.db", read))
        found.append(Figure(f"import of {PEOPLE:,} people, {format.upper()}", ours, theirs, BUDGET, unit="s"))
    return found


def people(count: int, seed: int = 5) -> list[Row]:
    """Code, name, branch and telephone of invented people in 24 villages."""
    rng = random.Random(seed)
    return [
        (
            f"{100_001 + row}",
            rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2, 2)))),
            f"第{row % 24 + 1}村党支部",
            f"0000{rng.randrange(10**7):07d}",
        )
        for row in range(count)
    ]


def write_csv(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "name", "branch", "phone"])
        writer.writerows(rows)


def write_xlsx(path: Path, rows: Sequence[Row]) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([("code", "name", "branch", "phone"), *rows]):
        sheet.write_row(number, 0, row)
    book.close()


def raw_csv(path: Path) -> list[list[Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def raw_xlsx(path: Path) -> list[list[Any]]:
    return python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()[1:]


def _ours(source: Path, path: Path) -> float:
    """By the reader and the use-case, with everything an import does. Seconds."""
    migrations.create(path)
    handler = Handler(files.context(path))
    handler.handle(CreateProgram(uid=uuid4(), made=files.now(), terms=files.terms()))
    began = time.perf_counter()
    roster = read_roster(source)
    change = handler.handle(ImportMembers(uid=uuid4(), made=files.now(), lines=roster.rows))
    took = time.perf_counter() - began
    handler.close()
    path.unlink()
    assert change is not None
    return took


def _raw(source: Path, path: Path, read: Callable[[Path], list[list[Any]]]) -> float:
    """What any program would have to do with that file. Seconds."""
    migrations.create(path)
    raw = raw_connection(path)
    began = time.perf_counter()
    rows = read(source)
    raw.execute("BEGIN IMMEDIATE")
    names = sorted({row[2] for row in rows})
    raw.executemany("INSERT INTO branches (uid, name) VALUES (?, ?)", [(uuid4().bytes, name) for name in names])
    ids = dict(raw.execute("SELECT name, id FROM branches"))
    members = [(number, uuid4().bytes, row[0], row[1], row[3]) for number, row in enumerate(rows, 1)]
    raw.executemany("INSERT INTO members (id, uid, code, name, phone) VALUES (?, ?, ?, ?, ?)", members)
    places = [(number, ids[row[2]], "2026-05-18") for number, row in enumerate(rows, 1)]
    raw.executemany("INSERT INTO memberships (member_id, branch_id, first) VALUES (?, ?, ?)", places)
    logged = [(uuid4().bytes, b"batch-of-sixteen", b"1" * 16, row[1], number) for number, row in enumerate(rows, 1)]
    raw.executemany(
        "INSERT INTO changes (uid, batch, kind, entity, entity_uid, after, recorded, counter, station) "
        "VALUES (?, ?, 'import', 'member', ?, ?, 1, ?, x'00')",
        logged,
    )
    raw.execute("COMMIT")
    took = time.perf_counter() - began
    raw.close()
    path.unlink()
    return took
