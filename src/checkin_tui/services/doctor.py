"""Everything that can be wrong around a file, looked at one by one. Nothing is changed; nothing ends the others."""

from __future__ import annotations

import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import CheckInError, DatabaseError
from checkin_tui.domain.health import DEEP, Check, Finding, State, judge_backups, judge_clock, judge_space
from checkin_tui.services.opening import BROUGHT_BACK, Door
from checkin_tui.store import backups, checks, copying, place, readable, selfcheck
from checkin_tui.store.checks import is_in_wal_mode, look_into
from checkin_tui.store.engine import Database
from checkin_tui.store.unit_of_work import newest_recorded, reading

_OTHERS = 0o077
_NOBODY = UUID(int=0)


def examine(door: Door) -> list[Finding]:
    """The file, what is in it, its backups and where it lies. A file that cannot be opened ends what needs one."""
    found = [_told(Check.FILE, lambda: _file(door))]
    if _is_there(door.path) and found[0].values.get("code") != "db_foreign":
        found.append(_told(Check.ACCESS, lambda: _access(door.path)))
    newest: Millis | None = None
    zone: str | None = None
    sound = found[0].state is State.OK
    needed = sound or found[0].values.get("code") in (*BROUGHT_BACK, "db_cut_short")
    if sound:
        for check, look in ((Check.SCHEMA, _schema), (Check.PAGES, _pages), (Check.REFERENCES, _references)):
            found.append(_told(check, lambda look=look: look(door.path)))  # type: ignore[misc]
        try:
            with look_into(door.path) as database:
                found.append(_told(Check.CONTENTS, lambda: _contents(database)))
                newest = _newest(database)
                found += [_told(Check.FIGURES, lambda: _figures(database)), judge_clock(newest, door.clock())]
            found.append(_told(Check.SQLITE, lambda: _sqlite(door.path)))
            zone = backups.program_zone(door.path)
            needed = zone is not None
        except DatabaseError as error:
            found.append(Finding(Check.FIGURES, State.PROBLEM, {"code": error.code, **error.values}))
    if door.backups is not None:
        folder = door.backups
        possible = sound and all(one.state is State.OK for one in found if one.id in DEEP)
        judged = _told(Check.BACKUPS, lambda: _backups(folder, newest, needed=needed, possible=possible))
        more = {"zone": zone if possible else None, "copies": backups.copies_beside(door.path)}
        found.append(judged._replace(values={**judged.values, **more}))
    found += [_told(Check.PLACE, lambda: _place(door.path)), *_space(door.path)]
    found = [_with_backup(one, door) for one in found]
    return sorted(found, key=lambda one: list(Check).index(one.id))


def _with_backup(finding: Finding, door: Door) -> Finding:
    """What is damaged, with the newest whole backup."""
    if finding.state is State.OK or finding.id not in DEEP:
        return finding
    way = door.refusal(DatabaseError("db_damaged", path=door.path)).values
    return finding._replace(values={**finding.values, **way})


def _told(check: Check, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except CheckInError as error:
        return Finding(check, State.PROBLEM, {"code": error.code, **error.values})


def _file(door: Door) -> Finding:
    try:
        look_into(door.path).close()
    except DatabaseError as error:
        told = door.refusal(error)
        if error.code == "db_cut_short":
            return Finding(Check.FILE, State.WARNING, {"code": told.code, **told.values})
        raise told from error
    return Finding(Check.FILE, State.OK, {"path": door.path, "size": door.path.stat().st_size})


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # its folder may not be looked into: that is told
        return True


def _access(path: Path) -> Finding:
    """Whether this user may write to it, and others may not read it, or put something into its folder."""
    denied = place.hindrance(path)
    if denied is not None:
        return Finding(Check.ACCESS, State.PROBLEM, {"path": path, "denied": denied.why.value, "where": denied.where})
    about = path.stat()
    if about.st_nlink > 1:
        return Finding(Check.ACCESS, State.WARNING, {"path": path, "names": about.st_nlink, "why": "names"})
    if sys.platform == "win32":  # modes say nothing there
        return Finding(Check.ACCESS, State.OK, {})
    mode, folder = about.st_mode, path.absolute().parent
    above = folder.stat().st_mode
    values = {"path": path, "folder": folder, "mode": stat.S_IMODE(mode), "folder_mode": stat.S_IMODE(above)}
    if mode & _OTHERS:
        return Finding(Check.ACCESS, State.WARNING, {**values, "why": "file"})
    if above & 0o022 and not above & stat.S_ISVTX:
        return Finding(Check.ACCESS, State.WARNING, {**values, "why": "folder"})
    return Finding(Check.ACCESS, State.OK, values)


def _schema(path: Path) -> Finding:
    faults = checks.schema_faults(path)
    return Finding(Check.SCHEMA, State.PROBLEM if faults else State.OK, {"faults": faults})


def _pages(path: Path) -> Finding:
    """How many faults, never their text: it may hold names of what stands there."""
    faults = checks.page_faults(path)
    return Finding(Check.PAGES, State.PROBLEM if faults else State.OK, {"faults": len(faults)})


def _references(path: Path) -> Finding:
    loose = checks.loose_references(path)
    return Finding(Check.REFERENCES, State.PROBLEM if loose else State.OK, {"faults": dict(loose)})


def _contents(database: Database) -> Finding:
    rows = readable.unreadable_rows(database)
    return Finding(Check.CONTENTS, State.PROBLEM if rows else State.OK, {"faults": rows})


def _figures(database: Database) -> Finding:
    with reading(database) as connection:
        wrong = selfcheck.differences(connection)
    return Finding(Check.FIGURES, State.PROBLEM if wrong else State.OK, {"wrong": len(wrong)})


def _newest(database: Database) -> Millis | None:
    with reading(database) as connection:
        newest = newest_recorded(connection, _NOBODY)
    return None if newest is None else newest.wall


def _sqlite(path: Path) -> Finding:
    """What a connection would be like that writes. A file in another mode is put right by the first of them."""
    mode, level, durable = checks.durability()
    other = is_in_wal_mode(path) and mode != "wal"
    values = {"version": checks.sqlite_version(), "mode": mode, "synchronous": level, "other_mode": other}
    return Finding(Check.SQLITE, State.PROBLEM if not durable else State.WARNING if other else State.OK, values)


def _backups(folder: Path, newest: Millis | None, *, needed: bool, possible: bool) -> Finding:
    """The newest one is looked through as it was when it was made. possible: the file could be backed up now."""
    denied = place.hindrance(folder)
    if denied is not None and needed:
        found = {"folder": folder, "why": "denied", "denied": denied.why.value, "where": denied.where}
        return Finding(Check.BACKUPS, State.PROBLEM, found)
    names = backups.in_order(folder)
    whole = True
    if names:
        try:
            copying.look_through(folder / str(names[0]))
        except (DatabaseError, OSError):
            whole = False
    made = names[0].made if names else None
    state, why = judge_backups(made, whole, newest, needed=needed)
    values: dict[str, Any] = {"folder": folder, "count": len(names), "made": made, "why": why, "possible": possible}
    values["backup"] = folder / str(names[0]) if names else None
    return Finding(Check.BACKUPS, state, values)


def _place(path: Path) -> Finding:
    kind = place.network_kind(path)
    return Finding(Check.PLACE, State.WARNING if kind else State.OK, {"kind": kind, "path": path})


def _space(path: Path) -> list[Finding]:
    try:
        free = shutil.disk_usage(path.absolute().parent).free
        return [judge_space(free, path.stat().st_size if path.is_file() else 0)]
    except OSError:
        return []  # the folder is not there: the file's own line says so
