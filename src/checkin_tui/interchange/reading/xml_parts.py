"""The XML inside a workbook, read in pieces and with suspicion: no document type, no depth without end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from xml.parsers import expat

DEPTH_LIMIT: Final = 200  # tags inside each other; expat keeps every open one
_LONGEST_PIECE: Final = 4 << 20  # bytes without a tag: a cell holds 32,767 characters


class BadPart(ValueError):
    """A part of a workbook that no spreadsheet writes."""


class TooFar(Exception):
    """The sheet is larger than is read; nobody needs to know by how much."""


def tag_parts(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a part anew, so that they cut no tag in two.

    Raises BadPart for what a workbook never has: a document type (only to make entities explode), NULs (the text is
    in two-byte letters, in which the searches here would find nothing), or megabytes without a tag.
    """
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        cut = max(text.rfind(b"<"), 0)
        whole, rest = text[:cut], text[cut:]
        if len(rest) > _LONGEST_PIECE or b"\0" in chunk or b"<!DOCTYPE" in whole:
            raise BadPart
        yield whole
    if b"<!DOCTYPE" in rest:
        raise BadPart
    yield rest


def local(tag: str) -> str:
    """A name without its namespace prefix."""
    return tag.rpartition(":")[2] if ":" in tag else tag


def walk(
    chunks: Iterable[bytes],
    on_start: Callable[[str, dict[str, str]], None],
    on_end: Callable[[str], None] | None = None,
    on_text: Callable[[str], None] | None = None,
) -> None:
    """Call `on_start(tag, attributes)` for each opening tag of a part, and the others likewise.

    Raises BadPart, and what expat raises. Whoever has an `on_end` sees to it that tags are not too deep in each other.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def counted(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH_LIMIT:
            raise BadPart
        on_start(tag, attributes)

    def uncounted(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler = on_start if on_end else counted
    parser.EndElementHandler = on_end or uncounted
    parser.CharacterDataHandler = on_text
    parser.StartDoctypeDeclHandler = refuse_document_type
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def refuse_document_type(*_: object) -> None:
    """No workbook has a document type: it would only be there to make entities explode."""
    raise BadPart
