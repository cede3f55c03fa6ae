"""A program in a pseudo-terminal, timed from outside: what a person at the keyboard would feel.

Output is stamped as it is read and parsed afterwards, so that the terminal emulator's own slowness is in no figure. A
latency ends at the chunk after which the expected change is visible; inside a synchronised update (mode 2026) nothing
is visible until the block ends, as in a real terminal.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyte

KEYS = {
    "down": "\x1b[B",
    "up": "\x1b[A",
    "enter": "\r",
    "esc": "\x1b",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f8": "\x1b[19~",
    "backspace": "\x7f",
    "ctrl+q": "\x11",
}
QUIET = 0.03
"""Seconds without output after which a key is taken to have been answered in full."""

_SYNC = re.compile(r"(\x1b\[\?2026[hl])")
_UNPARSED = re.compile(  # what the emulator would take for text: private sequences, queries, strings
    r"\x1b\[[<>=?][0-9;]*[ -/]*[^hl0-9; -/]|\x1b\[\??[0-9;]*\$p|\x1b\[[<>=][0-9;]*[hl]|\x1b\[[0-9;]*t"
    r"|\x1bP[^\x1b]*\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One key: seconds until the change was visible, bytes the program sent, seconds of its processor time."""

    seconds: float
    bytes: int
    cpu: float


class Terminal:
    """One program on a screen of its own. A context manager: leaving it ends the program."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], columns: int = 120, rows: int = 40) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self._synchronised = False
        self._tail = ""
        self.shown = self.screen.display
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], list(command), dict(env))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.set_blocking(self._fd, False)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def send(self, keys: str) -> None:
        """Type, without waiting for anything."""
        data = KEYS.get(keys, keys).encode()
        while data:
            try:
                data = data[os.write(self._fd, data) :]
            except BlockingIOError:
                select.select([], [self._fd], [], 1)

    def wait(self, text: str, timeout: float = 30) -> float:
        """Seconds from the start of the program until `text` is visible."""
        deadline = time.perf_counter() + timeout
        while time.perf_counter() < deadline:
            for stamp, data in self._read(0.02):
                self._feed(data)
                if text in "\n".join(self.shown):
                    return stamp - self.started
        raise TimeoutError(f"{text!r} was not shown:\n" + "\n".join(self.shown))

    def press(self, keys: str, changed: Callable[[list[str]], bool] | None = None, timeout: float = 5) -> Answer:
        """Press a key and wait until `changed` holds of the visible screen (None: until anything is sent)."""
        self.settle()
        cpu, began = self.cpu(), time.perf_counter()
        self.send(keys)
        chunks: list[tuple[float, bytes]] = []
        visible: float | None = None
        last = began
        while time.perf_counter() - began < timeout:
            for stamp, data in self._read(QUIET):
                chunks.append((stamp, data))
                last = stamp
                self._feed(data)
                if visible is None and (changed is None or changed(self.shown)):
                    visible = stamp
            if visible is not None and time.perf_counter() - last > QUIET:
                break
        if visible is None:
            raise TimeoutError(f"{keys!r} changed nothing:\n" + "\n".join(self.shown))
        return Answer(visible - began, sum(len(data) for _, data in chunks), self.cpu() - cpu)

    def settle(self, quiet: float = QUIET, timeout: float = 10) -> int:
        """Wait until nothing has been sent for `quiet` seconds; the bytes that came meanwhile."""
        total, last = 0, time.perf_counter()
        end = last + timeout
        while time.perf_counter() - last < quiet and time.perf_counter() < end:
            for stamp, data in self._read(quiet):
                self._feed(data)
                total, last = total + len(data), stamp
        return total

    def cpu(self) -> float:
        """Processor seconds of the program so far."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_memory(self) -> int:
        """The most memory the program ever held, in KiB."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))

    def end(self) -> None:
        """Quit by the key, else by force."""
        try:
            self.send("ctrl+q")
            deadline = time.perf_counter() + 5
            while time.perf_counter() < deadline:
                self._read(0.05)
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    return
            os.kill(self.pid, 9)
            os.waitpid(self.pid, 0)
        except (OSError, ChildProcessError):
            pass
        finally:
            os.close(self._fd)

    def _read(self, timeout: float) -> list[tuple[float, bytes]]:
        found: list[tuple[float, bytes]] = []
        if not select.select([self._fd], [], [], timeout)[0]:
            return found
        while True:
            try:
                data = os.read(self._fd, 65536)
            except (BlockingIOError, OSError):
                return found
            if not data:
                return found
            found.append((time.perf_counter(), data))
            self._answer(data)
            if len(found) > 20:
                return found

    def _answer(self, data: bytes) -> None:
        """What a real terminal says when it is asked: that it knows synchronised updates."""
        if b"\x1b[?2026$p" in data:
            self.send("\x1b[?2026;2$y")

    def _feed(self, data: bytes) -> None:
        text = self._tail + data.decode("utf-8", "replace")
        cut = text.rfind("\x1b")
        self._tail = ""
        if cut >= 0 and len(text) - cut < 32 and not re.match(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[^\[\]P])", text[cut:]):
            text, self._tail = text[:cut], text[cut:]
        for part in _SYNC.split(text):
            if _SYNC.fullmatch(part):
                self._synchronised = part.endswith("h")
            elif part:
                self._stream.feed(_UNPARSED.sub("", part))
        if not self._synchronised:
            self.shown = self.screen.display
