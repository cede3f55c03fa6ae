"""The dashboard as pictures: three sizes, dark, light and without colour. Renew with `pytest --snapshot-update`."""

from __future__ import annotations

from dataclasses import replace

import pytest
from syrupy.extensions.image import SVGImageSnapshotExtension

from checkin_tui.domain.board import Figure
from checkin_tui.tui.desk.dashboard.facts import OneDay, Who
from tests.tui.afternoon import afternoon, planned
from tests.tui.fakes import MINUTE, STARTS, Clock, person
from tests.tui.test_dashboard import dashboard

SMALL, BROAD, WIDE = (80, 24), (120, 36), (160, 45)


@pytest.fixture
def shot(snapshot):
    """Compare the window with the picture of that name."""
    pictures = snapshot.use_extension(SVGImageSnapshotExtension)

    def compare(it, name: str) -> None:
        assert it.app.export_screenshot() == pictures(name=name)

    return compare


@pytest.mark.parametrize("size", [SMALL, BROAD, WIDE], ids=["80", "120", "160"])
@pytest.mark.parametrize("look", ["dark", "light", "no colour"])
async def test_an_afternoon(shot, monkeypatch, size, look):
    if look == "no colour":
        monkeypatch.setenv("NO_COLOR", "1")
    theme = "checkin-light" if look == "light" else "checkin-dark"
    async with dashboard(afternoon(number=160), size=size, theme=theme) as it:
        await it.do("<pagedown>", "<pagedown>", "<down>")
        shot(it, "held")


@pytest.mark.parametrize("size", [SMALL, BROAD], ids=["80", "120"])
async def test_what_comes(shot, size):
    async with dashboard(planned(afternoon(marked=False)), size=size) as it:
        shot(it, "planned")
        it.desk.people.clear()
        it.screen.reading.load()
        await it.settle()
        shot(it, "nobody expected")
        it.desk.session = None
        it.screen.reading.load()
        await it.settle()
        shot(it, "no session")


async def test_what_opens(shot):
    async with dashboard(size=SMALL) as it:
        for name, key in {"people": Who(Figure.EXPECTED, split=True), "day": OneDay(23)}.items():
            it.screen.behind.open(key)
            await it.pilot.pause()
            await it.do("<down>")
            shot(it, name)
            await it.answer("<escape>")


async def test_a_met_target_a_small_window_and_names_of_every_script(shot):
    desk = afternoon(number=12, marked=False, clock=Clock(STARTS + 40 * MINUTE))
    names = ["欧阳慧敏" * 3, "[/foo] Li", "Red\x1b[31mName", "محمد عبد الرحمن"]
    branches = ["星河村", "[bold]", "A branch with a very long name indeed", "واحة"]
    desk.people = [
        person(n + 1, f"{names[n % 4]} {n}", branches[n % 4], leader=n < 3) for n in range(12)
    ]  # fmt: skip
    desk.program = replace(desk.program, practice=True)
    for member in range(1, 13):
        desk.arrived(member, STARTS - member * MINUTE)
    async with dashboard(desk, size=(60, 18)) as it:
        shot(it, "60")
        await it.pilot.resize_terminal(*BROAD)
        await it.settle()
        shot(it, "120")
