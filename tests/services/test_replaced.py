"""A request made from one file is never carried out in another that took its place: numbers mean other people there."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from checkin_tui.domain.errors import REPLACED, CheckInError
from checkin_tui.domain.reads import LoadDesk
from checkin_tui.domain.requests import EditMember, MarkPerson
from checkin_tui.services.backups import back_up, restore
from checkin_tui.services.handler import Handler
from checkin_tui.store.engine import open_database
from tests.conftest import Bench, at, context_for
from tests.desk import Desk


def everything(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        return list(raw.iterdump())


def brought_back(path: Path, folder: Path) -> None:
    """A backup of a minute ago."""
    restore(path, folder / "ours" / "backups", folder / "earlier.db", at("14:30"))


def moved_over(path: Path, folder: Path) -> None:
    """The file of another laptop, with other people under the same numbers."""
    other = Path(shutil.copy(folder / "earlier.db", folder / "other.db"))
    with closing(sqlite3.connect(other)) as raw, raw:
        raw.execute("UPDATE programs SET uid = ?, name = 'Another'", (os.urandom(16),))
    other.replace(path)


@pytest.mark.parametrize("exchange", [brought_back, moved_over])
def test_what_was_asked_of_the_file_before_is_refused_and_changes_nothing(
    desk: Desk, database_path: Path, bench: Bench, tmp_path: Path, exchange: Callable[[Path, Path], None]
) -> None:
    bench.now = at("14:25")
    back_up(database_path, tmp_path / "ours" / "backups", bench.now, tmp_path / "earlier.db")
    view = desk.view()
    assert view.session is not None
    who = view.people[0].member_id
    exchange(database_path, tmp_path)
    before = everything(database_path)
    with open_database(database_path) as database:
        handler = Handler(context_for(database, bench))
        for request in (
            MarkPerson(bench.uid(), bench.now, session_id=view.session.id, member_id=who),
            EditMember(bench.uid(), bench.now, member_id=who, name="Somebody Else"),
        ):
            with pytest.raises(CheckInError) as caught:
                handler.handle(request, view.origin)
            assert caught.value.code == REPLACED
        assert everything(database_path) == before
        now = handler.handle(LoadDesk())
        assert now.origin != view.origin
        mark = MarkPerson(bench.uid(), bench.now, session_id=now.session.id, member_id=who)
        assert handler.handle(mark, now.origin).marks


def test_others_who_write_do_not_make_it_another_file(desk: Desk, bench: Bench) -> None:
    bench.now = at("14:25")
    view = desk.view()
    desk.mark("001")
    desk.change("002", name="Li Nana")
    assert desk.view().origin == view.origin
    assert view.origin is not None
    request = MarkPerson(bench.uid(), bench.now, session_id=desk.session().id, member_id=desk.id_of("003"))
    assert desk.handler.handle(request, view.origin).marks
