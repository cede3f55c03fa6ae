"""What the dashboard is drawn from, and the keys of its figures. Plain values: the same facts give the same page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from checkin_tui.domain.board import Board, BranchOrder, Figure, behind, board
from checkin_tui.domain.calendar import local
from checkin_tui.domain.campaign import Campaign, Day, Standing, campaign, following, with_live
from checkin_tui.domain.clock import MINUTE, Millis
from checkin_tui.domain.rates import Target
from checkin_tui.domain.sessions import Session, SessionState
from checkin_tui.domain.views import CampaignView
from checkin_tui.tui import shown
from checkin_tui.tui.register import Register

BEFORE: Millis = 30 * MINUTE
"""How long before the start the arrivals begin to be drawn."""

STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240)
"""Minutes a column of the arrivals may stand for."""


class Who(NamedTuple):
    """People behind a figure. split: a fraction, whose people stand under their statuses."""

    figure: Figure
    branch: str | None = None
    leaders: bool = False
    split: bool = False


class Arrived(NamedTuple):
    """Who arrived in the minutes that began from `first` on and before `after`; None: without that bound."""

    first: Millis | None
    after: Millis | None


class Sessions(Enum):
    """Sessions behind a figure."""

    ALL = "all"
    TAKEN = "taken"
    NOT_TAKEN = "not_taken"
    COMING = "coming"


class OneDay(NamedTuple):
    """One session of the program."""

    session_id: int


class Stage(Enum):
    """What there is to show of the session."""

    NO_PROGRAM = "no_program"
    NO_SESSION = "no_session"
    CANCELLED = "cancelled"
    EMPTY = "empty"
    COMING = "coming"
    WAITING = "waiting"
    NOT_TAKEN = "not_taken"
    HELD = "held"


class Facts(NamedTuple):
    """Everything on the dashboard. days, whole: None while they are read. board: None without a session.

    now: rounded down to the minute, as nothing is drawn finer. presenter: as this window shows them.
    """

    stage: Stage
    zone: str
    now: Millis
    order: BranchOrder
    board: Board | None = None
    target: Target | None = None
    days: tuple[Day, ...] | None = None
    whole: Campaign | None = None
    following: Session | None = None
    presenter: str = ""

    @property
    def today(self) -> date:
        """The day it is."""
        return local(self.now, self.zone).date()

    @property
    def session(self) -> Session | None:
        """The session on the screen."""
        return None if self.board is None else self.board.session


def gather(register: Register, view: CampaignView | None, now: Millis, order: BranchOrder) -> Facts:
    """The facts of a register and of the campaign, in which the session on the screen stands as the register has it."""
    model, session = register.model, register.session
    now = now // MINUTE * MINUTE
    today = local(now, register.zone).date()
    target = register.view.program.terms.target
    whole = days = None
    live = None if session is None else board(model.people, model.marks, session)
    if view is not None:
        days = view.days if live is None else with_live(view.days, live.day)
        whole = campaign(days, target, today)
    return Facts(
        stage=_stage(live, today),
        zone=register.zone,
        now=now,
        order=order,
        board=live,
        target=target,
        days=days,
        whole=whole,
        following=register.view.following if days is None else _following(days, today, session),
        presenter="" if session is None else _presenter(register, session),
    )


def _stage(live: Board | None, today: date) -> Stage:
    if live is None:
        return Stage.NO_SESSION
    standing = live.day.standing(today)
    if standing is not Standing.TO_COME:
        return _STAGES[standing]
    if not live.counts.expected:
        return Stage.EMPTY
    return Stage.COMING if live.session.state is SessionState.PLANNED else Stage.WAITING


_STAGES = {
    Standing.HELD: Stage.HELD,
    Standing.RUNNING: Stage.HELD,
    Standing.NOT_TAKEN: Stage.NOT_TAKEN,
    Standing.CANCELLED: Stage.CANCELLED,
}


def _presenter(register: Register, session: Session) -> str:
    person = None if session.presenter_id is None else register.model.person(session.presenter_id)
    return shown.presenter(session, person, hidden=register.hidden)


def _following(days: Sequence[Day], today: date, session: Session | None) -> Session | None:
    return following((day.session for day in days), today, None if session is None else session.id)


def sessions_behind(which: Sessions, days: Iterable[Day], today: date) -> list[Day]:
    """The sessions a figure counts, by key."""
    counted: dict[Sessions, Callable[[Day], bool]] = {
        Sessions.ALL: lambda day: True,
        Sessions.TAKEN: lambda day: day.taken,
        Sessions.NOT_TAKEN: lambda day: day.standing(today) is Standing.NOT_TAKEN,
        Sessions.COMING: lambda day: day.standing(today) is Standing.TO_COME,
    }
    return [day for day in days if counted[which](day)]


def people_behind(key: Who | Arrived, register: Register) -> tuple[int, ...]:
    """The members a figure counts: by branch and name, then the guests."""
    people, marks = register.model.people, register.model.marks
    if isinstance(key, Who):
        return behind(key.figure, people, marks, branch=key.branch, leaders=key.leaders)
    found = []
    for person in people:
        mark = marks.get(person.member_id)
        if mark is None or mark.arrived is None or not person.expected:
            continue
        minute = mark.arrived // MINUTE * MINUTE
        if (key.first is None or minute >= key.first) and (key.after is None or minute < key.after):
            found.append(person.member_id)
    return tuple(found)


class Bucket(NamedTuple):
    """Arrivals of some minutes: the instant they begin (of the first one, although it has all that came earlier)."""

    begins: Millis
    number: int
    key: Arrived


class Buckets(NamedTuple):
    """The arrivals of an afternoon, in steps of so many minutes."""

    step: int
    all: tuple[Bucket, ...]

    @property
    def most(self) -> int:
        """The highest column."""
        return max((bucket.number for bucket in self.all), default=0)


def buckets(live: Board, now: Millis, step: int) -> Buckets:
    """From half an hour before the start to the end, or to now, in steps that begin at the start.

    Whoever came earlier is in the first, whoever came later in the last.
    """
    session, wide = live.session, step * MINUTE
    begins = session.starts - -(-BEFORE // wide) * wide
    newest = live.arrivals[-1][0] if live.arrivals else begins
    until = max(begins + wide, min(session.ends, max(now, newest) + MINUTE))
    count = -(-(until - begins) // wide)
    numbers = [0] * count
    for minute, number in live.arrivals:
        numbers[max(0, min(count - 1, (minute - begins) // wide))] += number
    found = []
    for place, number in enumerate(numbers):
        first = begins + place * wide
        key = Arrived(first if place else None, first + wide if place + 1 < count else None)
        found.append(Bucket(first, number, key))
    return Buckets(step, tuple(found))
