"""Settings: defaults, then the file, then the environment, then flags. A leaf: it knows nothing else of the program.

The file is `settings.toml` in the user's configuration folder (`checkin where` names it).
"""

from __future__ import annotations

import getpass
import os
import re
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
        root = Path(home).expanduser()
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
        values["database"] = Path(values["database"]).expanduser()
    settings = replace(settings, **values)
    if env.get("CHECKIN_DB"):
        settings = replace(settings, database=Path(env["CHECKIN_DB"]).expanduser())
    if env.get("CHECKIN_OPERATOR"):
        settings = replace(settings, operator=env["CHECKIN_OPERATOR"])
    if database:
        settings = replace(settings, database=Path(database).expanduser())
    if not settings.operator:
        settings = replace(settings, operator=_user_name())
    return settings


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = path.read_bytes()
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
        if not isinstance(value, _TYPES[key]):
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
    path = where.state / "station.toml"
    try:
        known = tomllib.loads(path.read_text("utf-8"))
        return Station(UUID(known["uid"]), str(known["name"]))
    except (OSError, KeyError, ValueError, TypeError):
        pass
    import platform  # only the first start needs it

    station = Station(new_uid, platform.node().split(".")[0] or "laptop")
    name = station.name.replace("\\", "").replace('"', "")
    draft = path.with_name(f"{path.name}.{station.uid}")
    try:
        private_folder(where.state)
        draft.touch(mode=0o600)
        draft.write_text(f'uid = "{station.uid}"\nname = "{name}"\n', "utf-8")
        draft.replace(path) if path.exists() else _put(draft, path)
        known = tomllib.loads(path.read_text("utf-8"))  # another start may have been quicker: one laptop, one station
        return Station(UUID(known["uid"]), str(known["name"]))
    except (OSError, KeyError, ValueError, TypeError):
        return station
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _put(draft: Path, path: Path) -> None:
    """Give the finished file its name, unless somebody else has just done so."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        draft.replace(path)
