"""Which encoding a text file is in: byte order mark, strict UTF-8, UTF-16 without a mark, and GB18030 last."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import Final

from checkin_tui.domain.errors import CheckInError

# What somebody may choose who sees that the one found was wrong. Big5 only so: any Big5 text is also GB18030.
CHOICES: Final = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "cp1252", "shift_jis", "euc_kr")

# Longest first: the mark of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

_SAMPLE: Final = 1 << 16  # bytes
# A list is made of these: Latin, Greek, Cyrillic, the signs, kana, Han, Hangul, and the full-width forms.
_LIKELY: Final = re.compile(
    "[\t\r\n\x20-\x7e\xa0-\u024f\u0370-\u052f\u2000-\u206f\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef]"
)
_LIKELY_SHARE: Final = 0.95
_DIVIDES: Final = re.compile("[\t\r\n,;]")

_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
# An accented letter of a name in Latin letters; GB18030 text that happens to read so has its neighbours in Han.
_ACCENTED: Final = re.compile("(?<=[A-Za-z])[\xc0-\u024f]|[\xc0-\u024f](?=[A-Za-z])")
_WHOLE_PER_BAD: Final = 4
_TWO_BYTE_LETTERS: Final = 16  # as many of one script no GB18030 list has by chance; four of three bytes it has not


def decode(data: bytes, file: str, encoding: str | None = None) -> tuple[str, str]:
    """The text and the encoding: the one asked for, else the first of the ladder that fits.

    GB18030 comes last because it accepts almost anything; guessing by statistics was wrong too often on short files.
    Raises CheckInError: import_encoding, import_unknown_encoding, import_cut_text (row of the first damaged place).
    """
    if encoding is not None:
        return _decode_as(data, file, encoding)
    for mark, marked in _BYTE_ORDER_MARKS:
        if data.startswith(mark) and mark == codecs.BOM_UTF8:
            return _marked_utf8(data[len(mark) :], file)
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], file, marked)
    if b"\0" in data and (wide := _unmarked_utf16(data)):
        return _decode_as(data, file, wide)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data, error):
            raise _cut(data, file, error) from None
        return _decode_as(data, file, "gb18030")


def _marked_utf8(data: bytes, file: str) -> tuple[str, str]:
    try:
        return data.decode("utf-8").removeprefix("\ufeff"), "utf-8"
    except UnicodeDecodeError as error:
        raise _cut(data, file, error) from None


def _cut(data: bytes, file: str, error: UnicodeDecodeError) -> CheckInError:
    row = len(_LINE_END.findall(data, 0, error.start)) + 1
    return CheckInError("import_cut_text", file=file, row=row, encoding="utf-8")


def _is_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether it is UTF-8 but for a few bytes, which GB18030 would nearly always take, with other names for everybody.

    error: of its first bad place. The whole characters of the commonest script are counted against the bad bytes (a
    character cut at the very end is one) and, where they have two bytes each, against those of other scripts: what
    looks whole in GB18030 text is of all scripts, and little beside what does not.
    """
    is_tail = error.end == len(data) and error.reason == "unexpected end of data"
    text = data.decode("utf-8", "ignore")
    bad = 1 if is_tail else len(data) - len(text.encode())
    if bad * _WHOLE_PER_BAD > len(text):  # as it is in nearly all GB18030: nothing has to be counted
        return False
    scripts: Counter[str] = Counter()
    for sign, count in Counter(text).items():
        if sign > "\x7f":
            scripts[_script(sign)] += count
    del scripts[""]
    if not scripts:
        return False
    script, whole = scripts.most_common(1)[0]
    if script == "latin":
        bad += scripts.total() - whole
        whole = len(_ACCENTED.findall(text))
    elif script != "wide":
        bad += scripts.total() - whole
        if whole < _TWO_BYTE_LETTERS:
            return False
    return whole >= _WHOLE_PER_BAD * bad


def _script(sign: str) -> str:
    """Wide: the letters of East Asia, of three bytes and more; '' for a sign that belongs to no script."""
    if sign >= "\u2e80":
        return "wide"
    if sign < "\xc0" or "\u2000" <= sign <= "\u2bff":
        return ""
    return "latin" if sign < "\u0250" or "\u1e00" <= sign <= "\u1eff" else str(ord(sign) >> 8)


def _unmarked_utf16(data: bytes) -> str | None:
    """The byte order in which the text makes sense: a line end, tab or comma has a zero byte on the one side of it.

    Read in the other order that sign is no letter of any list, nor are most letters.
    """
    sample = data[: min(_SAMPLE, len(data) // 2 * 2)]
    best, best_share = None, _LIKELY_SHARE
    for name in ("utf-16-le", "utf-16-be"):
        text = sample.decode(name, "replace")
        share = len(_LIKELY.findall(text)) / max(1, len(text))
        if share >= best_share and _DIVIDES.search(text):
            best, best_share = name, share
    return best


def _decode_as(data: bytes, file: str, encoding: str) -> tuple[str, str]:
    try:
        name = codecs.lookup(encoding).name
        text = data.decode(name)
    except UnicodeError:
        raise CheckInError("import_encoding", file=file, encoding=encoding) from None
    except (LookupError, ValueError):  # no such codec, one that is not for text, or a NUL in its name
        raise CheckInError("import_unknown_encoding", file=file, encoding=encoding) from None
    if _SURROGATE.search(text):
        raise CheckInError("import_encoding", file=file, encoding=encoding)
    return text.removeprefix("\ufeff"), name
