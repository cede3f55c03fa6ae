"""Builds the sample program: a file as it lies there on the sixth afternoon of a campaign, a few minutes in.

Everything goes through the services or, where a whole day is one transaction, through the same rules and the same store
functions. The same instant, zone and seed give the same rows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

from checkin_tui.demo.campaign import Campaign
from checkin_tui.demo.days import DAYS_BEFORE, sample_terms
from checkin_tui.demo.desk import SampleDesk
from checkin_tui.demo.people import population
from checkin_tui.domain.clock import Millis
from checkin_tui.services.context import Context
from checkin_tui.store import leftovers, migrations
from checkin_tui.store.engine import Database, open_database

SEED: Final = 18


def build(
    path: Path, context_for: Callable[[Database], Context], now: Millis, *, zone: str = "UTC", seed: int = SEED
) -> None:
    """Make the sample in a new file at `path`.

    context_for: as for every other file; its clock, ids, station and operator give way to those of the sample. now: the
    instant at which today's session is half full. zone: IANA name of the zone whose clocks the afternoons are held by.
    Raises DatabaseError (`db_exists` where there already is a file); a file that could not be finished is taken away.
    """
    migrations.create(path)
    try:
        with open_database(path) as database:
            _write(context_for(database), now, zone, Random(seed))
    except BaseException:
        for ending in ("", *leftovers.ENDINGS):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        raise


def _write(context: Context, now: Millis, zone: str, rng: Random) -> None:
    """Everything, in the order in which it happened: the recorded times of a file only ever go forward."""
    people = population(rng)
    campaign = Campaign(SampleDesk(context, rng), rng, sample_terms(now, zone), people)
    campaign.prepare()
    days = campaign.sessions()
    for number, session in enumerate(days[:DAYS_BEFORE]):
        campaign.hold(number, session)
    campaign.open_today(days[DAYS_BEFORE], days[DAYS_BEFORE + 1 :], now)
