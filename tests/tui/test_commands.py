"""The table of commands: whole, without clashes, and every entry leads somewhere."""

from __future__ import annotations

from checkin_tui.tui import commands
from tests.tui.driving import driven


def test_ids_and_digits_are_unique():
    ids = [command.id for command in commands.COMMANDS]
    assert len(ids) == len(set(ids))
    for view in commands.View:
        here = [command for command in commands.COMMANDS if view in command.bar]
        for digits in ([c.person for c in here if c.person], [c.desk for c in here if c.desk]):
            assert len(digits) == len(set(digits))
            assert all(len(digit) == 1 and digit.isdecimal() for digit in digits)


def test_every_view_is_one_step_from_every_other():
    for view in commands.View:
        digits = {command.desk: command.id for command in commands.COMMANDS if view in command.bar}
        assert [digits[digit] for digit in "1230"] == ["view.roster", "view.notes", "view.dashboard", "app.palette"]


def test_the_line_feed_of_a_scanner_is_never_bound():
    keys = [key for command in commands.COMMANDS for key in commands.keys_of(command, {})]
    assert len(keys) == len(set(keys))
    assert not set(keys) & commands.RESERVED


def test_the_users_key_map_takes_a_key_from_who_had_it():
    good, problems = commands.check_keymap(
        {"mark.present": "f8", "nobody.knows": "f2", "desk.undo": "ctrl+j, x, ctrl+t"}
    )
    assert good == {"mark.present": "f8", "desk.undo": "ctrl+t"}
    assert [(problem.command, problem.key, problem.reason) for problem in problems] == [
        ("nobody.knows", "f2", "unknown"),
        ("desk.undo", "ctrl+j", "reserved"),
        ("desk.undo", "x", "reserved"),
    ]
    table = commands.commands_by_key(good)
    assert table["f8"] == "mark.present"
    assert "f5" not in table
    assert table["ctrl+t"] == "desk.undo"


def test_keys_as_people_write_them():
    assert commands.key_words("ctrl+z,f5") == "Ctrl+Z, F5"


async def test_every_command_does_something_in_its_view():
    async with driven(number=3) as it:
        done: set[str] = set()
        for view in commands.View:
            screen = it.app.show(view)
            await it.settle()
            done |= set(screen.dispatch.run_by_id)
            here = {command.id for command in commands.COMMANDS if not command.views or view in command.views}
            assert set(screen.dispatch.run_by_id) == here
        assert done == set(commands.BY_ID)


async def test_the_key_map_of_the_settings_is_used_and_the_rest_told():
    async with driven(number=5, keymap={"mark.absent": "f12", "mark.late": "a"}) as it:
        await it.do("<down>", "<f12>")
        assert it.status(1) == "absent"
        assert [problem.key for problem in it.app.keymap_problems] == ["a"]


async def test_a_command_that_cannot_be_done_says_why():
    async with driven(number=5) as it:
        it.screen.run_command("desk.reopen")
        assert it.banner == "! Open again: The register is not closed."
        it.screen.run_command("desk.redo")
        assert "nothing to do again" in it.banner
