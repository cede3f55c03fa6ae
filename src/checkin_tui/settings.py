"""Settings: defaults, then the file, then the environment, then flags. A leaf: it knows nothing else of the program.

The file is `settings.toml` in the user's configuration folder (`checkin where` names it).
"""

from __future__ import annotations

import errno
import getpass
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

APP = "checkin-tui"
LONGEST_STEM = 40
"""How many characters of a database's name its folder of backups bears; what tells it from others is the hash."""


class SettingsError(Exception):
    """The settings file cannot be used. code: stable; path, key: where."""

    def __init__(self, code: str, path: Path, key: str = "") -> None:
        super().__init__(code)
        self.code, self.path, self.key = code, path, key


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set.

    prefix, suffix: what a badge scanner puts around a code. keymap: command id -> keys, as Textual writes them,
    separated by commas. bell: sound on trouble.
    """

    database: Path
    operator: str = ""
    theme: str = "checkin-dark"
    bell: bool = True
    prefix: str = ""
    suffix: str = ""
    keymap: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Places:
    """Where things lie: the settings file, the data folder, the state folder (station, log), the backups."""

    settings: Path
    data: Path
    state: Path

    @property
    def database(self) -> Path:
        """The default database file."""
        return self.data / "checkin.db"

    @property
    def station(self) -> Path:
        """Who this laptop is."""
        return self.state / "station.toml"

    @property
    def log(self) -> Path:
        """The log: ids, never names or notes."""
        return self.state / "checkin.log"

    @property
    def backups(self) -> Path:
        """Where backups go."""
        return self.data / "backups"

    def backups_of(self, database: Path) -> Path:
        """The folder of one file's backups. It is the file's alone, so that two programs never prune each other's."""
        from hashlib import sha256  # not before the first paint

        whole = Path(os.path.realpath(database))
        stem = re.sub(r"[^\w.-]", "_", whole.stem)[:LONGEST_STEM].lstrip(".")
        return self.backups / f"{stem}-{sha256(os.fsencode(whole)).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Station:
    """This laptop: an id that orders its events, and a name people recognise. Kept in the state folder."""

    uid: UUID
    name: str


def places(environment: Mapping[str, str] | None = None) -> Places:
    """The folders of this user; CHECKIN_HOME puts all of them below one folder."""
    env = os.environ if environment is None else environment
    home = env.get("CHECKIN_HOME")
    if home:
        root = _path(home)
        return Places(root / "settings.toml", root, root / "state")
    from platformdirs import user_config_path, user_data_path, user_state_path

    return Places(
        user_config_path(APP, appauthor=False) / "settings.toml",
        user_data_path(APP, appauthor=False),
        user_state_path(APP, appauthor=False),
    )


_TYPES: dict[str, type] = {
    "database": str,
    "operator": str,
    "theme": str,
    "bell": bool,
    "prefix": str,
    "suffix": str,
    "keymap": dict,
}


def load_settings(
    where: Places, environment: Mapping[str, str] | None = None, *, database: str | None = None
) -> Settings:
    """The settings in force. Raises SettingsError for a file that is no TOML, an unknown key or a wrong type."""
    env = os.environ if environment is None else environment
    values = _read(where.settings)
    settings = Settings(database=where.database)
    if "database" in values:
        values["database"] = _path(values["database"])
    settings = replace(settings, **values)
    if env.get("CHECKIN_DB"):
        settings = replace(settings, database=_path(env["CHECKIN_DB"]))
    if env.get("CHECKIN_OPERATOR"):
        settings = replace(settings, operator=env["CHECKIN_OPERATOR"])
    if database:
        settings = replace(settings, database=_path(database))
    if not settings.operator:
        settings = replace(settings, operator=_user_name())
    return settings


def _path(text: str) -> Path:
    """The path, with `~` for the home folder; as it is written where nobody has such a home."""
    return Path(os.path.expanduser(text))


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = plain_bytes(path)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError("settings_unreadable", path) from error
    try:
        values = tomllib.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError("settings_no_toml", path) from error
    for key, value in values.items():
        if key not in _TYPES:
            raise SettingsError("settings_unknown_key", path, key)
        nameless = key == "database" and "\0" in str(value)  # no file has that in its name
        if nameless or not isinstance(value, _TYPES[key]):
            raise SettingsError("settings_wrong_type", path, key)
    for command, keys in values.get("keymap", {}).items():
        if not isinstance(keys, str):
            raise SettingsError("settings_wrong_type", path, f"keymap.{command}")
    return values


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def private_folder(path: Path) -> None:
    """Make a folder, and whatever is missing above it, that only its owner may look into. Raises OSError."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)


def load_station(where: Places, new_uid: UUID) -> Station:
    """This laptop's station, made with `new_uid` on the first start. Where that cannot be written: for this once."""
    kept = known_station(where)
    if kept is not None:
        return kept
    path, station = where.station, new_station(new_uid)
    name = station.name.replace("\\", "").replace('"', "")
    draft = path.with_name(f"{path.name}.{station.uid}")
    try:
        private_folder(where.state)
        draft.touch(mode=0o600)
        draft.write_text(f'uid = "{station.uid}"\nname = "{name}"\n', "utf-8")
        draft.replace(path) if path.exists() else _put(draft, path)
        return _station_in(path)  # another start may have been quicker: one laptop, one station
    except (OSError, KeyError, ValueError, TypeError):
        return station
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def known_station(where: Places) -> Station | None:
    """This laptop's station as it is kept; None before the first start, and where that cannot be read."""
    try:
        return _station_in(where.station)
    except (OSError, KeyError, ValueError, TypeError):
        return None


def new_station(new_uid: UUID) -> Station:
    """One with the name of this laptop, kept nowhere yet."""
    import platform  # only the first start needs it

    return Station(new_uid, platform.node().split(".")[0] or "laptop")


def _station_in(path: Path) -> Station:
    known = tomllib.loads(plain_bytes(path).decode("utf-8"))
    return Station(UUID(known["uid"]), str(known["name"]))


def plain_bytes(path: Path) -> bytes:
    """What is in a plain file. A pipe of that name would be waited for for ever. Raises OSError."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "no plain file")
        return file.read()


def _put(draft: Path, path: Path) -> None:
    """Give the finished file its name, unless somebody else has just done so."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        draft.replace(path)
