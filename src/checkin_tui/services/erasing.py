"""Erasing a person: whatever says who they were goes, in one transaction; whatever is counted stays.

There is no backup before it, which would keep just what is to go, and no undo after it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from checkin_tui.domain.changes import PersonErased
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.erasing import Identity, Traces, erased_code, is_erased, places_until
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.people import Member
from checkin_tui.domain.reads import PreviewErase
from checkin_tui.domain.requests import ErasePerson
from checkin_tui.domain.search import person_key
from checkin_tui.domain.text import clean
from checkin_tui.domain.views import Erasure
from checkin_tui.services.context import Context, the_program, today
from checkin_tui.services.people_changes import logged_change, write_member
from checkin_tui.store import changelog, people
from checkin_tui.store import erasing as store
from checkin_tui.store.schema import Entity
from checkin_tui.store.unit_of_work import UnitOfWork


def preview_erase(ctx: Context, request: PreviewErase) -> Erasure:
    """What erasing this person would do. Raises CheckInError `member_unknown`."""
    with ctx.reading() as connection:
        member = _person(connection, request.member_id)
        found = _look(ctx, connection, member, "", ctx.clock()).found
    return found._replace(backups=store.backups_with(ctx.backups, member.uid))


def erase_person(ctx: Context, request: ErasePerson) -> PersonErased:
    """Erase a person. Somebody erased already stays as they are; only the file is written anew once more.

    Raises CheckInError `member_unknown`.
    """
    with ctx.writing() as work:
        done = _repeated(work, request)
        if done is None:
            done = _erase(ctx, work, request, _person(work.connection, request.member_id))
            work.commit()
    found = done.found._replace(backups=store.backups_with(ctx.backups, done.member.uid))
    return done._replace(found=found, rewritten=store.rewrite_file(ctx.database))


class _Look(NamedTuple):
    """What there is of a person: the rows to write, and all of it counted."""

    member: Member
    traces: Traces
    rows: list[store.Rewritten | store.Reworded]
    found: Erasure


def _look(ctx: Context, connection: Connection, member: Member, instead: str, now: Millis) -> _Look:
    """instead: what the person will be called, where a name has to stand. Of somebody erased nothing is found."""
    last = today(the_program(connection), now)
    places = places_until(member.memberships, last)
    after = replace(member, title="", rank="", phone="", pinyin="", name=instead, memberships=places)
    traces = Traces(_identities(ctx, connection, member))
    if is_erased(member.code):
        return _Look(member, traces, [], Erasure())
    marks, notes, chars = store.counts_of(connection, member.id)
    refused = store.refused(connection, member.id, traces)
    logged = store.logged(connection, member.uid)
    own = store.own_reasons(connection, member.id)
    lectures = store.lectures(connection, member.id, traces, instead)
    contacts = store.contacts(connection, traces)
    passing = store.named_in_passing(connection, member.id, member.uid, traces, instead)
    names = sorted({one.name for one in _identities(ctx, connection, member)})
    other_notes, topics = store.named_elsewhere(connection, member.id, names)
    found = Erasure(
        marks=marks,
        notes=notes,
        chars=chars,
        refused=len(refused),
        changes=len(logged),
        reasons=len(own) + sum(one.rows for one in passing if not one.desk),
        desks=sum(one.rows for one in passing if one.desk),
        presenter=sum(one.current for one in lectures),
        contact=sum(one.current for one in contacts),
        other_notes=other_notes,
        topics=topics,
        last_day=last if places != member.memberships else None,
    )
    return _Look(after, traces, [*refused, *logged, *own, *lectures, *contacts, *passing], found)


def _erase(ctx: Context, work: UnitOfWork, request: ErasePerson, member: Member) -> PersonErased:
    look = _look(ctx, work.connection, member, clean(request.name), work.now)
    if is_erased(member.code):
        return PersonErased(request.uid, member, look.found)
    after = replace(look.member, code=erased_code(people.all_codes(work.connection)))
    store.empty_texts(work.connection, member.id)
    store.write(work.connection, look.rows)
    write_member(ctx, work, after)
    state = {changelog.ERASED: True}
    counted: dict[str, int | str | None] = {
        name: value for name, value in look.found._asdict().items() if isinstance(value, int)
    }
    counted["last_day"] = None if look.found.last_day is None else look.found.last_day.isoformat()
    line = logged_change(ctx, work, request.uid, "edit", Entity.MEMBER, member.uid, state, {**state, "found": counted})
    if look.traces.mentions(line.operator):  # whoever erases themselves
        line = line._replace(operator="")
    changelog.append(work.connection, [line])
    return PersonErased(request.uid, after, look.found, recorded=line.recorded)


def _person(connection: Connection, member_id: int) -> Member:
    member = people.load_member(connection, member_id)
    if member is None:
        raise CheckInError("member_unknown", code="")
    return member


def _identities(ctx: Context, connection: Connection, member: Member) -> list[Identity]:
    """Everything the person was ever known by: as they are, and as the log has them."""
    states = [(member.code, member.name, member.phone, member.pinyin)]
    for state in store.states_of(connection, member.uid):
        if changelog.ERASED not in state:
            states.append((state["code"], state["name"], state["phone"], state["pinyin"]))
    return [
        Identity(code, name, phone, person_key(code, name, phone, ctx.readings(pinyin or name)))
        for code, name, phone, pinyin in dict.fromkeys(states)
    ]


def _repeated(work: UnitOfWork, request: ErasePerson) -> PersonErased | None:
    """The first result, where this very request was done before."""
    for change in changelog.of_batch(work.connection, request.uid):
        counted = dict((change.after or {}).get("found", {}))
        last_day = counted.pop("last_day", None)
        member = people.find_uid(work.connection, change.entity_uid)
        if member is not None:
            found = Erasure(**counted, last_day=None if last_day is None else date.fromisoformat(last_day))
            return PersonErased(request.uid, member, found)
    return None
