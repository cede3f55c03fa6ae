"""The register out: 1,000 sessions of 1,000 people as CSV and XLSX, beside csv and xlsxwriter writing the same cells.

The yardstick is handed its cells, a part at a time: neither reading them nor knowing what they mean is in its time.
Memory is the peak of a process that does nothing else, beside the same with a tenth of the rows.
`python -m tests.bench.exports FILE FORMAT` is that process.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter

from checkin_tui.interchange.register.files import write_register
from checkin_tui.words.exports import register_words
from tests.bench import files, seasons
from tests.bench.report import Figure

PEOPLE, SESSIONS = 1_000, 1_000
RUNS = 3
BUDGET = 3.0
MEMORY = 1.1
_PART = 10_000


def exports(folder: Path) -> list[Figure]:
    """Both formats, ours and the yardstick in turn."""
    many = seasons.make(folder / "register.db", PEOPLE, SESSIONS, notes=False)
    few = seasons.make(folder / "tenth.db", PEOPLE, SESSIONS // 10, notes=False)
    ctx = files.context(many)
    size = f"{PEOPLE * SESSIONS:,} standings"
    found = []
    for format, yardstick in (("csv", raw_csv), ("xlsx", raw_xlsx)):
        ours, theirs = [], []
        for _ in range(RUNS):
            path = folder / f"register.{format}"
            began = time.perf_counter()
            write_register(ctx, path, format, register_words(), force=True)
            ours.append(time.perf_counter() - began)
            theirs.append(yardstick(path, folder / f"yardstick.{format}"))
        found.append(Figure(f"export of {size}, {format.upper()}", ours, theirs, BUDGET, unit="s"))
    ctx.database.close()
    for format in ("csv", "jsonl"):
        peaks, tenth = [peak(many, format)], [peak(few, format)]
        found.append(Figure(f"peak memory of that, {format.upper()}", peaks, tenth, MEMORY, unit="MiB"))
    return found


def peak(path: Path, format: str) -> float:
    """What a process needs at most that writes the register of that file. MiB."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.exports", str(path), format], check=True, capture_output=True, text=True
    )
    return float(ran.stdout) / 1024


def raw_csv(written: Path, path: Path) -> float:
    """The cells of that file by the csv module. Seconds."""
    took = 0.0
    with written.open(encoding="utf-8-sig", newline="") as source, path.open("w", encoding="utf-8", newline="") as file:
        rows, writer = csv.reader(source), csv.writer(file)
        while part := list(islice(rows, _PART)):
            began = time.perf_counter()
            writer.writerows(part)
            took += time.perf_counter() - began
        began = time.perf_counter()
        file.flush()
        return took + time.perf_counter() - began


def raw_xlsx(written: Path, path: Path) -> float:
    """The cells of that workbook by xlsxwriter, row by row onto the disk; a formula is a number. Seconds."""
    book = python_calamine.load_workbook(written)
    sheets: list[tuple[str, Sequence[Sequence[Any]]]] = [
        (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
    ]
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        raw = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": folder})
        for name, rows in sheets:
            sheet = raw.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, float):
                        sheet.write_number(number, column, value)
                    elif value:
                        sheet.write_string(number, column, str(value))
        raw.close()
        return time.perf_counter() - began


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="checkin-bench-") as name:
        write_register(files.context(Path(sys.argv[1])), Path(name) / "register", sys.argv[2], register_words())
    # not by getrusage: the peak it tells begins with what the process that started this one held
    with open("/proc/self/status", encoding="ascii") as status:
        print(next(int(line.split()[1]) for line in status if line.startswith("VmHWM")))
