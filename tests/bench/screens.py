"""The program in a terminal beside bare Textual apps, in turn: starting, moving, marking, filtering, resting."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import files
from tests.bench.report import Figure
from tests.bench.terminal import Answer, Terminal

HUNDRED, FEW, MANY = 100, 300, 100_000
CHECKIN = str(Path(sys.executable).with_name("checkin"))
YARDSTICKS = Path(__file__).parent / "yardsticks"
PLACEHOLDER = "Name, initials or code"
STARTS = 9
KEYS = 42  # cursor keys and marks together have to fit a hundred rows
SLOWEST_OF = 1000

Press = Callable[[Terminal, int], Answer]


class Programs:
    """How ours and the yardsticks are started, on which files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "CHECKIN_HOME": str(folder / "home"),
        }
        self.hundred = files.make(folder / "hundred.db", HUNDRED)
        self.few = files.make(folder / "few.db", FEW)
        self.many = files.make(folder / "many.db", MANY)

    @contextmanager
    def ours(self, path: Path) -> Iterator[Terminal]:
        """Ours on that file, with the roster on the screen."""
        with self.start_ours(path) as terminal:
            terminal.wait(first_row(path))
            terminal.settle(0.7)
            yield terminal

    def start_ours(self, path: Path) -> Terminal:
        """Ours, just started."""
        return Terminal([CHECKIN, "--db", str(path)], self.env)

    def start(self, yardstick: str, *arguments: str) -> Terminal:
        """A yardstick, just started."""
        return Terminal([sys.executable, str(YARDSTICKS / yardstick), *arguments], self.env)

    @contextmanager
    def table(self) -> Iterator[Terminal]:
        """The bare table, filled."""
        with self.start("table.py") as terminal:
            terminal.wait("Member 20")
            terminal.settle(0.7)
            yield terminal


def first_row(path: Path) -> str:
    """The name at the top of the roster of that file."""
    from checkin_tui.services.handler import Handler

    handler = Handler(files.context(path))
    try:
        return files.desk(handler).people[0].code
    finally:
        handler.close()


def starting(programs: Programs) -> list[Figure]:
    """From nothing to a box that takes keys, and to the roster of 300, beside a bare app with one label."""
    top = first_row(programs.few)
    painted, there, bare, memory, bare_memory = [], [], [], [], []
    for _ in range(STARTS):
        with programs.start_ours(programs.few) as terminal:
            painted.append(terminal.wait(PLACEHOLDER) * 1000)
            there.append(terminal.wait(top) * 1000)
            terminal.settle(0.5)
            memory.append(terminal.peak_memory() / 1024)
        with programs.start("label.py") as terminal:
            bare.append(terminal.wait("Ready.") * 1000)
            terminal.settle(0.5)
            bare_memory.append(terminal.peak_memory() / 1024)
    with programs.ours(programs.many) as terminal:
        added = terminal.peak_memory() / 1024 - statistics.median(memory)
    return [
        Figure("first paint that takes keys", painted, bare, 1.25),
        Figure(f"roster of {FEW} from the database on screen", there, bare, 2.2),
        Figure(f"peak memory, {FEW} members", memory, bare_memory, 2.2, unit="MiB"),
        Figure(f"peak memory added by {MANY:,} members", [added], budget=80, unit="MiB"),
    ]


def command_line(programs: Programs) -> list[Figure]:
    """`checkin --version` and `--help` beside an interpreter that does nothing."""
    figures = []
    for option in ("--version", "--help"):
        ours, bare = [], []
        for _ in range(STARTS * 2):
            ours.append(_run([CHECKIN, option], programs.env))
            bare.append(_run([sys.executable, "-c", "pass"], programs.env))
        figures.append(Figure(f"checkin {option}", ours, bare, 5.5))
    return figures


def _run(command: list[str], env: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=env, check=True, capture_output=True)
    return (time.perf_counter() - began) * 1000


def _in_turn(terminals: Iterable[Terminal], presses: Iterable[Press], count: int) -> list[list[Answer]]:
    """Each program's key in turn, so that a slow moment of the machine meets them all."""
    pairs = list(zip(terminals, presses, strict=True))
    answers: list[list[Answer]] = [[] for _ in pairs]
    for turn in range(count + 5):
        for number, (terminal, press) in enumerate(pairs):
            answer = press(terminal, turn)
            if turn >= 5:
                answers[number].append(answer)
    return answers


def _millis(answers: list[Answer]) -> list[float]:
    return [answer.seconds * 1000 for answer in answers]


def _sent(answers: list[Answer]) -> list[float]:
    return [float(answer.bytes) for answer in answers]


def _down(terminal: Terminal, _: int) -> Answer:
    return terminal.press("down")


def _mark(terminal: Terminal, _: int) -> Answer:
    """Down (not measured), then F5 until the row is painted as saved: the header says so after the commit."""
    terminal.press("down")
    before = _present(terminal.shown)
    return terminal.press(
        "f5", lambda shown: _present(shown) > before and not any("saving" in line for line in shown[:1])
    )


def _present(shown: list[str]) -> int:
    for line in shown[:4]:
        if " present" in line:
            return int(line.split(" present")[0].split()[-1].replace(",", ""))
    return -1


def _table_mark(terminal: Terminal, turn: int) -> Answer:
    return terminal.press("f5", lambda shown: any(f"present {turn + 1} " in line for line in shown))


def _filter(terminal: Terminal, turn: int) -> Answer:
    """One letter into the box and, not measured, out again."""
    answer = terminal.press("bcdghjlm"[turn % 8])
    terminal.press("backspace")
    return answer


def _refill(terminal: Terminal, turn: int) -> Answer:
    return terminal.press("x", lambda shown: any(f"{turn + 1:03d}000" in line for line in shown))


def keys(programs: Programs) -> list[Figure]:
    """Cursor, mark and filter at 100,000 members beside a bare DataTable of 100 rows and beside 100 of our own."""
    with programs.ours(programs.many) as many, programs.table() as table, programs.ours(programs.hundred) as few:
        moved, table_moved, few_moved = _in_turn((many, table, few), (_down, _down, _down), KEYS)
        for terminal in (many, few):
            terminal.press("esc")
        marked, table_marked, few_marked = _in_turn((many, table, few), (_mark, _table_mark, _mark), KEYS)
        for terminal in (many, few):
            terminal.press("esc")
        filtered, refilled = _in_turn((many, table), (_filter, _refill), KEYS)
    return [
        Figure("cursor down, 100,000 members", _millis(moved), _millis(table_moved), 0.6),
        Figure("cursor down, 100,000 members", _millis(moved), _millis(table_moved), 0.5, percentile=95),
        Figure("mark by F5 to painted and durable, 100,000", _millis(marked), _millis(table_marked), 0.25),
        Figure(
            "mark by F5 to painted and durable, 100,000", _millis(marked), _millis(table_marked), 0.3, percentile=95
        ),
        Figure("filter keystroke, 100,000 members", _millis(filtered), _millis(refilled), 0.5),
        Figure("cursor at 100,000 beside 100 of our own", _millis(moved), _millis(few_moved), 1.15),
        Figure("mark at 100,000 beside 100 of our own", _millis(marked), _millis(few_marked), 1.15),
        Figure("bytes per cursor key", _sent(moved), _sent(table_moved), 0.5, unit="B"),
        Figure("bytes per mark of the highlighted row", _sent(marked), _sent(table_marked), 0.1, unit="B"),
    ]


def slowest(programs: Programs) -> list[Figure]:
    """The slowest of a thousand keys: cursor, marks and letters mixed, at 100,000 members."""
    times: list[float] = []
    with programs.ours(programs.many) as terminal:
        for turn in range(SLOWEST_OF):
            if turn % 10 == 9:
                times.append(_filter(terminal, turn).seconds * 1000)
            elif turn % 10 == 4:
                times.append(terminal.press("f5").seconds * 1000)
            else:
                times.append(_down(terminal, turn).seconds * 1000)
    return [Figure(f"slowest of {SLOWEST_OF:,} keys, 100,000 members", times, budget=33, percentile=100)]


def idle(programs: Programs, seconds: float = 20) -> list[Figure]:
    """Nothing changes: bytes sent between two minutes, and processor time beside a bare app."""
    sent, cpu, bare = [], [], []
    with programs.ours(programs.few) as ours, programs.start("label.py") as label:
        label.wait("Ready.")
        ours.settle(1.5)
        label.settle(1.5)
        time.sleep(max(0.0, 61.5 - time.time() % 60) if time.time() % 60 > 55 - seconds else 0)
        ours.settle(0.5)
        before, bare_before = ours.cpu(), label.cpu()
        sent.append(float(ours.settle(seconds, seconds)))
        cpu.append((ours.cpu() - before) / seconds * 100)
        bare.append((label.cpu() - bare_before) / seconds * 100)
    # Both are near nothing: a tick of the processor clock (10 ms) over the time is added to keep the ratio finite.
    tick = 1 / seconds
    return [
        Figure("bytes sent while nothing changes", sent, budget=0, unit="B"),
        Figure("idle processor, nothing changing", [cpu[0] + tick], [bare[0] + tick], 2.0, unit="%"),
    ]
