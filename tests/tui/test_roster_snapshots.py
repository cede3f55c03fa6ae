"""The roster as pictures, at both sizes: several states for each start. Renew with `pytest --snapshot-update`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from syrupy.extensions.image import SVGImageSnapshotExtension

from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.requests import MarkPerson
from checkin_tui.domain.sessions import SessionKey, SessionState
from tests.tui.driving import driven
from tests.tui.fake_marks import ELSEWHERE, STATION
from tests.tui.fakes import DAY, ENDS, FULL, MINUTE, STARTS, Clock, FakeDesk, people, person, session

NARROW, WIDE = (80, 24), (140, 40)
LONG = "Maximiliane-Theodora von der Hohenlinden-Weissenbach zu Oberau"


@pytest.fixture
def shot(snapshot):
    """Compare the window with the picture of that name."""
    pictures = snapshot.use_extension(SVGImageSnapshotExtension)

    def compare(it, name: str) -> None:
        assert it.app.export_screenshot() == pictures(name=name)

    return compare


def desk(**more) -> FakeDesk:
    """Thirty people, some with notes to hand in, all the statuses among them."""
    clock = more.pop("clock", Clock())
    roster = people(30)
    found = FakeDesk(roster, clock, **more)
    found.owes = {one.member_id: 1 for number, one in enumerate(roster) if number % 5 == 1}
    if found.session is not None:
        state = found.session
        found.session = replace(state, state=SessionState.OPEN)
        found.station = ELSEWHERE  # undo here is about none of it
        values = [
            *({"member_id": number, "at": STARTS - number * MINUTE} for number in (1, 2, 3, 9, 10, 17)),
            *({"member_id": number, "at": STARTS + number * 4 * MINUTE} for number in (4, 11)),
            *({"member_id": 5 + place, "status": Status.EXCUSED, "reason": why} for place, why in enumerate(Reason)),
            {"member_id": 12, "status": Status.ABSENT},
            {"member_id": 3, "left": STARTS + 50 * MINUTE},
        ]
        for number, one in enumerate(values, 1):
            found.handle(MarkPerson(uid=UUID(int=number), made=STARTS + 60 * MINUTE, session_id=1, **one))
        found.session, found.station = state, STATION
        found.seen.clear()
    return found


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80", "140"])
async def test_an_afternoon(shot, size):
    async with driven(desk(), size=size) as it:
        shot(it, "every status")
        await it.do("n", "<down>", "<down>")
        shot(it, "filtered, somebody highlighted")
        await it.do("<right>", "2")
        shot(it, "bar of a person")
        await it.do("<escape>", "<escape>", "<escape>", "<right>")
        shot(it, "bar of the desk")
        await it.do("<escape>", "0027", "<enter>")
        shot(it, "present, owes a note")
        it.desk.failing = FULL
        await it.do("0022", "<enter>")
        shot(it, "not saved")
        it.desk.failing = None
        await it.do("<right>", "1", "<enter>")
        it.screen.roll_call.start("Dongshan")
        await it.settle()
        shot(it, "roll-call")


async def test_every_kind_of_banner(shot):
    guest = person(99, "Boris Novak", "Lakeside")
    async with driven(desk(others=[guest], practice=True), size=NARROW) as it:
        it.desk.clock.at = STARTS + 12 * MINUTE
        for name, steps in {
            "late": ("0021", "<enter>"),
            "already": ("0021", "<enter>"),
            "absent": ("<escape>", "<down>", "<f8>"),
            "left, still absent": ("<f9>",),
            "several fit": ("<escape>", "n", "<enter>"),
            "no code": ("0077", "<enter>"),
            "not expected": ("0099", "<enter>"),
            "nobody": ("wolf quin", "<enter>"),
            "taken back": ("<escape>", "<ctrl+z>"),
            "a command that is off": ("<f5>",),
        }.items():
            for step in steps:
                await it.do(step)
            shot(it, name)


async def test_what_may_stand_in_the_way(shot):
    async with driven(desk(), size=NARROW) as it:
        for name, at in {"ended": ENDS + MINUTE, "stale day": STARTS + 24 * 60 * MINUTE}.items():
            it.desk.clock.at = at
            it.screen.figures.tick()
            await it.do("0023", "<enter>")
            shot(it, name)
        it.desk.clock.at, it.desk.session = STARTS, session(state=SessionState.CLOSED, closed=ENDS)
        it.screen.reading.load()
        await it.do("<escape>")
        shot(it, "closed")
        it.screen.marks.because[1] = "paper list"
        it.screen.figures.show_notice()
        shot(it, "correcting")
        it.desk.earlier = [
            session(id=day, key=SessionKey(DAY - timedelta(days=day)), state=SessionState.CLOSED, topic="[/foo] 第三章")
            for day in (3, 4, 5)
        ]
        it.desk.earlier[0] = replace(it.desk.earlier[0], closed=ENDS - 3 * 24 * 60 * MINUTE)
        await it.do("<right>", "0", "<enter>", "another day")
        shot(it, "palette")
        await it.do("<enter>")
        shot(it, "another day, the choice")
        await it.do("<enter>")
        shot(it, "another day")


async def test_a_desk_with_nothing_on_it(shot):
    empty = FakeDesk([], Clock())
    async with driven(empty, size=NARROW) as it:
        shot(it, "nobody on the list")
        empty.session, empty.following = None, session(key=SessionKey(DAY + timedelta(days=1)))
        it.screen.reading.load()
        await it.settle()
        shot(it, "no session today")


async def test_not_now(shot):
    def no_program(request):
        raise CheckInError("no_program")

    first = FakeDesk([], Clock(), the_session=None)
    first.do_LoadDesk = no_program
    async with driven(first, size=NARROW) as it:
        while len(it.app.screen_stack) < 2:
            await it.pilot.pause(0.01)
        await it.do("<escape>")
        shot(it, "no program")


@pytest.mark.parametrize(("size", "no_colour"), [(NARROW, False), (WIDE, False), (NARROW, True)])
async def test_names_of_every_script_in_light_and_without_colour(shot, monkeypatch, size, no_colour):
    if no_colour:
        monkeypatch.setenv("NO_COLOR", "1")
    roster = [
        person(1, "欧阳慧敏" * 5, "星河村", title="书记"),
        person(2, "محمد عبد الرحمن الفارسي", "واحة النخيل"),
        person(3, LONG, "A branch with a very long name indeed, and longer still", title="Second deputy secretary"),
        person(4, "[@click=app.quit]x[/] [/foo]", "[bold]", title="[red]"),
        person(5, "Red\x1b[31m\x9b31mName", "Ёлки-Зелёные"),
        person(6, "José Álvarez", "Hepan"),
    ]
    found = FakeDesk(roster, Clock(STARTS + 12 * MINUTE), the_session=session(topic="第三章 [/foo] and the long road"))
    found.program = replace(
        found.program, terms=replace(found.program.terms, name="龙泉乡春季学习活动周 of the township")
    )
    async with driven(found, size=size, theme="checkin-dark" if no_colour else "checkin-light") as it:
        for code in ("0001", "0002", "0003", "0004"):
            await it.do(code, "<enter>")
        await it.do("<down>", "<down>", "<down>")
        shot(it, "scripts")
