"""What importing a roster does: doubt is asked, who is gone is said and may be ended, and one undo takes back all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import Answer, Ending, FileKind, Place, RosterLine
from checkin_tui.domain.reads import LoadMapping, LoadMember, PreviewImport
from checkin_tui.domain.requests import ErasePerson, ImportMembers, UndoChanges
from checkin_tui.domain.views import ImportPreview
from checkin_tui.services import status
from tests.conftest import MONDAY, Bench, at
from tests.desk import PEOPLE, Desk

TUESDAY = MONDAY + timedelta(days=1)
SUNDAY = MONDAY - timedelta(days=1)


def member(desk: Desk, code: str):  # type: ignore[no-untyped-def]
    return desk.handler.handle(LoadMember(desk.id_of(code)))


def line(row: int, code: str, name: str, branch: str | None = "Xinghe", **more: object) -> RosterLine:
    return RosterLine(row, code, name, branch, **more)  # type: ignore[arg-type]


def without(*codes: str) -> tuple[RosterLine, ...]:
    return tuple(one for one in PEOPLE if one.code not in codes)


def look(desk: Desk, *lines: RosterLine, **more: object) -> ImportPreview:
    found: ImportPreview = desk.handler.handle(PreviewImport(lines, **more))  # type: ignore[arg-type]
    return found


def everybody(desk: Desk) -> list[object]:
    return [(one.code, one.name, one.phone, one.memberships) for one in status.members(desk.ctx)]


# ------------------------------------------------------------------------------------------------------------- doubt


def test_a_doubtful_line_is_not_written_before_it_is_answered(desk: Desk) -> None:
    asked = line(2, "", "Li Na", "Clinic", phone="000-9")
    preview = look(desk, asked, line(3, "090", "New Person"))
    assert (preview.new, preview.doubtful) == (1, 1)
    assert [one.result for one in preview.lines] == ["doubtful", "new"]
    assert [one.code for one in preview.lines[0].candidates] == ["002"]
    done = desk.do(ImportMembers, lines=(asked, line(3, "090", "New Person")))
    assert (done.new, done.changed, done.unchanged) == (1, 0, 0)
    assert [(one.place, one.reason, one.candidates[0].name) for one in done.doubtful] == [
        (Place("", 2), "elsewhere", "Li Na")
    ]
    assert member(desk, "002").phone == ""


def test_an_answer_makes_a_line_somebody_or_somebody_new(desk: Desk) -> None:
    asked = line(2, "", "Li Na", "Clinic")
    same = (Answer(asked.place, desk.id_of("002")),)
    assert look(desk, asked, answers=same).lines[0].changes == (("branch", "Xinghe", "Clinic"),)
    done = desk.do(ImportMembers, lines=(asked,), answers=(Answer(asked.place, None),))
    assert (done.new, done.changed) == (1, 0)
    assert [one.name for one in status.members(desk.ctx)].count("Li Na") == 2


def test_who_is_said_to_be_somebody_gets_the_code_of_the_file(desk: Desk) -> None:
    asked = line(2, "099", "Li Na")
    answers = (Answer(asked.place, desk.id_of("002")),)
    assert look(desk, asked, answers=answers).lines[0].changes == (("code", "002", "099"),)
    before = everybody(desk)
    done = desk.do(ImportMembers, lines=(asked,), answers=answers)
    assert member(desk, "099").name == "Li Na"
    assert desk.do(ImportMembers, lines=(asked,)).unchanged == 1
    desk.do(UndoChanges, batch=done.uid)
    assert everybody(desk) == before


def test_codes_that_move_on_are_written_and_taken_back_in_an_order_that_works(desk: Desk) -> None:
    """001 goes to somebody new, whose holder gets 002, whose holder gets 099."""
    lines = (
        line(2, "001", "Somebody Else", "Clinic"),
        line(3, "002", "Zhang Wei"),
        line(4, "099", "Li Na"),
    )
    answers = (
        Answer(lines[0].place, None),
        Answer(lines[1].place, desk.id_of("001")),
        Answer(lines[2].place, desk.id_of("002")),
    )
    before = everybody(desk)
    done = desk.do(ImportMembers, lines=lines, answers=answers)
    assert (done.new, done.changed, done.rejected) == (1, 2, ())
    assert {one.code: one.name for one in status.members(desk.ctx)}.items() >= {
        "001": "Somebody Else",
        "002": "Zhang Wei",
        "099": "Li Na",
    }.items()
    desk.do(UndoChanges, batch=done.uid)
    assert everybody(desk) == before


def test_a_code_that_somebody_keeps_is_given_to_nobody(desk: Desk) -> None:
    taken = line(2, "001", "Somebody Else", "Clinic")
    preview = look(desk, taken, line(3, "090", "New Person"), answers=(Answer(taken.place, None),))
    assert [(one.result, one.reason) for one in preview.lines] == [("rejected", "code_held"), ("new", "")]
    swapped = (line(2, "001", "Li Na"), line(3, "002", "Zhang Wei"))
    answers = (Answer(Place("", 2), desk.id_of("002")), Answer(Place("", 3), desk.id_of("001")))
    assert [one.reason for one in look(desk, *swapped, answers=answers).lines] == ["code_held", "code_held"]


def test_a_code_twice_is_rejected_here_too(desk: Desk) -> None:
    preview = look(desk, line(2, "090", "One"), line(3, "090", "Two"))
    assert [(one.result, one.reason) for one in preview.lines] == [("new", ""), ("rejected", "code_twice")]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ((Answer(Place("", 9), None),), "import_answer_row"),
        ((Answer(Place("North", 2), None),), "import_answer_row"),
        ((Answer(Place("", 2), None), Answer(Place("", 2), 1)), "import_answer_twice"),
        ((Answer(Place("", 2), 999),), "member_unknown"),
    ],
)
def test_an_answer_nobody_asked_for_is_refused(desk: Desk, answers: tuple[Answer, ...], code: str) -> None:
    with pytest.raises(CheckInError, match=code):
        desk.do(ImportMembers, lines=(line(2, "090", "New Person"),), answers=answers)
    assert len(status.members(desk.ctx)) == 8


def test_only_doubt_is_nothing_that_could_be_imported(desk: Desk) -> None:
    with pytest.raises(CheckInError, match="import_nothing") as caught:
        desk.do(ImportMembers, lines=(line(2, "", "Li Na", "Clinic"),), end=Ending())
    assert [one.place.row for one in caught.value.values["doubtful"]] == [2]
    assert all(one.left_on is None for one in status.members(desk.ctx))


def test_spaces_inside_a_chinese_name_are_no_change(desk: Desk) -> None:
    assert look(desk, line(2, "", "王　小明")).unchanged == 1
    assert look(desk, line(2, "003", "王 小 明")).unchanged == 1
    assert look(desk, line(2, "001", "ZHANG Wei")).lines[0].changes == (("name", "Zhang Wei", "ZHANG Wei"),)


# ---------------------------------------------------------------------------------------------------------- who is gone


def test_who_is_not_in_the_file_is_said_and_left_as_they_are(desk: Desk) -> None:
    desk.add("Gus Guest", code="900", guest=True, branch="Xinghe")
    done = desk.do(ImportMembers, lines=without("001", "007", "008"))
    assert [one.code for one in done.gone.people] == ["001"]
    assert done.gone.elsewhere == (("Clinic", 2),), "a file of two branches says nothing of the third"
    assert (done.ended, done.unchanged, done.recorded) == (0, 5, None)
    assert all(one.left_on is None for one in status.members(desk.ctx))


def test_their_membership_is_ended_before_the_next_session_and_given_back_by_one_undo(desk: Desk, bench: Bench) -> None:
    desk.mark("001")
    bench.now = at("18:00")
    before = everybody(desk)
    lines = (*without("001"), line(20, "090", "New Person"))
    assert (look(desk, *lines).ended, look(desk, *lines, end=Ending()).ended) == (0, 1)
    done = desk.do(ImportMembers, lines=lines, end=Ending())
    assert (done.new, done.changed, done.ended) == (1, 0, 1)
    assert done.gone.last == MONDAY
    assert {one.code: one.left_on for one in status.members(desk.ctx)}["001"] == MONDAY
    assert "001" in {one.code for one in desk.view(MONDAY).people}
    assert "001" not in {one.code for one in desk.view(TUESDAY).people}
    assert look(desk, *lines).gone.people == (), "once"
    desk.do(UndoChanges, batch=done.uid)
    assert everybody(desk) == before


def test_before_anything_was_held_who_is_gone_never_belonged(desk: Desk) -> None:
    done = desk.do(ImportMembers, lines=without("001"), end=Ending())
    assert (done.ended, done.gone.last) == (1, SUNDAY)
    assert "001" not in {one.code for one in desk.view(MONDAY).people}
    back = desk.do(ImportMembers, lines=PEOPLE)
    assert (back.changed, back.unchanged) == (1, 7)
    assert "001" in {one.code for one in desk.view(MONDAY).people}


def test_the_last_day_may_be_named(desk: Desk) -> None:
    done = desk.do(ImportMembers, lines=without("001"), end=Ending(TUESDAY))
    assert (done.ended, done.gone.last) == (1, TUESDAY)
    assert {one.code: one.left_on for one in status.members(desk.ctx)}["001"] == TUESDAY
    assert look(desk, *without("001"), end=Ending(TUESDAY)).ended == 0


def test_nobody_is_gone_whom_a_line_that_is_not_written_may_be_about(desk: Desk) -> None:
    doubtful = (*without("002"), line(20, "099", "Li Na"))
    rejected = (*without("002"), line(20, "002", "Li Na", left=SUNDAY))
    for lines in (doubtful, rejected):
        assert look(desk, *lines, end=Ending()).gone.people == ()
    assert look(desk, *without("002", "003"), unread=(("x", "王 小明", "?"),)).gone.people[0].code == "002"
    assert look(desk, *without("002", "003"), unread=(("2", "?"), ("", "王小明"))).gone.people == ()


def test_a_list_that_knows_nobody_says_of_nobody_that_they_are_gone(desk: Desk) -> None:
    preview = look(desk, line(2, "090", "New Person", None), end=Ending())
    assert (preview.gone.people, preview.ended) == ((), 0)


def test_a_list_without_branches_is_of_all(desk: Desk) -> None:
    lines = tuple(one._replace(branch=None) for one in without("001", "008"))
    preview = look(desk, *lines)
    assert [one.code for one in preview.gone.people] == ["001", "008"]
    assert preview.gone.elsewhere == ()


def test_the_erased_are_not_gone(desk: Desk) -> None:
    desk.do(ErasePerson, member_id=desk.id_of("001"), name="erased")
    assert look(desk, *without("001")).gone.people == ()


def test_who_comes_back_belongs_again_from_the_next_session(desk: Desk, bench: Bench) -> None:
    desk.mark("002")
    bench.now = at("18:00")
    desk.do(ImportMembers, lines=without("001"), end=Ending())
    preview = look(desk, *PEOPLE)
    changed = next(one for one in preview.lines if one.result == "changed")
    assert changed.changes == (("left", "2026-05-18", ""), ("back", "", "2026-05-19"))
    desk.do(ImportMembers, lines=PEOPLE)
    assert [(one.first, one.until) for one in member(desk, "001").memberships] == [(MONDAY, TUESDAY), (TUESDAY, None)]


def test_a_last_day_in_the_file_is_kept(desk: Desk, bench: Bench) -> None:
    desk.mark("002")
    bench.now = at("18:00")
    desk.change("001", left=MONDAY)
    assert look(desk, line(2, "001", "Zhang Wei", left=MONDAY)).unchanged == 1
    until = look(desk, line(2, "001", "Zhang Wei", left=date(2026, 5, 20))).lines[0]
    assert until.changes == (("left", "2026-05-18", "2026-05-20"), ("back", "", "2026-05-19"))


# --------------------------------------------------------------------------------------------------------------- again


def test_the_same_request_again_writes_nothing_and_gives_the_first_result(desk: Desk, bench: Bench) -> None:
    """Whatever was asked, answered, ended and given another code by it."""
    uid = bench.uid()
    lines = (
        *without("001", "002", "004", "005"),
        line(20, "099", "Li Na"),
        line(21, "", "王小明", "Clinic"),
        line(22, "", "Zhang Wei", "Clinic"),
        line(23, "005", "José Álvarez", "Lotus Ford", left=SUNDAY),
    )
    request = {
        "lines": lines,
        "answers": (Answer(Place("", 20), desk.id_of("002")), Answer(Place("", 21), None)),
        "end": Ending(TUESDAY),
        "headers": ("Nr", "Naam"),
        "mapping": (("name", "Naam"),),
        "uid": uid,
    }
    first = desk.do(ImportMembers, **request)
    assert (first.new, first.changed, first.ended) == (1, 1, 0)
    assert (len(first.rejected), len(first.doubtful)) == (1, 1)
    there = everybody(desk)
    again = desk.do(ImportMembers, **request)
    assert again == first._replace(recorded=None)
    assert everybody(desk) == there


def test_ending_again_gives_the_first_result(desk: Desk, bench: Bench) -> None:
    request = {"lines": without("001"), "end": Ending(), "uid": bench.uid()}
    first, again = (desk.do(ImportMembers, **request) for _ in range(2))
    assert first.ended == 1
    assert again == first._replace(recorded=None)


# --------------------------------------------------------------------------------------------- the columns remembered

HEADERS = ("Nr", "Naam", "")
MAPPING = (("code", "Nr"), ("name", "Naam"))


def mapping(desk: Desk, *rows: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = desk.handler.handle(LoadMapping(FileKind.MEMBERS, rows))
    return found


def test_the_columns_are_remembered_for_files_with_the_same_headers(desk: Desk) -> None:
    desk.do(ImportMembers, lines=PEOPLE, headers=HEADERS, mapping=MAPPING)
    assert mapping(desk, ("Some title",), ("Naam", "Nr")) == dict(MAPPING)
    assert mapping(desk, ("Naam", "Nr", "Dorp")) == {}
    desk.do(ImportMembers, lines=PEOPLE, headers=HEADERS, mapping=(("name", "Nr"),))
    assert mapping(desk, HEADERS) == {"name": "Nr"}
    desk.do(ImportMembers, lines=PEOPLE, headers=HEADERS, forget=True)
    assert mapping(desk, HEADERS) == {}


def test_what_is_no_header_is_not_remembered_and_neither_is_a_file_that_was_refused(desk: Desk) -> None:
    long = "x" * 41
    desk.do(ImportMembers, lines=PEOPLE, headers=("Nr", long), mapping=(("name", long),))
    with pytest.raises(CheckInError, match="import_nothing"):
        desk.do(ImportMembers, lines=(line(2, "", "Li Na", "Clinic"),), headers=HEADERS, mapping=MAPPING)
    assert mapping(desk, ("Nr", long), HEADERS) == {}


def test_a_file_that_changes_nothing_twice_writes_nothing_twice(desk: Desk) -> None:
    desk.do(ImportMembers, lines=PEOPLE, headers=HEADERS, mapping=MAPPING)
    before = desk.ctx.database.path.read_bytes()
    desk.do(ImportMembers, lines=PEOPLE, headers=HEADERS, mapping=MAPPING)
    assert desk.ctx.database.path.read_bytes() == before
