"""Every workbook: what the library would take for markup of its own stands there as it is; nothing is left over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from checkin_tui.domain.papers import BoardAsk, SheetAsk
from checkin_tui.interchange.archive.files import write_archive
from checkin_tui.interchange.papers.owes import write_owes
from checkin_tui.interchange.papers.signin import write_signin
from checkin_tui.interchange.register.book import workbook
from checkin_tui.interchange.register.files import write_register
from checkin_tui.words.exports import register_words
from checkin_tui.words.papers import board_paper, sheet_paper
from tests.desk import Desk

NAMES = ("<r><t>Somebody else</t></r>", "<r>not & closed</r>", "<r></r>")

WRITERS: dict[str, Callable[[Any, Path], Any]] = {
    "register": lambda ctx, path: write_register(ctx, path, "xlsx", register_words()),
    "register --long": lambda ctx, path: write_register(ctx, path, "xlsx", register_words(), long=True),
    "program": lambda ctx, path: write_archive(ctx, path, "xlsx"),
    "sheet": lambda ctx, path: write_signin(ctx, path, SheetAsk(), sheet_paper),
    "owes": lambda ctx, path: write_owes(ctx, path, BoardAsk(), board_paper),
}


@pytest.fixture
def strange(desk: Desk) -> Desk:
    desk.edit(topic="<r>topic</r>")
    desk.open()
    for code, name in zip(("001", "002", "003"), NAMES, strict=True):
        desk.change(code, name=name)
        desk.mark(code)
    return desk


@pytest.mark.parametrize("writer", WRITERS)
def test_it_is_read_as_it_was_written(strange: Desk, tmp_path: Path, writer: str) -> None:
    file = tmp_path / "book.xlsx"
    WRITERS[writer](strange.ctx, file)
    said = {cell for sheet in openpyxl.load_workbook(file) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert said.issuperset(NAMES)


def test_what_the_library_puts_aside_lies_beside_the_file_and_goes(tmp_path: Path, monkeypatch) -> None:
    """Of a large book, whose rows are put on the disk one by one."""
    spare, out = tmp_path / "spare", tmp_path / "out"
    spare.mkdir()
    out.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spare))
    with workbook(out / "book.xlsx", "Program", datetime(2026, 5, 18), 1_000_000) as book:
        book.sheet("One", "Program", "&P").text(0, 0, NAMES[0])
        assert list(spare.iterdir()) == []
        assert list(out.glob(".checkin-*/*"))
    assert list(out.iterdir()) == [out / "book.xlsx"]
    assert openpyxl.load_workbook(out / "book.xlsx").active["A1"].value == NAMES[0]
