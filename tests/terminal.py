"""The installed `checkin` in a pseudo-terminal and as a process, for every test that drives it from outside."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from functools import cache
from pathlib import Path
from typing import Any

import pyte

CHECKIN = str(Path(sys.executable).with_name("checkin"))
PATIENCE = 30.0  # seconds; only how long a broken program may keep the tests waiting
CTRL_Q = "\x11"

# What must not reach the program from whoever runs the tests: its files, and a size that is not the terminal's own.
INHERITED = ("CHECKIN", "COLUMNS", "LINES")


class Terminal:
    """The command on a screen of its own."""

    def __init__(
        self,
        arguments: Sequence[str],
        env: Mapping[str, str],
        columns: int = 80,
        rows: int = 24,
        program: Sequence[str] = (CHECKIN,),
    ) -> None:
        """program: what to run instead of the installed command, before its arguments."""
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""
        self._waited = 0.0  # seconds in which nothing came
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(program[0], [*program, *arguments], dict(env))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def type(self, keys: str) -> None:
        """One write, as a scanner or a fast hand makes it."""
        os.write(self._fd, keys.encode())

    def wait_for(self, *texts: str) -> None:
        """Until all of the texts are on the screen."""
        begun, deadline = self._waited, time.monotonic() + 10 * PATIENCE
        while not all(text in self.text for text in texts):
            # Only the waiting counts: what a big window says takes long to be read here.
            if self._waited - begun > PATIENCE or time.monotonic() > deadline or not self._read():
                raise AssertionError(f"{texts} not on the screen:\n{self.text}")

    def end(self) -> int:
        """Read to the end of the program and return its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < deadline, "the program did not end:\n" + self.text
        ended = select.select([self._fd], [], [], 0)[0]
        assert ended, "the program did not end:\n" + self.text
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def restored(self) -> bool:
        """Whether the terminal is as it was: the screen before, and a cursor."""
        left = self.sent.rfind(b"\x1b[?1049l") > self.sent.rfind(b"\x1b[?1049h")
        shown = self.sent.rfind(b"\x1b[?25h") > self.sent.rfind(b"\x1b[?25l")
        return left and shown

    def echoes(self) -> bool:
        """Whether the terminal is a line at a time again, and shows what is typed."""
        lines: int = termios.tcgetattr(self._fd)[3]
        return bool(lines & termios.ECHO and lines & termios.ICANON)

    def close(self) -> None:
        """Let go; a program that still runs is ended."""
        if self.pid:
            os.kill(self.pid, 9)
            os.waitpid(self.pid, 0)
        os.close(self._fd)

    def _read(self) -> bool:
        before = time.monotonic()
        ready, _, _ = select.select([self._fd], [], [], PATIENCE)
        self._waited += time.monotonic() - before
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # the other end is closed
            return False
        self.sent += data
        self._stream.feed(data)
        return bool(data)


class Machine:
    """One user's folders, and a program whose afternoon is now."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.env = {
            **{key: value for key, value in os.environ.items() if not key.startswith(INHERITED)},
            "CHECKIN_HOME": str(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "PYTHON_COLORS": "0",
        }
        # A zone in which it is noon, so that no test ever runs across midnight.
        now = datetime.now(UTC)
        offset = 12 - now.hour
        self.zone = f"Etc/GMT{-offset:+d}" if offset else "Etc/GMT"
        self.today: date = (now + timedelta(hours=offset)).date()

    @property
    def database(self) -> Path:
        return self.home / "checkin.db"

    def run(self, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
        """One command, without a terminal."""
        more.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run(
            [CHECKIN, *arguments], env=self.env, capture_output=True, text=True, timeout=PATIENCE, check=False, **more
        )

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json").stdout)

    def prepare(self, people: int) -> None:
        """A program whose session is held now, and people with the codes 101, 102 …"""
        day = self.today.isoformat()
        made = self.run(
            "init", "Learning campaign", "--from", day, "--to", day, "--weekdays", "mon-sun", "--zone", self.zone,
            "--hours", "10:00-16:00", "--grace", "360",
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        file = self.home / "people.csv"
        rows = [f"{101 + number},Sample Person {number:02d},Branch {number % 3}" for number in range(people)]
        file.write_text("code,name,branch\n" + "\n".join(rows) + "\n", "utf-8")
        assert self.json("import", "members", str(file))["new"] == people

    def furnish(self, people: int, here: int = 0) -> None:
        """As `prepare`, but written by the use-cases in this process: a tenth of what three commands cost.

        here: so many of them, the first, came already.
        """
        from checkin_tui.domain.imports import RosterLine
        from checkin_tui.domain.program import ProgramTerms
        from checkin_tui.domain.requests import MarkPerson
        from checkin_tui.store.engine import open_database
        from tests.conftest import Bench, context_for
        from tests.desk import Desk

        self.database.write_bytes(_empty())
        self.database.chmod(0o600)
        terms = ProgramTerms(
            "Learning campaign", self.today, self.today, frozenset(range(7)),
            starts=clock_time(10), ends=clock_time(16), grace=360, zone=self.zone,
        )  # fmt: skip
        lines = tuple(
            RosterLine(2 + row, f"{101 + row}", f"Sample Person {row:02d}", f"Branch {row % 3}")
            for row in range(people)
        )
        bench = Bench(round(time.time() * 1000))
        with open_database(self.database) as database:
            desk = Desk(context_for(database, bench), bench, terms=terms, people=lines)
            session = desk.session(self.today)
            for one in desk.view(self.today).people[:here]:
                desk.do(MarkPerson, session_id=session.id, member_id=one.member_id)


@cache
def _empty() -> bytes:
    """A file of the newest revision with nothing in it."""
    from checkin_tui.store import migrations

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        migrations.create(path)
        return path.read_bytes()
