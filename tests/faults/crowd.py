"""Many at once on one file: windows and commands, and commands that make the same new file."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from checkin_tui.store.engine import open_database
from checkin_tui.store.selfcheck import differences
from checkin_tui.store.unit_of_work import reading
from tests.faults.report import Row
from tests.terminal import CHECKIN, CTRL_Q, PATIENCE, Machine, Terminal

PEOPLE = 24
FIRST = 101
HANDS = 10


class Crowd:
    """The rounds of one run. A trial is one command; what is counted is what a command or a window said was done."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0
        self._template = folder / "crowd-template"
        self._template.mkdir()
        Machine(self._template).furnish(PEOPLE, here=1)
        self.row = Row("ten at once", note="commands beside a window; init on one new file")

    def run(self, times: int) -> list[Row]:
        """So many crowds of both kinds."""
        for _time in range(times):
            self.work()
            self.begin()
        return [self.row]

    def work(self, *, window: bool = True, hands: int = HANDS) -> None:
        """A window that marks, and commands at once: marks, one person by two, notes, an undo, a look."""
        machine = self._machine(self._template)
        desk = Terminal((), machine.env) if window else None
        try:
            if desk is not None:
                desk.wait_for("1 present")
                desk.type("".join(f"{FIRST + 12 + number}\r" for number in range(8)))
            first, *others = [("mark", str(FIRST + number)) for number in (1, 2, 3, 4, 4)]
            notes = [("note", str(FIRST + number)) for number in (0, 1)]
            each = [first, first, notes[0], ("undo",), ("status",)]
            answers = self._at_once(machine, [*each, *others, notes[1]][:hands])
            if desk is not None:
                desk.wait_for(f"Sample Person {19:02d}")
                desk.type(CTRL_Q)
                if desk.end() != 0:
                    self.row.complain("the window did not end as it should")
        finally:
            if desk is not None:
                desk.close()
        self._compare(machine, answers, windows=8 if window else 0)

    def begin(self) -> None:
        """Ten commands make the same new file: one does, the others are told."""
        machine = self._machine(None)
        day = machine.today.isoformat()
        same = ("init", "Campaign", "--from", day, "--to", day, "--weekdays", "mon-sun", "--zone", machine.zone)
        answers = self._at_once(machine, [same] * HANDS)
        done = [answer for code, answer in answers if code == 0]
        told = [answer for code, answer in answers if code == 2 and answer["error"]["code"] == "program_exists"]
        self.row.acknowledged += len(done)
        if len(done) != 1 or len(told) != HANDS - 1:
            self.row.complain(f"of ten who made one file {len(done)} did and {len(told)} were told")
        self._sound(machine)

    def _machine(self, template: Path | None) -> Machine:
        self._count += 1
        home = self._folder / f"crowd{self._count}"
        if template is None:
            home.mkdir()
        else:
            shutil.copytree(template, home)
        return Machine(home)

    def _at_once(self, machine: Machine, commands: Sequence[Sequence[str]]) -> list[tuple[int, dict[str, object]]]:
        self.row.trials += len(commands)
        running = [
            subprocess.Popen(
                [CHECKIN, *words, "--json"],
                env=machine.env,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for words in commands
        ]
        answers = []
        for words, one in zip(commands, running, strict=True):
            out, err = one.communicate(f"the text of {words[-1]}" if words[0] == "note" else None, timeout=PATIENCE)
            if one.returncode == 3 or err or "locked" in out:
                self.row.complain(f"{words[0]}: {one.returncode} {out} {err}")
            answers.append((one.returncode, json.loads(out)))
        return answers

    def _compare(self, machine: Machine, answers: list[tuple[int, dict[str, object]]], windows: int) -> None:
        done = [answer for code, answer in answers if answer.get("result") == "done"]
        undone = sum(1 for _code, answer in answers if answer.get("undone"))
        notes = sum(1 for code, answer in answers if code == 0 and "chars" in answer)
        said = 1 + windows + len(done) + undone + notes
        with closing(sqlite3.connect(machine.database)) as file:
            batches = file.execute("SELECT count(DISTINCT batch) FROM attendance_events").fetchone()[0]
            kept = batches + file.execute("SELECT count(DISTINCT batch) FROM note_revisions").fetchone()[0]
        self.row.acknowledged += said
        self.row.lost += max(0, said - kept)
        if kept != said:
            self.row.complain(f"{said} steps were said to be done, and {kept} are in the file")
        self._sound(machine)

    def _sound(self, machine: Machine) -> None:
        with open_database(machine.database) as database, reading(database) as connection:
            self.row.corrupt += bool(differences(connection))
        with closing(sqlite3.connect(machine.database)) as file:
            self.row.corrupt += file.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
