"""`python -m tests.faults [FAULT …] [--trials N] [--seed S]`: the long round of all faults, or of those named."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.faults.crash import crash
from tests.faults.crowd import Crowd
from tests.faults.disk import why_not
from tests.faults.drafts import Drafts
from tests.faults.hostile import Hostile
from tests.faults.kill import Kill
from tests.faults.power import PowerCut
from tests.faults.report import Row, line, merged, show
from tests.faults.rooms import Room
from tests.faults.sizes import Sizes
from tests.faults.stream import Stream
from tests.faults.trouble import FAULTS, Trouble
from tests.faults.unsafe import MODES

WORKERS = 2
KILLS, CUTS, BAD_CUTS, TIMES, SYNC_CUTS = 1000, 250, 50, 10, 250


def kill(room: Room, seed: int, trials: int | None) -> list[Row]:
    """Killed at any moment: two at a time, each on files of its own."""
    each = -(-(trials or KILLS) // WORKERS)
    folders = [room.folder / f"worker{number}" for number in range(WORKERS)]
    with ProcessPoolExecutor(WORKERS) as pool:
        parts = [pool.submit(_killed, folder, seed + number, each) for number, folder in enumerate(folders)]
        return [merged(rows) for rows in zip(*(part.result() for part in parts), strict=True)]


def _killed(folder: Path, seed: int, trials: int) -> list[Row]:
    folder.mkdir()
    return Kill(Room(folder), seed).run(trials)


def power(room: Room, seed: int, trials: int | None) -> list[Row]:
    """Power cuts, and the same where something has to be lost."""
    rows = PowerCut(room, seed).run(trials or CUTS)
    for mode in MODES:
        rows += PowerCut(room, seed, mode=mode).run(trials or BAD_CUTS)
    return rows


def disk(room: Room, seed: int, trials: int | None) -> list[Row]:
    """The disk says no."""
    trouble = Trouble(room, seed)
    return [trouble.run(fault, trials or TIMES) for fault in FAULTS]


def sync(room: Room, seed: int, trials: int | None) -> list[Row]:
    """A sync fails, the mark is tried again, and then the power goes."""
    return [Trouble(room, seed).unsynced(trials or SYNC_CUTS)]


def lock(room: Room, seed: int, trials: int | None) -> list[Row]:
    """Somebody else has the file."""
    trouble = Trouble(room, seed)
    return [trouble.locked(3, trials or 3), trouble.locked(3, trials or 3, "SHARED"), trouble.locked(30, trials or 1)]


def error(room: Room, seed: int, trials: int | None) -> list[Row]:
    """Errors of our own."""
    return [crash(room) for _time in range(trials or 1)]


def typing(room: Room, seed: int, trials: int | None) -> list[Row]:
    """A note is being typed, and something ends it."""
    return Drafts(room.folder, seed).run(trials or 3)


def crowd(room: Room, _seed: int, trials: int | None) -> list[Row]:
    """Many at once on one file."""
    return Crowd(room.folder).run(trials or 20)


def stream(room: Room, seed: int, trials: int | None) -> list[Row]:
    """The keyboard stream at its worst."""
    return Stream(room.folder, seed).run(trials or 3)


def sizes(room: Room, seed: int, trials: int | None) -> list[Row]:
    """Windows of any size."""
    return Sizes(room.folder, seed).run(trials or 5)


def hostile(room: Room, seed: int, trials: int | None) -> list[Row]:
    """Words that mean harm in every place that shows any."""
    return Hostile(room.folder, seed).run(trials or 10)


ROUNDS: dict[str, Callable[[Room, int, int | None], Iterable[Row]]] = {
    "kill": kill,
    "power": power,
    "disk": disk,
    "sync": sync,
    "lock": lock,
    "crowd": crowd,
    "stream": stream,
    "sizes": sizes,
    "hostile": hostile,
    "crash": error,
    "drafts": typing,
}
"""Name -> the round: a room to work in, a seed, and how many trials (None: as many as it takes)."""


def main(arguments: list[str]) -> int:
    """Put in the faults and print the table; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=", ".join(ROUNDS))
    parser.add_argument("--trials", type=int)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    unknown = set(asked.faults) - set(ROUNDS)
    if unknown:
        parser.error(f"no such fault: {', '.join(sorted(unknown))}")
    if why_not():
        print(f"Cannot be shown here: {why_not()}.", file=sys.stderr)
        return 1
    rows: list[Row] = []
    for name in asked.faults or ROUNDS:
        print(f"{name} …", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="checkin-faults-") as folder:
            try:
                done = list(ROUNDS[name](Room(Path(folder)), asked.seed, asked.trials))
            except AssertionError as error:  # the screen never said what it has to say: the other rounds go on
                done = [Row(name, trouble=[str(error)])]
        print("\n".join(map(line, done)), file=sys.stderr, flush=True)
        rows += done
    return 0 if show(rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
