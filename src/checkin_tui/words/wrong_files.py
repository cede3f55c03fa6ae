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
    return own_command(database, "restore", Path(str(backup)).name)


def wrong_file_text(code: str, values: Mapping[str, Any]) -> str:
    """The sentence for a file that cannot be used, and what to do about it.

    values: path; beside (a journal of another file); backup (the newest whole one, None without any) and folder, where
    bringing one back would help (`services.opening`); why and where of what may not be read or written to.
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
    told = said.format(path=path, beside=beside)
    if code in DENIED:
        why = why_denied(values.get("why"))
        told += f": {why}." if why else "."
    return told


def why_denied(why: object) -> str:
    """What is in the way of reading or writing, as part of a sentence; '' where nobody can tell."""
    return {
        "file": _("its permissions forbid it"),
        "folder": _("its folder's permissions forbid it"),
        "others": _("it is another user's"),
        "disk": _("its disk can only be read"),
    }.get(str(why), "")


def let_it(why: object, where: object) -> str:
    """What to do about that, with the command to type; '' where nothing can be said."""
    if why in ("file", "folder"):
        command = shlex.join(["chmod", "u+rw" if why == "file" else "u+rwx", str(where)])
        return _("Allow it: {command}").format(command=visible(command))
    return {
        "others": _("Have its owner, or who looks after this computer, allow it."),
        "disk": _("Copy the file to another disk, and open it there: checkin --db FILE"),
    }.get(str(why), "")


_SAID: Final[Mapping[str, Callable[[], str]]] = {
    "db_damaged": lambda: _("The database {path} is damaged. Nothing was changed."),
    "db_empty": lambda: _("The database {path} is empty. Nothing was changed."),
    "db_gone": lambda: _("{path} is gone: it was moved or deleted while it was open."),
    "db_foreign": lambda: _("{path} is not a database of this program. Nothing was changed."),
    "db_left_behind": lambda: _("There is no database {path}, only what belongs to it: {beside}. Nothing was changed."),
    "db_missing": lambda: _("There is no database {path}."),
    "db_newer": lambda: _("The database {path} was made by a newer version of this program. Nothing was changed."),
    "db_readonly": lambda: _("{path} cannot be written to"),
    "db_unreadable": lambda: _("{path} cannot be read"),
    "db_older": lambda: _("The database {path} was made by an older version of this program. Nothing was changed."),
}
CODES: Final = tuple(_SAID)
DENIED: Final = ("db_readonly", "db_unreadable")


def _way_out(code: str, values: Mapping[str, Any]) -> str:
    if code in DENIED:
        return let_it(values.get("why"), values.get("where"))
    if values.get("backup"):
        command = restore_command(values.get("database", values["path"]), values["backup"])
        if code == "db_gone":
            return _("Put it back, or bring back its newest whole backup: {command}").format(command=command)
        return _("Bring back its newest whole backup: {command}").format(command=command)
    if code == "db_gone":
        return _("Put it back, then try again.")
    if code == "db_newer":
        return _("Install that version, or open another file: checkin --db FILE")
    if code == "db_older":
        return _("Open it once: checkin --db FILE")
    if code == "db_damaged" and "beside" in values:
        said = _("Move that away, then try again; or bring back a backup: {command}")
        return said.format(command=_restore_any(values))
    if code == "db_left_behind":
        return _("Put the database back beside it, or move it away to begin anew.")
    if code == "db_empty":
        said = _("Delete it to begin anew, or bring back a backup: {command}")
        return said.format(command=_restore_any(values))
    if code == "db_damaged":
        said = _("Bring back a backup: {command}").format(command=_restore_any(values))
        return said if values.get("folder") is None else _without(values["folder"]) + " " + said
    if code == "db_foreign":
        return _("Open another file: checkin --db FILE")
    return ""


def _restore_any(values: Mapping[str, Any]) -> str:
    """The command for a backup of the user's choice: into this file, and not into the one that is opened unasked."""
    database = values.get("database")
    return "checkin restore FILE" if database is None else own_command(database, "restore") + " FILE"


def own_command(database: object, *words: str) -> str:
    """`checkin --db desk.db backup`: a command about just this file, as it is typed."""
    return visible(shlex.join(["checkin", "--db", str(database), *words]))


def _without(folder: object) -> str:
    return _("There is no whole backup of it in {folder}.").format(folder=visible(str(folder)))
