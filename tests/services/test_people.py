"""People: added, edited, transferred, imported, and taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import RosterLine
from checkin_tui.domain.reads import LoadMember, PreviewImport
from checkin_tui.domain.requests import ImportMembers, MarkPerson, UndoChanges
from checkin_tui.domain.sessions import AudienceKind
from checkin_tui.services import status
from tests.conftest import MONDAY, Bench, at
from tests.desk import PEOPLE, Desk

TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)


def member(desk: Desk, code: str):  # type: ignore[no-untyped-def]
    return desk.handler.handle(LoadMember(desk.id_of(code)))


def test_before_anything_was_held_a_new_member_belongs_to_the_first_day(desk: Desk) -> None:
    added = desk.add("Late Comer", branch="Xinghe")
    assert added.member.joined_on == MONDAY
    assert added.member.code.isdigit()
    assert len(added.member.code) == 3


def test_once_a_session_was_taken_a_blank_joined_is_the_first_one_not_yet_taken(desk: Desk) -> None:
    desk.mark("001")
    added = desk.add("Late Comer")
    assert added.member.joined_on == TUESDAY
    assert desk.counts().expected == 8
    here = desk.add("Walk In", joined=MONDAY)
    assert here.member.joined_on == MONDAY
    assert desk.counts().expected == 9


def test_joined_and_left_are_inclusive(desk: Desk) -> None:
    desk.change("001", joined=TUESDAY, left=WEDNESDAY)
    expected = {day: "001" in {one.code for one in desk.view(day).people} for day in (MONDAY, TUESDAY, WEDNESDAY)}
    assert expected == {MONDAY: False, TUESDAY: True, WEDNESDAY: True}
    assert "001" not in {one.code for one in desk.view(WEDNESDAY + timedelta(days=1)).people}
    assert member(desk, "001").left_on == WEDNESDAY
    desk.change("001", left_open=True)
    assert "001" in {one.code for one in desk.view(WEDNESDAY + timedelta(days=1)).people}


def test_a_transfer_leaves_the_past_where_it_was(desk: Desk) -> None:
    desk.change("001", branch="Clinic", since=WEDNESDAY)
    branch = {day: next(p.branch for p in desk.view(day).people if p.code == "001") for day in (TUESDAY, WEDNESDAY)}
    assert branch == {TUESDAY: "Xinghe", WEDNESDAY: "Clinic"}


def test_the_audience_is_that_of_the_sessions_own_date(desk: Desk) -> None:
    for day in (TUESDAY, WEDNESDAY):
        desk.edit(day, audience=AudienceKind.BRANCHES, branches=("Clinic",))
    desk.change("001", branch="Clinic", since=WEDNESDAY)
    assert [p.code for p in desk.view(TUESDAY).people] == ["008", "007"]
    assert {p.code for p in desk.view(WEDNESDAY).people} == {"001", "007", "008"}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "   "}, "name_needed"),
        ({"name": "x" * 201}, "name_too_long"),
        ({"name": "X", "code": "001"}, "code_taken"),
        ({"name": "X", "code": "9" * 33}, "code_too_long"),
        ({"name": "X", "joined": TUESDAY, "left": MONDAY}, "date_order"),
    ],
)
def test_a_person_who_cannot_be_written_is_refused(desk: Desk, values: dict[str, object], code: str) -> None:
    with pytest.raises(CheckInError) as caught:
        desk.add(**values)
    assert caught.value.code == code
    assert len(status.members(desk.ctx)) == 8


def test_names_are_kept_without_what_a_terminal_would_obey(desk: Desk) -> None:
    added = desk.add("\x1b[31mRed\x07 \u202eName\nnew")
    assert added.member.name == "[31mRed Name new"


def test_an_edit_is_undone_on_its_own(desk: Desk) -> None:
    changed = desk.change("001", name="Zhang Weiwei", branch="Clinic", phone="000-555")
    desk.mark("001")
    desk.do(UndoChanges, batch=changed.uid)
    assert (member(desk, "001").name, member(desk, "001").phone) == ("Zhang Wei", "")
    assert desk.statuses() == {"001": "present"}


def test_an_edit_that_was_edited_again_is_not_undone(desk: Desk) -> None:
    changed = desk.change("001", name="One")
    desk.change("001", name="Two")
    with pytest.raises(CheckInError, match="undo_changed_since"):
        desk.do(UndoChanges, batch=changed.uid)
    assert member(desk, "001").name == "Two"


def line(row: int, code: str, name: str, branch: str | None = "Xinghe", **more: object) -> RosterLine:
    return RosterLine(row, code, name, branch, **more)  # type: ignore[arg-type]


def test_a_preview_says_what_an_import_would_do_and_writes_nothing(desk: Desk) -> None:
    lines = (
        line(2, "001", "Zhang Wei"),
        line(3, "002", "Li Na", "Clinic"),
        line(4, "090", "New Person"),
        line(5, "091", "Wrong Dates", joined=WEDNESDAY, left=TUESDAY),
    )
    preview = desk.handler.handle(PreviewImport(lines))
    assert [one.result for one in preview.lines] == ["unchanged", "changed", "new", "rejected"]
    assert preview.lines[1].changes == (("branch", "Xinghe", "Clinic"),)
    assert preview.joined == MONDAY
    assert (preview.new, preview.changed, preview.unchanged, preview.rejected) == (1, 1, 1, 1)
    assert len(status.members(desk.ctx)) == 8


def test_an_import_sent_again_gives_the_first_result(desk: Desk, bench: Bench) -> None:
    uid = bench.uid()
    lines = (
        line(2, "001", "Zhang Wei"),
        line(3, "002", "Li Na", "Clinic"),
        line(4, "", "New Person"),
        line(5, "", "New Person"),
        line(6, "092", "Newer Person", "Hill"),
    )
    first, again = (desk.do(ImportMembers, lines=lines, uid=uid) for _ in range(2))
    assert (first.new, first.changed, first.unchanged, len(first.rejected)) == (2, 1, 1, 1)
    assert again == first._replace(recorded=None)
    assert len(status.members(desk.ctx)) == 10


def test_importing_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    again = desk.do(ImportMembers, lines=PEOPLE)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 8)


def test_a_blank_code_gets_one_and_is_matched_again_by_name_and_branch(desk: Desk) -> None:
    lines = (line(2, "", "Without Code"), line(3, "", "Without Code", "Clinic"), line(4, "", "Without Code"))
    first = desk.do(ImportMembers, lines=lines)
    assert first.new == 2
    assert [(row, code) for row, code, _ in first.rejected] == [(4, "same_person_twice")]
    again = desk.do(ImportMembers, lines=lines[:2])
    assert (again.new, again.unchanged) == (0, 2)


def test_columns_a_file_does_not_have_stay_as_they_are(desk: Desk) -> None:
    desk.change("001", phone="000-1", title="Head")
    changed = desk.do(ImportMembers, lines=(line(2, "001", "Zhang Wei", None, phone="000-2"),))
    assert changed.changed == 1
    now = member(desk, "001")
    assert (now.title, now.phone, now.memberships[-1].branch) == ("Head", "000-2", "Xinghe")


def test_importing_another_branch_is_a_transfer_from_the_next_session(desk: Desk, bench: Bench) -> None:
    desk.mark("001")
    bench.now = at("18:00")
    desk.do(ImportMembers, lines=(line(2, "001", "Zhang Wei", "Clinic"),))
    branches = [next(p.branch for p in desk.view(day).people if p.code == "001") for day in (MONDAY, TUESDAY)]
    assert branches == ["Xinghe", "Clinic"]


def test_undoing_an_import_takes_new_people_away_and_sets_changed_ones_back(desk: Desk) -> None:
    lines = (line(2, "001", "Zhang Weiwei", "New Village"), line(3, "090", "New Person", "New Village"))
    changed = desk.do(ImportMembers, lines=lines)
    undone = desk.do(UndoChanges, batch=changed.uid)
    assert undone.kind == "import"
    assert {one.code: one.name for one in status.members(desk.ctx)}["001"] == "Zhang Wei"
    assert len(status.members(desk.ctx)) == 8
    with pytest.raises(CheckInError, match="nothing_to_undo"):
        desk.do(UndoChanges, batch=changed.uid)


def test_undoing_an_import_refuses_when_somebody_of_it_was_already_marked(desk: Desk) -> None:
    changed = desk.do(ImportMembers, lines=(line(2, "090", "New Person"), line(3, "091", "Other Person")))
    desk.mark("090")
    with pytest.raises(CheckInError) as caught:
        desk.do(UndoChanges, batch=changed.uid)
    assert caught.value.code == "undo_has_events"
    assert caught.value.values["names"] == ["New Person"]
    assert len(status.members(desk.ctx)) == 10


def test_nothing_usable_is_refused(desk: Desk) -> None:
    with pytest.raises(CheckInError, match="import_nothing"):
        desk.do(ImportMembers, lines=(line(2, "090", "X", joined=WEDNESDAY, left=date(2026, 5, 1)),))


def test_people_are_found_by_code_then_by_a_name_only_one_has(desk: Desk) -> None:
    assert status.find_person(desk.ctx, "003").name == "王小明"
    assert status.find_person(desk.ctx, "Li Na").code == "002"
    with pytest.raises(CheckInError) as caught:
        status.find_person(desk.ctx, "Zhang Wei")
    assert (caught.value.code, caught.value.values["codes"]) == ("ambiguous", ["001", "004"])
    with pytest.raises(CheckInError, match="unknown"):
        status.find_person(desk.ctx, "nobody")


def test_importing_the_same_file_after_a_session_was_taken_changes_nobody(desk: Desk) -> None:
    desk.mark("001")
    again = desk.do(ImportMembers, lines=PEOPLE)
    assert (again.changed, again.unchanged) == (0, 8)
    assert len(member(desk, "001").memberships) == 1


def test_codes_a_spreadsheet_took_the_zeros_from_are_the_same_people(desk: Desk) -> None:
    lines = tuple(one._replace(code=one.code.lstrip("0")) for one in PEOPLE)
    again = desk.do(ImportMembers, lines=lines)
    assert (again.new, again.unchanged) == (0, 8)
    other = desk.do(ImportMembers, lines=(line(2, "1", "Somebody Else"),))
    assert other.new == 1


def test_a_file_without_branches_matches_by_a_name_only_one_has(desk: Desk) -> None:
    lines = (line(2, "", "Li Na", None, phone="000-9"), line(3, "", "Zhang Wei", None, phone="000-8"))
    done = desk.do(ImportMembers, lines=lines)
    assert (done.new, done.changed) == (0, 1)
    assert [(one.place.row, one.reason) for one in done.doubtful] == [(3, "several_here")]
    assert member(desk, "002").phone == "000-9"


def test_one_person_with_and_without_code_in_one_file_is_noticed(desk: Desk) -> None:
    lines = (line(2, "001", "Zhang Wei", phone="1"), line(3, "", "Zhang Wei", phone=""))
    done = desk.do(ImportMembers, lines=lines)
    assert [(row, code) for row, code, _ in done.rejected] == [(3, "same_person_twice")]
    assert member(desk, "001").phone == "1"


def test_a_guest_who_becomes_a_member_changes_no_day_that_was_held(desk: Desk, bench: Bench) -> None:
    guest = desk.add("Gus Guest", code="900", guest=True, branch="Xinghe")
    desk.mark("001")
    desk.mark("900", guest=True)
    desk.close(absent_rest=True)
    before = desk.counts()
    assert (before.expected, before.guests) == (8, 1)
    bench.now = at("18:00")
    desk.do(ImportMembers, lines=(line(2, "900", "Gus Guest"),))
    assert desk.counts() == before
    assert "900" in {one.code for one in desk.view(TUESDAY).people}
    assert guest.member.guest


def test_guests_owe_no_notes_on_screen_either(desk: Desk) -> None:
    desk.add("Gus Guest", code="900", guest=True)
    desk.mark("900", guest=True)
    desk.mark("001")
    assert desk.mark_of("900").note.value == "not_required"
    desk.note("900", "short")
    assert desk.mark_of("900").note.value == "not_required"
    assert desk.mark_of("001").note.value == "missing"


def test_a_transfer_dated_before_a_later_one_ends_where_that_begins(desk: Desk) -> None:
    friday = MONDAY + timedelta(days=4)
    desk.change("001", branch="Clinic", since=friday)
    desk.change("001", branch="Lotus Ford", since=WEDNESDAY)
    branches = [member(desk, "001").membership_on(day).branch for day in (TUESDAY, WEDNESDAY, friday)]
    assert branches == ["Xinghe", "Lotus Ford", "Clinic"]


def test_an_id_is_never_given_again(desk: Desk) -> None:
    changed = desk.do(ImportMembers, lines=(line(2, "090", "First List"),))
    first = desk.id_of("090")
    desk.do(UndoChanges, batch=changed.uid)
    desk.do(ImportMembers, lines=(line(2, "501", "Second List"),))
    assert desk.id_of("501") != first
    desk.open()
    with pytest.raises(CheckInError, match="unknown"):
        desk.do(MarkPerson, session_id=desk.session().id, member_id=first)


def test_undo_of_an_import_survives_what_was_refused_and_refuses_who_lectures(desk: Desk) -> None:
    changed = desk.do(ImportMembers, lines=(line(2, "090", "New Person", "New Village"),))
    with pytest.raises(CheckInError, match="closed"):
        desk.mark("090", day=TUESDAY)
    desk.edit(presenter="090")
    with pytest.raises(CheckInError, match="undo_has_events"):
        desk.do(UndoChanges, batch=changed.uid)
    desk.edit(presenter="")
    desk.edit(WEDNESDAY, audience=AudienceKind.BRANCHES, branches=("New Village",))
    desk.do(UndoChanges, batch=changed.uid)
    assert len(status.members(desk.ctx)) == 8
