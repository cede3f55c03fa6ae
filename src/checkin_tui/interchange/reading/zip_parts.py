"""A ZIP archive read with suspicion: each part is unpacked to its true end, and never beyond what it is said to hold.

Python's zipfile stops at the size the directory names, others go on to the end of the packed data: a part that says
one thing to the one and another to the other is refused here. Format: PKWARE APPNOTE 6.3, 4.3 and 4.4.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from checkin_tui.domain.errors import CheckInError

UNPACKED_LIMIT: Final = 256 * 1024 * 1024
ENTRY_LIMIT: Final = 10_000

_ENCRYPTED_FLAG: Final = 0x1
_LOCAL_HEADER: Final = 30  # bytes, before the name
_FED: Final = 1 << 16
_UNPACKED: Final = 1 << 20
_FIXED_DATE: Final = 0x21  # 1 January 1980


class Member(NamedTuple):
    """One part as it lies packed in an archive."""

    method: int
    crc: int
    size: int
    packed: memoryview


class Archive:
    """The parts of an archive, by name, in whatever case.

    Raises CheckInError: import_too_large, import_encrypted; zipfile.BadZipFile, zlib.error, ValueError, KeyError for
    what is damaged or not there.
    """

    def __init__(self, data: bytes, file: str) -> None:
        if data.count(b"PK\x01\x02") > ENTRY_LIMIT:  # before zipfile makes an object of each
            raise _too_large(file)
        self._data = memoryview(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            self._entries = {_key(entry.filename): entry for entry in entries}
        if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
            raise _too_large(file)
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
            raise CheckInError("import_encrypted", file=file)

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    @property
    def names(self) -> tuple[str, ...]:
        """Of all parts, as the archive spells them."""
        return tuple(entry.filename for entry in self._entries.values())

    def size(self, name: str) -> int:
        """How many bytes the part is said to hold."""
        return self._entries[_key(name)].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part, unpacked, in pieces."""
        return unpacked(self.member(name))

    def member(self, name: str) -> Member:
        """The part, packed."""
        entry = self._entries[_key(name)]
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile(name)
        header = self._data[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
        if len(header) < _LOCAL_HEADER:
            raise zipfile.BadZipFile(name)
        begins = entry.header_offset + _LOCAL_HEADER + sum(struct.unpack_from("<HH", header, 26))
        packed = self._data[begins : begins + entry.compress_size]
        if bytes(header[:4]) != b"PK\x03\x04" or len(packed) != entry.compress_size:
            raise zipfile.BadZipFile(name)
        return Member(entry.compress_type, entry.CRC, entry.file_size, packed)


def _key(name: str) -> str:
    """Part names are the same whatever their case (ECMA-376 part 2, 6.2.2), and some write them with backslashes."""
    return name.replace("\\", "/").lower()


def _too_large(file: str) -> CheckInError:
    return CheckInError("import_too_large", file=file, limit=UNPACKED_LIMIT // 2**20, unit="MiB")


def unpacked(member: Member) -> Iterator[bytes]:
    """What the part holds, in pieces. Raises zipfile.BadZipFile or zlib.error where it is not what it says."""
    left, crc = member.size, 0
    for piece in [member.packed] if member.method == zipfile.ZIP_STORED else _inflated(member.packed):
        left -= len(piece)
        if left < 0:
            break
        crc = zlib.crc32(piece, crc)
        yield bytes(piece)
    if left or crc != member.crc:
        raise zipfile.BadZipFile("size or CRC")


def _inflated(packed: memoryview) -> Iterator[bytes | memoryview]:
    """RFC 1951 data unpacked, to its own end, in pieces however well it is packed."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for start in range(0, len(packed), _FED):
        fed: bytes | memoryview = packed[start : start + _FED]
        while not stream.eof:
            piece = stream.decompress(fed, _UNPACKED)
            if piece:
                yield piece
            fed = stream.unconsumed_tail
            if not fed and len(piece) < _UNPACKED:
                break
    if not stream.eof:
        raise zlib.error("cut")


def deflated(chunks: Iterable[bytes]) -> Member:
    """The pieces as one part, packed quickly."""
    stream = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    size = crc = 0
    packed = bytearray()
    for chunk in chunks:
        size, crc = size + len(chunk), zlib.crc32(chunk, crc)
        packed += stream.compress(chunk)
    packed += stream.flush()
    return Member(zipfile.ZIP_DEFLATED, crc, size, memoryview(packed))


def archived(members: Iterable[tuple[str, Member]]) -> io.BytesIO:
    """An archive of those parts, which are not packed anew."""
    out, directory, count = io.BytesIO(), bytearray(), 0
    for name, member in members:
        title = name.encode()
        common = struct.pack(
            "<HHHHHIIIHH",
            20, 0, member.method, 0, _FIXED_DATE, member.crc, len(member.packed), member.size, len(title), 0,
        )  # fmt: skip
        directory += b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHII", 0, 0, 0, 0, out.tell()) + title
        out.write(b"PK\x03\x04" + common + title)
        out.write(member.packed)
        count += 1
    begins = out.tell()
    out.write(directory)
    out.write(struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), begins, 0))
    out.seek(0)
    return out
