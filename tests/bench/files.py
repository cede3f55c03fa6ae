"""Files to measure on: a program with today's session and as many people as asked for."""

from __future__ import annotations

import os
import random
import time
from datetime import datetime, timedelta
from datetime import time as clock
from pathlib import Path
from uuid import UUID, uuid4

from checkin_tui.domain.ids import uuid7
from checkin_tui.domain.imports import RosterLine
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.reads import LoadDesk
from checkin_tui.domain.requests import CreateProgram, ImportMembers, OpenSession
from checkin_tui.domain.views import DeskView
from checkin_tui.interchange.readings import readings
from checkin_tui.services.context import Context
from checkin_tui.services.handler import Handler
from checkin_tui.store import migrations
from checkin_tui.store.engine import open_database
from checkin_tui.words import sentence

_SYLLABLES = [first + last for first in ("b", "ch", "d", "g", "h", "j", "l", "m") for last in ("an", "en", "in", "ong")]
STATION = UUID(int=7)


def now() -> int:
    return time.time_ns() // 1_000_000


def new_uid() -> UUID:
    return uuid7(now(), os.urandom(10))


def people(count: int, seed: int = 5) -> list[RosterLine]:
    """Invented people with six-digit codes, in 24 villages."""
    rng = random.Random(seed)
    lines = []
    for row in range(count):
        given = "".join(rng.choices(_SYLLABLES, k=2)).title()
        lines.append(
            RosterLine(
                row + 2, f"{100_001 + row}", f"{rng.choice(_SYLLABLES).title()} {given}", f"Village {row % 24:02d}"
            )
        )
    return lines


def terms() -> ProgramTerms:
    """A program around today whose hours never end before the measurement does."""
    today = datetime.now().date()
    return ProgramTerms(
        "Bench",
        today - timedelta(days=3),
        today + timedelta(days=3),
        weekdays=frozenset(range(7)),
        starts=clock(0, 0),
        ends=clock(23, 59),
        zone="UTC",
    )


def context(path: Path) -> Context:
    return Context(open_database(path), now, new_uid, STATION, "bench", "Bench", readings, sentence)


def make(path: Path, count: int) -> Path:
    """A file with `count` people and today's session open."""
    migrations.create(path)
    handler = Handler(context(path))
    handler.handle(CreateProgram(uid=uuid4(), made=now(), terms=terms()))
    handler.handle(ImportMembers(uid=uuid4(), made=now(), lines=tuple(people(count))))
    handler.handle(OpenSession(uid=uuid4(), made=now()))
    handler.close()
    return path


def desk(handler: Handler) -> DeskView:
    view: DeskView = handler.handle(LoadDesk())
    return view
