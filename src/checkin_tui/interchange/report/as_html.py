"""The report as a page: one file without a network, with its charts inside, to be read and to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from checkin_tui.domain.report_paper import Block, CountChart, Own, Place, RateChart, ReportPaper, Section, Table
from checkin_tui.interchange.pages import write_page
from checkin_tui.interchange.report.charts import count_chart, rate_chart
from checkin_tui.interchange.report.parts import OURS, begin_mark, end_mark


class _Shown(NamedTuple):
    """A block as the template knows it. svg: of a chart. own: of a place, the author's words or the hint."""

    kind: str
    block: Block
    svg: Markup = Markup("")
    own: Markup = Markup("")


def write_report_page(draft: Path, paper: ReportPaper, kept: Mapping[Own, str]) -> None:
    """The page. kept: what the author wrote into the one before; it is theirs and goes out as it is."""
    sections = [(section, list(_shown(section, f"c{number}", kept))) for number, section in enumerate(paper.sections)]
    appendix = [(section, list(_shown(section, "", kept))) for section in paper.appendix]
    write_page(draft, "report.html", paper=paper, sections=sections, appendix=appendix, generator=OURS)


def _shown(section: Section, name: str, kept: Mapping[Own, str]) -> Iterator[_Shown]:
    for block in section.blocks:
        if isinstance(block, RateChart):
            yield _Shown("chart", block, svg=rate_chart(block, name))
        elif isinstance(block, CountChart):
            yield _Shown("chart", block, svg=count_chart(block, name))
        elif isinstance(block, Place):
            yield _Shown("place", block, own=_own(block, kept))
        else:
            yield _Shown("table" if isinstance(block, Table) else "text", block)


def _own(place: Place, kept: Mapping[Own, str]) -> Markup:
    hint = Markup("\n<p>{}</p>\n").format(place.hint)
    words = Markup(kept[place.part]) if place.part in kept else hint
    return Markup(begin_mark(place.part)) + words + Markup(end_mark(place.part))
