"""A busy afternoon at the door: the installed program in a pseudo-terminal, and a ledger of what its screen said."""

from __future__ import annotations

import re
import select
import shutil
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pyte

from checkin_tui.store.engine import open_database
from checkin_tui.store.selfcheck import differences
from checkin_tui.store.unit_of_work import reading
from tests.faults.disk import ENDINGS
from tests.faults.report import Found
from tests.terminal import CHECKIN, PATIENCE, Machine, Terminal

PEOPLE = 36
FIRST = 101
COLUMNS, ROWS = 100, PEOPLE + 12

F2, F5, F6, F8 = "\x1bOQ", "\x1b[15~", "\x1b[17~", "\x1b[19~"
CTRL_N = "\x0e"
LETTERS = {"P": "present", "L": "late", "A": "absent"}

_ROW = re.compile(r"^[ >](\d{3,4}) +Sample Person \d+ Branch \d+ ([PLA]) ")
_BANNER = re.compile(r"^  (?:✓ PRESENT|(~) LATE \d+ min|(✗) ABSENT)  Sample Person (\d+) ")
_NOTE = re.compile(r"▕ Sample Person (\d+) ")
_WORDS = ("light", "field", "water", "letter", "bridge", "market", "winter", "lesson", "garden", "question")


@dataclass
class Ledger:
    """What was asked for, and what the screen said is saved.

    asked: code -> the letters of the statuses asked for, in order, none of them twice. shown: code -> the last of them
    that a screen showed. notes: code -> the text that a screen showed as saved. noted: whose note was opened; nobody's
    is opened twice.
    """

    asked: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    noted: set[str] = field(default_factory=set)

    @property
    def said(self) -> int:
        """How many marks and notes the screen has said to be saved."""
        return sum(self.asked[code].index(letter) + 1 for code, letter in self.shown.items()) + len(self.notes)

    @property
    def rows(self) -> dict[str, str]:
        """Code -> letter, as the roster looks once everything that was asked for is saved."""
        return {code: letters[-1] for code, letters in self.asked.items()}

    def ask(self, code: str, letter: str) -> None:
        """A key was pressed that should lead to this status."""
        self.asked[code] = self.asked.get(code, "") + letter

    def show(self, code: str, letter: str) -> None:
        """The screen showed this status; one from before that is still there says nothing new."""
        before, asked = self.shown.get(code), self.asked.get(code, "")
        if letter not in asked:
            raise AssertionError(f"{code} is shown as {letter}, which nobody asked for")
        if before is None or asked.index(letter) > asked.index(before):
            self.shown[code] = letter

    def look(self, screen: Painted) -> None:
        """Take in what the lines that changed say."""
        dirty = [number for number in sorted(screen.dirty) if number < screen.lines]
        screen.dirty.clear()
        for number in dirty:
            line = screen.line(number)
            row, banner = _ROW.match(line), _BANNER.match(line)
            if row:
                self.show(row[1], row[2])
            elif banner:
                self.show(str(FIRST + int(banner[3])), "L" if banner[1] else "A" if banner[2] else "P")
        if dirty:
            self._look_at_note([screen.line(number) for number in range(screen.lines)])

    def _look_at_note(self, lines: Sequence[str]) -> None:
        found = [(number, match) for number, line in enumerate(lines) if (match := _NOTE.search(line))]
        if not found:
            return
        number, match = found[0]
        column = match.start() + 1
        page = [line[column:].strip() for line in lines[number + 1 :] if len(line) > column and line[column - 1] == "▕"]
        states = [line for line in page if re.search(r" saved \d\d:\d\d$", line)]
        if states:
            text = page[: page.index(states[-1])]
            self.notes[str(FIRST + int(match[1]))] = " ".join(" ".join(text).split())


ASKED, ANSWER = b"\x1b[?2026$p", "\x1b[?2026;2$y"


class Painted(pyte.Screen):
    """A terminal that shows whole frames: nobody sees a line of which half is new.

    The program asks whether a terminal can do that (synchronized output) and then says where a frame begins and ends.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger: Ledger | None = None
        self.whole = True  # no frame is half painted
        super().__init__(COLUMNS, ROWS)
        self._ledger = ledger

    def set_mode(self, *modes: int, **kwargs: bool) -> None:
        """A frame begins."""
        super().set_mode(*modes, **kwargs)
        self.whole = self.whole and 2026 not in modes

    def reset_mode(self, *modes: int, **kwargs: bool) -> None:
        """A frame is whole: what it says is said."""
        super().reset_mode(*modes, **kwargs)
        if 2026 in modes and self._ledger is not None:
            self.whole = True
            self._ledger.look(self)

    def line(self, number: int) -> str:
        """One line; `display` would make them all."""
        cells = self.buffer[number]
        return "".join(cells[column].data for column in range(self.columns))


class Door(Terminal):
    """A window at the door, and somebody who works at it."""

    def __init__(
        self,
        machine: Machine,
        ledger: Ledger,
        chance: Random,
        *,
        env: Mapping[str, str] | None = None,
        program: Sequence[str] = (CHECKIN,),
    ) -> None:
        self.ledger, self.chance = ledger, chance
        self._made, self._lines = -1, [""]
        self._answered = False
        self.typed: list[str] = []
        super().__init__((), {**machine.env, **(env or {})}, COLUMNS, ROWS, program)
        self.screen: Painted = Painted(ledger)
        self._stream = pyte.ByteStream(self.screen)

    @property
    def lines(self) -> list[str]:
        """The screen, made anew only after something came."""
        if len(self.sent) != self._made:
            self._made = len(self.sent)
            self._lines = [self.screen.line(number) for number in range(self.screen.lines)]
        return self._lines

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def type(self, keys: str) -> None:
        """One write, which is remembered for whoever has to find out what went wrong."""
        self.typed.append(keys)
        super().type(keys)

    def pump(self, seconds: float) -> bool:
        """Read what comes for so long. Whether the program is still there."""
        end = time.monotonic() + seconds
        while True:
            left = end - time.monotonic()
            quiet = not select.select([self._fd], [], [], max(0.0, min(left, 0.02)))[0]
            if quiet:
                if left <= 0:
                    return True
            elif not self._read():
                return False
            elif not self._answered and ASKED in self.sent:
                self._answered = True
                self.type(ANSWER)

    def drain(self) -> None:
        """Read to the end: what a program has written before it died was on the screen."""
        while self._read():
            pass

    def rows(self) -> dict[str, str]:
        """Code -> the letter of the status on the roster, of everybody who has one."""
        return {row[1]: row[2] for line in self.lines if (row := _ROW.match(line))}

    def until(self, *texts: str, gone: str = "", rows: Mapping[str, str] | None = None) -> None:
        """Until the texts are on the screen, `gone` is not, and the roster shows these letters and no others.

        What it says meanwhile goes into the ledger.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            text = self.text
            there = self.screen.whole and all(one in text for one in texts) and not (gone and gone in text)
            if there and (rows is None or self.rows() == rows):
                return
            if time.monotonic() > deadline or not self.pump(0.005):
                wrong = f"{texts}, {rows} not on the screen, or {gone!r} is, after {self.typed[-12:]}"
                raise AssertionError(f"{wrong}:\n{self.text}")

    def echo(self) -> float:
        """Type a letter and take it back; how long it took to show, in seconds. The box has to be empty."""
        started = time.monotonic()
        self.type("q")
        self.until("\n q ")
        took = time.monotonic() - started
        self.type("\x7f")
        self.until(gone="\n q ")
        return took

    # ------------------------------------------------------------------------------------------------ somebody works

    def check_in(self, count: int = 1, *, letters: bool = False) -> list[str]:
        """So many who are not here yet come in one burst. letters: by name instead of by code."""
        free = [code for code in map(str, range(FIRST, FIRST + PEOPLE)) if code not in self.ledger.asked][:count]
        for code in free:
            self.ledger.ask(code, "P")
        self.type("".join(f"{_name(code).lower() if letters else code}\r" for code in free))
        return free

    def decide(self) -> None:
        """Somebody who is here becomes late, somebody late absent: by code and a key."""
        open_to = {"P": ("L", F6), "L": ("A", F8)}
        here = [code for code, asked in self.ledger.asked.items() if asked[-1] in open_to]
        if here:
            code = self.chance.choice(here)
            letter, key = open_to[self.ledger.asked[code][-1]]
            self.ledger.ask(code, letter)
            self.type(code + key)

    def note(self) -> None:
        """A sentence for somebody who is here, on the writing desk; then back to the roster."""
        here = [code for code, letters in self.ledger.shown.items() if letters == "P" and code not in self.ledger.noted]
        if not here:
            return
        code = self.chance.choice(here)
        self.ledger.noted.add(code)
        self.type(code + CTRL_N)
        self.until(f"▕ {_name(code)} ")
        self.type(" ".join(self.chance.choices(_WORDS, k=12)))
        self.pump(self.chance.choice((0.05, 1.3)))
        self.type(F2)

    def busy(self, seconds: float, *, notes: bool = True) -> None:
        """Work at random for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            kind = self.chance.random()
            if notes and kind < 0.06:
                self.note()
            elif kind < 0.35:
                self.decide()
            else:
                self.check_in(self.chance.choice((1, 1, 2, 6)), letters=kind > 0.9)
            if not self.pump(min(self.chance.choice((0.0, 0.01, 0.04)), max(0.0, end - time.monotonic()))):
                raise OSError("the program is gone")


def _name(code: str) -> str:
    return f"Sample Person {int(code) - FIRST:02d}"


def copy(database: Path, to: Path) -> Path:
    """The file as it is now with its journal, which is what a dead program leaves."""
    for ending in ENDINGS:
        source, target = database.with_name(database.name + ending), to.with_name(to.name + ending)
        target.unlink(missing_ok=True)
        if source.exists():
            shutil.copyfile(source, target)
    return to


def marks_in(file: sqlite3.Connection) -> dict[str, str]:
    """Code -> status."""
    return dict(file.execute("SELECT m.code, a.status FROM attendance a JOIN members m ON m.id = a.member_id"))


def check(ledger: Ledger, database: Path) -> Found:
    """Read the file from outside. It may hold a journal to be rolled back: it is written to."""
    found = Found()
    try:
        again = copy(database, database.with_name(f"again-{database.name}"))
        with open_database(again) as ours, reading(ours) as connection:  # before SQLite has put anything in order
            found.corrupt += [str(one) for one in differences(connection)][:1]
        with closing(sqlite3.connect(database)) as file:
            sound = [row[0] for row in file.execute("PRAGMA integrity_check")]
            found.corrupt += [] if sound == ["ok"] else sound[:1]
            found.corrupt += [f"reference {row[0]}" for row in file.execute("PRAGMA foreign_key_check")][:1]
            marks = marks_in(file)
            notes = dict(
                file.execute(
                    "SELECT m.code, r.text FROM notes n JOIN note_revisions r ON r.id = n.revision_id"
                    " JOIN members m ON m.id = n.member_id"
                )
            )
    except Exception as error:
        found.corrupt.append(f"{type(error).__name__}: {error}")
        return found
    for code, letter in ledger.shown.items():
        asked = ledger.asked[code]
        good = [LETTERS[one] for one in asked[asked.index(letter) :]]
        if marks.get(code) not in good:
            found.lost.append(f"{code} is {marks.get(code)}, was shown as {LETTERS[letter]}")
    for code, text in ledger.notes.items():
        if not " ".join(notes.get(code, "").split()).startswith(text):
            found.lost.append(f"note of {code}: {notes.get(code)!r}, was shown as {text!r}")
    return found
