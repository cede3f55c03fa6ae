"""Whom the text in *presenter* means: one rule for what is stored and for what a form says beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, Protocol, TypeVar

from checkin_tui.domain.text import fold_text, squash


class Known(Protocol):
    """Somebody who may lecture."""

    @property
    def code(self) -> str:
        """Theirs alone."""

    @property
    def name(self) -> str:
        """As it is kept."""

    @property
    def guest(self) -> bool:
        """No member."""


class Candidate(NamedTuple):
    """Somebody who may lecture, as a form knows them."""

    code: str
    name: str
    guest: bool = False


P = TypeVar("P", bound=Known)


def name_key(name: str) -> str:
    """The name without case, spaces, accents and signs; '' where nothing is left of it."""
    return squash(fold_text(name))


class Presenters(Generic[P]):
    """Finds people by what somebody typed."""

    def __init__(self, people: Iterable[P]) -> None:
        self._people = tuple(people)
        self._members: dict[str, list[P]] | None = None  # by key, made once it is asked for: folding many takes time

    def meant(self, text: str) -> list[P]:
        """Whoever has that code, else that very name, else, of the members, a name of the same key.

        Only one found is meant; several share the name, and nobody means somebody from outside.
        """
        if not text:
            return []
        codes = [one for one in self._people if one.code == text]
        return codes or [one for one in self._people if one.name == text] or self._alike(name_key(text))

    def _alike(self, key: str) -> list[P]:
        if self._members is None:
            self._members = {}
            for one in self._people:
                if not one.guest:
                    self._members.setdefault(name_key(one.name), []).append(one)
        return self._members.get(key, []) if key else []
