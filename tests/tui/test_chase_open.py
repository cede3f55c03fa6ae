"""What is behind the lines of the chase list: notes of any day, the history, the contact of the branch."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.domain.reads import LoadHistory
from checkin_tui.domain.requests import EditBranch, SeeNotebooks
from checkin_tui.domain.views import History
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk.chase_words import BranchKey, PersonKey
from tests.conftest import MONDAY, at
from tests.tui.owing import FRIDAY, THURSDAY, Chasing, OwingDesk, chasing, owing
from tests.tui.test_app import ready, window


async def test_the_note_of_an_earlier_day_is_written_on_that_day():
    async with chasing(owing()) as it:
        await it.do("<right>", "8", "<enter>")
        await it.do("<up>")
        assert it.screen.chosen == PersonKey(2)
        await it.answer("<enter>")
        for words in ("Write the note of Thu 14 May", "Fri 15 May", "Mon 18 May", "History", "Contact of Xinghe"):
            assert words in it.picture
        await it.answer("<down>", "<enter>")
        await it.until(lambda: it.app.view.VIEW is View.WRITING and it.app.view.register is not None)
        await it.until(lambda: any(type(one).__name__ == "LoadNote" for one in it.desk.seen))
        assert it.app.view.register.session.key == FRIDAY
        note = next(one for one in it.desk.seen if type(one).__name__ == "LoadNote")
        assert (note.session_id, note.member_id) == (3, 2)


async def test_a_note_of_another_day_never_opens_on_the_day_that_was_on_the_desk_before():
    async with chasing(owing()) as it:
        it.app.show(View.WRITING)
        await it.until(lambda: it.app.view.register is not None)  # today's register is there already
        it.app.show(View.CHASE)
        await it.settle()
        it.screen.write_note_of(2, THURSDAY)
        await it.until(lambda: any(type(one).__name__ == "LoadNote" for one in it.desk.seen))
        assert [one.session_id for one in it.desk.seen if type(one).__name__ == "LoadNote"] == [2]


async def test_the_history_of_a_person():
    desk = OwingDesk()
    desk.do_LoadHistory = lambda request: History(desk._member(request.member_id), ())
    async with chasing(desk) as it:
        await it.do("<up>")
        await it.answer("<enter>", "history", "<enter>")
        await it.until(lambda: "History of Chen Wei" in it.picture)
        assert LoadHistory(2, None) in desk.seen


async def test_the_contact_of_a_branch_is_edited_and_taken_back():
    async with chasing() as it:
        await it.do("<down>")
        assert it.screen.chosen == BranchKey(1)
        await it.answer("<enter>")
        assert "Contact of Hepan" in it.picture
        await it.answer("Bo Lind", "<enter>", "5550188", "<enter>", "<enter>")
        await it.until(lambda: it.lines[0] == "Hepan · 2 people · contact Bo Lind, 5550188")
        sent = next(one for one in it.desk.seen if isinstance(one, EditBranch))
        assert (sent.branch_id, sent.contact, sent.phone) == (1, "Bo Lind", "5550188")
        assert it.banner == "Saved: contact of Hepan\n→ 1 takes it back."
        await it.do("<right>", "1", "<enter>")
        await it.until(lambda: it.lines[0] == "Hepan · 2 people · contact Ada Moreau")
        assert it.banner == "Taken back."


@pytest.mark.parametrize(
    ("steps", "sent", "then"),
    [
        (("<enter>", "5550188", "<enter>", "<enter>"), (None, "5550188"), "contact Ida Lund, 5550188"),
        (("Bo Lind", "<enter>", "<enter>", "<enter>"), ("Bo Lind", None), "contact Bo Lind, 5550199"),
    ],
)
async def test_what_was_not_touched_keeps_what_another_window_made_of_it_meanwhile(steps, sent, then):
    async with chasing() as it:
        await it.do("<down>")
        await it.answer("<enter>")
        it.desk.branches = [
            replace(one, contact="Ida Lund", phone="5550199") if one.name == "Hepan" else one
            for one in it.desk.branches
        ]
        await it.answer(*steps)
        await it.until(lambda: then in it.lines[0])
        request = next(one for one in it.desk.seen if isinstance(one, EditBranch))
        assert (request.contact, request.phone) == sent


async def test_the_offer_to_show_names_goes_once_they_are_shown():
    async with chasing() as it:
        it.app.hide_names()
        await it.do("<down>", "<enter>")
        assert it.banner == "! Names are hidden: the contact is not shown.\n→ 1 shows names again."
        await it.do("<right>")
        it.app.privacy = False  # shown again from another view
        await it.do("1", "<enter>")
        assert it.app.privacy is False
        assert "Show names: no longer possible." in it.banner
        await it.do("<right>")
        assert "Show names" not in " ".join(it.it.bar)


async def test_a_contact_that_was_taken_back_is_not_offered_to_be_taken_back_again():
    async with chasing() as it:
        await it.do("<down>")
        await it.answer("<enter>", "Bo Lind", "<enter>", "<enter>", "<enter>")
        assert "→ 1 takes it back." in it.banner
        it.screen.behind._saved = None  # by whatever way
        it.screen.figures.tick()
        assert it.banner == "Saved: contact of Hepan"
        await it.do("<right>")
        assert it.it.bar[0] == "1 Roster"


async def test_a_contact_that_stays_as_it_is_says_so():
    async with chasing() as it:
        await it.do("<down>")
        await it.answer("<enter>", "<enter>", "<enter>", "<enter>")
        assert it.banner == "Nothing changed: Hepan"


async def test_a_contact_the_disk_did_not_take_is_not_saved_and_can_be_tried_again():
    async with chasing() as it:
        it.desk.failing = DatabaseError("db_full")
        await it.do("<down>")
        await it.answer("<enter>", "Bo Lind", "<enter>", "<enter>", "<enter>")
        assert "NOT SAVED" in it.banner
        it.desk.failing = None
        await it.do("<right>", "1", "<enter>")
        await it.until(lambda: it.lines[0] == "Hepan · 2 people · contact Bo Lind")


async def test_the_contact_of_the_branch_of_a_person():
    async with chasing() as it:
        it.screen.run_command("chase.contact")
        assert "Choose a line first" in it.banner
        await it.do("<up>")
        it.screen.run_command("chase.contact")
        await it.settle()
        assert "Contact of Xinghe" in it.picture


async def test_the_next_morning_on_a_real_file(desk, other_desk, database_path, bench, home):
    monday, tuesday = MONDAY, MONDAY + timedelta(days=1)
    for day in (monday, tuesday):
        bench.now = at("14:25", day)
        desk.mark("001", day)
        desk.mark("004", day)
    bench.now = at("09:00", MONDAY + timedelta(days=2))
    app = window(database_path, bench)
    async with app.run_test(size=(120, 36)) as pilot:
        it = Chasing(await ready(app, pilot))
        app.show(View.CHASE)
        await it.until(lambda: "2 people owe 4 notes." in it.picture)
        assert it.lines[1] == "004 | Zhang Wei | 2 notes: 18 May, 19 May"
        other_desk.do(
            SeeNotebooks, session_id=other_desk.session(tuesday).id, member_ids=(other_desk.id_of("001"),)
        )  # in another window, at another day than the one on the screen
        await it.until(lambda: it.lines[3] == "001 | Zhang Wei | 18 May")
        await it.do("<down>")
        await it.answer("<enter>", "Mara Quill", "<enter>", "5550101", "<enter>", "<enter>")
        await it.until(lambda: it.lines[0] == "Lotus Ford · 1 person, 2 notes · contact Mara Quill, 5550101")
        path = home / "contacts.csv"
        path.write_text("branch,contact\nlotus ford,Wen Li\nNowhere,X\n")
        it.screen.run_command("people.contacts")
        await it.settle()
        app.screen.field("path").value = str(path)
        app.screen.save()
        await it.until(lambda: "1 changed · 0 unchanged · 1 rejected" in it.picture)
        assert "contact: Mara Quill → Wen Li" in it.picture
        await it.answer("<enter>")
        await it.until(lambda: "Imported: 1 changed" in it.picture)
        await it.answer("<escape>")
        await it.until(lambda: it.lines[0] == "Lotus Ford · 1 person, 2 notes · contact Wen Li, 5550101")
        await it.do("<down>")
        await it.answer("<enter>", "<enter>")
        await it.until(lambda: app.view.VIEW is View.WRITING and app.view.register is not None)
        await it.until(lambda: app.view.desk.note is not None)
        assert app.view.register.session.key.day == monday
        assert app.view.desk.note.member_id == desk.id_of("004")
