"""How many notes each person owes from other afternoons: the hint at check-in."""

from __future__ import annotations

from collections import Counter

from checkin_tui.domain.reads import LoadOwes
from checkin_tui.services.campaign import pages
from checkin_tui.services.context import Context
from checkin_tui.store.figures import owed_by
from checkin_tui.store.sessions import load_sessions


def load_owes(ctx: Context, request: LoadOwes) -> dict[int, int]:
    """Member id -> notes owed from sessions that were held, that of the request left out; nobody who owes none."""
    with ctx.reading() as connection:
        held = [one for one in load_sessions(connection) if one.opened is not None and one.id != request.session_id]
    owes: Counter[int] = Counter()
    for page in pages(held):
        with ctx.reading() as connection:
            owes.update(owed_by(connection, [session.id for session in page]))
    return dict(owes)
