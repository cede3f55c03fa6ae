"""Whom to call at a branch: the form, and a file with its preview."""

from __future__ import annotations

from uuid import UUID

import pytest

from checkin_tui.domain.changes import ChangesUndone, PeopleChanged
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.people import Branch
from checkin_tui.domain.views import ImportLine, ImportPreview
from checkin_tui.tui.screens.contacts import ContactForm, ContactValues
from checkin_tui.tui.screens.importing.contacts import ContactsImport
from tests.tui.dialogs import UNSET, ZONE, Desk, press, read

HEPAN, XINGHE = Branch(1, UUID(int=1), "Hepan", "Ada Moreau", "5550101"), Branch(2, UUID(int=2), "Xinghe [/foo]")


class Office:
    """Imports contacts of two branches, whose names it knows in small letters too."""

    def __init__(self):
        self.written, self.previews, self.undone = [], 0, []
        self.refuse: CheckInError | None = None

    async def ask(self, request):
        if self.refuse:
            raise self.refuse
        self.previews += 1
        lines = [previewed(line) for line in request.lines]
        results = [line.result for line in lines]
        return ImportPreview(tuple(lines), 0, *map(results.count, ("changed", "unchanged", "rejected")))

    async def write(self, lines):
        self.written.append(lines)
        return PeopleChanged(UUID(int=5), changed=2, rejected=((4, "branch_unknown", {"name": "Nowhere"}),))

    async def undo(self, batch):
        self.undone.append(batch)
        return ChangesUndone(uid=UUID(int=6), kind="import")

    def screen(self):
        return ContactsImport(ask=self.ask, write=self.write, undo=self.undo, zone=ZONE)


def previewed(line):
    branch = {"hepan": HEPAN, "xinghe [/foo]": XINGHE}.get(line.branch.casefold())
    if branch is None:
        values = {"name": line.branch}
        return ImportLine(line.row, "rejected", "", "", "", reason="branch_unknown", values=values)
    pairs = (("contact", branch.contact, line.contact), ("phone", branch.phone, line.phone))
    changes = tuple(pair for pair in pairs if pair[2] not in (None, pair[1]))
    return ImportLine(line.row, "changed" if changes else "unchanged", "", "", branch.name, changes)


@pytest.fixture
def contacts(tmp_path):
    def write(text):
        path = tmp_path / "contacts.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


async def test_a_file_of_contacts_is_previewed_written_and_taken_back_on_one_screen(contacts):
    path = contacts("branch,contact,phone\nhepan,Bo Lind,\nXinghe [/foo],Ida Lund,5550102\nNowhere,X,1\n,Y,2\n")
    office, app = Office(), Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(office.screen())
        await pilot.pause()
        await read(pilot, path)
        page = app.shown()
        assert "2 changed · 0 unchanged · 2 rejected · read as UTF-8" in page
        assert "contact: Ada Moreau → Bo Lind; phone: 5550101 → –" in page
        assert "Xinghe [/foo]" in page
        assert "contact: – → Ida Lund; phone: – → 5550102" in page
        assert "There is no branch Nowhere." in page
        assert "no branch" in page
        assert (office.previews, office.written) == (1, [])
        await press(pilot)
        assert [line.row for line in office.written[0]] == [2, 3, 4]
        assert "Imported: 2 changed, 0 unchanged." in app.shown()
        await press(pilot, "left")
        assert office.undone == [UUID(int=5)]
        assert "The import was taken back." in app.shown()
        assert app.result is UNSET


async def test_a_column_that_is_not_there_changes_nothing(contacts):
    app = Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(Office().screen())
        await pilot.pause()
        await read(pilot, contacts("branch,contact\nHepan,Ada Moreau\n"))
        assert "0 changed · 1 unchanged · 0 rejected" in app.shown()
        assert "phone:" not in app.shown()
        assert not app.screen.query_one("#import").display


async def test_a_file_with_nothing_usable_lists_why(contacts):
    app = Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(Office().screen())
        await pilot.pause()
        await read(pilot, contacts("branch,contact\nNowhere,X\n,Y\n"))
        assert "✗ 0 changed · 0 unchanged · 2 rejected" in app.shown()
        assert "There is no branch Nowhere." in app.shown()
        assert not app.screen.query_one("#import").display


async def test_a_file_of_something_else_and_a_busy_disk_are_one_sentence(contacts):
    office, app = Office(), Desk()
    async with app.run_test(size=(140, 40)) as pilot:
        app.open(office.screen())
        await pilot.pause()
        await read(pilot, contacts("name,town\nAnn,Hepan\n"))
        assert "has no column for the branch." in app.shown()
        office.refuse = CheckInError("db_locked", path="desk.db")
        await read(pilot, contacts("branch,contact\nHepan,X\n"))
        assert "The database desk.db is busy" in app.shown()


async def test_the_form_begins_with_what_is_known_and_ends_with_both_values():
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        app.open(ContactForm(HEPAN))
        await pilot.pause()
        assert app.screen.field("contact").value == "Ada Moreau"
        app.screen.field("phone").value = "  555 0199 "
        app.screen.save()
        await pilot.pause()
        assert app.result == ContactValues("Ada Moreau", "555 0199")


async def test_a_contact_may_be_taken_away_and_must_not_be_a_novel():
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        app.open(ContactForm(HEPAN))
        await pilot.pause()
        app.screen.field("contact").value = "x" * 201
        app.screen.field("phone").value = ""
        app.screen.save()
        await pilot.pause()
        assert "contact is longer than 200 characters" in app.shown()
        app.screen.field("contact").value = ""
        app.screen.save()
        await pilot.pause()
        assert app.result == ContactValues("", "")
