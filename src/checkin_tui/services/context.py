"""What every use-case is given: the file, the clock, the ids, and who is at which laptop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection

from checkin_tui.domain.attendance.events import Action, Draft, Event, Source
from checkin_tui.domain.backups import Backup, Why
from checkin_tui.domain.calendar import local
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.program import Program
from checkin_tui.domain.search import Readings
from checkin_tui.domain.sessions import Session
from checkin_tui.store.engine import Database
from checkin_tui.store.programs import load_program
from checkin_tui.store.sessions import load_session
from checkin_tui.store.unit_of_work import UnitOfWork, reading, writing


@dataclass(frozen=True, slots=True)
class Context:
    """One station's way to one file.

    readings: how a name may be typed in Latin letters. sentence: the words for a refusal's code and values. Both are
    handed in: the one is slow to load, the other speaks the organizer's language. backups: the folder of this file's
    backups; None: none are made.
    """

    database: Database
    clock: Callable[[], Millis]
    new_uid: Callable[[], UUID]
    station: UUID
    station_name: str
    operator: str
    readings: Callable[[str], Readings]
    sentence: Callable[[str, Mapping[str, object]], str]
    backups: Path | None = None

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """A write transaction at this station."""
        with writing(self.database, self.clock(), self.station) as work:
            yield work

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view."""
        with reading(self.database) as connection:
            yield connection

    @contextmanager
    def still(self) -> Iterator[Context]:
        """The same for the file as it is now, whatever others write meanwhile: for what reads long. Only to be read.

        Raises DatabaseError; CheckInError `save_full`, `save_failed` where there is no room for the copy.
        """
        from checkin_tui.store.snapshot import still  # what it takes is not worth its time at the first roster

        with still(self.database) as copy:
            yield replace(self, database=copy)

    def back_up(self, why: str) -> Backup | None:
        """A backup before something that changes much, and outside its transaction: nobody waits for it.

        why: one of `domain.backups.Why`. None without a folder, for the sample, and while there is no program. Raises
        CheckInError `backup_failed`, on which nothing may be done; DatabaseError.
        """
        from checkin_tui.store import backups  # what it takes is not worth its time at the first roster

        if self.backups is None or not backups.is_kept(self.database.path):
            return None
        return backups.make(self.database.path, self.backups, Why(why), self.clock())

    def event(
        self,
        work: UnitOfWork,
        draft: Draft,
        *,
        session_id: int,
        member_id: int,
        batch: UUID,
        action: Action,
        source: Source,
        guest: bool = False,
        because: str = "",
    ) -> Event:
        """The draft as an event of this station, recorded now."""
        return Event(
            uid=self.new_uid(),
            session_id=session_id,
            member_id=member_id,
            kind=draft.kind,
            recorded=work.recorded(),
            batch=batch,
            action=action,
            happened=draft.happened,
            status=draft.status,
            reason=draft.reason,
            target=draft.target,
            replaces=draft.replaces,
            guest=guest,
            operator=self.operator,
            station=self.station_name,
            source=source,
            because=because,
        )


def the_program(connection: Connection) -> Program:
    """The program. Raises CheckInError `no_program` in a file that has none."""
    program = load_program(connection)
    if program is None:
        raise CheckInError("no_program")
    return program


def the_session(connection: Connection, session_id: int) -> Session:
    """The session. Raises CheckInError `session_unknown`."""
    session = load_session(connection, session_id)
    if session is None:
        raise CheckInError("session_unknown", key=str(session_id))
    return session


def today(program: Program, now: Millis) -> date:
    """The date it is where the program takes place."""
    return local(now, program.terms.zone).date()
