"""The disk says no and the lock is somebody else's: what the screen and the command say meanwhile, and afterwards."""

from __future__ import annotations

import errno
import resource
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from random import Random

from tests.faults.disk import DATABASE, JOURNAL, WAL, Disk, Switch
from tests.faults.door import Door, Ledger, check, copy
from tests.faults.power import cuts_through
from tests.faults.report import Found, Row
from tests.faults.rooms import Room
from tests.terminal import CTRL_Q, PATIENCE, Machine

EVERY = (DATABASE, JOURNAL, WAL)
AGAIN = "\x1b[C1\r"
RELEASE_SECONDS = 2.0
"""How long after a lock is gone what waited for it may take."""


@dataclass(frozen=True)
class Fault:
    """Something that keeps the disk from taking what it is given, and its end."""

    name: str
    begins: Callable[[Door | None, Disk], None]
    ends: Callable[[Door | None, Disk], None] = lambda door, disk: disk.works()
    from_start: bool = False  # it is so already when the program starts
    commands: bool = True  # it can be made to last for a command as well


def _limited(door: Door | None, size: int) -> None:
    if door is not None:
        resource.prlimit(door.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


FAULTS = (
    Fault("no space left", lambda door, disk: disk.fail(Switch.WRITE_ERRNO, errno.ENOSPC, *EVERY)),
    Fault("failing write", lambda door, disk: disk.fail(Switch.WRITE_ERRNO, errno.EIO, *EVERY)),
    Fault("failing write of the database", lambda door, disk: disk.fail(Switch.WRITE_ERRNO, errno.EIO, DATABASE)),
    Fault("failing sync", lambda door, disk: disk.fail(Switch.SYNC_ERRNO, errno.EIO, *EVERY)),
    Fault("disk turned read-only", lambda door, disk: disk.fail(Switch.WRITE_ERRNO, errno.EROFS, *EVERY)),
    Fault(
        "file size limit",
        lambda door, disk: _limited(door, 512),
        lambda door, disk: _limited(door, resource.RLIM_INFINITY),
        commands=False,
    ),
    Fault("read-only file", lambda door, disk: disk.fail(Switch.OPEN_ERRNO, errno.EACCES, *EVERY), from_start=True),
    Fault("read-only folder", lambda door, disk: disk.fail(Switch.OPEN_ERRNO, errno.EACCES, JOURNAL), from_start=True),
)


class Trouble:
    """The rounds of one run. A trial is one time that the fault comes and goes while somebody works."""

    def __init__(self, room: Room, seed: int = 1) -> None:
        self.room, self.seed = room, seed

    def run(self, fault: Fault, trials: int) -> Row:
        """So often, and once for a command."""
        row = Row(fault.name, slowest=0.0)
        for trial in range(trials):
            self.window([(fault, row)], Random(f"{self.seed} {fault.name} {trial}"))
        if fault.commands:
            self.command(fault, row)
        return row

    def window(self, faults: Sequence[tuple[Fault, Row]], chance: Random) -> None:
        """One window, in which one fault after the other comes and goes."""
        machine = self.room.machine()
        disk = self.room.disk(machine, recorded=False)
        for fault, _row in faults:
            if fault.from_start:
                machine.database.with_name(machine.database.name + "-journal").unlink(missing_ok=True)
                fault.begins(None, disk)
        door = Door(machine, Ledger(), chance, env=disk.env)
        try:
            door.until("study", "not here yet", "saved ·")
            for fault, row in faults:
                self._comes_and_goes(fault, row, door, disk)
            door.type(CTRL_Q)
            if door.end() != 0:
                faults[-1][1].complain("did not end in peace")
            faults[-1][1].take(door.ledger.said, self._found(door, disk))
        finally:
            door.close()

    def _comes_and_goes(self, fault: Fault, row: Row, door: Door, disk: Disk) -> None:
        ledger = door.ledger
        if not fault.from_start:
            door.check_in(door.chance.randrange(1, 3))
            door.until("saved ·", rows=ledger.rows)
            fault.begins(door, disk)
        before = dict(ledger.shown)
        count = len(door.check_in(door.chance.randrange(1, 4)))
        door.until(f"NOT SAVED {count} ·", f"{count} step", "tries again")
        self._answers(row, door)
        row.false_saved += len(ledger.shown) - len(before)
        row.take(ledger.said, self._found(door, disk))
        fault.ends(door, disk)
        door.check_in(1)
        door.until(f"{len(before) + 1} present", f"NOT SAVED {count} ·")
        door.type(AGAIN)
        door.until("saved ·", rows=ledger.rows)
        row.trials += 1

    def _found(self, door: Door, disk: Disk) -> Found:
        return check(door.ledger, copy(disk.database, self.room.folder / "copy.db"))

    def _answers(self, row: Row, door: Door, times: int = 5) -> None:
        for _time in range(times):
            row.slowest = max(row.slowest or 0.0, 1000 * door.echo())

    def command(self, fault: Fault, row: Row) -> None:
        """One sentence, exit 3, nothing half done; afterwards the same command works."""
        machine = self.room.machine()
        disk = self.room.disk(machine, recorded=False)
        machine.database.with_name(machine.database.name + "-journal").unlink(missing_ok=True)
        machine.env.update(disk.env)
        before = _rows(machine)
        fault.begins(None, disk)
        refused = machine.run("mark", "101")
        disk.works()
        if (refused.returncode, refused.stdout, refused.stderr.count("\n")) != (3, "", 1):
            row.complain(f"mark answered {refused.returncode}: {refused.stdout}{refused.stderr}")
        if _rows(machine) != before:
            row.complain("a command that failed has written something")
        if machine.run("mark", "101").returncode != 0:
            row.complain("mark does not work afterwards")
        row.trials += 1

    # --------------------------------------------------------------------------------------------------------- locks

    def locked(self, seconds: float, trials: int, kind: str = "EXCLUSIVE") -> Row:
        """Another program holds the file for so long; kind SHARED: it only reads, and no commit gets through."""
        row = Row(f"{'read' if kind == 'SHARED' else 'locked'} by another for {seconds:g} s", slowest=0.0)
        for trial in range(trials):
            chance = Random(f"{self.seed} {kind} {trial}")
            machine = self.room.machine()
            ledger = Ledger()
            door = Door(machine, ledger, chance)
            try:
                door.until("study", "not here yet", "saved ·")
                door.check_in(2)
                door.until("saved ·", rows=ledger.rows)
                with closing(sqlite3.connect(machine.database, isolation_level=None)) as holder:
                    self._hold(row, door, holder, seconds, kind)
                row.trials += 1
                row.take(ledger.said, check(ledger, copy(machine.database, self.room.folder / "copy.db")))
            finally:
                door.close()
        return row

    def _hold(self, row: Row, door: Door, holder: sqlite3.Connection, seconds: float, kind: str) -> None:
        ledger = door.ledger
        holder.execute("BEGIN EXCLUSIVE" if kind == "EXCLUSIVE" else "BEGIN")
        holder.execute("SELECT count(*) FROM members").fetchall()
        before = dict(ledger.shown)
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if len(ledger.asked) < len(before) + 20:
                door.check_in(1)
            self._answers(row, door, 1)
            door.pump(min(left, 0.4))
        row.false_saved += len(ledger.shown) - len(before)
        if "NOT SAVED" in door.text:
            row.complain("what waits for a lock was given up")
        if seconds > 6 and "another program holds the file" not in door.text:
            row.complain("nobody was told what it waits for")
        holder.execute("ROLLBACK")
        released = time.monotonic()
        door.until("saved ·", rows=ledger.rows)
        took = time.monotonic() - released
        if took > RELEASE_SECONDS:
            row.complain(f"saved {took:.1f} s after the lock was gone")
        row.note = f"saved {took:.2f} s after its release"

    # ------------------------------------------------------------------------------------- a sync fails, then the power

    def unsynced(self, trials: int) -> Row:
        """One sync fails, the mark is tried again until the screen says saved, and the power goes at any later point.

        A trial is one such cut, between the first answer and what is pressed next. Which sync fails goes round: of the
        journal, the database, the journal once more; and whether those that follow fail too.
        """
        row = Row("failing sync, tried again, power cut")
        number = 0
        while row.trials < trials:
            self._unsynced(row, number, Random(f"{self.seed} sync {number}"))
            number += 1
        return row

    def _unsynced(self, row: Row, number: int, chance: Random) -> None:
        machine = self.room.machine()
        disk = self.room.disk(machine)
        asked = Ledger()
        before = copy(machine.database, self.room.folder / "before.db")
        door = Door(machine, asked, chance, env=disk.env)
        try:
            door.until("study", "not here yet", "saved ·")
            later: list[int] = []
            for skip in range(5):
                door.check_in(1)
                door.until("saved ·", rows=asked.rows)
                disk.fail(Switch.SYNC_ERRNO, errno.EIO, *EVERY, skip=skip, times=1 + number % 3)
                door.check_in(1)
                self._try_until_saved(door)
                since = disk[Switch.CALLS]
                disk.works()
                door.pump(0.1)
                later += range(since - 1, disk[Switch.CALLS])
            door.type(CTRL_Q)
            door.end()
        finally:
            door.close()
        points = [chance.choice(later) for _cut in range(25)]
        cuts_through(row, list(disk.steps()), points, before, asked, chance, self.room.folder / "cut.db")

    def _try_until_saved(self, door: Door) -> None:
        deadline = time.monotonic() + PATIENCE
        while door.rows() != door.ledger.rows and time.monotonic() < deadline:
            if "NOT SAVED" in door.text:
                door.type(AGAIN)
            door.pump(0.1)
        door.until("saved ·", rows=door.ledger.rows)


def _rows(machine: Machine) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(copy(machine.database, machine.home / "copy.db"))) as file:
        return [
            tuple(file.execute(f"SELECT count(*) FROM {table}").fetchone())
            for table in ("attendance_events", "attendance", "refused_attempts", "changes")
        ]
