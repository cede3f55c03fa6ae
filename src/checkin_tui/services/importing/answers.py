"""Whom an organizer's answer about a doubtful line means."""

from __future__ import annotations

from checkin_tui.domain.erasing import is_erased
from checkin_tui.domain.errors import CheckInError
from checkin_tui.services.context import Context
from checkin_tui.store import people


def member_of_code(ctx: Context, code: str) -> int:
    """The id of whoever has exactly that code. Raises CheckInError `import_answer_code`, `member_erased`."""
    if is_erased(code):
        raise CheckInError("member_erased", code=code)
    with ctx.reading() as connection:
        found = people.find_code(connection, code)
    if found is None:
        raise CheckInError("import_answer_code", code=code)
    return found.id
