"""What is wrong with a database file, and the way out: the command to type, as it is typed."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from checkin_tui.domain.text import visible
from checkin_tui.i18n import _


def restore_command(database: object, backup: object) -> str:
    """`checkin --db desk.db restore 2026-05-18T143000Z-day.db`: brings that backup back, in any folder."""
    return visible(shlex.join(["checkin", "--db", str(database), "restore", Path(str(backup)).name]))


def wrong_file_text(code: str, values: Mapping[str, Any]) -> str:
    """The sentence for a file that cannot be used, and what to do about it.

    values: path; beside (a journal of another file); backup (the newest whole one, None without any) and folder, where
    bringing one back would help (`services.opening`).
    """
    said, way = what_is_wrong(code, values), _way_out(code, values)
    return f"{said} {way}" if way else said


def what_is_wrong(code: str, values: Mapping[str, Any]) -> str:
    """The same without the way out, for a line that has no room for a command."""
    path = visible(str(values.get("path", "…")))
    beside = visible(str(values.get("beside", "…")))
    if code == "db_damaged" and "beside" in values:
        said = _("Beside the database {path} lies {beside}, which belongs to another file. Nothing was changed.")
    else:
        said = _SAID[code]()
    return said.format(path=path, beside=beside)


_SAID: Final[Mapping[str, Callable[[], str]]] = {
    "db_damaged": lambda: _("The database {path} is damaged. Nothing was changed."),
    "db_empty": lambda: _("The database {path} is empty. Nothing was changed."),
    "db_foreign": lambda: _("{path} is not a database of this program. Nothing was changed."),
    "db_left_behind": lambda: _("There is no database {path}, only what belongs to it: {beside}. Nothing was changed."),
    "db_missing": lambda: _("There is no database {path}."),
    "db_newer": lambda: _("The database {path} was made by a newer version of this program. Nothing was changed."),
    "db_older": lambda: _("The database {path} was made by an older version of this program. Nothing was changed."),
}
CODES: Final = tuple(_SAID)


def _way_out(code: str, values: Mapping[str, Any]) -> str:
    if values.get("backup"):
        command = restore_command(values.get("database", values["path"]), values["backup"])
        return _("Bring back its newest whole backup: {command}").format(command=command)
    if code == "db_newer":
        return _("Install that version, or open another file: checkin --db FILE")
    if code == "db_older":
        return _("Open it once: checkin --db FILE")
    if code == "db_damaged" and "beside" in values:
        return _("Move that away, then try again; or bring back a backup: checkin restore FILE")
    if code == "db_left_behind":
        return _("Put the database back beside it, or move it away to begin anew.")
    if code == "db_empty":
        return _("Delete it to begin anew, or bring back a backup: checkin restore FILE")
    if code == "db_damaged":
        said = _("Bring back a backup: checkin restore FILE")
        return said if values.get("folder") is None else _without(values["folder"]) + " " + said
    if code == "db_foreign":
        return _("Open another file: checkin --db FILE")
    return ""


def _without(folder: object) -> str:
    return _("There is no whole backup of it in {folder}.").format(folder=visible(str(folder)))
