"""The report as Markdown: CommonMark with tables, in which people's words are words, whatever they hold.

What could be read as markup goes out as a character reference: those never make structure (CommonMark 0.31, 2.5), and
a table is divided at no reference either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from checkin_tui.domain.report_paper import CountChart, Own, Place, RateChart, ReportPaper, Section, Table, Text
from checkin_tui.domain.text import visible
from checkin_tui.interchange.report.parts import OURS, begin_mark, end_mark

_SIGNS: Final = re.compile(r"[&<>|\\`*_\[\]~#$]|(?<=:)//|@")
_LIST: Final = re.compile(r"^([-+])(?=\s|$)|^([-=])(?=[-=\s]*$)|^(\d{1,9})([.)])(?=\s|$)")
"""What begins a list, a rule, or makes a heading of the line before."""


def plain(text: str) -> str:
    """The text as Markdown that says just this, wherever it stands in a line."""
    shown = _SIGNS.sub(lambda sign: "".join(f"&#{ord(one)};" for one in sign[0]), visible(text).strip())
    return _LIST.sub(_no_list, shown)


def write_report_markdown(draft: Path, paper: ReportPaper, kept: Mapping[Own, str]) -> None:
    """The report. kept: what the author wrote into the one before."""
    with draft.open("w", encoding="utf-8", newline="") as file:
        file.writelines(_lines(paper, kept))


def _lines(paper: ReportPaper, kept: Mapping[Own, str]) -> Iterator[str]:
    yield f"<!-- {OURS} -->\n\n# {plain(paper.title)}\n"
    for line in paper.lines:
        yield _paragraph(line)
    for section in paper.sections:
        yield from _section(section, kept)
    yield f"\n---\n\n{plain(paper.end)}\n"
    for section in paper.appendix:
        yield from _section(section, kept)


def _section(section: Section, kept: Mapping[Own, str]) -> Iterator[str]:
    yield f"\n## {plain(section.heading)}\n"
    for block in section.blocks:
        if isinstance(block, Text):
            yield _paragraph(block)
        elif isinstance(block, Table):
            yield from _table(block)
        elif isinstance(block, Place):
            words = kept.get(block.part, f"\n\n{plain(block.hint)}\n\n")
            yield f"\n{begin_mark(block.part)}{words}{end_mark(block.part)}\n"
        else:
            assert isinstance(block, (RateChart, CountChart))  # its figures are in the table that follows


def _paragraph(text: Text) -> str:
    said = plain(text.text)
    return f"\n**{said}**\n" if text.strong else f"\n{said}\n"


def _table(table: Table) -> Iterator[str]:
    rules = ("---:" if number in table.numbers else "---" for number in range(len(table.headings)))
    yield f"\n{_row(map(plain, table.headings))}{_row(rules)}"
    for row in table.rows:
        yield _row(map(plain, row))
    if table.total:
        yield _row(f"**{plain(cell)}**" if cell else "" for cell in table.total)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _no_list(found: re.Match[str]) -> str:
    if found[3]:
        return f"{found[3]}&#{ord(found[4])};"
    return f"&#{ord(found[0])};"
