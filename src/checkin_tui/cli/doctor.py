"""`checkin doctor`: everything that can be wrong around a file, one line each; only what is wrong is explained."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call
from checkin_tui.exits import FOUND, UNREACHABLE
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.cli.wiring import Wiring
    from checkin_tui.domain.health import Finding


@click.command(
    help=_(
        "Look at the database, its backups, this terminal and the settings, and say what is wrong and what to do. "
        "Exits with 1 when there is a problem, with 3 when the database cannot be reached; a warning alone is 0."
    )
)
@click.option(
    "--repair", is_flag=True, help=_("Derive figures again that do not follow from the events, after a backup.")
)
@json_option
@pass_call
def doctor(call: Call, repair: bool) -> None:
    """Repair first where that was asked for, then look at everything."""
    from checkin_tui.domain.health import State
    from checkin_tui.services.doctor import examine

    call.looks_only = not repair
    settings = _settings(call)
    done = _repair(call) if repair else None
    findings = [*examine(call.wiring.door()), *_around(call), settings]
    _answer(call, findings, done)
    unreachable = any(_unreachable(one) for one in findings)
    if unreachable or any(one.state is State.PROBLEM for one in findings):
        click.get_current_context().exit(UNREACHABLE if unreachable else FOUND)


def _settings(call: Call) -> Finding:
    """The settings file. One that cannot be used is told, and the rest is looked at without it."""
    from checkin_tui.domain.health import Check, Finding, State
    from checkin_tui.settings import SettingsError

    try:
        path = call.wiring.where.settings
    except SettingsError as error:
        values = {"code": error.code, "path": error.path, "key": error.key}
        call.use(_without_settings(call))
        return Finding(Check.SETTINGS, State.PROBLEM, values)
    return Finding(Check.SETTINGS, State.OK, {"path": path, "there": path.is_file()})


def _without_settings(call: Call) -> Wiring:
    import os

    from checkin_tui.cli.wiring import Wiring, looked_up, new_uid
    from checkin_tui.settings import Settings, load_station, places

    where = places()
    named = call.database_asked or os.environ.get("CHECKIN_DB")
    settings = Settings(Path(os.path.expanduser(named)) if named else where.database)
    station = looked_up(where) if call.looks_only else load_station(where, new_uid())
    return Wiring(where, settings, station, environment=os.environ)


def _around(call: Call) -> list[Finding]:
    """What is not of the file: the terminal, and the station."""
    from checkin_tui.cli.terminal_look import look
    from checkin_tui.domain.health import Check, Finding, State
    from checkin_tui.settings import known_station
    from checkin_tui.store.place import hindrance

    wiring = call.wiring
    path = wiring.where.station
    kept = known_station(wiring.where) is not None or hindrance(path) is None
    station = Finding(
        Check.STATION,
        State.OK if kept else State.WARNING,
        {"name": wiring.station.name, "path": path, "kept": kept},
    )
    return [look(wiring.environment, ask=not call.json), station]


def _repair(call: Call) -> Any:
    from checkin_tui.services.repair import repair

    done = repair(call.context)
    call.wrote = True
    return done


def _unreachable(finding: Finding) -> bool:
    from checkin_tui.domain.errors import DatabaseError
    from checkin_tui.domain.health import Check, State

    code = finding.values.get("code")
    stopped = finding.id is Check.FILE and finding.state is State.PROBLEM
    return stopped and code is not None and not DatabaseError(str(code)).wrong_file


def _answer(call: Call, findings: list[Finding], done: Any) -> None:
    from checkin_tui.cli.output import table
    from checkin_tui.cli.wiring import own_zone
    from checkin_tui.domain.health import State
    from checkin_tui.words.health import check_name, finding_text, repaired_text, state_sign, what_to_do

    zone, database = call.zone or own_zone(), call.wiring.settings.database.absolute()
    rows: list[list[str]] = []
    shapes: list[dict[str, Any]] = []
    for one in findings:
        said, advice = finding_text(one, zone), what_to_do(one, database)
        rows.append([state_sign(one.state), check_name(one.id), said])
        if advice and not any(advice in row[-1] for row in rows):  # the same cause is told once
            rows.append(["", "", advice])
        told = {"id": one.id.value, "state": one.state.value, "message": said, "advice": advice or None}
        shapes.append({**told, "values": _plain(one.values)})
    worst = max((list(State).index(one.state) for one in findings), default=0)
    shape: dict[str, Any] = {"state": list(State)[worst].value, "findings": shapes}
    if done is not None:
        shape["repaired"] = {"rows": dict(done.changed), "backup": done.backup}
        call.say(repaired_text(done))
    call.answer(shape, table(rows))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _value(value) for key, value in values.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _value(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_value(one) for one in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
