"""The program view on a real file: opening it, reading its lines, answering its dialogs."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import date, timedelta

from checkin_tui.domain.reads import LoadCampaign
from checkin_tui.domain.sessions import SessionKey, SessionState
from checkin_tui.tui.commands import View
from checkin_tui.tui.screens.dialog import Dialog
from tests.conftest import MONDAY
from tests.tui.driving import Driven
from tests.tui.test_app import window

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(number) for number in range(1, 6))


@asynccontextmanager
async def program(desk, bench, size=(80, 24)):
    """The program view on the file of that desk."""
    app = window(desk.ctx.database.path, bench)
    async with app.run_test(size=size) as pilot:
        it = Driven(app, None, pilot)
        await it.until(lambda: it.screen.register is not None)
        await it.go(View.PROGRAM)
        yield it


def lines(it) -> list[str]:
    return [" | ".join(text for text in row.texts if text) for row in it.screen.rows.rows]


def line(it, day: date) -> str:
    return next(" | ".join(filter(None, row.texts)) for row in it.screen.rows.rows if row.key.day == day)


def terms(it) -> str:
    value = it.screen.counts_line.shown
    return " · ".join((value.sessions, *value.terms))


def campaign(desk):
    return desk.handler.handle(LoadCampaign())


def state(desk, day: date) -> SessionState:
    return next(one.session.state for one in campaign(desk).days if one.session.key == SessionKey(day))


async def choose(it, day: date, ordinal: int = 1) -> None:
    it.screen.plan.proposing = False
    it.screen.rows.choose(SessionKey(day, ordinal))
    await it.settle()


async def open_dialog(it, command: str) -> Dialog:
    it.screen.run_command(command)
    await it.until(lambda: len(it.app.screen_stack) > 1)
    await it.settle()
    return it.app.screen


async def said(it, text: str) -> None:
    await it.until(lambda: text in it.banner)
    await it.settle()


async def take_back(it) -> None:
    """By the offer of the banner."""
    assert "→ 1" in it.banner
    await it.do("<right>", "1", "<enter>")
