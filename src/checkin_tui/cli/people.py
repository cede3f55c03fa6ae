"""Finding the person a command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.domain.errors import UNKNOWN, CheckInError
from checkin_tui.domain.text import clean

if TYPE_CHECKING:
    from checkin_tui.domain.people import Member
    from checkin_tui.services.context import Context


def find(context: Context, typed: str) -> Member:
    """The person of that code, else of that exact name. Raises CheckInError `member_unknown`, `ambiguous`."""
    from checkin_tui.services.status import find_person

    try:
        return find_person(context, clean(typed))
    except CheckInError as error:
        if error.code == UNKNOWN:
            raise CheckInError("member_unknown", typed=typed) from None
        raise
