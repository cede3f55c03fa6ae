"""Erasing a person: whatever says who they were goes, in one transaction; whatever is counted stays.

There is no backup before it, which would keep just what is to go, and no undo after it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection

from checkin_tui.domain.changes import PersonErased
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.erasing import FILLER, Identity, Traces, erased_code, is_erased, places_until
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.people import Member
from checkin_tui.domain.reads import PreviewErase
from checkin_tui.domain.requests import ErasePerson
from checkin_tui.domain.search import person_key
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.text import clean
from checkin_tui.domain.views import Erasure
from checkin_tui.services.context import Context, the_program, today
from checkin_tui.services.people_changes import logged_change, write_member
from checkin_tui.store import changelog, people
from checkin_tui.store import erasing as store
from checkin_tui.store.backups import copies_beside
from checkin_tui.store.schema import Entity
from checkin_tui.store.unit_of_work import UnitOfWork

_ELSEWHERE: Final = ("other_notes", "topics", "notes_where", "topics_where")


def preview_erase(ctx: Context, request: PreviewErase) -> Erasure:
    """What erasing this person would do. Raises CheckInError `member_unknown`."""
    with ctx.reading() as connection:
        member = _person(connection, request.member_id)
        found = _look(ctx, connection, member, FILLER, ctx.clock()).found
        others = _of_others(ctx, connection, member, FILLER)
    return _with_copies(ctx, others.added_to(found), member)


def erase_person(ctx: Context, request: ErasePerson) -> PersonErased:
    """Erase a person. Somebody erased already stays as they are; only the file is written anew once more.

    Raises CheckInError `member_unknown`.
    """
    with ctx.reading() as connection:  # before: afterwards nobody knows any more who it was
        others = _of_others(ctx, connection, _person(connection, request.member_id), clean(request.name))
    left = others.added_to(Erasure())  # and not while others wait: there may be many notes to look through
    with ctx.writing() as work:
        done = _repeated(work, request)
        if done is None:
            done = _erase(ctx, work, request, _person(work.connection, request.member_id), left)
            work.commit()
    rewritten = store.rewrite_file(ctx.database)
    store.sweep(ctx.database.path, ctx.backups)
    return done._replace(found=_with_copies(ctx, done.found, done.member), rewritten=rewritten)


class _Others(NamedTuple):
    """Where the person may stay named: in notes, which are still to be looked through, and in topics."""

    traces: Traces
    notes: list[store.Written]
    topics: tuple[SessionKey, ...]

    def added_to(self, found: Erasure) -> Erasure:
        named = {(one.key, one.code) for one in self.notes if self.traces.mentions(one.text)}
        return found._replace(
            other_notes=len(named),
            topics=len(self.topics),
            notes_where=tuple(sorted(named)),
            topics_where=self.topics,
        )


def _of_others(ctx: Context, connection: Connection, member: Member, instead: str) -> _Others:
    if is_erased(member.code):
        return _Others(Traces(()), [], ())
    traces = Traces(_identities(ctx, connection, member))
    notes = store.notes_of_others(connection, member.id)
    return _Others(traces, notes, store.topics_naming(connection, traces, instead))


def _with_copies(ctx: Context, found: Erasure, member: Member) -> Erasure:
    kept = store.backups_with(ctx.backups, member.uid)
    return found._replace(backups=kept, copies=tuple(copies_beside(ctx.database.path)))


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
    if is_erased(member.code):
        return _Look(member, Traces(()), [], Erasure())
    traces = Traces(_identities(ctx, connection, member))
    marks, notes, chars = store.counts_of(connection, member.id)
    refused = store.refused(connection, member.id, traces)
    logged = store.logged(connection, member.uid)
    own = store.own_reasons(connection, member.id)
    lectures = store.lectures(connection, member.id, traces, instead)
    contacts = store.contacts(connection, traces, instead)
    passing = store.named_in_passing(connection, member.id, member.uid, traces, instead)
    found = Erasure(
        marks=marks,
        notes=notes,
        chars=chars,
        refused=len(refused),
        changes=len(logged),
        reasons=len(own) + sum(one.rows for one in passing if not one.desk),
        desks=sum(one.rows for one in passing if one.desk),
        presenter=sum(one.current and "presenter" in one.values for one in lectures),
        retitled=sum(one.current and "topic" in one.values for one in lectures),
        contact=sum(one.current for one in contacts),
        last_day=last if places != member.memberships else None,
    )
    return _Look(after, traces, [*refused, *logged, *own, *lectures, *contacts, *passing], found)


def _erase(ctx: Context, work: UnitOfWork, request: ErasePerson, member: Member, left: Erasure) -> PersonErased:
    look = _look(ctx, work.connection, member, clean(request.name), work.now)
    if is_erased(member.code):
        return PersonErased(request.uid, member, look.found)
    found = look.found._replace(**{name: getattr(left, name) for name in _ELSEWHERE})
    after = replace(look.member, code=erased_code(people.all_codes(work.connection)))
    store.empty_texts(work.connection, member.id)
    store.write(work.connection, look.rows)
    write_member(ctx, work, after)
    state = {changelog.ERASED: True}
    counted: dict[str, int | str | None] = {
        name: value for name, value in found._asdict().items() if isinstance(value, int)
    }
    counted["last_day"] = None if found.last_day is None else found.last_day.isoformat()
    line = logged_change(ctx, work, request.uid, "edit", Entity.MEMBER, member.uid, state, {**state, "found": counted})
    if look.traces.mentions(line.operator):  # whoever erases themselves
        line = line._replace(operator="")
    changelog.append(work.connection, [line])
    return PersonErased(request.uid, after, found, recorded=line.recorded)


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
