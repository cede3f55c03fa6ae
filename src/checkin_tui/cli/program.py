"""`checkin init` and `checkin program`: the terms of the program, made once and changed by key and value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call
from checkin_tui.cli.types import CHARACTERS, DATE, HOURS, MINUTES, TARGET, WEEKDAYS, ZONE, Written, read_date
from checkin_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from checkin_tui.domain.program import Program

LEAVE: Final = ("counts", "excluded")


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
    finally:
        handler.close()
    call.answer({"program": program_shape(made.program)}, "" if call.json else _text(made.program))
    count = len(made.created)
    call.say(ngettext("{count} session planned.", "{count} sessions planned.", count).format(count=count))


@click.command(help=_("Show the program's terms, or change them; sessions already opened keep their own."))
@click.option(
    "--set", "pairs", multiple=True, metavar="KEY=VALUE", help=_("A term by its name in the list; repeatable.")
)
@json_option
@pass_call
def program(call: Call, pairs: tuple[str, ...]) -> None:
    """Print the terms, changed first where that was asked for."""
    from checkin_tui.cli.shapes import program_shape
    from checkin_tui.domain.requests import EditProgram

    known = call.program
    if pairs:
        given: dict[str, Any] = {}
        for pair in pairs:
            given.update(_term(pair))
        known = call.write(EditProgram, terms=replace(known.terms, **given)).program
    call.answer({"program": program_shape(known)}, "" if call.json else _text(known))


def _dates(text: str) -> frozenset[date]:
    return frozenset(read_date(part.strip()) for part in text.split(",") if part.strip())


_DAYS: Final = Written("dates", _dates, "bad_date")


def _one(field: str, kind: Written) -> Callable[[str], dict[str, Any]]:
    return lambda text: {field: kind.convert(text, None, None)}


def _set_hours(text: str) -> dict[str, Any]:
    starts, ends = HOURS.convert(text, None, None)
    return {"starts": starts, "ends": ends}


def _set_leave(text: str) -> dict[str, Any]:
    if text not in LEAVE:
        raise click.UsageError(_("leave is one of: {words}.").format(words=", ".join(LEAVE)))
    return {"leave_counts": text == LEAVE[0]}


_SETTERS: Final[dict[str, Callable[[str], dict[str, Any]]]] = {
    "name": lambda text: {"name": text},
    "from": _one("first_day", DATE),
    "to": _one("last_day", DATE),
    "weekdays": _one("weekdays", WEEKDAYS),
    "hours": _set_hours,
    "grace": _one("grace", MINUTES),
    "target": _one("target", TARGET),
    "min-note": _one("minimum_note", CHARACTERS),
    "leave": _set_leave,
    "zone": _one("zone", ZONE),
    "holidays": _one("holidays", _DAYS),
    "extra-days": _one("extra_days", _DAYS),
}


def _term(pair: str) -> dict[str, Any]:
    """One `KEY=VALUE` as fields of the terms."""
    key, found, value = pair.partition("=")
    setter = _SETTERS.get(key.strip().replace("_", "-"))
    if not found or setter is None:
        raise click.UsageError(_("--set takes KEY=VALUE with one of: {keys}.").format(keys=", ".join(_SETTERS)))
    return setter(value.strip())


def _text(known: Program) -> str:
    from checkin_tui.cli.output import table
    from checkin_tui.cli.shapes import program_shape

    shape = program_shape(known)
    values = [", ".join(value) if isinstance(value, list) else str(value) for value in shape.values()]
    return table([[key.replace("_", "-"), value] for key, value in zip(shape, values, strict=True)])
