"""Whom to call at a branch: by hand, from a file, and taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import ContactLine, RosterLine
from checkin_tui.domain.people import Branch
from checkin_tui.domain.reads import LoadBranches, PreviewContacts
from checkin_tui.domain.requests import EditBranch, ImportContacts, ImportMembers, Undo, UndoChanges
from tests.conftest import Bench
from tests.desk import Desk


def branches(desk: Desk) -> dict[str, tuple[str, str]]:
    return {one.name: (one.contact, one.phone) for one in desk.handler.handle(LoadBranches())}


def named(desk: Desk, name: str) -> Branch:
    found: Branch = next(one for one in desk.handler.handle(LoadBranches()) if one.name == name)
    return found


def edit(desk: Desk, name: str, **values: Any) -> Any:
    return desk.do(EditBranch, branch_id=named(desk, name).id, **values)


def take(desk: Desk, *lines: tuple[str, str | None, str | None], **values: Any) -> Any:
    read = tuple(ContactLine(row, *line) for row, line in enumerate(lines, 2))
    return desk.do(ImportContacts, lines=read, **values)


def test_a_contact_is_entered_clean_and_kept_where_nothing_is_said(desk: Desk) -> None:
    assert edit(desk, "Xinghe", contact="  Mara\x1b Quill ", phone="5550101").changed == 1
    assert branches(desk)["Xinghe"] == ("Mara Quill", "5550101")
    assert edit(desk, "Xinghe", phone="").changed == 1
    assert branches(desk)["Xinghe"] == ("Mara Quill", "")
    same = edit(desk, "Xinghe", contact="Mara Quill")
    assert (same.changed, same.unchanged, same.recorded) == (0, 1, None)


def test_the_same_edit_again_writes_nothing(desk: Desk, bench: Bench) -> None:
    uid = bench.uid()
    edit(desk, "Xinghe", contact="Mara Quill", uid=uid)
    edit(desk, "Xinghe", contact="Tomas Ode")
    edit(desk, "Xinghe", contact="Mara Quill", uid=uid)
    assert branches(desk)["Xinghe"][0] == "Tomas Ode"


def test_a_branch_that_is_not_there_and_a_text_that_is_too_long_are_refused(desk: Desk) -> None:
    with pytest.raises(CheckInError, match="branch_gone"):
        desk.do(EditBranch, branch_id=999, contact="Mara Quill")
    with pytest.raises(CheckInError, match="text_too_long"):
        edit(desk, "Xinghe", contact="M" * 201)


def test_an_edit_is_taken_back_and_the_branch_stays(desk: Desk, bench: Bench) -> None:
    edit(desk, "Xinghe", contact="Mara Quill")
    second = bench.uid()
    edit(desk, "Xinghe", contact="Tomas Ode", uid=second)
    assert desk.do(UndoChanges, batch=second).kind == "edit"
    assert branches(desk)["Xinghe"] == ("Mara Quill", "")
    assert desk.do(Undo, session_id=None).kind == "edit"
    assert branches(desk)["Xinghe"] == ("", "")
    assert len(desk.view().people) == 8


def test_an_edit_somebody_changed_since_is_not_taken_back(desk: Desk, bench: Bench) -> None:
    first: UUID = bench.uid()
    edit(desk, "Xinghe", contact="Mara Quill", uid=first)
    edit(desk, "Xinghe", phone="5550101")
    with pytest.raises(CheckInError, match="undo_changed_since"):
        desk.do(UndoChanges, batch=first)
    assert branches(desk)["Xinghe"] == ("Mara Quill", "5550101")


def test_an_import_that_made_a_branch_takes_it_back_unless_it_was_given_a_contact(desk: Desk, bench: Bench) -> None:
    batch = bench.uid()
    lines = (RosterLine(2, "801", "Ada One", "Hill"), RosterLine(3, "802", "Bo Two", "Dale"))
    desk.do(ImportMembers, lines=lines, uid=batch)
    edit(desk, "Hill", contact="Mara Quill")
    desk.do(UndoChanges, batch=batch)
    assert branches(desk).get("Hill") == ("Mara Quill", "")
    assert "Dale" not in branches(desk)


def test_a_file_of_contacts_is_one_step(desk: Desk) -> None:
    edit(desk, "Clinic", contact="Old Name", phone="1")
    changed = take(
        desk,
        ("lotus  ford", "Mara Quill", "5550101"),
        ("Clinic", "", None),
        ("Xinghe", None, ""),
        ("Nowhere", "Nobody", "5"),
        ("Lotus Ford", "Tomas Ode", "5550102"),
    )
    assert (changed.new, changed.changed, changed.unchanged) == (0, 2, 1)
    assert changed.rejected == (
        (5, "branch_unknown", {"name": "Nowhere"}),
        (6, "branch_twice", {"name": "Lotus Ford", "first_row": 2}),
    )
    assert branches(desk) == {"Clinic": ("", "1"), "Lotus Ford": ("Mara Quill", "5550101"), "Xinghe": ("", "")}
    undone = desk.do(Undo, session_id=None)
    assert (undone.kind, undone.touched) == ("import", 2)
    assert branches(desk) == {"Clinic": ("Old Name", "1"), "Lotus Ford": ("", ""), "Xinghe": ("", "")}


FILE = (
    ("lotus  ford", "Mara Quill", "5550101"),
    ("Nowhere", "Nobody", "5"),
    ("Clinic", "", None),
    ("Lotus Ford", "Tomas Ode", "5550102"),
    ("Xinghe", "M" * 201, None),
)


def test_a_preview_says_line_by_line_what_the_import_would_do_and_writes_nothing(desk: Desk) -> None:
    edit(desk, "Lotus Ford", phone="5550101")
    before = desk.view().cursor
    preview = desk.handler.handle(PreviewContacts(tuple(ContactLine(row, *line) for row, line in enumerate(FILE, 2))))
    assert (preview.new, preview.changed, preview.unchanged, preview.rejected) == (0, 1, 1, 3)
    assert [(line.row, line.result, line.branch, line.changes) for line in preview.lines] == [
        (2, "changed", "Lotus Ford", (("contact", "", "Mara Quill"),)),
        (3, "rejected", "", ()),
        (4, "unchanged", "Clinic", ()),
        (5, "rejected", "", ()),
        (6, "rejected", "", ()),
    ]
    assert [line.reason for line in preview.lines if line.reason] == ["branch_unknown", "branch_twice", "text_too_long"]
    assert desk.view().cursor == before
    changed = take(desk, *FILE)
    assert (changed.changed, changed.unchanged) == (preview.changed, preview.unchanged)
    told = [(line.row, line.reason, line.values) for line in preview.lines if line.reason]
    assert sorted(changed.rejected) == told


def test_the_same_file_twice_changes_nothing(desk: Desk, bench: Bench) -> None:
    uid = bench.uid()
    first = take(desk, *FILE, uid=uid)
    edit(desk, "Lotus Ford", contact="Tomas Ode")
    assert take(desk, *FILE, uid=uid) == first._replace(recorded=None)
    assert branches(desk)["Lotus Ford"] == ("Tomas Ode", "5550101")
    assert take(desk, ("Lotus Ford", "Tomas Ode", None)).unchanged == 1


def test_a_file_without_anything_usable_is_refused(desk: Desk) -> None:
    with pytest.raises(CheckInError, match="import_nothing") as raised:
        take(desk, ("Nowhere", "Mara Quill", None))
    assert raised.value.values["rejected"] == ((2, "branch_unknown", {"name": "Nowhere"}),)
