"""The chase list in words."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

import pytest

from checkin_tui.domain import calendar
from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.people import Branch
from checkin_tui.domain.program import Program, ProgramTerms
from checkin_tui.domain.rates import Target
from checkin_tui.domain.sessions import Audience, Session, SessionKey, SessionKind, SessionState
from checkin_tui.domain.views import BranchDebts, Debtor, OwedNote, OwedView
from checkin_tui.words.chase import about_text, chase_text, contact_text, lack_text, owed_text

DAY = date(2026, 5, 18)
UID = UUID(int=1)
PROGRAM = Program(1, UID, ProgramTerms("Evening [b]choir", DAY, DAY, zone="UTC"))


def session(ordinal: int = 1, day: date = DAY, topic: str = "") -> Session:
    starts = calendar.instant(day, time(14, 30), "UTC")
    return Session(
        id=ordinal, uid=UID, key=SessionKey(day, ordinal), kind=SessionKind.STUDY, state=SessionState.OPEN,
        topic=topic, starts=starts, ends=starts + 1, late_from=starts, grace=0, minimum_note=50,
        target=Target.parse(">98"), presenter_id=None, presenter="", leave_counts=True, audience=Audience(),
    )  # fmt: skip


def owes(day: int = 18, chars: int = 0, ordinal: int = 1, minimum: int = 50) -> OwedNote:
    return OwedNote(SessionKey(date(2026, 5, day), ordinal), Status.PRESENT, chars, minimum)


def view(
    *branches: BranchDebts, campaign: bool = False, sessions: tuple[Session, ...] = (), **more: object
) -> OwedView:
    return OwedView(PROGRAM, campaign, sessions or (session(),), branches, **more)  # type: ignore[arg-type]


def test_peoples_words_are_shown_and_never_obeyed() -> None:
    somebody = Debtor(1, "7", "Li [vip] \x1b[31mWei", "Hill\u202e", "5\x07", (owes(),))
    text = chase_text(view(BranchDebts(Branch(1, UID, "Hill\u202e", "Mara\x9b"), (somebody,))))
    assert text.splitlines()[0] == "Evening [b]choir"
    assert text.splitlines()[-2:] == ["Hill<U+202E> (contact Mara<U+009B>)", "- Li [vip] ␛[31mWei (7), 5␇: missing"]


def test_who_has_no_branch_comes_under_a_heading_too() -> None:
    text = chase_text(view(BranchDebts(None, (Debtor(1, "7", "Ada One", "", "", (owes(chars=12),)),))))
    assert text.endswith("\n\nNo branch\n- Ada One (7): 12 of 50 characters")


def test_a_second_session_of_a_day_is_told_from_the_first() -> None:
    assert about_text(view(sessions=(session(2, topic="The river"),))) == (
        "Notes of Mon 18 May 2026, 2026-05-18.2, The river"
    )
    somebody = Debtor(1, "7", "Ada One", "", "", (owes(), owes(ordinal=2), owes(19, 3)))
    text = chase_text(view(BranchDebts(None, (somebody,)), campaign=True, sessions=(session(1), session(2))))
    assert "Notes of 2 sessions, Mon 18 May 2026\n" in text
    assert text.endswith("Mon 18 May missing; Mon 18 May (2026-05-18.2) missing; Tue 19 May 3 of 50 characters")


def test_the_campaign_says_from_when_to_when() -> None:
    many = (session(1), session(1, date(2026, 5, 20)))
    assert about_text(view(campaign=True, sessions=many)) == "Notes of 2 sessions, Mon 18 May 2026 to Wed 20 May 2026"
    assert about_text(OwedView(PROGRAM, True, (), ())) == "No register was taken yet."


def test_one_and_many() -> None:
    somebody = Debtor(1, "7", "Ada One", "", "", (owes(), owes(19)))
    assert owed_text(view()) == "Nobody owes a note."
    assert owed_text(view(BranchDebts(None, (somebody,)))) == "1 person owes 2 notes."
    assert lack_text(owes(chars=1, minimum=2)) == "1 of 2 characters"


@pytest.mark.parametrize(
    ("contact", "phone", "said"),
    [("", "", ""), ("Mara", "", "contact Mara"), ("", "55", "55"), ("Mara", "55", "contact Mara, 55")],
)
def test_as_much_of_a_contact_as_is_known(contact: str, phone: str, said: str) -> None:
    assert contact_text(BranchDebts(Branch(1, UID, "Hill", contact, phone), ())) == said


def test_who_has_a_note_without_having_been_there_comes_last() -> None:
    text = chase_text(view(without_presence=(("7", "Ada One"), ("8", "Bo Two"))))
    assert text.endswith("Nobody owes a note.\n\nNote, but was not here: Ada One (7), Bo Two (8)")
