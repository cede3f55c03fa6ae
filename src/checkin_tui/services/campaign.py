"""The figures of every session, read in pages: between two of them whoever wants to write may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checkin_tui.domain.campaign import Day, is_taken
from checkin_tui.domain.reads import LoadCampaign
from checkin_tui.domain.sessions import Session
from checkin_tui.domain.views import CampaignView
from checkin_tui.services.context import Context, the_program, today
from checkin_tui.store.figures import PAGE, SessionFigures, figures_of
from checkin_tui.store.sessions import load_sessions


def load_campaign(ctx: Context, request: LoadCampaign) -> CampaignView:
    """Every session with its figures, by key. Raises CheckInError `no_program`."""
    with ctx.reading() as connection:
        program = the_program(connection)
        sessions = load_sessions(connection)
    return CampaignView(program, today(program, ctx.clock()), load_days(ctx, sessions))


def load_days(ctx: Context, sessions: Sequence[Session]) -> tuple[Day, ...]:
    """These sessions with their figures, in the same order."""
    return tuple(day for page in pages(sessions) for day in _page_of(ctx, page))


def pages(sessions: Sequence[Session]) -> Iterator[Sequence[Session]]:
    """Sessions, as many at a time as one read takes."""
    return (sessions[start : start + PAGE] for start in range(0, len(sessions), PAGE))


def day_of(session: Session, found: SessionFigures) -> Day:
    """A session with its figures, as the campaign sees it."""
    return Day(session, found.counts, found.notes, is_taken(session.state, found.marked))


def _page_of(ctx: Context, page: Sequence[Session]) -> list[Day]:
    with ctx.reading() as connection:
        found = figures_of(connection, [session.id for session in page])
    return [day_of(session, found[session.id]) for session in page]
