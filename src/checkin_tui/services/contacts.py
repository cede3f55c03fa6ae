"""Whom to call at a branch: entered by hand, or for many at once from a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from checkin_tui.domain.changes import PeopleChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import BRANCH_TWICE, BRANCH_UNKNOWN, TEXT_TOO_LONG, ContactLine, text_too_long
from checkin_tui.domain.people import Branch
from checkin_tui.domain.reads import PreviewContacts
from checkin_tui.domain.requests import EditBranch, ImportContacts
from checkin_tui.domain.text import clean, fold_text
from checkin_tui.domain.views import ImportLine, ImportPreview
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


def preview_contacts(ctx: Context, request: PreviewContacts) -> ImportPreview:
    """What importing these contacts would do, line by line. Nothing is written."""
    with ctx.reading() as connection:
        the_program(connection)
        plan = _plan(people.load_branches(connection), request.lines)
    shown = [_shown(row, before, after) for row, before, after in plan.usable]
    shown += [ImportLine(row, "rejected", "", "", "", (), code, values) for row, code, values in plan.rejected]
    shown.sort(key=lambda line: line.row)
    changed = sum(before != after for _row, before, after in plan.usable)
    return ImportPreview(tuple(shown), 0, changed, len(plan.usable) - changed, len(plan.rejected))


def import_contacts(ctx: Context, request: ImportContacts) -> PeopleChanged:
    """Write the lines. Rejected ones do not stop the rest; with nothing usable at all: CheckInError `import_nothing`.

    A branch is known by its name; case, width and signs make no difference where only one reads so. Raises CheckInError
    `backup_failed` without a backup.
    """
    ctx.back_up("import")
    with ctx.writing() as work:
        the_program(work.connection)
        plan = _plan(people.load_branches(work.connection), request.lines)
        recorded = None
        changed = {change.entity_uid for change in changelog.of_batch(work.connection, request.uid)}
        if not changed:
            if not plan.usable:
                raise CheckInError("import_nothing", rejected=plan.rejected)
            pairs = [(before, after) for _row, before, after in plan.usable if before != after]
            changed = {after.uid for _before, after in pairs}
            if pairs:
                _write(ctx, work, request.uid, "import", pairs)
                recorded = work.recorded()
                work.commit()
    unchanged = sum(before.uid not in changed for _row, before, _after in plan.usable)
    return PeopleChanged(
        uid=request.uid, recorded=recorded, changed=len(changed), unchanged=unchanged, rejected=plan.rejected
    )


class _Plan(NamedTuple):
    """usable: (row, the branch before, and after). rejected: (row, code, values)."""

    usable: list[tuple[int, Branch, Branch]]
    rejected: tuple[tuple[int, str, dict[str, object]], ...]


def _plan(branches: Sequence[Branch], lines: Sequence[ContactLine]) -> _Plan:
    exact = {branch.name: branch for branch in branches}
    alike: dict[str, list[Branch]] = {}
    for branch in branches:
        alike.setdefault(fold_text(branch.name), []).append(branch)
    usable: list[tuple[int, Branch, Branch]] = []
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
            try:
                usable.append((line.row, known, _changed(known, line.contact, line.phone)))
            except CheckInError as error:
                rejected.append((line.row, error.code, dict(error.values)))
            else:
                rows[known.id] = line.row
    return _Plan(usable, tuple(rejected))


def _shown(row: int, before: Branch, after: Branch) -> ImportLine:
    pairs = (("contact", before.contact, after.contact), ("phone", before.phone, after.phone))
    changes = tuple((field, was, now) for field, was, now in pairs if was != now)
    return ImportLine(row, "changed" if changes else "unchanged", "", "", before.name, changes)


def _changed(branch: Branch, contact: str | None, phone: str | None) -> Branch:
    contact = branch.contact if contact is None else clean(contact)
    phone = branch.phone if phone is None else clean(phone)
    for field, text in (("contact", contact), ("phone", phone)):
        if (values := text_too_long(field, text)) is not None:
            raise CheckInError(TEXT_TOO_LONG, **values)
    return replace(branch, contact=contact, phone=phone)


def _write(ctx: Context, work: UnitOfWork, batch: UUID, kind: str, pairs: Sequence[tuple[Branch, Branch]]) -> None:
    logged = []
    for before, after in pairs:
        people.set_branch(work.connection, after.uid, {"contact": after.contact, "phone": after.phone})
        logged.append(
            logged_change(ctx, work, batch, kind, Entity.BRANCH, after.uid, branch_state(before), branch_state(after))
        )
    changelog.append(work.connection, logged)
