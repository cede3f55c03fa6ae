"""The members of a program that was exported whole, as the table of a roster for another one."""

from __future__ import annotations

from datetime import timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from checkin_tui.domain.archive.check import checked
from checkin_tui.domain.erasing import is_erased
from checkin_tui.interchange.archive.files import open_archive
from checkin_tui.interchange.reading.tables import Source
from checkin_tui.interchange.reading.tabular import SheetInfo, Table

SHEET: Final = "members"
HEADER: Final = ("code", "name", "branch", "title", "rank", "leader", "joined", "left", "phone")
_PARTS: Final = ("program", "branches", "members", "memberships")


def members_of(path: Path) -> Source:
    """Everybody but guests and those who were erased, in the branch they are in last.

    Raises CheckInError as `open_archive` and `archive_check.checked` do; what stands behind the members is not read.
    """
    return Source(str(path), _Members(path))


class _Members:
    """The one sheet there is."""

    def __init__(self, path: Path) -> None:
        self.sheets = (SheetInfo(SHEET, False),)
        self._rows = [list(HEADER), *_rows(path)]

    def table(self, name: str) -> Table:
        """All of them; a row is numbered as in a list with a header."""
        return Table(self._rows, name, 1)

    def holds(self, name: str) -> bool:
        """Whether anybody is in it."""
        return len(self._rows) > 1


def _rows(path: Path) -> list[list[str]]:
    members: dict[str, dict[str, Any]] = {}
    places: dict[str, list[dict[str, Any]]] = {}
    for part, record in takewhile(lambda one: one.part in _PARTS, checked(open_archive(path)(), str(path))):
        if part == "members" and not record["guest"] and not is_erased(record["code"]):
            members[record["code"]] = record
        elif part == "memberships":
            places.setdefault(record["code"], []).append(record)
    return [_row(member, places.get(code, [])) for code, member in members.items()]


def _row(member: dict[str, Any], places: list[dict[str, Any]]) -> list[str]:
    places = sorted(places, key=lambda place: place["first"])
    found = {name: member[name] for name in ("code", "name", "title", "rank", "phone")}
    if places:
        last = places[-1]
        until = last["until"]
        found |= {
            "branch": last["branch"],
            "leader": "yes" if last["leader"] else "",
            "joined": places[0]["first"].isoformat(),
            "left": "" if until is None else (until - timedelta(days=1)).isoformat(),
        }
    return [found.get(name, "") for name in HEADER]
