"""`checkin init` and `checkin program`: the terms of the program, made once and changed by key and value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call
from checkin_tui.cli.terms import LEAVE, term
from checkin_tui.cli.types import CHARACTERS, DATE, HOURS, MINUTES, TARGET, WEEKDAYS, ZONE
from checkin_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from checkin_tui.domain.program import Program
    from checkin_tui.domain.views import ProgramPreview


@click.command(help=_("Make the program NAME in a new database file, and plan its sessions."))
@click.argument("name")
@click.option("--from", "first_day", type=DATE, required=True, help=_("The first day."))
@click.option("--to", "last_day", type=DATE, required=True, help=_("The last day."))
@click.option("--weekdays", type=WEEKDAYS, default="mon-fri", show_default=True, help=_("On which days it is held."))
@click.option("--hours", type=HOURS, default="14:30-17:00", show_default=True, help=_("From when to when."))
@click.option("--grace", type=MINUTES, default="10", show_default=True, help=_("Minutes that are not yet late."))
@click.option("--target", type=TARGET, default=">98", show_default=True, help=_("The rate to pass: >98 or >=98."))
@click.option(
    "--min-note", "minimum_note", type=CHARACTERS, default="50", show_default=True, help=_("Characters of a note.")
)
@click.option(
    "--leave", type=click.Choice(LEAVE), default="counts", show_default=True, help=_("Whether leave is in the rate.")
)
@click.option("--zone", type=ZONE, help=_("The time zone, as Asia/Shanghai; this machine's without it."))
@click.option("--holiday", "holidays", type=DATE, multiple=True, help=_("A day without a session; may be repeated."))
@click.option("--extra-day", "extra_days", type=DATE, multiple=True, help=_("One more day; may be repeated."))
@json_option
@pass_call
def init(
    call: Call,
    /,
    hours: tuple[time, time],
    leave: str,
    zone: str | None,
    holidays: tuple[date, ...],
    extra_days: tuple[date, ...],
    **values: Any,
) -> None:
    """Make the file and the program. A second one on the same file is refused."""
    from checkin_tui.cli.shapes import program_shape
    from checkin_tui.cli.wiring import own_zone
    from checkin_tui.domain.program import ProgramTerms
    from checkin_tui.domain.requests import CreateProgram

    terms = ProgramTerms(
        starts=hours[0],
        ends=hours[1],
        leave_counts=leave == LEAVE[0],
        zone=zone or own_zone(),
        holidays=frozenset(holidays),
        extra_days=frozenset(extra_days),
        **values,
    )
    handler = call.wiring.connect()
    try:
        made = handler.handle(call.request(CreateProgram, terms=terms))
        call.wrote = True
    finally:
        handler.close()
    call.answer({"program": program_shape(made.program)}, "" if call.json else _text(made.program))
    count = len(made.created)
    call.say(ngettext("{count} session planned.", "{count} sessions planned.", count).format(count=count))
    if not call.json and (earlier := _earlier(call)) is not None:
        call.say(_("There was such a file before. To go on with its newest backup: {command}").format(command=earlier))


def _earlier(call: Call) -> str | None:
    """How to bring back what was there under this name, where a whole backup of it is kept."""
    from checkin_tui.services.opening import newest_whole
    from checkin_tui.words.wrong_files import restore_command

    database = call.wiring.settings.database.absolute()
    found = newest_whole(call.wiring.where.backups_of(database))
    return None if found is None else restore_command(database, found.file)


@click.command(help=_("Show the program's terms, or change them; sessions already opened keep their own."))
@click.option(
    "--set", "pairs", multiple=True, metavar="KEY=VALUE", help=_("A term by its name in the list; repeatable.")
)
@click.option(
    "--china-holidays", is_flag=True, help=_("Add China's holidays and make-up working days within the dates.")
)
@click.option("--preview", is_flag=True, help=_("Say what would change, and write nothing."))
@json_option
@pass_call
def program(call: Call, pairs: tuple[str, ...], china_holidays: bool, preview: bool) -> None:
    """Print the terms, changed first where that was asked for."""
    from checkin_tui.cli.shapes import preview_shape, program_shape, public_shape
    from checkin_tui.domain.reads import PreviewProgram
    from checkin_tui.domain.requests import EditProgram

    known = call.program
    given: dict[str, Any] = {}
    for pair in pairs:
        given.update(term(pair))
    terms = replace(known.terms, **given)
    added: dict[str, Any] = {}
    if china_holidays:
        from checkin_tui.domain.program_days import with_calendar
        from checkin_tui.interchange.holidays import china_calendar

        found = china_calendar(terms.first_day, terms.last_day, terms.weekdays)
        plain, terms = terms, with_calendar(terms, found.holidays, found.extra_days)
        added = public_shape(plain, terms, found.years_unknown)
    if preview:
        effects = call.handle(PreviewProgram(terms))
        shape = {"program": program_shape(known), "preview": preview_shape(effects), **added}
        call.answer(shape, "" if call.json else preview_text(effects))
    else:
        if given or china_holidays:
            known = call.write(EditProgram, terms=terms).program
        call.answer({"program": program_shape(known), **added}, "" if call.json else _text(known))
    if added:
        _say_added(call, added)


def _say_added(call: Call, added: dict[str, Any]) -> None:
    """What China's calendar brought, and for which years it has nothing."""
    off, extra = added["added"]["holidays"], added["added"]["extra_days"]
    call.say(_("China's calendar: days off {off}, make-up days {extra}.").format(off=len(off), extra=len(extra)))
    if added["years_unknown"]:
        years = ", ".join(map(str, added["years_unknown"]))
        call.say(_("It is not known yet for {years}: set those days by hand.").format(years=years))


def preview_text(effects: ProgramPreview) -> str:
    """What would change, line by line: the terms, the sessions, and what is missing or outside."""
    from checkin_tui.cli.output import table

    rows = [[name.replace("_", "-"), f"{before or '-'} -> {after or '-'}"] for name, before, after in effects.terms]
    for effect in effects.sessions:
        changes = "; ".join(f"{name.replace('_', '-')} {before} -> {after}" for name, before, after in effect.changes)
        rows.append([str(effect.session.key), changes])
    rows.append([_("no session yet"), ", ".join(map(str, effects.missing)) or "-"])
    rows.append([_("planned outside"), ", ".join(str(session.key) for session in effects.outside) or "-"])
    rows.append([_("keep their terms"), str(effects.kept)])
    return table(rows)


def _text(known: Program) -> str:
    from checkin_tui.cli.output import table
    from checkin_tui.cli.shapes import program_shape

    shape = program_shape(known)
    values = [", ".join(value) if isinstance(value, list) else str(value) for value in shape.values()]
    return table([[key.replace("_", "-"), value] for key, value in zip(shape, values, strict=True)])
