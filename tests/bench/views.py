"""The other views in a terminal: writing a long note, going from view to view, and what another window sees when."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import uuid4

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.requests import MarkMany, WriteNote
from checkin_tui.services.handler import Handler
from checkin_tui.tui.gateway import POLL_SECONDS
from tests.bench import files
from tests.bench.report import Figure
from tests.bench.screens import FEW, Programs, first_row
from tests.bench.terminal import Answer, Terminal

LETTERS = 120
SWITCHES = 30
CHECK_INS = 15
LONG_NOTE = "A line of what was said that afternoon, written down by somebody quick.\n" * 1_400
assert len(LONG_NOTE) > 100_000


def _present(path: Path) -> None:
    """Everybody is here, and the first of them has written a long note."""
    handler = Handler(files.context(path))
    desk = files.desk(handler)
    assert desk.session is not None
    ids = tuple(person.member_id for person in desk.people)
    session = desk.session.id
    handler.handle(MarkMany(uid=uuid4(), made=files.now(), session_id=session, member_ids=ids, status=Status.PRESENT))
    handler.handle(WriteNote(uid=uuid4(), made=files.now(), session_id=session, member_id=ids[0], text=LONG_NOTE))
    handler.close()


def _typed(terminal: Terminal, turn: int) -> Answer:
    return terminal.press("abcdefgh ijklm\r"[turn % 15])


def notes(programs: Programs) -> list[Figure]:
    """A key in a note of 100,000 characters beside a bare TextArea with the same text."""
    path = files.make(programs.folder / "notes.db", FEW)
    _present(path)
    text = programs.folder / "note.txt"
    text.write_text(LONG_NOTE, encoding="utf-8")
    ours: list[float] = []
    bare: list[float] = []
    with programs.ours(path) as desk, programs.start("area.py", str(text)) as area:
        area.wait("somebody quick")
        desk.press("f3", lambda shown: any("Notebook" in line or "notebook" in line for line in shown))
        desk.press("f3", lambda shown: any("No note is open" in line for line in shown))
        desk.settle(0.5)
        desk.send(first_row(path) + "\r")
        desk.wait("saved")
        desk.wait("written down by")
        for turn in range(LETTERS):
            for terminal, times in ((desk, ours), (area, bare)):
                times.append(_typed(terminal, turn).seconds * 1000)
    name = "key in a note of 100,000 characters, to painted"
    return [Figure(name, ours[5:], bare[5:], 1.5), Figure(name, ours[5:], bare[5:], percentile=95)]


def switching(programs: Programs) -> list[Figure]:
    """From view to view, each painted whole, beside a bare app of two screens."""
    path = files.make(programs.folder / "views.db", FEW)
    _present(path)
    ours: dict[str, list[float]] = {"dashboard": [], "notebook desk": []}
    bare: list[float] = []
    with programs.ours(path) as desk, programs.start("two_screens.py") as two:
        two.wait("First 030")
        desk.press("f3")
        desk.settle(1)
        desk.press("f4")
        desk.settle(1)
        desk.press("f2")
        desk.settle(1)
        two.press("f4")
        two.press("f2")
        for _turn in range(SWITCHES):
            for view, key in (("dashboard", "f4"), ("notebook desk", "f3")):
                ours[view].append(desk.press(key).seconds * 1000)
                desk.press("f2")
            bare.append(two.press("f4").seconds * 1000)
            bare.append(two.press("f2").seconds * 1000)
    return [Figure(f"roster to {view}, painted", times, bare, 2.0) for view, times in ours.items()]


def two_windows(programs: Programs) -> list[Figure]:
    """A check-in in one window until the dashboard of another shows it, beside the time between two looks."""
    path = files.make(programs.folder / "two.db", FEW)
    times: list[float] = []
    with programs.ours(path) as door, programs.ours(path) as other:
        other.press("f4")
        other.settle(1)
        for turn in range(CHECK_INS):
            door.settle()
            other.settle(0.2)
            before = list(other.shown)
            began = time.perf_counter()
            door.send(f"{100_001 + turn}\r")
            shown = _until(other, lambda before=before: changed(before, other.shown))
            times.append((shown - began) * 1000)
            time.sleep(0.037 * (turn % 7))
    wait = [POLL_SECONDS * 1000] * len(times)
    name = "check-in to the other window's dashboard, beside the poll interval"
    return [Figure(name, times, wait, 1.5), Figure(name, times, wait, 3.0, percentile=100)]


def changed(before: list[str], now: list[str]) -> bool:
    """Whether anything but the header (whose clock goes on) is another."""
    return before[1:] != now[1:]


def _until(terminal: Terminal, condition, seconds: float = 5) -> float:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        terminal.settle(0.002, 0.01)
        if condition():
            return time.perf_counter()
    raise TimeoutError("the other window never showed it:\n" + "\n".join(terminal.shown))
