"""How large a worksheet unfolds, found out from its XML without unfolding it.

Elements and attributes are those of ECMA-376 part 1: worksheets 18.3.1 (row .73, c .4), the workbook's sheets 18.2.19.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Final
from xml.parsers import expat

WORKBOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"

_CHUNK: Final = 1 << 20
# A row's or a cell's opening tag, with its reference where that comes first, as every common writer puts it.
_OPENING: Final = re.compile(rb"<(?:[\w.-]+:)?(?:c|row)(?:\s+r=[\"']([A-Za-z]*)([0-9]+)[\"']|[\s/>])")


def sheet_entry(archive: zipfile.ZipFile, sheet: str) -> str:
    """The archive's entry that holds the sheet of that name. Raises KeyError when the workbook does not say."""
    relation_of: dict[str, str] = {}
    target_of: dict[str, str] = {}

    def on_sheet(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            relation = next((value for key, value in attributes.items() if _local(key) == "id"), "")
            relation_of.setdefault(attributes.get("name", ""), relation)

    def on_relation(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            target_of[attributes["Id"]] = attributes["Target"]

    _walk(archive, WORKBOOK, on_sheet)
    _walk(archive, RELATIONS, on_relation)
    target = target_of[relation_of[sheet]]
    return target[1:] if target.startswith("/") else f"xl/{target}"


def area_bound(archive: zipfile.ZipFile, entry: str) -> int | None:
    """No fewer cells than the sheet has between its first and its last, fast; None when the references do not tell.

    Empty cells count, which is why a large answer is not yet a large sheet.
    """
    bottom = right = 0
    for part in _tag_parts(archive, entry):
        found = _OPENING.findall(part)
        if not all(digits for _, digits in found):
            return None
        bottom = max(bottom, max((int(digits) for _, digits in found), default=0))
        right = max(right, max(map(column_number, {letters.decode() for letters, _ in found}), default=0))
    return bottom * right


def _tag_parts(archive: zipfile.ZipFile, entry: str) -> Iterator[bytes]:
    """An entry in pieces that cut no tag in two. Reading to the end also checks its CRC."""
    rest = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            cut = text.rfind(b"<")
            yield text[: max(cut, 0)]
            rest = text[max(cut, 0) :]
    yield rest


def exact_area(archive: zipfile.ZipFile, entry: str) -> int:
    """How many cells the block has whose corners are the outermost cells that hold something. Five times slower."""
    extent = _Extent()
    _walk(archive, entry, extent.on_start)
    return extent.area


class _Extent:
    """The outermost rows and columns with something in them. A cell without a reference follows the one before it."""

    def __init__(self) -> None:
        self._row = self._column = 0
        self._pending = False
        self._top = self._left = 1 << 62
        self._bottom = self._right = 0

    @property
    def area(self) -> int:
        return max(0, self._bottom - self._top + 1) * max(0, self._right - self._left + 1)

    def on_start(self, tag: str, attributes: dict[str, str]) -> None:
        """One opening tag of the sheet. A cell counts once something is inside it: empty formatted ones do not."""
        local = _local(tag)
        if local == "c":
            reference = attributes.get("r")
            if reference is None:
                self._column += 1
            else:
                letters = reference.rstrip("0123456789")
                self._row, self._column = int(reference[len(letters) :]), column_number(letters)
            self._pending = True
        elif local == "row":
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            self._pending = False
        elif self._pending:
            self._pending = False
            self._top, self._bottom = min(self._top, self._row), max(self._bottom, self._row)
            self._left, self._right = min(self._left, self._column), max(self._right, self._column)


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27; no letter is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _local(tag: str) -> str:
    """A name without its namespace prefix."""
    return tag.rpartition(":")[2] if ":" in tag else tag


def _walk(archive: zipfile.ZipFile, entry: str, on_start: Callable[[str, dict[str, str]], None]) -> None:
    """Call `on_start(tag, attributes)` for each opening tag of an entry."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = on_start
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)
