"""The notes desks as pictures. Renew with `pytest --snapshot-update`."""

from __future__ import annotations

from dataclasses import replace

import pytest
from syrupy.extensions.image import SVGImageSnapshotExtension

from checkin_tui.domain.sessions import SessionState
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk import writing
from tests.tui.driving import driven
from tests.tui.fakes import FULL, STARTS, Clock, FakeDesk, people, session

SIZES = {"80": (80, 24), "120": (120, 36), "160": (160, 45)}
ENOUGH = "The orchard year has four tasks and each of them has its own month and tool."


@pytest.fixture
def shot(snapshot, monkeypatch):
    """Compare the window with the picture of that name."""
    monkeypatch.setattr(writing, "SAVE_SECONDS", 0.02)
    pictures = snapshot.use_extension(SVGImageSnapshotExtension)

    def compare(it, name: str) -> None:
        assert it.app.export_screenshot() == pictures(name=name)

    return compare


def desk() -> FakeDesk:
    """Twenty of thirty are here; some notes are there, one too short, one of somebody who was not here."""
    found = FakeDesk(people(30), Clock())
    for number in range(1, 21):
        found.arrived(number, STARTS - 60_000 * number)
    for number in (2, 9, 14):
        found.wrote(number, "", paper=True)
    found.wrote(4, ENOUGH)
    found.wrote(6, "Too little.")
    found.wrote(25, ENOUGH)
    found.people[11] = found.people[11]._replace(lectures=True)
    found.owes = {3: 2}
    found.foreign = False
    return found


@pytest.mark.parametrize(
    ("size", "theme", "no_colour"),
    [("80", "checkin-dark", False), ("120", "checkin-light", False), ("160", "checkin-dark", True)],
    ids=["80 dark", "120 light", "160 no colour"],
)
async def test_both_desks(shot, monkeypatch, size, theme, no_colour):
    if no_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    async with driven(desk(), size=SIZES[size], theme=theme) as it:
        await it.go(View.NOTEBOOK)
        await it.do("0003", "<enter>")
        shot(it, "notebook seen")
        await it.do("<right>", "6", "<enter>", "hepan", "<enter>", "<space>")
        shot(it, "whole branch")
        await it.do("<escape>")
        await it.go(View.WRITING)
        shot(it, "queue")
        await it.do("0005", "<enter>", "Grafting comes first, then")
        await it.until(lambda: it.screen.progress_line.shown.state == "saved")
        shot(it, "typing")


async def test_what_an_editor_may_have_to_say(shot):
    async with driven(desk(), size=SIZES["80"]) as it:
        await it.go(View.WRITING)
        await it.do("0025", "<enter>")
        shot(it, "was not here")
        await it.do("<escape>", "0002", "<enter>")
        shot(it, "notebook was seen")
        await it.do("<escape>", "0006", "<enter>", " More.")
        await it.until(lambda: len(it.desk.notes[6]) == 2)
        await it.do("<ctrl+t>")
        await it.until(lambda: len(it.app.screen_stack) == 2)
        await it.settle()
        shot(it, "versions")
        await it.do("<escape>", "<escape>")
        it.desk.failing = FULL
        await it.do("0007", "<enter>", "x")
        await it.until(lambda: "NOT SAVED" in it.picture)
        await it.settle()
        shot(it, "not saved")


async def test_before_the_register_is_open(shot):
    planned = session(state=SessionState.PLANNED, opened=None)
    async with driven(FakeDesk(people(30), Clock(), the_session=replace(planned)), size=SIZES["80"]) as it:
        await it.go(View.NOTEBOOK)
        await it.do("0003", "<enter>")
        shot(it, "planned")
