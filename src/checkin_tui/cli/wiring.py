"""Putting the parts together: settings, station, clock and ids become the context every use-case is given."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import DatabaseError
from checkin_tui.domain.ids import RANDOM_BYTES, uuid7
from checkin_tui.settings import (
    Places,
    Settings,
    Station,
    known_station,
    load_settings,
    load_station,
    new_station,
    places,
)

if TYPE_CHECKING:
    from checkin_tui.domain.search import Readings
    from checkin_tui.interchange.orders import Order
    from checkin_tui.interchange.outputs import Progress, Written
    from checkin_tui.services.context import Context
    from checkin_tui.services.handler import FileHandler
    from checkin_tui.services.opening import Door
    from checkin_tui.store.engine import Database


def wall_clock() -> Millis:
    """Now, in milliseconds UTC."""
    return time.time_ns() // 1_000_000


def new_uid() -> UUID:
    """A fresh id."""
    return uuid7(wall_clock(), os.urandom(RANDOM_BYTES))


@dataclass(frozen=True, slots=True)
class Wiring:
    """What a command hands down: where things lie, what is set, who is at which laptop, the clock and the ids.

    environment: of the process, for what is not a setting of ours: the editor, the tools of the clipboard.
    """

    where: Places
    settings: Settings
    station: Station
    clock: Callable[[], Millis] = wall_clock
    new_uid: Callable[[], UUID] = new_uid
    environment: Mapping[str, str] = field(default_factory=dict)

    def context(self, database: Database) -> Context:
        """The context of every use-case on this file. Imports the services, and with them SQLAlchemy."""
        from checkin_tui.domain.text import clean
        from checkin_tui.services.context import Context
        from checkin_tui.words import sentence

        return Context(
            database=database,
            clock=self.clock,
            new_uid=self.new_uid,
            station=self.station.uid,
            station_name=clean(self.station.name),
            operator=clean(self.settings.operator),
            readings=_readings,
            sentence=sentence,
            backups=self.where.backups_of(database.path),
        )

    def back_up_today(self) -> None:
        """Make the day's backup, unless there is one. Called on a thread of its own. Raises CheckInError."""
        from checkin_tui.services.backups import back_up_today

        database = self.settings.database
        back_up_today(database, self.where.backups_of(database), self.clock())

    def network(self) -> str | None:
        """The kind of network file system the database lies on, if any. A disk that hangs keeps the caller waiting."""
        from checkin_tui.store.place import network_kind

        return network_kind(self.settings.database)

    def write_file(self, order: Order, progress: Progress) -> Written:
        """Have a file written, on a thread of its own with its own way to the database. Raises CheckInError."""
        from contextlib import closing

        from checkin_tui.cli.ordering import order_words
        from checkin_tui.interchange.orders import carry_out

        with closing(self.door().open()) as database:
            return carry_out(self.context(database), order, order_words(), progress)

    def connect(self) -> FileHandler:
        """A handler for screens. Called on the thread that will use it."""
        from checkin_tui.services.handler import FileHandler

        return FileHandler(self.door(), self.context)

    def door(self) -> Door:
        """The way to the file, and out of what is wrong with it."""
        from checkin_tui.services.opening import Door

        return Door(self.settings.database, self.where.backups_of(self.settings.database), self.clock)


# What is left of `postgresql://…` once it was taken for a path. A drive of Windows is one letter.
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:[/\\]")


def _readings(name: str) -> Readings:
    """How a name may be typed; what that takes is imported with the first name that is written."""
    from checkin_tui.interchange.readings import readings

    return readings(name)


def wire(
    database: str | None = None, environment: Mapping[str, str] | None = None, *, looks_only: bool = False
) -> Wiring:
    """The parts for this user. looks_only: nothing is made, not even what says who this laptop is.

    Raises SettingsError for a settings file that cannot be used, DatabaseError `db_url` for a database on a server.
    """
    env = os.environ if environment is None else environment
    where = places(env)
    settings = load_settings(where, env, database=database)
    if _URL.match(str(settings.database)):
        raise DatabaseError("db_url")  # without the URL: it may hold a password
    station = looked_up(where) if looks_only else load_station(where, new_uid())
    return Wiring(where, settings, station, environment=env)


def looked_up(where: Places) -> Station:
    """This laptop's station; before the first start one that is kept nowhere."""
    return known_station(where) or new_station(new_uid())


def own_zone() -> str:
    """The IANA name of the zone this machine is set to, UTC where it does not say."""
    from checkin_tui.domain.calendar import zone_info

    try:
        import tzlocal

        name = tzlocal.get_localzone_name()
        zone_info(name)
    except Exception:  # a machine's zone may be set up in any wrong way; a program needs one all the same
        return "UTC"
    return name


def practice_path() -> Path:
    """A throw-away file for the sample, in a fresh folder only its owner may read."""
    import tempfile

    return Path(tempfile.mkdtemp(prefix="checkin-practice-")) / "practice.db"
