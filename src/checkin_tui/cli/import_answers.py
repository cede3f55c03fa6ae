"""What `--same` and `--new` say of lines nobody can tell the person of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import Answer, Place

if TYPE_CHECKING:
    from checkin_tui.cli.call import Call

_ROW: Final = re.compile(r"(?:(?P<sheet>.+)!)?(?P<row>[0-9]{1,9})")
_SAME: Final = (re.compile(r"(?P<row>[0-9]{1,9})=(?P<code>.+)"), re.compile(r"(?P<row>.+![0-9]{1,9})=(?P<code>.+)"))


def parse_answers(call: Call, same: Sequence[str], new: Sequence[str]) -> tuple[Answer, ...]:
    """`--same 12=0034`, `--new 13`; with several sheets `North!12=0034`.

    Raises CheckInError `import_answer`, `import_answer_code`, `code_odd`.
    """
    return tuple(_answers(call, same, new))


def _answers(call: Call, same: Sequence[str], new: Sequence[str]) -> Iterator[Answer]:
    for text in same:
        from checkin_tui.cli.people import code_of
        from checkin_tui.services.importing.answers import member_of_code

        found = next((match for each in _SAME if (match := each.fullmatch(text.strip()))), None)
        if found is None:
            raise CheckInError("import_answer", text=text)
        yield Answer(_place(found["row"]), member_of_code(call.context, code_of(found["code"])))
    for text in new:
        yield Answer(_place(text), None)


def _place(text: str) -> Place:
    found = _ROW.fullmatch(text.strip())
    if found is None:
        raise CheckInError("import_answer", text=text)
    return Place(found["sheet"] or "", int(found["row"]))
