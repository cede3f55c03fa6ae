"""Words from outside: made safe on the way in, made visible on the way out, folded for matching.

Nothing here knows a terminal or a toolkit; the characters a terminal could obey are those of ECMA-48 (C0, DEL, C1), the
ones that reorder text those of Unicode Standard Annex #9 (bidirectional controls).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TAB = "    "

_JOINERS = "\u200c\u200d"  # zero width non-joiner and joiner: Persian, Indic scripts and emoji need them
_CONCATENATION_MARKS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
_KEPT = frozenset(_JOINERS + _CONCATENATION_MARKS)
# A joiner joins what stands before it; anywhere else it only makes two equal names or codes differ unseen.
_IDLE_JOINERS = re.compile(r"(?:^|(?<=[\x00-\x7f\s\u200c\u200d]))[\u200c\u200d]+")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")

# Besides what is obeyed: what is not seen at all (soft hyphen, zero width space, tags) or is no character anywhere.
# Each terminal gives these another width, and two names that look the same must not differ by them.
_UNSEEN = (
    "\u00ad\u180e\u200b\u2060-\u2065\ufeff\ufdd0-\ufdef\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"
) + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff" + _UNSEEN + "]",
)

_NO_TEXT = re.compile("[\ud800-\udfff]")  # bytes that could not be read as text (PEP 383)
# What other programs put round a word that was copied, and nobody sees: joiners, byte order marks, directions. Not the
# override from right to left (U+202E): with it another code is seen than is there.
_ROUND = "\u00ad\u061c\u200b-\u200f\u202a-\u202d\u2060\u2066-\u2069\ufeff"
_ENDS = re.compile(f"^[\\s{_ROUND}]+|[\\s{_ROUND}]+$")

_COMMON_HAN = re.compile("[\u4e00-\u9fff]+")  # these fold to themselves: a roster has a hundred thousand such names
_ASCII_SIGNS = re.compile(r"[^a-z0-9\s]+")
_SIGN_LETTERS = frozenset(map(chr, range(0x02B9, 0x02E0))) | {"\u0640"}  # spelled apostrophes and accents; tatweel
# Letters that carry their stroke inside themselves: NFKD leaves them whole, people type them plain.
_PLAIN = {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "þ": "th"}


def clean(text: str) -> str:
    """A name, topic or code as it may be kept: NFC, one line, no control or format characters, no noncharacters.

    Every run of white space, line ends and wide spaces included, is one space; the ends are trimmed.
    """
    if text.isprintable():
        return unicodedata.normalize("NFC", " ".join(text.split()))
    return " ".join(_settle(_without_controls(text)).split())


def clean_lines(text: str) -> str:
    """A note as it may be kept: as `clean`, but line ends stay (as `\\n`) and so does the white space of each line.

    A tab becomes four spaces. Nothing is trimmed: whoever is typing must not see the text move.
    """
    lines = _LINE_ENDS.sub("\n", text).replace("\t", TAB).split("\n")
    return "\n".join(
        unicodedata.normalize("NFC", line) if line.isprintable() else _settle(_without_controls(line)) for line in lines
    )


def is_text(text: str) -> bool:
    """Whether every byte of it could be read."""
    return text.isprintable() or _NO_TEXT.search(text) is None


def is_whole(text: str) -> bool:
    """Whether `clean` would take nothing out of the middle: what is left of `00?01` without the odd one is other text.

    White space, and what nobody sees at the ends, may go.
    """
    if text.isprintable():
        return True
    inner = _ENDS.sub("", text)
    return _solid(inner) == _solid(clean(inner))


def visible(text: str) -> str:
    """The text as it may be printed: whatever a terminal could obey, or that reorders text, as a sign of itself.

    C0 and DEL become control pictures (U+2400 ff.), C1, bidirectional controls, line and paragraph separators, lone
    surrogates, noncharacters and format characters that show nothing the form `<U+202E>`. Line feeds and tabs too: who
    shows several lines splits them first. Joiners stay: scripts and emoji need them.
    """
    if text.isprintable():
        return text
    return _UNSAFE.sub(_sign, text)


def fold_text(text: str) -> str:
    """The text as it is matched: compatibility forms, case, accents and punctuation make no difference.

    Letters, digits and the marks that are vowels stay; hyphens, apostrophes and every other sign vanish without leaving
    a gap; digits of any script are ASCII ones; white space is single spaces. Both sides of a comparison go through it.
    """
    if text.isascii():
        lower = text.lower()
        return lower if lower.isalnum() else " ".join(_ASCII_SIGNS.sub("", lower).split())
    if _COMMON_HAN.fullmatch(text):
        return text
    kept = "".join(character for character in text if _is_word(character))
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", kept).casefold())
    letters = "".join(_letter(character) for character in folded if _is_word(character))
    return " ".join(unicodedata.normalize("NFC", letters).split())


def squash(folded: str) -> str:
    """A folded text without its spaces."""
    return folded.replace(" ", "")


@lru_cache(maxsize=16_384)  # names repeat: a long import spends its time here
def pieces(word: str) -> tuple[str, ...]:
    """The folded pieces of one word between its hyphens, dots and other signs; none of them is empty."""
    if word.isalnum():
        return (folded,) if (folded := squash(fold_text(word))) else ()
    spaced = "".join(" " if unicodedata.category(character)[0] in "PS" else character for character in word)
    return tuple(folded for piece in spaced.split() if (folded := squash(fold_text(piece))))


def _solid(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(text.split()))


def _without_controls(text: str) -> str:
    return "".join(
        character for character in text if character in _KEPT or character.isspace() or not _is_left_out(character)
    )


def _is_left_out(character: str) -> bool:
    """Controls, format characters, lone surrogates, and the code points that are no character and never will be."""
    code = ord(character)
    no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return no_character or unicodedata.category(character) in ("Cc", "Cf", "Cs")


def _settle(text: str) -> str:
    """NFC and no idle joiners; composed again, for a joiner may have stood between a letter and its accent."""
    composed = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", _IDLE_JOINERS.sub("", composed))


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"


def _is_word(character: str) -> bool:
    """Whether the character may be part of a search: a letter, a number, a meaningful mark or white space."""
    if character.isspace():
        return True
    if character in _SIGN_LETTERS:
        return False
    kind = unicodedata.category(character)
    if kind[0] == "M":
        # Class 0 without a base of its own are variation selectors and the grapheme joiner; 1 and from 200 on accents
        # and strokes; 10 to 36 Hebrew, Arabic and Syriac points. The rest (viramas, kana voicing, Thai vowels) matters.
        order = unicodedata.combining(character)
        return not (order == 1 or 10 <= order <= 36 or order >= 200 or _is_selector(character))
    return kind[0] in "LN"


def _is_selector(character: str) -> bool:
    code = ord(character)
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or code == 0x034F or 0x180B <= code <= 0x180F


def _letter(character: str) -> str:
    plain = _PLAIN.get(character)
    if plain is not None:
        return plain
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
