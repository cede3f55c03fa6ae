"""The parts of an XLSX workbook: found, looked over, and packed anew for calamine.

calamine trusts what it opens: it reserves as many strings as a number in the file says, and ends the whole process when
the memory is not there. So it is given a workbook of one sheet that is made here, with only the parts that were read to
their end before; nothing else of the file reaches it.
Parts and relationships: ECMA-376 part 2, 9; part 1, 12.3.
"""

from __future__ import annotations

import io
import re
from array import array
from posixpath import join, normpath
from typing import Final

from checkin_tui.interchange.reading.number_formats import (
    EAST_ASIAN_DATES,
    PLAIN,
    Family,
    Kind,
    kind_of_code,
    kind_of_id,
)
from checkin_tui.interchange.reading.tabular import SheetInfo
from checkin_tui.interchange.reading.xml_parts import DEPTH_LIMIT, BadPart, TooFar, local, tag_parts, walk
from checkin_tui.interchange.reading.zip_parts import Archive, Member, archived, deflated

SHEET_NAME: Final = "s"
STRING_LIMIT: Final = 1_500_000
SMALL_PART: Final = 16 << 20
STYLES_PART: Final = 48 << 20

_STRING: Final = re.compile(rb"<(?:[^\s<>/:]+:)?si[\s/>]")
_HUGE_COUNT: Final = re.compile(rb"uniqueCount[^<>]{0,20}?\d{8}")

_TYPES: Final = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT: Final = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
_RELATIONS: Final = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
_WORKBOOK: Final = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{office}">'
    '<workbookPr date1904="{from_1904}"/><sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>'
)


class Package:
    """The workbook's parts. Raises BadPart, KeyError and what zipfile and expat raise where they are not in order."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.from_1904 = False
        self._sheets: list[tuple[str, str, str]] = []
        workbook = self._document()
        self._parts = self._relations(workbook)
        self._small(workbook)
        walk(archive.chunks(workbook), self._on_workbook)

    @property
    def sheets(self) -> tuple[SheetInfo, ...]:
        """The worksheets, in the workbook's order; no charts and no dialogs."""
        return tuple(SheetInfo(name, state not in ("", "visible")) for name, state, _ in self._worksheets())

    def part_of(self, name: str) -> str:
        """The part that holds the sheet of that name."""
        relation = next(relation for title, _, relation in self._worksheets() if title == name)
        return self._parts[relation][1]

    def strings(self) -> array[int]:
        """How long each shared string is, in bytes of the file; read to their end. Raises BadPart, TooFar."""
        lengths = array("L")
        part = self._of_type("sharedStrings")
        if part is None:
            return lengths
        position = since = 0
        for piece in tag_parts(self._archive.chunks(part)):
            if _HUGE_COUNT.search(piece):
                raise BadPart
            for found in _STRING.finditer(piece):
                begins = position + found.start()
                lengths.append(begins - since)
                since = begins
            position += len(piece)
            if len(lengths) > STRING_LIMIT:
                raise TooFar
        lengths.append(position - since)
        return lengths[1:]  # the first is what stands before them

    def kinds(self) -> dict[int, Kind]:
        """Style -> kind, of the styles whose numbers calamine takes for mere numbers and a person does not."""
        entry = self._of_type("styles")
        if entry is None:
            return {}
        self._small(entry, STYLES_PART)
        for _ in tag_parts(self._archive.chunks(entry)):
            pass
        codes: dict[str, str] = {}
        kinds: list[Kind] = []
        inside: list[str] = []

        def on_end(_: str) -> None:
            inside.pop()

        def on_start(tag: str, attributes: dict[str, str]) -> None:
            tail = local(tag)
            if tail == "numFmt":
                codes.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
            elif tail == "xf" and inside and inside[-1] == "cellXfs":
                number = attributes.get("numFmtId", "0")
                kinds.append(_left_to_us(number, codes.get(number)))
            inside.append(tail)
            if len(inside) > DEPTH_LIMIT:
                raise BadPart

        walk(self._archive.chunks(entry), on_start, on_end)
        return {style: kind for style, kind in enumerate(kinds) if kind != PLAIN}

    def alone(self, sheet: Member) -> io.BytesIO:
        """A workbook with that sheet alone, named `SHEET_NAME`, and the strings and styles of this one."""
        made = _WORKBOOK.format(office=_OFFICE, from_1904=int(self.from_1904), name=SHEET_NAME)
        texts = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _ROOT,
            "xl/workbook.xml": made,
            "xl/_rels/workbook.xml.rels": _RELATIONS,
        }
        members = [(name, deflated([text.encode()])) for name, text in texts.items()]
        members.append(("xl/worksheets/sheet1.xml", sheet))
        for kind in ("sharedStrings", "styles"):
            if part := self._of_type(kind):
                members.append((f"xl/{kind}.xml", self._archive.member(part)))
        return archived(members)

    def _worksheets(self) -> list[tuple[str, str, str]]:
        return [sheet for sheet in self._sheets if self._parts.get(sheet[2], ("", ""))[0] == "worksheet"]

    def _document(self) -> str:
        """The part that is the workbook."""
        for kind, target in self._relations("").values():
            if kind == "officeDocument":
                return target
        raise KeyError("officeDocument")

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id -> the last word of the type, and the part, of what a part refers to; '' is the whole package."""
        folder, _, name = part.rpartition("/")
        entry = join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def on_start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                kind = attributes["Type"].rpartition("/")[2]
                target = normpath(join("/", folder, attributes["Target"])).lstrip("/")
                found.setdefault(attributes["Id"], (kind, target))

        self._small(entry)
        walk(self._archive.chunks(entry), on_start)
        return found

    def _on_workbook(self, tag: str, attributes: dict[str, str]) -> None:
        tail = local(tag)
        if tail == "sheet":
            relation = next((value for key, value in attributes.items() if local(key) == "id"), "")
            self._sheets.append((attributes.get("name", ""), attributes.get("state", ""), relation))
        elif tail == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")

    def _of_type(self, kind: str) -> str | None:
        return next((target for found, target in self._parts.values() if found == kind), None)

    def _small(self, part: str, limit: int = SMALL_PART) -> None:
        if self._archive.size(part) > limit:
            raise BadPart


def _left_to_us(number: str, code: str | None) -> Kind:
    """The kind of a format, PLAIN for what calamine makes a date of: any code of one, and the well-known numbers."""
    kind = kind_of_id(int(number)) if code is None else kind_of_code(code)
    known = kind.family in (Family.DATE, Family.DURATION) and (code is not None or int(number) not in EAST_ASIAN_DATES)
    return PLAIN if known else kind
