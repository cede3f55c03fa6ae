"""Files as people have them, written by the libraries that usually write them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
import xlwt

OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"


def text_file(path: Path, rows: Iterable[Sequence[str]], *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def workbook(path: Path, rows: Iterable[Sequence[Any]], *, title: str = "Members") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def shared_workbook(path: Path, rows: Iterable[Sequence[Any]]) -> Path:
    """A workbook whose texts are shared strings."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def old_workbook(path: Path, rows: Iterable[Sequence[Any]], *, title: str = "Members") -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(title)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(str(path))
    return path


def open_document(path: Path, tables: str, *, styles: str = "", head: str = "", manifest: str = "<m/>") -> Path:
    """An OpenDocument spreadsheet made by hand of the XML of its tables. head: what stands before it all."""
    spaces = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "table", "text", "style", "calcext", "draw"))
    content = (
        f"{head}<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", OPEN_DOCUMENT, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def with_entry(path: Path, name: str, content: bytes) -> Path:
    """The archive at `path` with one entry written anew."""
    with zipfile.ZipFile(path) as archive:
        entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    entries[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in entries.items():
            archive.writestr(entry, data)
    return path
