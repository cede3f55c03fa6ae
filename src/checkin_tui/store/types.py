"""Column types for STRICT tables, which know INTEGER, REAL, TEXT and BLOB and nothing else."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Dialect
from sqlalchemy.types import INTEGER, TEXT, LargeBinary, TypeDecorator

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.rates import Target
from checkin_tui.store.failures import Unreadable

E = TypeVar("E", bound=StrEnum)


class _Blob(LargeBinary):
    """BLOB, which is what LargeBinary becomes on SQLite."""


class Flag(TypeDecorator[bool]):
    """A truth value as 0 or 1; a check in the schema holds it to those."""

    impl = INTEGER
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """To the database."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """From the database."""
        return None if value is None else bool(value)


class IsoDate(TypeDecorator[date]):
    """A date as ISO text, which sorts as dates do."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """From the database."""
        try:
            return None if value is None else date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise Unreadable from error


class IsoDates(TypeDecorator[frozenset[date]]):
    """A set of dates as ISO texts separated by spaces, in order."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: frozenset[date] | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else " ".join(day.isoformat() for day in sorted(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[date] | None:
        """From the database."""
        try:
            return None if value is None else frozenset(date.fromisoformat(word) for word in value.split())
        except (AttributeError, ValueError) as error:
            raise Unreadable from error


class Uid(TypeDecorator[UUID]):
    """A UUID as its sixteen bytes, which sort as UUIDv7 does."""

    impl = _Blob
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> bytes | None:
        """To the database."""
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> UUID | None:
        """From the database."""
        try:
            return None if value is None else UUID(bytes=value)
        except (TypeError, ValueError) as error:
            raise Unreadable from error


class TargetText(TypeDecorator[Target]):
    """A target as it is written: `>98`."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: Target | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Target | None:
        """From the database."""
        try:
            return None if value is None else Target.parse(value)
        except (AttributeError, TypeError, ValueError, CheckInError) as error:
            raise Unreadable from error


class Pairs(TypeDecorator[dict[str, str]]):
    """Texts by name, as JSON."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: dict[str, str] | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, str] | None:
        """From the database."""
        try:
            found = None if value is None else dict(json.loads(value))
        except (TypeError, ValueError, RecursionError) as error:
            raise Unreadable from error
        if found is not None and not all(isinstance(text, str) for text in found.values()):
            raise Unreadable
        return found


class Word(TypeDecorator[Any], Generic[E]):
    """One of a closed set of words; a check in the schema holds it to them."""

    impl = TEXT
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else str(value.value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """From the database."""
        try:
            return None if value is None else self.words(value)
        except ValueError as error:
            raise Unreadable from error
