"""The figures over a season, through the services, beside the very same SQL run by raw sqlite3 on the same file."""

from __future__ import annotations

import gc
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from checkin_tui.domain.reads import LoadCampaign, LoadOwed, LoadOwes
from checkin_tui.services.handler import Handler
from checkin_tui.store.figures import branch_figures, leader_figures, session_figures
from tests.bench import files, seasons
from tests.bench.report import Figure

SECONDS = 2.0  # for each figure, and at least LEAST rounds
LEAST = 9
BUDGET = 1.5

Statement = tuple[str, Any]


def figures(folder: Path) -> list[Figure]:
    """Campaign, one session, and who owes notes, at 2,000 members x 200 sessions."""
    path = seasons.make(folder / "season.db")
    handler, raw = Handler(files.context(path)), sqlite3.connect(path, isolation_level=None)
    view = files.desk(handler)
    assert view.session is not None
    session = view.session

    def of_one_session() -> None:
        with handler.context.reading() as connection:
            session_figures(connection, session.id)
            branch_figures(connection, session.id)
            leader_figures(connection, session.id)

    asked: list[tuple[str, Callable[[], object]]] = [
        ("figures of the campaign", lambda: handler.handle(LoadCampaign())),
        ("figures, branches, leaders of one session", of_one_session),
        ("who owes notes: one session", lambda: handler.handle(LoadOwed(session.key))),
        ("who owes notes: the campaign", lambda: handler.handle(LoadOwed(campaign=True))),
        ("how many notes each owes from other days", lambda: handler.handle(LoadOwes(session.id))),
    ]
    size = f"{seasons.MEMBERS:,} x {seasons.SESSIONS}"
    found = [_beside(f"{name}, {size}", handler, raw, ask) for name, ask in asked]
    handler.close()
    raw.close()
    return found


def _beside(name: str, handler: Handler, raw: sqlite3.Connection, ask: Callable[[], object]) -> Figure:
    statements = _statements(handler, ask)
    gc.collect()
    gc.freeze()  # modules and compiled statements are none of what is measured
    ours: list[float] = []
    theirs: list[float] = []
    while len(ours) < LEAST or sum(ours) < SECONDS * 1000:
        began = time.perf_counter()
        ask()
        done = time.perf_counter()
        for text, values in statements:
            raw.execute(text, values).fetchall()
        ended = time.perf_counter()
        ours.append((done - began) * 1000)
        theirs.append((ended - done) * 1000)
    gc.unfreeze()
    return Figure(name, ours, theirs, BUDGET, note=f"{len(statements)} statements")


def _statements(handler: Handler, ask: Callable[[], object]) -> list[Statement]:
    """What the service asks of the file, word for word. As a side effect it has been asked once before it counts."""
    asked: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append((statement, parameters))

    engine = handler.context.database.engine
    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
    return asked
