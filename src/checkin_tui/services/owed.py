"""The chase list: who owes which notes, by branch with whom to call there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.people import Branch
from checkin_tui.domain.program import Program
from checkin_tui.domain.reads import LoadOwed
from checkin_tui.domain.sessions import Session, SessionKey
from checkin_tui.domain.text import clean
from checkin_tui.domain.views import BranchDebts, Debtor, OwedNote, OwedView
from checkin_tui.services.context import Context, the_program, today
from checkin_tui.services.reads import session_of_day
from checkin_tui.store import owed
from checkin_tui.store.figures import PAGE
from checkin_tui.store.owed import Named, Owing
from checkin_tui.store.people import load_branches
from checkin_tui.store.sessions import find_session, load_sessions


def load_owed(ctx: Context, request: LoadOwed) -> OwedView:
    """Who owes notes of one session, or of every one that was taken.

    Raises CheckInError `no_session` where none is named and none is today, `session_unknown`, `branch_unknown` (name).
    """
    if request.campaign:
        return _of_campaign(ctx, request.branch)
    with ctx.reading() as connection:
        program = the_program(connection)
        session = _session(ctx, connection, program, request.key)
        branches = _branches(connection, request.branch)
        found, people = owed.owed_of_one(connection, session.id)
        without = tuple(
            (code, name)
            for code, name, branch in owed.notes_without_presence(connection, session.id)
            if request.branch is None or branch == clean(request.branch)
        )
    debts = _by_branch(found, people, {session.id: session.key}, branches, request.branch)
    return OwedView(program, False, (session,), debts, without)


def _of_campaign(ctx: Context, branch: str | None) -> OwedView:
    with ctx.reading() as connection:
        program = the_program(connection)
        branches = _branches(connection, branch)
        taken = owed.taken_sessions(connection)
        sessions = {session.id: session for session in load_sessions(connection)}
    found: list[Owing] = []
    for start in range(0, len(taken), PAGE):
        with ctx.reading() as connection:
            found += owed.owed_notes(connection, taken[start : start + PAGE])
    with ctx.reading() as connection:
        people = owed.named(connection, sorted({one.member_id for one in found}), today(program, ctx.clock()))
    keys = {session_id: sessions[session_id].key for session_id in taken}
    debts = _by_branch(found, people, keys, branches, branch)
    return OwedView(program, True, tuple(sessions[session_id] for session_id in taken), debts)


def _session(ctx: Context, connection: Connection, program: Program, key: SessionKey | None) -> Session:
    day = today(program, ctx.clock())
    session = session_of_day(connection, day, ctx.clock()) if key is None else find_session(connection, key)
    if session is None:
        raise CheckInError("no_session", day=day) if key is None else CheckInError("session_unknown", key=key)
    return session


def _branches(connection: Connection, asked: str | None) -> dict[int, Branch]:
    branches = {branch.id: branch for branch in load_branches(connection)}
    if asked and clean(asked) not in {branch.name for branch in branches.values()}:
        raise CheckInError("branch_unknown", name=asked)
    return branches


def _by_branch(
    found: Sequence[Owing],
    people: Mapping[int, Named],
    keys: Mapping[int, SessionKey],
    branches: Mapping[int, Branch],
    only: str | None,
) -> tuple[BranchDebts, ...]:
    """The debts in order: branches by name and those without one last, people by name, notes by session."""
    notes: dict[int, list[OwedNote]] = {}
    for one in found:
        note = OwedNote(keys[one.session_id], one.status, one.chars, one.minimum)
        notes.setdefault(one.member_id, []).append(note)
    places: dict[int | None, list[Debtor]] = {}
    for person in sorted((people[one] for one in notes if one in people), key=lambda one: (one.sort, one.code)):
        branch = branches.get(person.branch_id) if person.branch_id is not None else None
        debtor = Debtor(
            person.member_id,
            person.code,
            person.name,
            "" if branch is None else branch.name,
            person.phone,
            tuple(notes[person.member_id]),
        )
        if only is None or debtor.branch == clean(only):
            places.setdefault(None if branch is None else branch.id, []).append(debtor)
    debts = [BranchDebts(None if one is None else branches[one], tuple(there)) for one, there in places.items()]
    return tuple(sorted(debts, key=lambda one: (one.branch is None, one.name)))
