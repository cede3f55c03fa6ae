"""Windows of any size: no view, no dialog and no line breaks in one, and nothing that is typed meanwhile is lost."""

from __future__ import annotations

from random import Random

import pytest
from textual import events
from textual.geometry import Region, Size
from textual.widget import Widget

from checkin_tui.tui.commands import View
from checkin_tui.tui.screens.desk import DeskScreen
from tests.tui.dialogs import Desk
from tests.tui.driving import driven
from tests.tui.test_scans import EVERY

SIZES = ((20, 5), (1, 1), (59, 18), (60, 17), (60, 18), (160, 50))
SMALL = "too small"
SENTENCE = "The window is too small: 60 by 18 at least. The keys work all the same."


async def resize(it, width: int, height: int) -> None:
    await it.pilot.resize_terminal(width, height)
    await it.pilot.pause()


def whole(text: str) -> str:
    """Without the places where a line was broken."""
    return " ".join(text.split())


@pytest.mark.parametrize("view", list(View))
async def test_every_view_lives_in_every_window_and_says_when_it_is_too_small(view):
    async with driven(number=30) as it:
        await it.go(view)
        for width, height in SIZES:
            await resize(it, width, height)
            assert len(it.picture.splitlines()) == height
            assert all(len(line) <= width for line in it.picture.splitlines())
            too_small = width < 60 or height < 18
            if too_small and width >= 20:
                assert whole(it.picture) == SENTENCE, (width, height)
            elif not too_small:
                assert SMALL not in whole(it.picture), (width, height)


async def test_codes_typed_in_a_window_that_shows_nothing_are_marked():
    async with driven(number=30, size=(1, 1)) as it:
        it.type("0003\r0004\r")
        await it.settle()
        assert [it.status(3), it.status(4)] == ["present", "present"]
        await resize(it, 80, 24)
        assert "P 2 present" in it.picture


async def test_a_storm_of_sizes_loses_no_code():
    chance = Random(4)
    async with driven(number=60) as it:
        for number in range(1, 51):
            it.type(f"{number:04}\r")
            for _step in range(4):
                size = Size(chance.randrange(1, 140), chance.randrange(1, 45))
                it.app.post_message(events.Resize(size, size))
        await it.settle()
        await resize(it, 80, 24)
        assert all(it.status(number) == "present" for number in range(1, 51))
        assert "P 50 present" in it.picture


async def test_a_dialog_that_nobody_can_see_keeps_what_is_typed():
    app = Desk()
    dialog = EVERY["why"]("Zhang Wei")
    async with app.run_test(size=(20, 5)) as pilot:
        app.open(dialog)
        await pilot.pause()
        app.burst("because", at=0)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "because" in app.shown()
        assert SMALL not in whole(app.shown())


async def test_a_note_that_is_typed_while_the_window_changes_is_one_text():
    """Out of sight is not out of the keyboard: nothing of it becomes a search, or a command."""
    async with driven(number=30) as it:
        await it.go(View.WRITING)
        await it.do("0003", "<enter>")
        for width, height in ((110, 30), (62, 20), (59, 24), (20, 5), (1, 1), (80, 24)):
            it.type(f"{width} ")
            await resize(it, width, height)
        it.type("end")
        await it.settle()
        assert it.screen.editor.text == "110 62 59 20 1 80 end"
        assert it.screen.box.value == ""
        assert it.screen.writing


async def test_a_form_keeps_its_field_through_every_window():
    async with driven(number=30) as it:
        it.screen.people.add()
        await it.settle()
        field = it.app.focused
        for width, height in ((20, 5), (1, 1), (80, 24)):
            it.type("x")
            await resize(it, width, height)
        await it.settle()
        assert it.app.focused is field
        assert field.value == "xxx"


@pytest.mark.parametrize("view", list(View))
async def test_no_line_of_ours_breaks_at_any_width(view):
    """Every widget of ours that draws lines itself, drawn at every width from nothing on."""
    async with driven(number=30, size=(100, 40)) as it:
        await it.go(view)
        drawn = set()
        for widget in it.app.screen.walk_children(Widget):
            if not type(widget).__module__.startswith("checkin_tui") or isinstance(widget, DeskScreen):
                continue
            drawn.add(type(widget).__name__)
            for width in (*range(1, 24), 40, 59, 60, 80, 120, 200):
                widget._size = widget._container_size = Size(width, 7)
                widget._styles_cache.clear()
                widget.render_lines(Region(0, 0, width, 7))
        assert drawn
