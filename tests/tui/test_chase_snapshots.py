"""The chase list and its dialogs as pictures. Renew with `pytest --snapshot-update`."""

from __future__ import annotations

import pytest
from syrupy.extensions.image import SVGImageSnapshotExtension

from checkin_tui.domain.sessions import SessionState
from tests.tui.fakes import people, person, session
from tests.tui.owing import TWO_DAYS, OwingDesk, chasing

NARROW, MIDDLE, WIDE = (80, 24), (120, 36), (160, 45)
SIZES = pytest.mark.parametrize("size", [NARROW, MIDDLE, WIDE], ids=["80", "120", "160"])


@pytest.fixture
def shot(snapshot):
    """Compare the window with the picture of that name."""
    pictures = snapshot.use_extension(SVGImageSnapshotExtension)

    def compare(it, name: str) -> None:
        assert it.app.export_screenshot() == pictures(name=name)

    return compare


def desk(**more) -> OwingDesk:
    """Forty people, thirty of them here; some owe notes of earlier days, somebody has one without having been there."""
    found = OwingDesk(people(40), here=30, **more)
    found.older = dict.fromkeys((3, 9, 20, 35), TWO_DAYS)
    found.without = (("0077", "Ida Lund"),)
    return found


@SIZES
async def test_who_owes_notes(shot, size):
    async with chasing(desk(), size=size) as it:
        shot(it, "session")
        await it.do("<up>", "<right>")
        shot(it, "the end, with the actions")
        await it.do("<escape>", "<right>", "8", "<enter>")
        shot(it, "campaign")
        await it.do("<down>", "<down>")
        await it.answer("<enter>")
        shot(it, "what can be done for a person")
        if size == NARROW:
            await it.answer("contact", "<enter>")
            shot(it, "contact of a branch")
            await it.answer("<escape>", "<right>", "9", "<enter>")
            shot(it, "choice of a branch")
            await it.answer("<escape>", "<right>", "7", "<enter>")
            shot(it, "saving")


@pytest.mark.parametrize("no_colour", [False, True], ids=["light", "no colour"])
async def test_light_and_without_colour(shot, monkeypatch, no_colour):
    if no_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    roster = [person(1, "欧阳慧敏" * 5, "星河村"), person(2, "محمد الفارسي", "واحة النخيل"), *people(8)[2:]]
    async with chasing(OwingDesk(roster, here=8), theme="checkin-dark" if no_colour else "checkin-light") as it:
        await it.do("<down>", "<down>")
        shot(it, "scripts")
        it.app.hide_names()
        await it.until(lambda: "#0001" in it.picture)
        shot(it, "hidden")


async def test_nothing_to_show(shot):
    planned = OwingDesk(here=0, the_session=session(state=SessionState.PLANNED, opened=None))
    planned.earlier = []
    async with chasing(planned) as it:
        shot(it, "nothing was ever taken")
        await it.do("<right>", "8", "<enter>")
        shot(it, "planned")
    async with chasing(OwingDesk(here=0)) as it:
        shot(it, "nobody is here")


async def test_a_narrow_window(shot):
    async with chasing(desk(), size=(60, 18)) as it:
        shot(it, "60")
