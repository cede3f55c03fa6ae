"""What is not on the disk, by whose it is. Names are those the window shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from checkin_tui.domain.requests import WriteNote
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.register import members_of

if TYPE_CHECKING:
    from checkin_tui.domain.requests import Write
    from checkin_tui.tui.gateway import Failure
    from checkin_tui.tui.register import Outbox, Register

NAMES_SHOWN = 3


def whose_unsaved(outbox: Outbox, register: Register | None, *, failed: bool = False) -> str:
    """`Dan Levi, note of Cora Diaz and 2 more`; empty where nobody can be named. failed: without what is on its way."""
    refused = [_meant(failure, outbox, register) for failure in outbox.failed.values()]
    return _listed([*refused, *([] if failed else [_whose(one, register) for one in outbox.saving.values()])])


def keep_names(outbox: Outbox, before: Register) -> None:
    """The file is about to be another one, in which the same numbers mean other people: remember who was meant."""
    for request in (*outbox.saving.values(), *(failure.request for failure in outbox.failed.values())):
        outbox.meant.setdefault(request.uid, _whose(request, before))


def still_meant(failure: Failure, outbox: Outbox, register: Register | None) -> bool:
    """Whether what was made from the file before means the same in this one, for who asks for it once more.

    That is so in a file of the same program, where the same numbers bear the same names at the same session.
    """
    meant = outbox.meant.get(failure.request.uid)
    if not meant or register is None or register.session is None or register.view.origin is None:
        return False
    same = failure.origin is not None and failure.origin.program == register.view.origin.program
    session_id = getattr(failure.request, "session_id", None)
    return same and session_id == register.session.id and meant == _whose(failure.request, register)


def whose_failure(failure: Failure, outbox: Outbox, register: Register | None) -> str:
    """Whom it was about that was not saved."""
    return _listed([_meant(failure, outbox, register)])


def whose(writes: Iterable[Write], register: Register | None) -> str:
    """The people these writes are about, as far as the register knows them."""
    return _listed([_whose(write, register) for write in writes])


def _meant(failure: Failure, outbox: Outbox, register: Register | None) -> str:
    known = outbox.meant.get(failure.request.uid)
    if known is None:
        known = _whose(failure.request, register)
    return known


def _listed(found: list[str]) -> str:
    known = list(dict.fromkeys(text for text in found if text))
    shown, rest = known[:NAMES_SHOWN], len(known[NAMES_SHOWN:]) + found.count("")
    if not shown or not rest:
        return ", ".join(shown)
    more = ngettext("{names} and {count} more", "{names} and {count} more", rest)
    return more.format(names=", ".join(shown), count=rest)


def _whose(write: Write, register: Register | None) -> str:
    members = members_of(write)
    if len(members) > NAMES_SHOWN:
        return ngettext("{count} person", "{count} people", len(members)).format(count=len(members))
    people = [] if register is None else [register.model.person(member_id) for member_id in members]
    names = ", ".join(person.name for person in people if person is not None)
    return _("note of {name}").format(name=names) if names and isinstance(write, WriteNote) else names
