"""Sentences that name a digit or a key keep to the action bar and to the user's key map."""

from __future__ import annotations

import re
from datetime import date

import pytest

from checkin_tui.domain.reads import LoadDesk
from checkin_tui.domain.sessions import SessionKey, SessionState
from checkin_tui.tui import commands
from checkin_tui.tui.commands import View
from checkin_tui.tui.desk import chase_words, plan_words, words
from checkin_tui.tui.desk.bar import Offer
from checkin_tui.tui.desk.notebooks import not_started
from checkin_tui.tui.register import Register, Situation
from checkin_tui.tui.widgets.lines import BannerValue
from tests.tui.driving import driven
from tests.tui.fakes import ENDS, STARTS, Clock, FakeDesk, people, session


def nobody(view: View) -> str:
    """The notice of a program without people; the offer itself has 9 here, which no bar of an empty list has."""
    desk = FakeDesk([], Clock())
    found = words.notice(Register(desk.handle(LoadDesk())), desk.clock.at, False, 9, view)
    assert found is not None
    return found.text.replace("→ 9", "")


def sentences(view: View) -> list[tuple[str, str]]:
    """Every sentence of the view, with the command its next digit is to be of."""
    found = [(not_started(Situation.NO_SESSION), "app.palette")]
    if view is View.ROSTER:
        found.append((nobody(view), "people.walk_in"))
    if view is View.CHASE:
        found += [(chase_words.other_scope(campaign=whole), "chase.scope") for whole in (False, True)]
    if view is View.PROGRAM:
        series, one = plan_words.nothing_planned().split(",")
        found += [(series, "plan.series"), (one, "plan.add")]
    return found


FRIDAY = SessionKey(date(2026, 5, 15))
CLOSED = {"state": SessionState.CLOSED, "closed": ENDS}
TODAY_S, CORRECT = "Open today's register", "Correct this day"


def a_desk(**more) -> FakeDesk:
    return FakeDesk(people(3), Clock(more.pop("at", STARTS)), the_session=session(**more))


@pytest.mark.parametrize(
    ("desk", "labels"),
    [
        (lambda: a_desk(key=FRIDAY), [TODAY_S]),
        (lambda: a_desk(key=FRIDAY, **CLOSED), [TODAY_S, CORRECT]),
        (lambda: a_desk(**CLOSED), [CORRECT]),
        (lambda: a_desk(state=SessionState.CANCELLED, opened=None), [TODAY_S]),
        (lambda: a_desk(at=ENDS + 60_000), ["Close …"]),
        (lambda: FakeDesk(people(3), Clock(), the_session=None), ["Open an extra session"]),
        (lambda: FakeDesk([], Clock()), ["Import people", "Add person"]),
    ],
)
async def test_the_bar_above_the_list_names_the_digits_its_offers_have_now(desk, labels):
    async with driven(desk()) as it:
        for own in (None, Offer("The banner's own", lambda: None), Offer(labels[0], lambda: None)):
            it.screen.say(BannerValue("info", "whatever"), own)
            await it.do("<right>")
            entries = dict(entry.split(" ", 1) for entry in it.bar)
            assert [entries[digit] for digit in re.findall(r"→ (\d)", it.notice)] == labels
            await it.do("<escape>")


@pytest.mark.parametrize("view", list(View))
async def test_a_digit_in_a_sentence_is_that_of_the_bar(view):
    async with driven(number=3) as it:
        await it.go(view)
        it.screen.hands.opened_bar()
        bar = {item.digit: item.command for item in it.screen.bar.shown.items}
        for text, command in sentences(view):
            digits = re.findall(r"→ (\d)", text)
            assert [bar[digit] for digit in digits] == [command], text
        if view is not View.ROSTER:
            assert not re.search(r"→ \d", nobody(view))


async def test_the_empty_editor_names_the_key_that_is_the_users_own():
    async with driven(number=3, keymap={"note.write": "f12"}) as it:
        await it.go(View.WRITING)
        assert "F12 goes to the next who owes one." in it.picture
        assert "Ctrl+N" not in it.picture


def test_a_key_that_another_command_took_is_not_named():
    assert commands.keys_now("note.write", {}) == "Ctrl+N"
    assert commands.keys_now("note.write", {"desk.undo": "ctrl+n"}) == ""
