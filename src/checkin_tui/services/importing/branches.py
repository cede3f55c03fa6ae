"""The branches a roster names: those there are, and those it makes. How a name is written makes no other branch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checkin_tui.domain.imports import RosterLine
from checkin_tui.domain.people import name_key
from checkin_tui.services.importing.lines import Planned


def as_they_are_called(lines: Sequence[RosterLine], there: Iterable[str]) -> list[RosterLine]:
    """The lines with the branches as they are called. there: the names of those that are there.

    The very name goes before one of another width, case or spacing; of new ones the first spelling in the file is kept.
    """
    names = set(there)
    alike: dict[str, str] = {}
    for name in sorted(names):
        alike.setdefault(name_key(name), name)
    called = []
    for line in lines:
        if line.branch and line.branch not in names:
            known = alike.setdefault(name_key(line.branch), line.branch)
            line = line if known == line.branch else line._replace(branch=known)
        called.append(line)
    return called


def newly_made(planned: Iterable[Planned], there: Iterable[str]) -> tuple[str, ...]:
    """The branches that are made by the lines that are written, in the order of the file."""
    names = {"", *there}
    used = (place.branch for one in planned if one.after is not None for place in one.after.memberships)
    return tuple(dict.fromkeys(name for name in used if name not in names))
