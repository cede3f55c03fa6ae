"""The import of people in steps: its way through, every way back, and what is refused on the way."""

import asyncio
from datetime import date
from uuid import UUID

import pytest
from textual import events

from checkin_tui.domain.changes import ChangesUndone, PeopleChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import ELSEWHERE, Answer, Ending, Gone, Place, Somebody
from checkin_tui.domain.reads import LoadMapping
from checkin_tui.domain.views import ImportLine, ImportPreview
from checkin_tui.tui.screens.importing.columns import ColumnList
from checkin_tui.tui.screens.importing.preview import ImportScreen
from checkin_tui.tui.screens.importing.state import Memory
from checkin_tui.tui.screens.importing.steps import Step
from tests.tui.dialogs import HOSTILE, UNSET, ZONE, Desk, press, read, settle

WANG, LI = Somebody(3, "0003", "王小明", "Lotus Ford"), Somebody(7, "0007", "[/foo] Li", "Xinghe")
LAST = date(2026, 5, 17)


class Office:
    """Lines are new, changed and unchanged in turn; whoever is called 王小明 may be somebody; one member is gone."""

    def __init__(self):
        self.asked, self.imported, self.undone, self.known = [], [], [], {}
        self.refuse: CheckInError | None = None
        self.gate: asyncio.Event | None = None
        self.nothing = False  # whether nobody is new or changed

    async def ask(self, request):
        if self.gate is not None:
            await self.gate.wait()
        if self.refuse:
            raise self.refuse
        if isinstance(request, LoadMapping):
            return self.known
        self.asked.append(request)
        answered = {answer.place: answer.member_id for answer in request.answers}
        lines = [self.line(number, line, answered) for number, line in enumerate(request.lines)]
        results = [line.result for line in lines]
        counts = [0 if self.nothing else results.count(kind) for kind in ("new", "changed", "unchanged", "rejected")]
        ended = 0 if request.end is None else 1
        doubtful = results.count("doubtful")
        return ImportPreview(
            tuple(lines), *counts, date(2026, 5, 18), doubtful, Gone((LI,), LAST, (("Clinic", 2),)), ended
        )

    def line(self, number, line, answered):
        if line.name == "王小明" and line.place not in answered:
            known = ("doubtful", line.code, line.name, line.branch or "", (), ELSEWHERE)
            return ImportLine(line.row, *known, sheet=line.sheet, candidates=(WANG,))
        result = ("new", "changed", "unchanged")[number % 3]
        changes = (("phone", "", "000-1"),) if result == "changed" else ()
        return ImportLine(line.row, result, line.code, line.name, line.branch or "", changes, sheet=line.sheet)

    async def write(self, asked, memory):
        if self.refuse:
            raise self.refuse
        self.imported.append((asked, memory))
        return PeopleChanged(uid=UUID(int=5), new=2, changed=2, unchanged=1, ended=0 if asked.end is None else 1)

    async def undo(self, batch):
        self.undone.append(batch)
        if self.refuse:
            raise self.refuse
        return ChangesUndone(uid=UUID(int=6), kind="import")

    def screen(self):
        return ImportScreen(ask=self.ask, write=self.write, undo=self.undo, zone=ZONE, folder="~/Documents/")


@pytest.fixture
def documents(home):
    return home / "Documents"


def listing(folder, *names, head="编号,姓名,支部", encoding="utf-8", file="people.csv"):
    """A file of these people."""
    path = folder / file
    rows = "".join(f"{number:04},{name},Xinghe\n" for number, name in enumerate(names, 1))
    path.write_bytes(f"{head}\n{rows}".encode(encoding))
    return path


async def begun(app, pilot, office):
    """The wizard at its first step, with its folder listed."""
    app.open(office.screen())
    await settle(pilot)


async def test_the_whole_way_by_enter_alone_and_back_by_undo(documents):
    listing(documents, "Ann", "Bo", "Cem", *HOSTILE[1:])
    office, app = Office(), Desk()
    async with app.run_test(size=(140, 30)) as pilot:
        await begun(app, pilot, office)
        await press(pilot)  # from the path to the folder, whose newest file is highlighted
        await press(pilot)
        assert "people.csv: 8 people." in app.shown()
        assert "[/foo] Li" not in app.shown()
        await press(pilot)
        page = app.shown()
        assert "9 all  + 3 new  ~ 3 changed  = 2 unchanged  - 1 gone" in page
        assert "phone: – → 000-1" in page
        assert "[/foo] Li" in page
        assert "\x1b" not in page
        assert "Branches not in the file: Clinic (2)" in page
        assert office.imported == []
        await press(pilot, at=-10)  # a bouncing one
        assert office.imported == []
        await press(pilot)
        asked, memory = office.imported[0]
        assert [line.name for line in asked.lines[:3]] == ["Ann", "Bo", "Cem"]
        assert (asked.answers, asked.end) == ((), None)
        assert memory == Memory(("编号", "姓名", "支部"), (), False)
        assert "Imported: 2 new, 2 changed, 1 unchanged." in app.shown()
        await press(pilot, "left")
        assert office.undone == [UUID(int=5)]
        assert "The import was taken back." in app.shown()
        assert str(app.screen.field("path").value).endswith("people.csv")
        assert app.result is UNSET


async def test_esc_goes_back_step_by_step_and_loses_nothing(documents):
    path = listing(documents, "Ann", "王小明")
    office, app = Office(), Desk()
    async with app.run_test() as pilot:
        await begun(app, pilot, office)
        await read(pilot, path)
        app.screen.set_focus(app.screen.query_one(ColumnList))
        await pilot.press("right")  # the code is no code: taken for a title
        await settle(pilot)
        assert "< title >" in app.shown()
        await press(pilot, "end", "down")
        assert "3 of 3" in app.shown()
        assert "1 doubtful" in app.shown()
        await press(pilot)
        assert "who is this" in app.shown()
        for told in ("3 of 3: what would", "2 of 3", "1 of 3"):
            await pilot.press("escape")
            assert told in app.shown()
        assert app.screen.field("path").value == str(path)
        app.screen.save()
        await settle(pilot)
        assert "< code >" not in app.shown()  # the columns as they were left
        await pilot.press("escape", "escape")
        assert not app.is_open


async def test_a_doubtful_line_is_answered_on_the_screen(documents):
    path = listing(documents, "王小明", "Ann", "王小明", "王小明")
    office, app = Office(), Desk()
    async with app.run_test(size=(120, 30)) as pilot:
        await begun(app, pilot, office)
        await read(pilot, path)
        await press(pilot)
        assert "A doubtful line is left out" in app.shown()
        assert app.screen.query_one("#lines").has_focus
        await press(pilot)
        assert "The same person as 0003 王小明 (Lotus Ford)" in app.shown()
        await press(pilot)
        assert office.asked[-1].answers == (Answer(Place("", 2), 3),)
        await press(pilot)
        await press(pilot, "down")
        assert office.asked[-1].answers[1:] == (Answer(Place("", 4), None),)
        await press(pilot)
        await press(pilot, "end")
        page = app.shown()
        assert "→ 0003 王小明 (Lotus Ford)" in page
        assert "→ somebody new" in page
        assert "→ left out" in page
        await press(pilot)  # nothing is open any more: the keyboard is at Import
        assert len(office.imported[0][0].answers) == 2


async def test_who_is_gone_stays_unless_the_organizer_ends_it(documents):
    path = listing(documents, "Ann")
    office, app = Office(), Desk()
    async with app.run_test() as pilot:
        await begun(app, pilot, office)
        await read(pilot, path)
        await press(pilot)
        assert "(x) stay  ( ) end on 2026-05-17" in app.shown()
        assert "stays" in app.shown()
        app.screen.set_focus(app.screen.query_one("#gone"))
        await pilot.press("right")
        await settle(pilot)
        assert office.asked[-1].end == Ending(LAST)
        assert "has a last day" in app.shown()
        app.screen.field("last").value = "someday"
        app.screen.save()
        await settle(pilot)
        app.screen.save()  # once more: it does not become the day before it
        await settle(pilot)
        assert "✗ someday" in app.shown()
        assert office.imported == []
        app.screen.field("last").value = "2026-05-10"
        app.screen.save()
        await settle(pilot)
        assert office.imported == []  # asked about once more first: only what was seen is written
        app.screen.save()
        await settle(pilot)
        assert office.imported[0][0].end == Ending(date(2026, 5, 10))
        assert "1 ended" in app.shown()


async def test_a_wrong_encoding_is_seen_and_chosen_anew(documents):
    path = listing(documents, "王小明", "李明", head="編號,姓名,單位", encoding="big5")
    office, app = Office(), Desk()
    async with app.run_test() as pilot:
        await begun(app, pilot, office)
        await read(pilot, path)
        assert "王小明" not in app.shown()
        assert "< GB18030 >" in app.shown()
        app.screen.set_focus(app.screen.query_one("#encoding"))
        await pilot.press("right")
        await settle(pilot)
        assert "< BIG5 >" in app.shown()
        assert "王小明, 李明" in app.shown()
        assert "people.csv: 2 people." in app.shown()


async def test_columns_are_given_there_remembered_and_found_anew(documents):
    path = listing(documents, "Ann", "Bo", head="Nr.,Wer,Wo")
    office, app = Office(), Desk()
    async with app.run_test() as pilot:
        await begun(app, pilot, office)
        await read(pilot, path)
        assert "has no column for the name" in " ".join(app.shown().replace("│", "").split())
        assert app.screen.query_one(ColumnList).has_focus
        await pilot.press("down", "right", "right")
        await settle(pilot)
        assert "people.csv: 2 people." in app.shown()
        await press(pilot, "end", "down")
        await press(pilot)
        assert office.imported[0][1].mapping == (("code", ""), ("name", "Wer"))
        app.screen.go_to(Step.FILE)
        office.known = {"name": "支部"}
        await read(pilot, listing(documents, "Ann", "Bo", file="more.csv"))
        assert "as given last time" in app.shown()
        app.screen.set_focus(app.screen.query_one("#remembered"))
        await pilot.press("right")
        await settle(pilot)
        assert "by their headers" in app.shown()
        app.screen.save()
        await settle(pilot)
        assert [line.name for line in office.asked[-1].lines] == ["Ann", "Bo"]
        await press(pilot)
        assert office.imported[1][1].forget


async def test_a_pasted_list_is_no_path(documents):
    office, app = Office(), Desk()
    async with app.run_test() as pilot:
        await begun(app, pilot, office)
        app.post_message(events.Paste("Anna Li\tXinghe\r\nBo\x1b Chen\tClinic\n"))
        await settle(pilot)
        assert "1 of 3: the list" in app.shown()
        assert "\x1b" not in app.shown()
        await pilot.press("down")  # below the last line
        await press(pilot)
        assert "the list: 2 people." in app.shown()
        await press(pilot)
        assert [line.name for line in office.asked[-1].lines] == ["Anna Li", "Bo Chen"]
        assert office.asked[-1].lines[1].branch == "Clinic"
        await pilot.press("escape", "escape")
        assert "Anna Li" in app.screen.query_one("#list").text
        assert app.screen.field("path").value == "~/Documents/"


async def test_what_cannot_be_read_is_one_sentence_and_what_has_nothing_new_is_not_imported(documents):
    path = listing(documents, "Ann")
    office, app = Office(), Desk()
    async with app.run_test(size=(140, 30)) as pilot:
        await begun(app, pilot, office)
        await read(pilot, "")
        assert "✗ Which file?" in app.shown()
        await read(pilot, documents / "none [here].csv")
        assert "✗ There is no file" in app.shown()
        assert "none [here].csv." in app.shown()
        await read(pilot, documents)
        assert "is a folder" in app.shown()
        assert "1 of 3" in app.shown()
        office.nothing = True
        await read(pilot, path)
        app.screen.save()
        await settle(pilot)
        assert "There is nothing to import." in app.shown()
        assert not app.screen.query_one("#next").display


async def test_a_slow_answer_is_given_up_by_esc_and_a_refused_write_can_be_tried_again(documents):
    path = listing(documents, "Ann")
    office, app = Office(), Desk()
    async with app.run_test(size=(140, 24)) as pilot:
        await begun(app, pilot, office)
        await read(pilot, path)
        office.gate = asyncio.Event()
        app.screen.save()
        await pilot.pause()
        assert "Esc gives it up." in app.shown()
        await pilot.press("escape")
        assert "2 of 3" in app.shown()
        assert "Esc gives it up." not in app.shown()
        office.gate.set()
        await settle(pilot)
        assert "2 of 3" in app.shown()
        office.gate = None
        app.screen.save()
        await settle(pilot)
        assert "3 of 3" in app.shown()
        office.refuse = CheckInError("db_full", path="desk.db")
        await press(pilot)
        assert "The disk is full. Nothing was saved." in app.shown()
        office.refuse = None
        await press(pilot)
        assert len(office.imported) == 1
        office.refuse = CheckInError("undo_has_events", names=["[/foo] Li"])
        await press(pilot, "left")
        assert "there are already marks or notes of [/foo] Li." in app.shown()
        assert "Undo the import" in app.shown()
