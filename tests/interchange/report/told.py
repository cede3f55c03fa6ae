"""A report read back from its file, by libraries other than those that wrote it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import docx
from docx.table import Table
from markdown_it import MarkdownIt

Rows = list[list[str]]


class Part(NamedTuple):
    """What stands under one heading."""

    texts: list[str]
    tables: list[Rows]


def told(file: Path) -> dict[str, Part]:
    """The parts of a report by their headings; '' is what stands before the first."""
    text = file.read_text("utf-8") if file.suffix != ".docx" else ""
    if file.suffix == ".docx":
        return _word(file)
    return _page(text if file.suffix == ".html" else MarkdownIt("commonmark").enable("table").render(text))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts = {"": Part([], [])}
        self.here, self.said = "", ""

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if tag in ("h1", "h2", "p", "td", "th"):
            self.said = ""
        if tag == "table":
            self.parts[self.here].tables.append([])
        if tag == "tr":
            self.parts[self.here].tables[-1].append([])

    def handle_data(self, data: str) -> None:
        self.said += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "h2":
            self.here = self.said
            assert self.here not in self.parts
            self.parts[self.here] = Part([], [])
        elif tag in ("p", "h1"):
            self.parts[self.here].texts.append(self.said)
        elif tag in ("td", "th"):
            self.parts[self.here].tables[-1][-1].append(self.said)


def _page(text: str) -> dict[str, Part]:
    reader = _Reader()
    reader.feed(text)
    return reader.parts


def _word(file: Path) -> dict[str, Part]:
    parts, here = {"": Part([], [])}, ""
    for block in docx.Document(str(file)).iter_inner_content():
        if isinstance(block, Table):
            parts[here].tables.append([[cell.text for cell in row.cells] for row in block.rows])
        elif block.style is not None and block.style.name == "Heading 1":
            here = block.text
            parts[here] = Part([], [])
        elif block.text:
            parts[here].texts.append(block.text)
    return parts
