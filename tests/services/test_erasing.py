"""Erasing a person: nothing in the file says who it was, every figure is as before, and nothing brings them back."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from uuid import UUID

import pytest

from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.backups import Why
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import RosterLine
from checkin_tui.domain.reads import LoadBranches, LoadHistory, LoadNews, PreviewErase, PreviewImport
from checkin_tui.domain.requests import (
    AddMember,
    EditBranch,
    EditMember,
    ErasePerson,
    ImportMembers,
    RecordRefusal,
    Undo,
    UndoChanges,
    WriteNote,
)
from checkin_tui.services import status
from checkin_tui.store import backups, erasing
from checkin_tui.store.selfcheck import differences
from tests.conftest import at

NAME, CODE, PHONE = "曾小明", "XH-017", "555777123"
SECRETS = (
    NAME, CODE, PHONE, "zengxiaoming", "cengxiaoming", "keeper of the lamp", "first warden", "曾晓明", "old-017",
    "a thought of her own", "by hand", "with the mother in hospital", "555000999",
)  # fmt: skip


@pytest.fixture
def erasable(desk, bench):
    """The desk, and somebody who left traces wherever a person can: UUIDs of steps by what they were."""
    steps = {"add": bench.uid(), "edit": bench.uid(), "stay": bench.uid()}
    desk.do(ImportMembers, lines=(RosterLine(2, "old-017", "曾晓明", "Xinghe", phone="555000999"),))
    desk.do(EditMember, member_id=desk.id_of("old-017"), code=CODE, name=NAME, uid=steps["add"])
    desk.change(CODE, phone=PHONE, title="keeper of the lamp", rank="first warden", uid=steps["edit"])
    branch = desk.handler.handle(LoadBranches())[-1]
    desk.do(EditBranch, branch_id=branch.id, contact=NAME, phone=PHONE)
    desk.open()
    desk.edit(presenter=CODE)
    bench.now = at("14:45")
    desk.mark(CODE, at="14:25")
    desk.mark("001", at="14:40")
    desk.excuse("002", Reason.SICK)
    desk.note(CODE, "a thought of her own", stay=steps["stay"])
    desk.note(CODE, "a thought of her own\nand 12 more")
    desk.undo_notes()
    desk.note("001", f"what {NAME} said")
    for typed in (CODE, "zeng xiaoming", "Z999"):
        desk.do(RecordRefusal, session_id=desk.session().id, typed=typed, code="unknown", sentence=f"{typed} is nobody")
    desk.do(RecordRefusal, session_id=desk.session().id, typed="old-017", code="unknown")
    desk.do(RecordRefusal, session_id=desk.session().id, typed="by hand", code="time", member_id=desk.id_of(CODE))
    desk.close()
    desk.mark(CODE, status=Status.LATE, because="with the mother in hospital")
    desk.mark("003", status=Status.PRESENT, because=f"came with {NAME}")
    desk.mark("004", status=Status.PRESENT, because="came with 曾晓明 too")
    return desk, steps


def bytes_of(path):
    """Everything on the disk: the file and whatever lies beside it."""
    return b"".join(one.read_bytes() for one in path.parent.iterdir() if one.name.startswith(path.name))


def figures(desk):
    """Everything that is counted of what has been."""
    rows = status.status(desk.ctx, desk.session().key)
    tables = ("attendance_events", "note_revisions", "notes", "members", "refused_attempts", "attendance")
    with sqlite3.connect(desk.ctx.database.path) as raw:
        counts = [raw.execute(f"SELECT count(*) FROM {table}").fetchone() for table in tables]
        counts += raw.execute("SELECT session_id, member_id, chars, paper FROM notes ORDER BY 1, 2").fetchall()
        counts += raw.execute(
            "SELECT session_id, member_id, status, minutes_late FROM attendance ORDER BY 1, 2"
        ).fetchall()
    raw.close()
    return rows.figures, rows.participation, rows.campaign.rate, rows.campaign.taken, rows.branches, counts


def erase(desk, code=CODE, **values):
    return desk.do(ErasePerson, member_id=desk.id_of(code), name="erased person", **values)


def while_it_lasts(step):
    """Again and again until it is refused."""
    with suppress(CheckInError):
        for _ in range(20):
            step()


def test_no_byte_of_the_file_says_who_it_was_and_every_figure_stays(erasable):
    desk, _ = erasable
    path = desk.ctx.database.path
    assert all(secret.encode() in bytes_of(path) for secret in SECRETS)
    before = figures(desk)
    done = erase(desk)
    assert done.rewritten
    left = bytes_of(path)
    assert [secret for secret in SECRETS if secret.encode() in left.replace(f"what {NAME} said".encode(), b"")] == []
    assert figures(desk) == before
    with desk.ctx.reading() as connection:
        assert differences(connection) == []
    member = done.member
    assert (member.code, member.name, member.title, member.rank, member.phone) == (
        "erased-1",
        "erased person",
        "",
        "",
        "",
    )
    assert desk.text_of("erased-1") == "x" * 16
    assert desk.session().presenter == "erased person"
    assert [(one.contact, one.phone) for one in desk.handler.handle(LoadBranches()) if one.contact or one.phone] == []


def test_the_preview_says_what_is_done(erasable):
    desk, _ = erasable
    seen = desk.handler.handle(PreviewErase(desk.id_of(CODE)))
    assert (seen.marks, seen.notes, seen.chars, seen.refused, seen.changes, seen.reasons) == (2, 1, 16, 4, 3, 3)
    assert (seen.presenter, seen.contact, seen.retitled, seen.other_notes, seen.topics) == (1, 1, 0, 1, 0)
    assert seen.notes_where == ((desk.session().key, "001"),)
    assert erase(desk).found == seen


def test_what_others_wrote_and_typed_stays(erasable):
    desk, _ = erasable
    erase(desk)
    assert desk.text_of("001") == f"what {NAME} said"
    steps = desk.handler.handle(LoadHistory(desk.id_of("003"))).lines
    assert steps[0].because == "came with erased person"
    with sqlite3.connect(desk.ctx.database.path) as raw:
        assert raw.execute("SELECT typed, sentence FROM refused_attempts ORDER BY id").fetchall() == [
            ("", ""), ("", ""), ("Z999", "Z999 is nobody"), ("", ""), ("", ""),
        ]  # fmt: skip
    raw.close()


def test_whoever_sat_at_the_desk_is_forgotten_too(erasable, open_context, bench):
    from tests.desk import Desk

    desk, _ = erasable
    own = Desk(open_context(2, NAME), bench, new=False)
    own.mark("005", status=Status.PRESENT, because="forgotten")
    erase(own)
    assert NAME.encode() not in bytes_of(desk.ctx.database.path).replace(f"what {NAME} said".encode(), b"")


def test_no_undo_brings_them_back(erasable):
    desk, steps = erasable
    erase(desk, uid=UUID(int=77))
    for batch in (steps["add"], steps["edit"], UUID(int=77)):
        with pytest.raises(CheckInError) as refused:
            desk.do(UndoChanges, batch=batch)
        assert refused.value.code == "undo_erased"
    for step in (lambda: desk.do(Undo, session_id=None), desk.undo, desk.redo, desk.undo_notes, desk.redo_notes):
        while_it_lasts(step)
    left = bytes_of(desk.ctx.database.path).replace(f"what {NAME} said".encode(), b"")
    assert [secret for secret in SECRETS if secret.encode() in left] == []


def test_another_window_that_still_has_the_words_cannot_write_them_back(erasable):
    desk, steps = erasable
    erased, session = desk.id_of(CODE), desk.session().id
    erase(desk)
    late = (
        (EditMember, {"member_id": erased, "name": NAME}),
        (
            WriteNote,
            {"session_id": session, "member_id": erased, "text": "a thought of her own …", "stay": steps["stay"]},
        ),
    )
    for request, values in late:
        with pytest.raises(CheckInError) as refused:
            desk.do(request, **values)
        assert refused.value.code == "member_erased"
    desk.do(EditMember, member_id=erased, name=NAME, uid=steps["edit"])  # written before: the answer is the first one
    assert desk.id_of("erased-1") == erased


def test_the_same_request_again_has_the_first_result(erasable):
    desk, _ = erasable
    uid = UUID(int=77)
    who = desk.id_of(CODE)
    first = desk.do(ErasePerson, member_id=who, name="erased person", uid=uid)
    again = desk.do(ErasePerson, member_id=who, name="erased person", uid=uid)
    untold = first.found._replace(notes_where=())  # nobody knows any more what to look for
    assert again._replace(recorded=first.recorded) == first._replace(found=untold)
    other = desk.do(ErasePerson, member_id=who, name="erased person")
    assert (other.member.code, other.recorded) == ("erased-1", None)


def test_another_window_sees_it_at_once(erasable, other_desk):
    desk, _ = erasable
    cursor = other_desk.view().cursor
    erase(desk)
    assert other_desk.handler.handle(LoadNews(None, cursor)).reload
    assert other_desk.id_of("erased-1")


def test_nobody_waits_for_an_erased_person_any_more(erasable):
    desk, _ = erasable
    found = erase(desk).found
    assert found.last_day == desk.session().key.day
    tuesday = desk.view(desk.session().key.day.replace(day=19))
    assert "erased-1" not in {one.code for one in tuesday.people}
    assert "erased-1" in {one.code for one in tuesday.others}


def test_the_same_roster_makes_somebody_new(erasable):
    desk, _ = erasable
    erase(desk)
    line = RosterLine(2, CODE, NAME, "Xinghe")
    assert desk.do(ImportMembers, lines=(line,)).new == 1
    assert desk.id_of(CODE) != desk.id_of("erased-1")
    assert erase(desk).member.code == "erased-2"


def test_nobody_is_given_the_code_of_an_erased_person(erasable):
    desk, _ = erasable
    erase(desk)
    lines = (RosterLine(2, "ERASED-1", "Mara Quill", "Xinghe"), RosterLine(3, "", "erased person", "Xinghe"))
    preview = desk.handler.handle(PreviewImport(lines))
    assert [(line.result, line.reason) for line in preview.lines] == [("rejected", "code_reserved"), ("new", "")]
    for request, values in ((AddMember, {"name": "Mara Quill"}), (EditMember, {"member_id": desk.id_of("001")})):
        with pytest.raises(CheckInError) as refused:
            desk.do(request, code="erased-7", **values)
        assert refused.value.code == "code_reserved"


def test_backups_that_still_hold_the_person_are_named_and_left_alone(erasable, tmp_path, bench):
    desk, _ = erasable
    folder = tmp_path / "backups"
    made = backups.make(desk.ctx.database.path, folder, Why.ASKED, bench.now)
    object.__setattr__(desk.ctx, "backups", folder)
    before = sorted(path.name for path in folder.iterdir())
    assert desk.handler.handle(PreviewErase(desk.id_of(CODE))).backups == (made.file,)
    assert erase(desk).found.backups == (made.file,)
    assert sorted(path.name for path in folder.iterdir()) == before
    later = backups.make(desk.ctx.database.path, folder, Why.ASKED, bench.now + 60_000)
    assert later.file not in desk.handler.handle(PreviewErase(desk.id_of("erased-1"))).backups


def test_unused_places_of_the_file_are_written_over_too(tmp_path):
    """Deleting blanks a row, not the copies left behind when rows were moved between pages: only writing anew does."""
    import random

    from checkin_tui.store.engine import Database, make_engine

    path = tmp_path / "moved.db"
    path.touch()
    with Database(path, make_engine(path)) as database:
        raw = database.connection.connection.driver_connection
        raw.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, code TEXT UNIQUE, more TEXT)")
        chance = random.Random(7)
        people = chance.sample(range(400), 400)
        raw.execute("BEGIN")
        for one in people:
            raw.execute(
                "INSERT INTO people VALUES (?, ?, ?)", (one, f"somebody-{one:03d}", "z" * chance.randint(0, 300))
            )
            raw.execute(
                "UPDATE people SET more = ? WHERE id = ?", ("q" * chance.randint(0, 900), chance.choice(people))
            )
        raw.execute("COMMIT")
        raw.execute("UPDATE people SET code = id, more = ''")
        assert b"somebody-" in path.read_bytes()
        assert erasing.rewrite_file(database)
        assert b"somebody-" not in bytes_of(path)


def test_a_file_that_is_held_is_written_anew_another_time(erasable, monkeypatch):
    desk, _ = erasable
    monkeypatch.setattr(erasing, "rewrite_file", lambda database: False)
    assert not erase(desk).rewritten
    monkeypatch.undo()
    assert erase(desk, "erased-1").rewritten


def test_nobody_is_erased_who_is_not_there(desk):
    with pytest.raises(CheckInError) as refused:
        desk.do(ErasePerson, member_id=999, name="erased person")
    assert refused.value.code == "member_unknown"
