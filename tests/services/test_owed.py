"""The chase list: who owes what, of one session and of the campaign."""

from __future__ import annotations

from datetime import date

import pytest

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.notes import NoteState
from checkin_tui.domain.requests import EditBranch, WriteNote
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.views import OwedView
from checkin_tui.services import owed
from tests.conftest import MONDAY, Bench, at
from tests.desk import Desk

TUESDAY, WEDNESDAY = date(2026, 5, 19), date(2026, 5, 20)


def told(view: OwedView) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    return [
        (branch.name, [(one.code, [str(note.session) for note in one.notes]) for one in branch.people])
        for branch in view.branches
    ]


@pytest.fixture
def three_days(desk: Desk, bench: Bench) -> Desk:
    """Three afternoons: 001 and 004 were at all of them, 007 at the last; Wednesday's register was never taken."""
    for day, codes in ((MONDAY, ("001", "004")), (TUESDAY, ("001", "004", "007"))):
        bench.now = at("14:20", day)
        for code in codes:
            desk.mark(code, day)
    bench.now = at("14:20", WEDNESDAY)
    desk.open(WEDNESDAY)
    return desk


def test_one_session_by_branch_and_name(desk: Desk) -> None:
    for code in ("003", "001", "004", "007"):
        desk.mark(code)
    desk.excuse("002")
    desk.note("001", "twelve words")
    desk.note("007", paper=True)
    view = desk.owed()
    assert told(view) == [
        ("Lotus Ford", [("004", ["2026-05-18"])]),
        ("Xinghe", [("003", ["2026-05-18"]), ("001", ["2026-05-18"])]),
    ]
    assert (view.campaign, view.people, view.notes) == (False, 3, 3)
    lacks = view.branches[1].people[1].notes[0]
    assert (lacks.status, lacks.state, lacks.chars, lacks.minimum) == (Status.PRESENT, NoteState.TOO_SHORT, 11, 50)


def test_neither_the_lecturer_nor_a_guest_owes_one_and_a_note_of_somebody_absent_is_told_apart(desk: Desk) -> None:
    desk.mark("001")
    desk.edit(presenter="001")
    desk.add("Ada Guest", code="900", guest=True)
    desk.mark("900", guest=True)
    desk.note("005", "I was ill and read at home")
    view = desk.owed()
    assert view.branches == ()
    assert view.without_presence == (("005", "José Álvarez"),)
    assert desk.owed(branch="Lotus Ford").without_presence == view.without_presence
    assert desk.owed(branch="Clinic").without_presence == ()


def test_the_campaign_is_every_session_taken(three_days: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monday = three_days.session(MONDAY)
    three_days.do(WriteNote, session_id=monday.id, member_id=three_days.id_of("004"), paper=True)
    expected = [
        ("Clinic", [("007", ["2026-05-19"])]),
        ("Lotus Ford", [("004", ["2026-05-19"])]),
        ("Xinghe", [("001", ["2026-05-18", "2026-05-19"])]),
    ]
    for page in (25, 1):
        monkeypatch.setattr(owed, "PAGE", page)
        view = three_days.owed(None, campaign=True)
        assert told(view) == expected
        assert [str(session.key) for session in view.sessions] == ["2026-05-18", "2026-05-19"]
        assert (view.campaign, view.people, view.notes, view.without_presence) == (True, 3, 4, ())


def test_over_the_campaign_people_stand_where_they_are_now(three_days: Desk) -> None:
    three_days.change("001", branch="Clinic", since=WEDNESDAY)
    three_days.change("004", left=TUESDAY)
    assert [name for name, _ in told(three_days.owed(None, campaign=True))] == ["Clinic", "Lotus Ford"]
    assert [name for name, _ in told(three_days.owed(MONDAY))] == ["Lotus Ford", "Xinghe"]


def test_only_one_branch(three_days: Desk) -> None:
    view = three_days.owed(None, campaign=True, branch=" Xinghe ")
    assert told(view) == [("Xinghe", [("001", ["2026-05-18", "2026-05-19"])])]
    three_days.add("Ned Nil", code="800", joined=MONDAY)
    three_days.mark("800", TUESDAY)
    assert told(three_days.owed(TUESDAY, branch="")) == [("", [("800", ["2026-05-19"])])]
    assert [branch.name for branch in three_days.owed(TUESDAY).branches][-1] == ""
    with pytest.raises(CheckInError, match="branch_unknown"):
        three_days.owed(MONDAY, branch="Xing")


def test_the_branch_comes_with_its_contact(three_days: Desk) -> None:
    (branch,) = (one.branch for one in three_days.owed(MONDAY, branch="Xinghe").branches)
    assert branch is not None
    three_days.do(EditBranch, branch_id=branch.id, contact="Mara Quill", phone="5550101")
    (debts,) = three_days.owed(MONDAY, branch="Xinghe").branches
    assert debts.branch is not None
    assert (debts.branch.contact, debts.branch.phone) == ("Mara Quill", "5550101")


def test_without_a_session_there_is_nothing_to_list(desk: Desk, bench: Bench) -> None:
    assert desk.owed(None, campaign=True).sessions == ()
    assert desk.owed(TUESDAY).people == 0
    with pytest.raises(CheckInError, match="session_unknown"):
        desk.owed(date(2026, 5, 24))
    bench.now = at("14:20", date(2026, 5, 24))
    with pytest.raises(CheckInError, match="no_session"):
        desk.owed(None)


def test_today_is_what_is_meant_where_no_session_is_named(three_days: Desk) -> None:
    assert three_days.owed(None).sessions[0].key == SessionKey(WEDNESDAY)
