"""The report of the program read as one: every figure of one moment, by the ways that `status` and `missing` go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checkin_tui.domain.board import Group
from checkin_tui.domain.campaign import Day, campaign
from checkin_tui.domain.reads import LoadCampaign, LoadOwed
from checkin_tui.domain.reporting import (
    Arrived,
    Away,
    Correction,
    Names,
    Reopening,
    ReportView,
    Told,
    Turn,
    Why,
    arrivals_of,
    branch_totals,
    leader_total,
    lecturers_of,
    most_away,
    taken_of,
    was_closed,
)
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.views import CampaignView
from checkin_tui.services.campaign import load_campaign, pages
from checkin_tui.services.context import Context
from checkin_tui.services.owed import load_owed
from checkin_tui.store import figures, owed
from checkin_tui.store import reporting as store
from checkin_tui.store.people import load_branches


def read_report(ctx: Context, *, names: bool = False, told: Told = lambda _done, _of: None) -> ReportView:
    """Everything the report tells, as it was when this was asked for. names: also who. told: how far it is.

    Raises CheckInError `no_program`, and whatever `told` raises.
    """
    made = ctx.clock()
    with ctx.still() as found:
        copy = replace(found, clock=lambda: made)  # all of it of one day
        seen = load_campaign(copy, LoadCampaign())
        taken = taken_of(seen.days)
        branches, leaders = _groups(copy, taken, told)
        absences: dict[str, Counter[Why]] = {}
        arrived: list[Arrived] = []
        for page in pages([day.session for day in taken]):
            ids = [session.id for session in page]
            with copy.reading() as connection:
                for branch, why, count in store.absences(connection, ids):
                    absences.setdefault(branch, Counter())[why] += count
                arrived += store.arrivals(connection, ids)
        corrections, reopenings = _after_closing(copy, seen)
        view = ReportView(
            program=seen.program,
            today=seen.today,
            made=made,
            days=seen.days,
            whole=campaign(seen.days, seen.program.terms.target, seen.today),
            branches=branch_totals((day.session, branches[day.session.id]) for day in taken),
            leaders=leader_total((day.session, leaders[day.session.id]) for day in taken),
            leaders_at=leaders,
            absences=absences,
            arrivals=arrivals_of(arrived),
            lecturers=lecturers_of(taken, _presenters(copy, taken)),
            owed=load_owed(copy, LoadOwed(campaign=True)),
            corrections=corrections,
            reopenings=reopenings,
        )
        if names:
            view = view._replace(names=_names(copy, seen, taken))
    told(len(taken), len(taken))
    return view


def _groups(ctx: Context, taken: Sequence[Day], told: Told) -> tuple[dict[int, tuple[Group, ...]], dict[int, Group]]:
    """The branches and the leaders of each session, by its id."""
    branches, leaders = {}, {}
    for number, day in enumerate(taken):
        told(number, len(taken))
        with ctx.reading() as connection:
            branches[day.session.id] = figures.branch_figures(connection, day.session.id)
            leaders[day.session.id] = figures.leader_figures(connection, day.session.id)
    return branches, leaders


def _presenters(ctx: Context, taken: Sequence[Day]) -> dict[int, tuple[str, str]]:
    wanted = {day.session.presenter_id for day in taken if day.session.presenter_id is not None}
    with ctx.reading() as connection:
        return store.names_of(connection, sorted(wanted))


def _after_closing(ctx: Context, seen: CampaignView) -> tuple[tuple[Correction, ...], tuple[Reopening, ...]]:
    """What was written about closed sessions, and which of them were opened again: by session, oldest first."""
    with ctx.reading() as connection:
        explained = store.explained(connection)
        changes = {day.session.id: store.state_changes(connection, day.session.uid) for day in seen.days}
    turns = {
        session_id: [Turn(change.recorded, store.is_closed(change.after)) for change in found]
        for session_id, found in changes.items()
    }
    late = [one for one in explained if was_closed(turns[one.session_id], one.recorded)]
    keys = {day.session.id: day.session.key for day in seen.days}
    reopenings = [
        Reopening(keys[session_id], one.recorded.wall, one.operator, one.because, one.kind != "reopen")
        for session_id, found in changes.items()
        for one in found
        if store.is_closed(one.before) and not store.is_closed(one.after)
    ]
    return tuple(sorted(_corrections(late, keys))), tuple(reopenings)


def _corrections(late: Sequence[store.Explained], keys: dict[int, SessionKey]) -> Iterator[Correction]:
    """One for each step; its events are about one person or more."""
    steps: dict[object, list[store.Explained]] = {}
    for one in late:
        steps.setdefault((one.session_id, one.batch), []).append(one)
    for events in steps.values():
        first = events[0]
        people = tuple(dict.fromkeys((one.code, one.name) for one in events))
        yield Correction(keys[first.session_id], first.recorded.wall, first.operator, first.because, people)


def _names(ctx: Context, seen: CampaignView, taken: Sequence[Day]) -> Names:
    often: dict[int, Counter[str]] = {}
    there: list[tuple[int, int]] = []
    for page in pages([day.session for day in taken]):
        ids = [session.id for session in page]
        with ctx.reading() as connection:
            for member, counts in store.presences(connection, ids).items():
                found = often.setdefault(member, Counter())
                found.update(dict(zip(("expected", "attended", "excused", "absent"), counts, strict=True)))
            there += store.guests(connection, ids)
    absent = [member for member, counts in often.items() if counts["absent"]]
    with ctx.reading() as connection:
        who = owed.named(connection, sorted({*absent, *(member for _session, member in there)}), seen.today)
        branches = {one.id: one.name for one in load_branches(connection)}
    away = [
        Away(
            who[member].code,
            who[member].name,
            branches.get(who[member].branch_id or 0, ""),
            often[member]["expected"],
            often[member]["attended"],
            often[member]["excused"],
            often[member]["absent"],
        )
        for member in absent
    ]
    keys = {day.session.id: day.session.key for day in taken}
    guests = sorted((keys[session], who[member].code, who[member].name) for session, member in there)
    return Names(most_away(away), tuple(guests))
