"""What an import leaves alone: the past, what a blank cell says nothing of, and everything the second time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import Ending, RosterLine
from checkin_tui.domain.reads import LoadMember, PreviewImport
from checkin_tui.domain.requests import ImportMembers, UndoChanges
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.views import ImportPreview
from checkin_tui.services import status
from tests.conftest import MONDAY, Bench, Furnished, at
from tests.desk import PEOPLE, Desk, fresh_desk

TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
SUNDAY = MONDAY - timedelta(days=1)


def line(row: int, code: str, name: str, branch: str | None = "Xinghe", **more: object) -> RosterLine:
    return RosterLine(row, code, name, branch, **more)  # type: ignore[arg-type]


def look(desk: Desk, *lines: RosterLine, **more: object) -> ImportPreview:
    found: ImportPreview = desk.handler.handle(PreviewImport(lines, **more))  # type: ignore[arg-type]
    return found


def member(desk: Desk, code: str):  # type: ignore[no-untyped-def]
    return desk.handler.handle(LoadMember(desk.id_of(code)))


def everybody(desk: Desk) -> list[object]:
    return [(one.code, one.name, one.phone, one.title, one.memberships) for one in status.members(desk.ctx)]


def expected(desk: Desk, day: date = MONDAY) -> set[str]:
    return {one.code for one in desk.view(day).people}


def without(*codes: str) -> tuple[RosterLine, ...]:
    return tuple(one for one in PEOPLE if one.code not in codes)


@pytest.fixture
def closed(desk: Desk, bench: Bench) -> Desk:
    """Monday was held and is closed."""
    desk.mark("001")
    desk.close()
    bench.now = at("18:00")
    return desk


# ------------------------------------------------------------------------------------------------------ closed sessions


@pytest.mark.parametrize(
    "asked",
    [
        line(2, "001", "Zhang Wei", joined=TUESDAY),
        line(2, "001", "Zhang Wei", joined=MONDAY - timedelta(days=7), left=SUNDAY),
        line(2, "090", "New Person", joined=MONDAY),
    ],
)
def test_no_line_changes_who_was_expected_at_a_closed_session(closed: Desk, asked: RosterLine) -> None:
    there, lines = everybody(closed), (asked, line(3, "002", "Li Na"))
    (odd, _same) = look(closed, *lines).lines
    assert (odd.result, odd.reason, odd.values) == ("rejected", "closed_session", {"key": SessionKey(MONDAY)})
    done = closed.do(ImportMembers, lines=lines)
    assert [code for _row, code, _values in done.rejected] == ["closed_session"]
    assert everybody(closed) == there


def test_neither_does_a_guest_who_becomes_a_member(closed: Desk) -> None:
    closed.add("Gus Guest", code="900", guest=True)
    assert look(closed, line(2, "900", "Gus Guest", joined=MONDAY)).lines[0].reason == "closed_session"
    assert look(closed, line(2, "900", "Gus Guest")).lines[0].changes[-1] == ("guest", "yes", "no")


def test_without_a_date_somebody_new_belongs_after_the_closed_sessions(desk: Desk) -> None:
    """Also where the closed one was never taken."""
    desk.open()
    desk.close()
    assert look(desk, line(2, "090", "New Person")).joined == TUESDAY
    assert desk.do(ImportMembers, lines=(line(2, "090", "New Person"),)).new == 1
    assert "090" not in expected(desk)


def test_no_last_day_is_before_a_closed_session(closed: Desk) -> None:
    there = everybody(closed)
    with pytest.raises(CheckInError, match="import_end_closed") as caught:
        closed.do(ImportMembers, lines=without("001"), end=Ending(SUNDAY))
    assert caught.value.values["key"] == SessionKey(MONDAY)
    with pytest.raises(CheckInError, match="import_end_closed"):
        look(closed, *without("001"), end=Ending(SUNDAY))
    assert everybody(closed) == there
    assert look(closed, *without("001"), end=Ending(MONDAY)).ended == 1


def test_of_an_open_session_it_is_said_that_others_are_expected(desk: Desk) -> None:
    desk.mark("001")
    new = line(2, "090", "New Person", joined=MONDAY)
    assert look(desk, new).rosters == (SessionKey(MONDAY),)
    assert look(desk, new._replace(joined=None)).rosters == ()
    assert desk.do(ImportMembers, lines=(new,)).rosters == (SessionKey(MONDAY),)
    assert "090" in expected(desk)


# ---------------------------------------------------------------------------------------------------------- who is gone


def test_whoever_was_still_to_begin_has_one_day_and_is_not_gone_from_sight(desk: Desk) -> None:
    desk.do(ImportMembers, lines=without("001"), end=Ending())
    one = next(one for one in status.members(desk.ctx) if one.code == "001")
    assert [(place.branch, place.first) for place in one.memberships] == [("Xinghe", SUNDAY)]
    assert (one.joined_on, one.left_on) == (SUNDAY, SUNDAY)


def test_nobody_is_ended_on_the_day_of_a_session_before_they_begin(desk: Desk) -> None:
    desk.do(ImportMembers, lines=(line(2, "090", "New Person", joined=WEDNESDAY),))
    there = everybody(desk)
    done = desk.do(ImportMembers, lines=PEOPLE, end=Ending(TUESDAY))
    assert (done.ended, [one.code for one in done.gone.people], done.gone.kept) == (0, ["090"], done.gone.people)
    assert everybody(desk) == there


def test_a_file_of_a_few_ends_nobody_unless_the_day_is_named(desk: Desk) -> None:
    few = (line(2, "001", "Zhang Wei", None), line(3, "", "New Person", None))
    for ask in (look, lambda desk, *lines, **more: desk.do(ImportMembers, lines=lines, **more)):
        with pytest.raises(CheckInError, match="import_end_few") as caught:
            ask(desk, *few, end=Ending())
        assert (caught.value.values["count"], caught.value.values["members"]) == (1, 8)
    assert len(look(desk, *few).gone.people) == 7
    assert look(desk, *few, end=Ending(TUESDAY)).ended == 7


def test_nobody_is_ended_while_there_are_sheets_that_were_not_read(desk: Desk) -> None:
    with pytest.raises(CheckInError, match="import_end_sheets"):
        look(desk, *without("001"), end=Ending(), unread_sheets=("South",))
    assert look(desk, *without("001"), unread_sheets=("South",)).ended == 0


def test_of_two_of_one_name_where_no_phone_tells_the_known_one_is_not_ended(desk: Desk) -> None:
    twice = (line(20, "", "Li Na", phone="5551"), line(21, "", "Li Na", phone="5552"))
    preview = look(desk, *without("002"), *twice, end=Ending())
    assert (preview.doubtful, preview.gone.people) == (2, ())


# ---------------------------------------------------------------------------------------- blank cells, guests, branches


def test_a_blank_cell_takes_nothing_away_but_a_leader(desk: Desk) -> None:
    desk.change("001", title="Clerk", rank="A", phone="5550101", leader=True)
    blank = line(2, "001", "Zhang Wei", "", title="", rank="", phone="", leader=False)
    assert look(desk, blank).lines[0].changes == (("leader", "yes", "no"),)
    desk.do(ImportMembers, lines=(blank,))
    one = member(desk, "001")
    assert (one.title, one.rank, one.phone, one.memberships[-1].branch) == ("Clerk", "A", "5550101", "Xinghe")


def test_a_guest_who_becomes_a_member_is_a_change_that_is_said(desk: Desk) -> None:
    desk.add("Gus Guest", code="900", guest=True, branch="Xinghe")
    assert look(desk, line(2, "900", "Gus Guest")).lines[0].changes == (("guest", "yes", "no"),)


def test_a_transfer_before_one_that_is_known_is_said(desk: Desk) -> None:
    desk.mark("001")
    desk.change("001", branch="Clinic", since=WEDNESDAY)
    (one,) = look(desk, line(2, "001", "Zhang Wei", "Clinic")).lines
    assert one.changes == (("branch", "Xinghe", "Clinic"), ("since", "", "2026-05-19"))


def test_how_a_branch_is_written_makes_no_other_branch(desk: Desk) -> None:
    lines = (
        line(2, "002", "Li Na", " xinghe".upper().strip()),
        line(3, "004", "Zhang Wei", "Ｌｏｔｕｓ  Ford"),
        line(4, "090", "One Person", "North Side"),
        line(5, "091", "Two Person", "NORTH  side"),
        line(6, "002", "Li Na", "Nowhere"),
    )
    preview = look(desk, *lines)
    assert (preview.unchanged, preview.new, preview.rejected) == (2, 2, 1)
    assert preview.new_branches == ("North Side",), "not that of a line that is not written"
    done = desk.do(ImportMembers, lines=lines)
    assert done.new_branches == ("North Side",)
    assert look(desk, *lines).new_branches == ()


def test_a_line_that_is_rejected_for_its_code_is_about_nobody(desk: Desk) -> None:
    """`1` may be 001 without its zeros; the second `1` is not written, so the row without a code may be 001."""
    lines = (line(2, "1", "Zhang Min"), line(3, "1", "Zhang Wei"), line(4, "", "Zhang Wei", phone="5550101"))
    assert [one.result for one in look(desk, *lines).lines] == ["new", "rejected", "changed"]


def test_taking_back_many_asks_the_database_no_more_often_than_taking_back_few(desk: Desk) -> None:
    asked: list[int] = []
    for count in (3, 30):
        new = tuple(line(row, f"9{row:02d}", f"New Person {row}") for row in range(count))
        done = desk.do(ImportMembers, lines=(*(one._replace(phone=f"555{count}") for one in PEOPLE[:3]), *new))
        statements: list[str] = []
        with heard(desk, statements):
            desk.do(UndoChanges, batch=done.uid)
        asked.append(len(statements))
        assert len(status.members(desk.ctx)) == len(PEOPLE)
    assert asked[0] == asked[1]


@contextmanager
def heard(desk: Desk, statements: list[str]) -> Iterator[None]:
    """Every statement that is sent to the database goes into the list."""

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(desk.ctx.database.engine, "before_cursor_execute", hear)
    try:
        yield
    finally:
        event.remove(desk.ctx.database.engine, "before_cursor_execute", hear)


# ------------------------------------------------------------------------------------------------------ the second time

NAMES = st.sampled_from(["Zhang Wei", "Zhang Min", "zhang  wei", "Li Na", "王伟", "王 强"])
ROSTER = st.lists(
    st.tuples(
        st.sampled_from(["", "", "001", "002", "1", "201", "202"]),
        NAMES,
        st.sampled_from(["Xinghe", "XINGHE", "Clinic", "", None]),
        st.sampled_from(["", "5550101", "5550102", None]),
    ),
    max_size=6,
).map(lambda rows: tuple(line(row, *one[:3], phone=one[3]) for row, one in enumerate(rows, 2)))


@settings(max_examples=25, deadline=None)
@given(ROSTER, ROSTER, st.booleans())
def test_a_file_that_comes_in_again_does_nothing(
    furnished: Furnished, first: tuple[RosterLine, ...], second: tuple[RosterLine, ...], held: bool
) -> None:
    with fresh_desk(furnished) as desk:
        if held:
            desk.mark("001")
        for lines in (first, second):
            before = look(desk, *lines)
            if not before.new + before.changed:
                continue
            desk.do(ImportMembers, lines=lines)
            again = look(desk, *lines)
            assert all(one.changes for one in before.lines if one.result == "changed")
            assert (again.new, again.changed) == (0, 0)
            assert open_rows(again) <= open_rows(before)


def open_rows(preview: ImportPreview) -> set[int]:
    return {one.row for one in preview.lines if one.result == "doubtful"}
