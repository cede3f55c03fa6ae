"""The report for Word: headings, tables whose head is repeated, page numbers, a font for Chinese letters.

An earlier report is written anew in its own file: what the author put under the two headings stays where it is, with
its pictures, lists and styles, and everything around it is made again. A bookmark at each of those headings, and one
behind them, say where they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile
from zlib import error as InflateError

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.report_paper import Own, Place, ReportPaper, Section, Table, Text
from checkin_tui.domain.text import visible
from checkin_tui.interchange.extras import extra
from checkin_tui.interchange.report.parts import OURS
from checkin_tui.interchange.report.word_tables import add_table, element, qualified

if TYPE_CHECKING:
    from docx.document import Document

EXTRA: Final = "office"
LATIN: Final = "Calibri"
CHINESE: Final = "Microsoft YaHei"

_NAME: Final = "checkin_{}"
_END: Final = _NAME.format("end")
_NAMES: Final = (*(_NAME.format(part.value) for part in Own), _END)
_FIELD: Final = re.compile(r"\{(page|pages)\}")
_FIELDS: Final = {"page": "PAGE", "pages": "NUMPAGES"}
_MOST: Final = 64 << 20
_DAMAGED: Final = (
    *(BadZipFile, InflateError, RuntimeError, EOFError, SyntaxError),  # the archive, its XML
    *(KeyError, ValueError, AttributeError),  # parts that are not there, or are something else
)
_STYLES: Final = (("Normal", 10.5), ("Title", 20), ("Heading 1", 14))
_THEMED: Final = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def earlier_report(path: Path) -> Document | None:
    """The report in the file, as far as the author wrote it; None where the file is none of ours.

    Raises CheckInError `extra_missing`, `report_unreadable` (file) where it is no document, `report_marks` (file) where
    it is a report in which the places of the author cannot be told. Raises OSError.
    """
    docx = extra("docx", EXTRA)
    if path.stat().st_size > _MOST:
        raise CheckInError("report_unreadable", file=str(path))
    try:
        document: Document = docx.Document(str(path))
        body = document.element.body
        found = [one for one in body.iter(qualified("bookmarkStart")) if one.get(qualified("name")) in _NAMES]
        ours = document.core_properties.category == OURS
    except (*_DAMAGED, docx.opc.exceptions.PackageNotFoundError):
        raise CheckInError("report_unreadable", file=str(path)) from None
    if not ours and not found:
        return None
    if tuple(one.get(qualified("name")) for one in found) != _NAMES:
        raise CheckInError("report_marks", file=str(path))
    if _places(document) is None:
        raise CheckInError("report_marks", file=str(path))
    return document


def write_report_word(draft: Path, paper: ReportPaper, earlier: Document | None, made: datetime) -> None:
    """The report. earlier: as `earlier_report` gives it; its author's words stay. made: when, for its properties."""
    docx = extra("docx", EXTRA)
    document: Document = docx.Document() if earlier is None else earlier
    own = _take_out(document)
    _set_up(document, paper, made)
    document.add_paragraph(visible(paper.title), style=_styled(document, "Title"))
    for line in paper.lines:
        _paragraph(document, line)
    for section in paper.sections:
        _section(document, section, own)
    _bookmark(document, document.add_paragraph(visible(paper.end)), _END)
    for section in paper.appendix:
        _section(document, section, own)
    document.save(str(draft))


def _places(document: Document) -> tuple[int, ...] | None:
    """At which children of the body the marks are; None where they are not in order, each at one of its own."""
    children = list(document.element.body)
    found = []
    for place, child in enumerate(children):
        names = [one.get(qualified("name")) for one in child.iter(qualified("bookmarkStart"))]
        found += [(name, place) for name in names if name in _NAMES]
    places = tuple(place for _name, place in sorted(found, key=lambda one: _NAMES.index(one[0])))
    return places if len(places) == len(_NAMES) and list(places) == sorted(set(places)) else None


def _take_out(document: Document) -> dict[Own, list[Any]]:
    """Empty the document but for its page setup. Returns what the author wrote."""
    body = document.element.body
    places, children = _places(document), list(body)
    own: dict[Own, list[Any]] = {}
    if places is not None:
        for number, part in enumerate(Own):
            first, last = places[number], places[number + 1]
            if children[first].tag == qualified("bookmarkStart"):  # before its heading, not in it
                first = next(at for at in range(first, last) if children[at].tag == qualified("p"))
            own[part] = [one for one in children[first + 1 : last] if one.tag != qualified("bookmarkEnd")]
    for child in children:
        if child.tag != qualified("sectPr") or child is not children[-1]:
            body.remove(child)
    return own


def _set_up(document: Document, paper: ReportPaper, made: datetime) -> None:
    from docx.shared import Mm

    properties = document.core_properties
    properties.title, properties.category, properties.author = visible(paper.title)[:255], OURS, ""
    properties.created = properties.modified = made
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(18)
        section.top_margin = section.bottom_margin = Mm(18)
    for name, size in _STYLES:
        _style(document, name, size)
    _page_numbers(document, paper.pages)


def _style(document: Document, name: str, size: float) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    style = _styled(document, name) or document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.size, style.font.name = Pt(size), LATIN
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for themed in _THEMED:
        fonts.attrib.pop(qualified(themed), None)  # a font of the theme would win
    fonts.set(qualified("eastAsia"), CHINESE)
    fonts.set(qualified("cs"), LATIN)


def _styled(document: Document, name: str) -> Any:
    """The style of that name, as Word writes it or as LibreOffice does; None where there is none."""
    return next((style for style in document.styles if style.name == name), None)


def _page_numbers(document: Document, pages: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    for child in list(footer._element):
        footer._element.remove(child)
    paragraph = footer.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for number, part in enumerate(_FIELD.split(pages)):
        if number % 2:
            field = element("fldSimple", instr=_FIELDS[part])
            field.append(element("r"))
            field[0].append(element("t"))
            field[0][0].text = "1"
            paragraph._p.append(field)
        elif part:
            paragraph.add_run(part)


def _section(document: Document, section: Section, own: dict[Own, list[Any]]) -> None:
    heading = document.add_paragraph(visible(section.heading), style=_styled(document, "Heading 1"))
    heading.paragraph_format.page_break_before = section.page or None
    for block in section.blocks:
        if isinstance(block, Text):
            _paragraph(document, block)
        elif isinstance(block, Table):
            add_table(document, block)
        elif isinstance(block, Place):
            _bookmark(document, heading, _NAME.format(block.part.value))
            _own(document, block, own.get(block.part))


def _own(document: Document, place: Place, words: Sequence[Any] | None) -> None:
    if words is None:
        document.add_paragraph(visible(place.hint))
        return
    end = document.element.body.sectPr
    for one in words:
        if end is None:
            document.element.body.append(one)
        else:
            end.addprevious(one)


def _paragraph(document: Document, text: Text) -> None:
    document.add_paragraph().add_run(visible(text.text)).bold = text.strong or None


def _bookmark(document: Document, paragraph: Any, name: str) -> None:
    """Mark the paragraph. Ids are told apart from those of the author's own bookmarks."""
    ids = [int(one.get(qualified("id")) or 0) for one in document.element.body.iter(qualified("bookmarkStart"))]
    number = str(max(ids, default=0) + 1)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, element("bookmarkStart", id=number, name=name))
    paragraph._p.append(element("bookmarkEnd", id=number))
