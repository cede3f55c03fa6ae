"""`checkin keys`: the table of keys, and a test of keyboard and scanner."""

from __future__ import annotations

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _


@click.command(
    help=_("List the keys, as your settings have them. With --test: show what each key and scan arrives as.")
)
@click.option("--test", is_flag=True, help=_("Test the keyboard and the scanner in this terminal."))
@json_option
@pass_call
def keys(call: Call, test: bool) -> None:
    """Print the table, or run the test."""
    if test:
        from checkin_tui.cli.opening import is_terminal

        if not is_terminal():
            raise click.UsageError(_("Testing keys needs a terminal."))
        from checkin_tui.cli.streams import draw_on_terminal
        from checkin_tui.tui.key_test import KeyTest, run

        settings, log = call.wiring.settings, call.wiring.where.log
        draw_on_terminal()
        click.get_current_context().exit(run(KeyTest(settings.prefix, settings.suffix, str(log))))
    from checkin_tui.cli.output import table
    from checkin_tui.tui.commands import COMMANDS, check_keymap, key_words, keys_of

    keymap, problems = check_keymap(call.wiring.settings.keymap)
    shape = {
        "keys": [
            {"id": one.id, "keys": list(keys_of(one, keymap)), "label": one.label, "help": one.help} for one in COMMANDS
        ]
    }
    rows = [[_("keys"), _("command"), _("id"), _("what it does")]]
    rows += [[key_words(",".join(keys_of(one, keymap))), one.label, one.id, one.help] for one in COMMANDS]
    call.answer(shape, table(rows))
    for problem in problems:
        what = {"command": visible(problem.command), "key": visible(problem.key)}
        call.say(_("Not used from the settings: {command} = {key}").format(**what))
