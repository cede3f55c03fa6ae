"""Erasing a person who is named inside longer texts: taken out where that can be done, told where it cannot."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from checkin_tui.domain.backups import Why
from checkin_tui.domain.reads import LoadBranches, PreviewErase
from checkin_tui.domain.requests import EditBranch, ErasePerson
from checkin_tui.store import backups
from tests.conftest import MONDAY
from tests.desk import Desk

TUESDAY = MONDAY.replace(day=19)
NAME, PHONE = "Mara Quill", "13800000003"


@pytest.fixture
def told(desk: Desk) -> Desk:
    """Mara stands in whatever can be written about branches and sessions, and did so before it was changed."""
    desk.add(NAME, code="M-17", phone=PHONE)
    first, second = desk.handler.handle(LoadBranches())[:2]
    for branch, contact, phone in (
        (first, f"Dr. {NAME} (office)", "555 0101"),
        (second, "Tomas Ode", f"+49 30 1 {PHONE} ext 4"),
    ):
        desk.do(EditBranch, branch_id=branch.id, contact=contact, phone=phone)
        desk.do(EditBranch, branch_id=branch.id, contact="Wen Xiaoyu", phone="555 0202")
        desk.do(EditBranch, branch_id=branch.id, contact=contact, phone=phone)
    desk.edit(presenter=f"Dr. {NAME}", topic="Talk by mara quill, M-17")
    desk.edit(presenter="Wen Xiaoyu", topic="Water")
    desk.edit(presenter=f"Dr. {NAME}", topic="Talk by mara quill, M-17")
    desk.open()
    return desk


def erase(desk: Desk) -> object:
    return desk.do(ErasePerson, member_id=desk.id_of("M-17"), name="erased person")


def whole(desk: Desk) -> str:
    """Every byte of the file, without regard to case."""
    return desk.ctx.database.path.read_bytes().decode("utf-8", "replace").casefold()


def test_the_name_goes_out_of_longer_texts_and_the_rest_of_them_stays(told: Desk) -> None:
    found = told.handler.handle(PreviewErase(told.id_of("M-17")))
    assert (found.contact, found.presenter, found.retitled, found.topics, found.other_notes) == (2, 1, 1, 0, 0)
    assert erase(told).found == found  # type: ignore[attr-defined]
    assert [one for one in (NAME.casefold(), PHONE, "m-17", "555 0101") if one in whole(told)] == []
    session = told.session()
    assert (session.presenter, session.topic) == ("Dr. erased person", "Talk by erased person, erased person")
    first, second = told.handler.handle(LoadBranches())[:2]
    assert (first.contact, first.phone) == ("Dr. erased person (office)", "")
    assert (second.contact, second.phone) == ("Tomas Ode", "")
    with closing(sqlite3.connect(told.ctx.database.path)) as raw:
        logged = " ".join(row[0] for row in raw.execute("SELECT after FROM changes WHERE after NOT NULL").fetchall())
    assert "555 0202" in logged, "what is somebody else's stays in the log"
    assert "Water" in logged


def test_what_cannot_be_taken_out_is_told_by_day_and_by_whose_note_it_is(told: Desk) -> None:
    """Also where it was changed since: an earlier version of a note is kept."""
    told.note("001", "what MARA QUILL said")
    told.note("001", "what she said")
    told.note("002", "marà  quill again")
    told.note("003", "Tamara Quillon")
    told.edit(TUESDAY, topic="The day of marà quill")
    monday, tuesday = told.session().key, told.session(TUESDAY).key
    found = erase(told).found  # type: ignore[attr-defined]
    assert found.notes_where == ((monday, "001"), (monday, "002"))
    assert found.topics_where == (tuesday,)
    assert (found.other_notes, found.topics) == (2, 1)
    assert told.text_of("002") == "marà  quill again"
    assert told.session(TUESDAY).topic == "The day of marà quill"


def test_somebody_elses_lecture_is_left_alone(desk: Desk) -> None:
    """Two people of one name: who presents is known by more than the name."""
    desk.add("Zhang Wei", code="M-18")
    desk.edit(presenter="001")
    found = desk.do(ErasePerson, member_id=desk.id_of("M-18"), name="erased person").found
    assert found.presenter == 0
    assert desk.session().presenter == "Zhang Wei"


# ------------------------------------------------------------------------------------- copies that lie beside the file


def test_whole_copies_beside_the_file_are_taken_away_or_named(told: Desk, folder: Path) -> None:
    path = told.ctx.database.path
    object.__setattr__(told.ctx, "backups", folder)
    backups.make(path, folder, Why.ASKED, told.bench.now)
    damaged = path.with_name(path.name + ".damaged-2026-05-18T080000Z")
    damaged.write_text(NAME)
    draft = path.with_name(f".{path.name}.k3v_9zq1.part")
    draft.write_text(NAME)
    seen = told.handler.handle(PreviewErase(told.id_of("M-17")))
    assert seen.copies == (str(draft), str(damaged))
    assert erase(told).found.copies == (str(damaged),)  # type: ignore[attr-defined]
    assert damaged.read_text() == NAME, "it is the organizer's to delete"
    assert not draft.exists()
