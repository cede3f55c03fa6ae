"""The program view as pictures, in three sizes, light, dark and without colour. Renew with `--snapshot-update`."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from syrupy.extensions.image import SVGImageSnapshotExtension

from checkin_tui.domain.requests import CancelSession, PlanSessions
from checkin_tui.domain.sessions import AudienceKind, SessionKind
from tests.conftest import MONDAY, at
from tests.tui.plan import choose, open_dialog, program, said

LONG = "The long history of the upper river, its bridges, its ferries and its floods"


@pytest.fixture
def planned(desk, bench):
    """Some afternoons held, one missed, one cancelled, two on today's date."""

    def day(number: int) -> date:
        return MONDAY + timedelta(number)

    desk.edit(day(0), topic="Opening: why we read", presenter="001", kind=SessionKind.MEETING)
    desk.edit(day(1), topic=LONG, presenter="Prof. Ada Moreau", kind=SessionKind.LECTURE)
    desk.edit(day(3), topic="第三章 水利", presenter="003", audience=AudienceKind.LEADERS)
    desk.edit(day(7), topic="[/foo]", kind=SessionKind.SEMINAR, audience=AudienceKind.BRANCHES, branches=("Xinghe",))
    desk.do(PlanSessions, days=(day(2),), hours=(time(18), time(19, 30)), again=True, kind=SessionKind.MAKE_UP)
    desk.do(CancelSession, session_id=desk.session(day(4)).id, because="storm")
    for code in ("001", "002", "003", "005", "006", "008"):
        desk.mark(code, at="14:20")
    bench.now = at("17:05")
    desk.close(absent_rest=True)
    bench.now = at("14:25", day(2))
    return desk


@pytest.fixture
def shot(snapshot):
    """Compare the window with the picture of that name."""
    pictures = snapshot.use_extension(SVGImageSnapshotExtension)

    def compare(it, name: str) -> None:
        assert it.app.export_screenshot() == pictures(name=name)

    return compare


async def test_a_week_of_the_program(planned, bench, shot):
    async with program(planned, bench) as it:
        shot(it, "80")
        await it.do("<enter>")
        shot(it, "one session")
        await it.do("<escape>", "<right>")
        shot(it, "actions")
        await it.do("<escape>")
        await choose(it, MONDAY + timedelta(8))
        await open_dialog(it, "plan.cancel")
        shot(it, "why")
        await it.answer("<enter>", "<enter>")
        await said(it, "is cancelled")
        await it.until(lambda: "2 cancelled" in it.picture)
        shot(it, "cancelled, with the way back")


@pytest.mark.parametrize(
    ("size", "theme", "plain"),
    [((60, 18), "dark", False), ((120, 36), "light", False), ((160, 45), "dark", True)],
    ids=["60", "120", "160"],
)
async def test_in_every_size(planned, bench, shot, monkeypatch, size, theme, plain):
    if plain:
        monkeypatch.setenv("NO_COLOR", "1")
    async with program(planned, bench, size) as it:
        it.app.theme = f"checkin-{theme}"
        it.screen.run_command("view.privacy")
        await it.until(lambda: "#001" in it.picture or size[0] < 80)
        await it.settle()
        shot(it, "program")
