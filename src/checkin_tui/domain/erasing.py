"""Erasing a person: what gives them away in a text, and what stands there instead.

An erased person is known by the code: it begins with `erased-`, which nobody can give by hand or by a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from checkin_tui.domain.notes import count_characters
from checkin_tui.domain.people import Membership
from checkin_tui.domain.text import fold_text, squash

CODE_PREFIX: Final = "erased-"
FILLER: Final = "x"
"""What a note consists of once its text is gone: as many as it had characters."""

_WHOLE = re.compile(r"\n([^\n\r]+)\n")
_SURE = 5  # letters or digits that mean somebody wherever they stand
_SURE_CODE = 4
_PHONE_END = 4


class Identity(NamedTuple):
    """What somebody was known by at some time. key: their search key then (`search.person_key`)."""

    code: str
    name: str
    phone: str
    key: str


def is_erased(code: str) -> bool:
    """Whether the code is, or reads like, one of an erased person."""
    return unicodedata.normalize("NFKC", code).casefold().startswith(CODE_PREFIX)


def erased_code(taken: Iterable[str]) -> str:
    """The code of the next erased person: one more than the highest number so far."""
    numbers = (code.removeprefix(CODE_PREFIX) for code in taken if code.startswith(CODE_PREFIX))
    return f"{CODE_PREFIX}{max((int(one) for one in numbers if one.isdecimal()), default=0) + 1}"


def emptied(text: str) -> str:
    """A note without its words. The number of characters it is measured by (`notes.count_characters`) is the same."""
    return FILLER * count_characters(text)


def places_until(places: Iterable[Membership], last: date) -> tuple[Membership, ...]:
    """The memberships with `last` as the last day at the latest; those that had not begun are gone."""
    until = last + timedelta(days=1)
    begun = (place for place in places if place.first < until)
    return tuple(place if (place.until or date.max) <= until else replace(place, until=until) for place in begun)


class Traces:
    """Whether a text is about one person, by everything they were ever known by.

    A name counts wherever it stands (in an alphabet: as words of its own); so do five letters of pinyin, five digits of
    a telephone number, a code of four characters. What is shorter could be anything, and counts only on its own.
    """

    def __init__(self, known: Iterable[Identity]) -> None:
        identities = list(known)
        self._names = {squash(fold_text(one.name)) for one in identities} - {""}
        self._numbers = {digits for one in identities if (digits := _digits(one.phone))}
        self._alone = {squash(fold_text(one.code)) for one in identities} | self._names
        self._alone |= {token for one in identities for token in _WHOLE.findall(one.key)}
        self._alone |= {number[-_PHONE_END:] for number in self._numbers}
        self._alone |= {code.lstrip("0") for code in tuple(self._alone) if code.isdecimal()}
        self._alone.discard("")
        self._sounds = {token for token in self._alone - self._names if token.isalpha() and len(token) >= _SURE}
        words = [name for one in identities if (name := _pattern(_words(one.name)))]
        codes = [one.code for one in identities if len(one.code) >= _SURE_CODE]
        self._in_words = re.compile("|".join(words)) if words else None
        self._codes = re.compile("|".join(rf"(?<!\w){re.escape(code.casefold())}(?!\w)" for code in codes) or "(?!)")
        literal = [_bounded(re.escape(one.name), one.name) for one in identities if one.name]
        literal += [rf"(?<!\w){re.escape(code)}(?!\w)" for code in codes]
        literal += [re.escape(one.phone) for one in identities if len(_digits(one.phone)) >= _SURE]
        self._literal = re.compile("|".join(literal) or "(?!)", re.IGNORECASE)

    def is_name(self, text: str) -> bool:
        """Whether the text is their name and nothing else, however it is spaced and accented."""
        return squash(fold_text(text)) in self._names

    def is_phone(self, text: str) -> bool:
        """Whether the text is their telephone number."""
        return _digits(text) in self._numbers

    def typed(self, text: str) -> bool:
        """Whether somebody who typed this meant them: a code, a name, its sound, its initials, the end of a number."""
        folded = squash(fold_text(text))
        plain = folded.lstrip("0") if folded.isdecimal() else folded
        return bool(plain) and (folded in self._alone or plain in self._alone or self.mentions(text))

    def mentions(self, text: str) -> bool:
        """Whether the text names them."""
        if not text:
            return False
        words = _words(text)
        run_together, digits = squash(words), re.sub(r"\D", "", words)
        return (
            run_together in self._names
            or (self._in_words is not None and self._in_words.search(words) is not None)
            or any(sound in run_together for sound in self._sounds)
            or any(number in digits for number in self._numbers if len(number) >= _SURE)
            or self._codes.search(text.casefold()) is not None
        )

    def without(self, text: str, instead: str) -> str:
        """The text with `instead` where they were named; all of it, where taking out the very words is not enough."""
        rest = self.struck(text, instead)
        return instead if self.mentions(rest) else rest

    def struck(self, text: str, instead: str) -> str:
        """The text with `instead` for the very words they are named by. It may name them in other ways still."""
        return self._literal.sub(lambda _: instead, text)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", fold_text(text))


def _words(text: str) -> str:
    """The text folded, with a space for every sign: `Mara's` is Mara and a letter."""
    return fold_text(text.translate(_SPACED))


class _Spaced(dict[int, int]):
    """Every character as it is, a sign as a space; looked up once each: notes are long, and there are many."""

    def __missing__(self, one: int) -> int:
        self[one] = found = ord(" ") if unicodedata.category(chr(one))[0] in "PS" else one
        return found


_SPACED: Final = _Spaced()


def _pattern(words: str) -> str:
    """A name inside the words of a text; '' for one of a single letter, which would be found everywhere."""
    if len(squash(words)) < 2:
        return ""
    return _bounded(r"\s*".join(re.escape(word) for word in words.split()), words)


def _bounded(pattern: str, name: str) -> str:
    """The pattern as words of their own, where the script has such: letters with cases are written with spaces."""
    before = r"(?<!\w)" if name[0].upper() != name[0].lower() else ""
    after = r"(?!\w)" if name[-1].upper() != name[-1].lower() else ""
    return before + pattern + after
