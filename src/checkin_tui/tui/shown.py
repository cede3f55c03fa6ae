"""What this window shows of people while names are hidden. One rule for every view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checkin_tui.domain.roster import Person
from checkin_tui.domain.sessions import Session
from checkin_tui.i18n import _, ngettext


def member(name: str, code: str, *, hidden: bool) -> str:
    """A member's name, or the code that stands for it."""
    return f"#{code}" if hidden else name


def phone(number: str, *, hidden: bool) -> str:
    """A member's telephone; '' while names are hidden."""
    return "" if hidden else number


def presenter(session: Session, person: Person | None, *, hidden: bool) -> str:
    """Who lectures. person: the presenting member as they are known now, under a name changed since as well.

    A presenter from outside is a public lecturer and no member: never hidden.
    """
    if session.presenter_id is None:
        return session.presenter
    if person is not None:
        return member(person.name, person.code, hidden=hidden)
    return _("a member") if hidden else session.presenter


def refusal(values: Mapping[str, Any], person: Person | None, *, hidden: bool) -> dict[str, Any]:
    """The values of a refusal as its sentence may tell them.

    person: whom the request was about, if that is one person; they stand for the name the service read by itself.
    Other members go by their code, and several by their number.
    """
    told = dict(values)
    if person is not None:
        told["name"] = member(person.name, person.code, hidden=hidden)
    elif hidden and "name" in told and "code" in told:
        told["name"] = member(told["name"], told["code"], hidden=True)
    if hidden and "names" in told:
        count = len(told["names"])
        told["names"] = (ngettext("{count} person", "{count} people", count).format(count=count),)
    return told
