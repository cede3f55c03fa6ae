"""Whom to call at a branch: entered by hand, or for many at once from a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from checkin_tui.domain.changes import PeopleChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import BRANCH_TWICE, BRANCH_UNKNOWN, NAME_LIMIT, TEXT_TOO_LONG, ContactLine
from checkin_tui.domain.people import Branch
from checkin_tui.domain.requests import EditBranch, ImportContacts
from checkin_tui.domain.text import clean, fold_text
from checkin_tui.services.context import Context, the_program
from checkin_tui.services.people_changes import branch_state, logged_change
from checkin_tui.store import changelog, people
from checkin_tui.store.schema import Entity
from checkin_tui.store.unit_of_work import UnitOfWork


def edit_branch(ctx: Context, request: EditBranch) -> PeopleChanged:
    """Change a branch's contact. Raises CheckInError `branch_gone`, `text_too_long`."""
    with ctx.writing() as work:
        if changelog.of_batch(work.connection, request.uid):
            return PeopleChanged(uid=request.uid, changed=1)
        there = {branch.id: branch for branch in people.load_branches(work.connection)}
        before = there.get(request.branch_id)
        if before is None:
            raise CheckInError("branch_gone")
        after = _changed(before, request.contact, request.phone)
        if after == before:
            return PeopleChanged(uid=request.uid, unchanged=1)
        _write(ctx, work, request.uid, "edit", [(before, after)])
        recorded = work.recorded()
        work.commit()
    return PeopleChanged(uid=request.uid, recorded=recorded, changed=1)


def import_contacts(ctx: Context, request: ImportContacts) -> PeopleChanged:
    """Write the lines. Rejected ones do not stop the rest; with nothing usable at all: CheckInError `import_nothing`.

    A branch is known by its name; case, width and signs make no difference where only one reads so. A dry run counts
    and writes nothing.
    """
    with ctx.writing() as work:
        the_program(work.connection)
        if changelog.of_batch(work.connection, request.uid):
            return PeopleChanged(uid=request.uid)
        plan = _plan(people.load_branches(work.connection), request.lines)
        if not plan.pairs:
            raise CheckInError("import_nothing", rejected=plan.rejected)
        new = [(before, after) for before, after in plan.pairs if before != after]
        recorded = None
        if new and not request.dry_run:
            _write(ctx, work, request.uid, "import", new)
            recorded = work.recorded()
            work.commit()
    return PeopleChanged(
        uid=request.uid,
        recorded=recorded,
        changed=len(new),
        unchanged=len(plan.pairs) - len(new),
        rejected=plan.rejected,
        written=not request.dry_run,
    )


class _Plan(NamedTuple):
    """pairs: the branches before and after. rejected: (row, code, values)."""

    pairs: list[tuple[Branch, Branch]]
    rejected: tuple[tuple[int, str, dict[str, object]], ...]


def _plan(branches: Sequence[Branch], lines: Sequence[ContactLine]) -> _Plan:
    exact = {branch.name: branch for branch in branches}
    alike: dict[str, list[Branch]] = {}
    for branch in branches:
        alike.setdefault(fold_text(branch.name), []).append(branch)
    pairs: list[tuple[Branch, Branch]] = []
    rejected: list[tuple[int, str, dict[str, object]]] = []
    rows: dict[int, int] = {}
    for line in lines:
        same = alike.get(fold_text(line.branch), [])
        known = exact.get(line.branch) or (same[0] if len(same) == 1 else None)
        if known is None:
            rejected.append((line.row, BRANCH_UNKNOWN, {"name": line.branch}))
        elif known.id in rows:
            rejected.append((line.row, BRANCH_TWICE, {"name": known.name, "first_row": rows[known.id]}))
        else:
            rows[known.id] = line.row
            pairs.append((known, _changed(known, line.contact, line.phone)))
    return _Plan(pairs, tuple(rejected))


def _changed(branch: Branch, contact: str | None, phone: str | None) -> Branch:
    for field, value in (("contact", contact), ("phone", phone)):
        if value is not None and len(clean(value)) > NAME_LIMIT:
            raise CheckInError(TEXT_TOO_LONG, field=field, limit=NAME_LIMIT, length=len(clean(value)))
    contact = branch.contact if contact is None else clean(contact)
    return replace(branch, contact=contact, phone=branch.phone if phone is None else clean(phone))


def _write(ctx: Context, work: UnitOfWork, batch: UUID, kind: str, pairs: Sequence[tuple[Branch, Branch]]) -> None:
    logged = []
    for before, after in pairs:
        people.set_branch(work.connection, after.uid, {"contact": after.contact, "phone": after.phone})
        logged.append(
            logged_change(ctx, work, batch, kind, Entity.BRANCH, after.uid, branch_state(before), branch_state(after))
        )
    changelog.append(work.connection, logged)
