"""What the keyboard test says about what arrives."""

from __future__ import annotations

import pytest
from textual import events

from checkin_tui.tui.key_test import LINES, Arrived, KeyTest


def arrive(arrived: Arrived, text: str, end: str) -> str:
    for character in text:
        arrived.key(character, character)
    arrived.key(end, None)
    return arrived.lines[-1]


@pytest.mark.parametrize("end", ["enter", "ctrl+j", "tab"])
def test_a_scan_is_told_whole_with_what_ended_it(end):
    assert arrive(Arrived("", ""), "0017", end) == f"code 0017: 4 characters, ended by {end}"


def test_prefix_and_suffix_of_the_settings_are_taken_off():
    assert arrive(Arrived("*", "#"), "*0017#", "enter").startswith("code 0017: 4 characters")


def test_enter_alone_is_a_key():
    assert arrive(Arrived("", ""), "", "enter") == "key enter"


def test_the_list_stays_short():
    arrived = Arrived("", "")
    arrive(arrived, "0" * 100, "enter")
    assert len(arrived.lines) == LINES


async def test_markup_on_a_badge_is_shown_as_text():
    app = KeyTest()
    async with app.run_test() as pilot:
        for character in "[@click=app.quit]":
            app.post_message(events.Key(character, character))
        await pilot.press("enter")
        assert "[@click=app.quit]" in str(app.query_one("#arrived").render())
        await pilot.press("ctrl+q")
    assert app.return_code == 0
