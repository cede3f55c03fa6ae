"""The strings of old Excel workbooks: [MS-XLS] 2.5.240, 2.5.294 and, for the shared ones, 2.4.265 and 2.5.293."""

from __future__ import annotations

import codecs
import struct
from typing import Final, NamedTuple

from checkin_tui.interchange.reading.xml_parts import BadPart, TooFar

STRING_LIMIT: Final = 1_500_000

_WIDE, _EXTENDED, _RICH = 0x1, 0x4, 0x8
_MAC_PAGES: Final = {10000: "mac_roman", 32768: "mac_roman", 32769: "cp1252", 1200: "cp1252", 10008: "gb2312"}


class Letters(NamedTuple):
    """How a workbook writes letters. two_bytes: each string says itself whether it has two bytes a letter (BIFF8)."""

    code_page: str
    two_bytes: bool

    @staticmethod
    def of_page(number: int, *, two_bytes: bool) -> Letters:
        """Those of a code page; what nobody knows is Western."""
        name = _MAC_PAGES.get(number, f"cp{number}")
        try:
            codecs.lookup(name)
        except LookupError:
            name = "cp1252"
        return Letters(name, two_bytes)

    def text(self, data: memoryview, *, size: int) -> str:
        """A string that begins with its length; size: of that, in bytes. A cut one raises BadPart."""
        length = int.from_bytes(data[:size], "little")
        if not self.two_bytes:
            return _whole(data[size:], length).decode(self.code_page, "replace")
        if length == 0:
            return ""
        begins = size + 1
        if data[size] & _WIDE:
            return _whole(data[begins:], 2 * length).decode("utf-16-le", "replace")
        return _whole(data[begins:], length).decode("latin-1")


def _whole(data: memoryview, length: int) -> bytes:
    if len(data) < length:
        raise BadPart
    return bytes(data[:length])


def read_shared(parts: list[memoryview]) -> list[str]:
    """The shared strings, which run on from one record into the next. What the file says of their number is not used.

    Raises BadPart, struct.error, IndexError, TooFar.
    """
    if not parts:
        return []
    strings: list[str] = []
    reader = _Reader(parts)
    while reader.more():
        strings.append(reader.string())
        if len(strings) > STRING_LIMIT:
            raise TooFar
    return strings


class _Reader:
    """A place in the records of the shared strings."""

    def __init__(self, parts: list[memoryview]) -> None:
        self._parts = parts
        self._part = 0
        self._at = 8  # after the two counts

    def more(self) -> bool:
        while self._part < len(self._parts) and self._at >= len(self._parts[self._part]):
            self._part, self._at = self._part + 1, 0
        return self._part < len(self._parts)

    def string(self) -> str:
        part, at = self._parts[self._part], self._at
        length, flags = struct.unpack_from("<HB", part, at)
        at += 3
        beyond = 0
        if flags & _RICH:
            beyond += 4 * struct.unpack_from("<H", part, at)[0]
            at += 2
        if flags & _EXTENDED:
            beyond += struct.unpack_from("<I", part, at)[0]
            at += 4
        self._at = at
        text = self._letters(length, flags & _WIDE)
        self._skip(beyond)
        return text

    def _letters(self, length: int, wide: int) -> str:
        """So many letters; in each further record they begin with a byte that says how wide they are there."""
        text = ""
        while True:
            part = self._parts[self._part]
            here = min(length, (len(part) - self._at) // (2 if wide else 1))
            raw = bytes(part[self._at : self._at + here * (2 if wide else 1)])
            text += raw.decode("utf-16-le", "replace") if wide else raw.decode("latin-1")
            self._at += len(raw)
            length -= here
            if not length:
                return text
            self._part += 1
            if self._part >= len(self._parts):
                raise BadPart
            wide, self._at = self._parts[self._part][0] & _WIDE, 1

    def _skip(self, count: int) -> None:
        while count:
            if not self.more():
                raise BadPart
            here = min(count, len(self._parts[self._part]) - self._at)
            self._at += here
            count -= here
