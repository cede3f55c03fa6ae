"""What Enter does at the check-in desk, decided without a screen: whom it marks, or why nobody.

No rule measures how fast somebody types; the one time here belongs to the guard that swallows the second Enter of a
double press and the line feed of a scanner's CR LF.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from checkin_tui.domain.search import Query
from checkin_tui.domain.text import clean


class CodeIndex:
    """The codes of everybody known, for an exact question. Built once per roster; a code of two people is nobody's."""

    def __init__(self, codes: Iterable[tuple[str, int]]) -> None:
        """`codes`: pairs of code and member id."""
        self._exact: dict[str, int | None] = {}
        self._folded: dict[str, int | None] = {}
        self._longest = 0
        for code, member_id in codes:
            self.add(code, member_id)

    def add(self, code: str, member_id: int) -> None:
        """Take in one more person (a walk-in). A blank code is none."""
        form = _code_form(code)
        if not form:
            return
        _put(self._exact, form, member_id)
        if form.isdecimal():
            self._longest = max(self._longest, len(form))
        else:
            _put(self._folded, form.casefold(), member_id)

    def find(self, text: str) -> int | None:
        """The member whose code this is: as typed, else but for case, else (all digits) but for leading zeros.

        None when nobody or more than one person fits.
        """
        form = _code_form(text)
        if form in self._exact:
            return self._exact[form]
        if not form.isdecimal():
            return self._folded.get(form.casefold())
        number = form.lstrip("0")
        widths = range(max(1, len(number)), self._longest + 1)
        fits = [padded for width in widths if (padded := number.rjust(width, "0")) in self._exact]
        return self._exact[fits[0]] if len(fits) == 1 else None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Enter marks this member, and why: the highlight, the code, the only hit, or the only hit that matches whole."""

    member_id: int
    why: Literal["highlight", "code", "only", "whole"]


@dataclass(frozen=True, slots=True)
class NotACode:
    """The text holds a digit and is no code: it lists, and nobody is marked."""

    text: str


@dataclass(frozen=True, slots=True)
class Several:
    """More than one person fits; nobody is marked."""

    count: int


@dataclass(frozen=True, slots=True)
class Nobody:
    """No person fits; nobody is marked."""

    text: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """The box was empty (or held only signs that are ignored)."""


EnterDecision = CheckIn | NotACode | Several | Nobody | Nothing


def decide_enter(
    text: str,
    *,
    highlighted: int | None,
    codes: CodeIndex,
    hits: Sequence[int],
    member_at: Callable[[int], int],
    whole: Callable[[int], bool],
) -> EnterDecision:
    """What Enter does with `text` in the box.

    highlighted: the member id an arrow chose since the last letter, None without one. hits: the positions that match
    the text, people already in included. member_at: the member id at a position. whole: whether the text is the whole
    name, the full pinyin or all initials of the person at a position.
    """
    if highlighted is not None:
        return CheckIn(highlighted, "highlight")
    typed = clean(text)
    member_id = codes.find(typed)
    if member_id is not None:
        return CheckIn(member_id, "code")
    query = Query.parse(typed)
    if not query.terms:
        return Nothing()
    if query.has_digit:
        return NotACode(typed)
    if not hits:
        return Nobody(typed)
    if len(hits) == 1:
        return CheckIn(member_at(hits[0]), "only")
    exact = whole_hit(hits, whole)
    return Several(len(hits)) if exact is None else CheckIn(member_at(exact), "whole")


def whole_hit(hits: Sequence[int], whole: Callable[[int], bool]) -> int | None:
    """The position of the one hit that matches whole (the screen shows it highlighted); None for none or several."""
    exact = list(islice((position for position in hits if whole(position)), 2))
    return exact[0] if len(exact) == 1 else None


def strip_affixes(text: str, prefix: str, suffix: str) -> str:
    """A scanned text without the scanner's prefix and suffix; unchanged unless all that are set are there.

    Only for a text that is to be taken as a code (see `read_scan`): a name may begin like the prefix.
    """
    bare = text.strip()
    inner = bare.removeprefix(prefix).removesuffix(suffix)
    complete = len(bare) - len(inner) == len(prefix) + len(suffix)
    return inner.strip() if complete and inner else text


def read_scan(text: str, prefix: str, suffix: str, codes: CodeIndex) -> str:
    """What a submitted text means: as it stands if it is a code or a name, without the affixes if it is a scan.

    A scan is a text between the affixes that is a code or holds a digit.
    """
    if not (prefix or suffix) or codes.find(text) is not None:
        return text
    inner = strip_affixes(text, prefix, suffix)
    return inner if codes.find(inner) is not None or Query.parse(inner).has_digit else text


def _code_form(code: str) -> str:
    return unicodedata.normalize("NFKC", clean(code)).strip()


def _put(index: dict[str, int | None], form: str, member_id: int) -> None:
    """Enter a code; one that two people share leads to nobody."""
    index[form] = None if index.get(form, member_id) != member_id else member_id
