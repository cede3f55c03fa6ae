"""Finding the person a command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.domain.errors import UNKNOWN, CheckInError
from checkin_tui.domain.text import clean, is_whole

if TYPE_CHECKING:
    from checkin_tui.domain.people import Member
    from checkin_tui.services.context import Context


def code_of(typed: str) -> str:
    """The code, or name, as it is kept. Raises `code_odd`: without what nobody sees in it it may be another's."""
    if not is_whole(typed):
        raise CheckInError("code_odd")
    return clean(typed)


def find(context: Context, typed: str) -> Member:
    """The person of that code, else of that exact name. Raises `member_unknown`, `ambiguous`, `code_odd`."""
    from checkin_tui.services.status import find_person

    try:
        return find_person(context, code_of(typed))
    except CheckInError as error:
        if error.code == UNKNOWN:
            raise CheckInError("member_unknown", typed=typed) from None
        raise
