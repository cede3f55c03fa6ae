"""What `checkin doctor` says: a name and a line for every check, and what to do about what is not fine."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from checkin_tui.domain.clock import MINUTE, Millis
from checkin_tui.domain.health import DEEP, Check, Finding, Repaired, State
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.backups import copies_text, size_text
from checkin_tui.words.refusals import sentence
from checkin_tui.words.times import moment_text
from checkin_tui.words.wrong_files import let_it, own_command, restore_command, why_denied

_LEVELS: Final = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
"""What SQLite's `synchronous` is called, by its number."""
_SAFE_MODES: Final = ("wal", "truncate")
_FULL: Final = 2
_HOUR: Final = 60 * MINUTE
_DAY: Final = 24 * _HOUR


def check_name(check: Check) -> str:
    """The name of a check."""
    return {
        Check.FILE: _("database"),
        Check.ACCESS: _("permissions"),
        Check.SCHEMA: _("tables"),
        Check.PAGES: _("pages"),
        Check.REFERENCES: _("links"),
        Check.CONTENTS: _("contents"),
        Check.FIGURES: _("figures"),
        Check.CLOCK: _("clock"),
        Check.SQLITE: _("SQLite"),
        Check.BACKUPS: _("backups"),
        Check.PLACE: _("disk"),
        Check.SPACE: _("free space"),
        Check.TERMINAL: _("terminal"),
        Check.STATION: _("laptop"),
        Check.SETTINGS: _("settings"),
    }[check]


def state_sign(state: State) -> str:
    """`✓`, `!` or `✗`."""
    return {State.OK: "✓", State.WARNING: "!", State.PROBLEM: "✗"}[state]


def duration_text(millis: Millis) -> str:
    """`12 min`, `3 h`, `2 days`: rounded down, at least a minute."""
    if millis >= 2 * _DAY:
        return _("{count} days").format(count=millis // _DAY)
    if millis >= _HOUR:
        return _("{count} h").format(count=millis // _HOUR)
    return _("{count} min").format(count=max(1, millis // MINUTE))


def clock_notice(behind: Millis) -> str:
    """That the laptop's clock is behind the file, or was ahead once, and by how much. Nothing is out of order by it."""
    said = _("Newest entry {time} ahead of the clock. Look at a watch.")
    return said.format(time=duration_text(behind))


def network_notice(kind: str) -> str:
    """That the database lies on a network file system, where locks and syncs may not hold."""
    said = _("The database is on a network disk ({kind}): what is saved there may be lost.")
    return said.format(kind=visible(kind))


def finding_text(finding: Finding, zone: str) -> str:
    """One line about a check. zone: by whose clocks times are told."""
    if finding.id in DEEP and finding.values.get("code") == "db_damaged":
        return _("damaged: it cannot be read to the end")
    if "code" in finding.values:
        return sentence(str(finding.values["code"]), finding.values, zone=zone)
    return _TELLERS[finding.id](finding.values, zone)


def what_to_do(finding: Finding, database: Path) -> str:
    """The way out of what is not fine, with the command to type; '' where the line says all."""
    values = finding.values
    if finding.id in DEEP and finding.state is not State.OK:
        return _restore(values, database)
    if finding.state is State.OK or "code" in values:
        return ""
    if "denied" in values:
        return let_it(values["denied"], values["where"])
    helper = _HELPERS.get(finding.id)
    return "" if helper is None else helper(values, database)


def repaired_text(done: Repaired) -> str:
    """What a repair changed."""
    count = sum(done.changed.values())
    if not count:
        return _("Nothing had to be repaired.")
    return ngettext(
        "Repaired: {count} figure was worked out again. No mark and no note was touched.",
        "Repaired: {count} figures were worked out again. No mark and no note was touched.",
        count,
    ).format(count=count)


def _restore(values: Mapping[str, Any], database: Path) -> str:
    backup = values.get("backup")
    if backup:
        return _("Bring back its newest whole backup: {command}").format(command=restore_command(database, backup))
    return _("There is no whole backup. Leave the file as it is: somebody who knows SQLite may rescue more of it.")


def _access_help(values: Mapping[str, Any], database: Path) -> str:
    file = str(values["path"])
    if values["why"] == "names":
        command = shlex.join(["find", str(Path(file).absolute().parent), "-samefile", file])
        return _("Take the other names away; those in its folder are told by: {command}").format(
            command=visible(command)
        )
    command = shlex.join(
        ["chmod", "600", file] if values["why"] == "file" else ["chmod", "go-w", str(values["folder"])]
    )
    return _("Only for you: {command}").format(command=visible(command))


def _figures_help(values: Mapping[str, Any], database: Path) -> str:
    return _("Have them worked out again: {command}").format(command=own_command(database, "doctor", "--repair"))


def _clock_help(values: Mapping[str, Any], database: Path) -> str:
    return _(
        "If the clock is wrong, set it right. If it is right, it was ahead when that entry was made: nothing is lost."
    )


def _backups_help(values: Mapping[str, Any], database: Path) -> str:
    return _("Make one now: {command}").format(command=own_command(database, "backup")) if values["possible"] else ""


def _space_help(values: Mapping[str, Any], database: Path) -> str:
    return _("Make room: without it nothing can be saved.")


def _terminal_help(values: Mapping[str, Any], database: Path) -> str:
    if values["encoding"] != "utf8":
        return _("Set it to UTF-8, or names cannot be shown.")
    return _("Columns may be crooked. Have ambiguous characters drawn narrow, or use another font or terminal.")


def _file(values: Mapping[str, Any], zone: str) -> str:
    return f"{visible(str(values['path']))} · {size_text(values['size'])}"


def _access(values: Mapping[str, Any], zone: str) -> str:
    if "denied" in values:
        return _("{path} cannot be written to: {why}").format(
            path=visible(str(values["path"])), why=why_denied(values["denied"])
        )
    why = values.get("why")
    if why == "names":
        return _("the file has {count} names: after a crash another of them may show what was never saved").format(
            count=values["names"]
        )
    if why == "file":
        return _("other users of this computer may open it ({mode})").format(mode=f"{values['mode']:04o}")
    if why == "folder":
        return _("other users may write into its folder ({mode})").format(mode=f"{values['folder_mode']:04o}")
    return _("yours alone")


def _schema(values: Mapping[str, Any], zone: str) -> str:
    faults = values["faults"]
    return (
        _("not as they should be: {names}").format(names=visible(", ".join(faults)))
        if faults
        else _("as they should be")
    )


def _pages(values: Mapping[str, Any], zone: str) -> str:
    count = values["faults"]
    return ngettext("{count} fault", "{count} faults", count).format(count=count) if count else _("every page is whole")


def _references(values: Mapping[str, Any], zone: str) -> str:
    faults = values["faults"]
    if not faults:
        return _("no row refers to one that is not there")
    return _("rows that refer to what is not there: {listed}").format(listed=_by_table(faults))


def _contents(values: Mapping[str, Any], zone: str) -> str:
    faults = values["faults"]
    if not faults:
        return _("every value can be read")
    return _("rows with what cannot be read: {listed}").format(listed=_by_table(faults))


def _by_table(faults: Mapping[str, int]) -> str:
    return visible(", ".join(f"{name} {count}" for name, count in faults.items()))


def _figures(values: Mapping[str, Any], zone: str) -> str:
    count = values["wrong"]
    if not count:
        return _("add up from the marks and notes")
    return ngettext(
        "{count} does not follow from the marks and notes", "{count} do not follow from the marks and notes", count
    ).format(count=count)


def _clock(values: Mapping[str, Any], zone: str) -> str:
    behind = values["behind"]
    return clock_notice(behind) if behind else _("no entry is ahead of it")


def _sqlite(values: Mapping[str, Any], zone: str) -> str:
    version, level = values["version"], values["synchronous"]
    if values["mode"] not in _SAFE_MODES or level < _FULL:
        said = _("{version}: what was saved may be lost in a power cut (journal {mode}, synchronous {level})")
        return said.format(version=version, mode=values["mode"], level=_LEVELS.get(level, level))
    if values["other_mode"]:
        return _("{version}: another program left the file in WAL mode; the next start puts that right").format(
            version=version
        )
    return _("{version}: what is saved stays, in a power cut too").format(version=version)


def _backups(values: Mapping[str, Any], zone: str) -> str:
    said, copies = _of_backups(values, zone), values.get("copies")
    return f"{said} · {copies_text(copies)}" if copies else said


def _of_backups(values: Mapping[str, Any], zone: str) -> str:
    why = values["why"]
    if why == "denied":
        return _("none can be made in {folder}: {why}").format(
            folder=visible(str(values["folder"])), why=why_denied(values["denied"])
        )
    count = values["count"]
    if why == "none":
        return _("none yet") if values["possible"] else _("none")
    made = moment_text(values["made"], values.get("zone") or zone)
    if why == "damaged":
        return _("the newest, of {made}, is damaged").format(made=made)
    if why == "old":
        return _("the newest is of {made}: more than a day of entries is in none").format(made=made)
    return ngettext("{count}, of {made}, whole", "{count}, the newest of {made}, whole", count).format(
        count=count, made=made
    )


def _place(values: Mapping[str, Any], zone: str) -> str:
    kind = values["kind"]
    return network_notice(kind) if kind else _("no network disk")


def _space(values: Mapping[str, Any], zone: str) -> str:
    said = size_text(values["free"])
    return _("{size}: too little for today").format(size=said) if values["free"] < values["today"] else said


def _terminal(values: Mapping[str, Any], zone: str) -> str:
    if not values["terminal"]:
        return _("none here")
    encoding = "UTF-8" if values["encoding"] == "utf8" else str(values["encoding"]).upper()
    said = _("{encoding} · {colours} colours").format(encoding=encoding, colours=values["colours"])
    if values["crooked"]:
        pairs = ", ".join(f"{sample} {drawn}/{counted}" for sample, (counted, drawn) in values["crooked"].items())
        said += " · " + _("draws other widths: {pairs}").format(pairs=pairs)
    return said


def _station(values: Mapping[str, Any], zone: str) -> str:
    name = visible(str(values["name"]))
    return (
        name
        if values["kept"]
        else _("{name}: cannot be kept in {path}, so undo ends with each start").format(
            name=name, path=visible(str(values["path"]))
        )
    )


def _settings(values: Mapping[str, Any], zone: str) -> str:
    return visible(str(values["path"])) if values["there"] else _("none, the defaults hold")


_TELLERS: Final[Mapping[Check, Callable[[Mapping[str, Any], str], str]]] = {
    Check.FILE: _file,
    Check.ACCESS: _access,
    Check.SCHEMA: _schema,
    Check.PAGES: _pages,
    Check.REFERENCES: _references,
    Check.CONTENTS: _contents,
    Check.FIGURES: _figures,
    Check.CLOCK: _clock,
    Check.SQLITE: _sqlite,
    Check.BACKUPS: _backups,
    Check.PLACE: _place,
    Check.SPACE: _space,
    Check.TERMINAL: _terminal,
    Check.STATION: _station,
    Check.SETTINGS: _settings,
}

_HELPERS: Final[Mapping[Check, Callable[[Mapping[str, Any], Path], str]]] = {
    Check.ACCESS: _access_help,
    Check.FIGURES: _figures_help,
    Check.CLOCK: _clock_help,
    Check.BACKUPS: _backups_help,
    Check.SPACE: _space_help,
    Check.TERMINAL: _terminal_help,
}
