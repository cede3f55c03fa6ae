"""The self-check finds what does not follow from the facts, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, delete, insert, update

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.reads import LoadNews
from checkin_tui.store.schema import attendance, note_revisions, notes
from checkin_tui.store.selfcheck import differences, rederive
from tests.desk import Desk


@pytest.fixture
def connection(desk: Desk) -> Iterator[Connection]:
    """A morning's work, and the file to spoil inside a transaction."""
    desk.mark("001")
    desk.mark("002")
    desk.excuse("003")
    desk.take_back("002")
    desk.note("001", "What I heard about wells, and what I thought of it on the way home.")
    desk.note("001", "What I heard about wells.", paper=True)
    desk.note("003", paper=True)
    with desk.ctx.writing() as work:
        yield work.connection


def test_a_sound_file_has_no_differences(connection: Connection) -> None:
    assert differences(connection) == []


def test_a_standing_that_is_not_what_the_events_say(desk: Desk, connection: Connection) -> None:
    someone = desk_id(connection, Status.PRESENT)
    connection.execute(update(attendance).where(attendance.c.member_id == someone).values(minutes_inside=7))
    (found,) = differences(connection)
    assert (found.table, found.member_id) == ("attendance", someone)
    assert found.stored is not None
    assert found.derived is not None
    assert (found.stored["minutes_inside"], found.derived["minutes_inside"]) == (7, 150)


def test_a_standing_that_is_missing(connection: Connection) -> None:
    someone = desk_id(connection, Status.EXCUSED)
    connection.execute(delete(attendance).where(attendance.c.member_id == someone))
    (found,) = differences(connection)
    assert found.stored is None
    assert found.derived is not None
    assert found.derived["status"] is Status.EXCUSED


def test_a_standing_nobody_has_events_for(connection: Connection) -> None:
    row = connection.execute(attendance.select()).first()
    assert row is not None
    connection.execute(insert(attendance).values(**{**row._mapping, "member_id": 8}))
    (found,) = differences(connection)
    assert (found.member_id, found.derived) == (8, None)


def test_a_note_that_is_not_the_newest_revision(connection: Connection) -> None:
    first = connection.execute(note_revisions.select().order_by(note_revisions.c.id)).first()
    assert first is not None
    connection.execute(update(notes).where(notes.c.member_id == first.member_id).values(revision_id=first.id))
    (found,) = differences(connection)
    assert (found.table, found.member_id) == ("notes", first.member_id)


def test_a_note_that_is_counted_wrongly(connection: Connection) -> None:
    connection.execute(update(notes).where(notes.c.chars > 0).values(chars=9999))
    (found,) = differences(connection)
    assert found.stored is not None
    assert found.derived is not None
    assert (found.stored["chars"], found.derived["chars"]) == (9999, 21)


def test_what_is_derived_again_is_read_again_by_every_window(desk: Desk, other_desk: Desk) -> None:
    """No event says that it changed."""
    desk.mark("001")
    window, view = other_desk.handler, other_desk.view()
    window.foreign_changes()
    with desk.ctx.writing() as work:
        work.connection.execute(update(attendance).values(minutes_inside=7))
        assert [one.table for one in rederive(work.connection)] == ["attendance"]
        assert differences(work.connection) == []
        work.commit()
    assert window.foreign_changes()
    assert window.handle(LoadNews(None, view.cursor, view.origin)).reload


def desk_id(connection: Connection, status: Status) -> int:
    """Whoever has that status."""
    return int(connection.execute(attendance.select().where(attendance.c.status == status)).one().member_id)
