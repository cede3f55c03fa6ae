"""The list of commands and the commands themselves say the same."""

from __future__ import annotations

import click
import pytest

from checkin_tui.cli.root import COMMANDS, checkin


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_list_is_where_the_list_says(name):
    command = checkin.get_command(click.Context(checkin), name)
    assert command is not None
    assert command.name == name
    assert command.help


def leaves(group: click.Group, path: tuple[str, ...] = ()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield (*path, name), command


@pytest.mark.parametrize(
    ("path", "command"), list(leaves(checkin)), ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_with_an_answer_has_json_and_every_option_has_help(path, command):
    options = {name for parameter in command.params for name in parameter.opts}
    assert ("--json" in options) is (path != ("demo",))
    assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option))


def test_the_commands_are_those_of_the_design(empty):
    assert {" ".join(path) for path, _ in leaves(checkin)} == {
        "demo",
        "init",
        "program",
        "import members",
        "import contacts",
        "import marks",
        "member add",
        "member edit",
        "members",
        "branch list",
        "branch edit",
        "session list",
        "session plan",
        "session open",
        "session close",
        "session cancel",
        "session edit",
        "erase",
        "mark",
        "note",
        "status",
        "missing",
        "sheet",
        "badges",
        "report",
        "export owes",
        "export program",
        "import program",
        "export register",
        "history",
        "undo",
        "backup",
        "restore",
        "doctor",
        "where",
        "keys",
    }
    listed = empty("--help").out
    assert all(f"  {name} " in listed for name in COMMANDS)


def test_keys_are_those_of_the_table(empty):
    from checkin_tui.tui.commands import COMMANDS as TABLE

    answer = empty.json("keys")
    assert [one["id"] for one in answer["keys"]] == [command.id for command in TABLE]
    assert "Ctrl+Z" in empty("keys").out


def test_keys_are_as_the_user_set_them(empty):
    empty.home.mkdir()
    (empty.home / "settings.toml").write_text('[keymap]\n"mark.late" = "f11"\n"mark.left" = "enter"\n')
    keys = {one["id"]: one["keys"] for one in empty.json("keys")["keys"]}
    assert keys["mark.late"] == ["f11"]
    assert "mark.left = enter" in empty("keys").err
