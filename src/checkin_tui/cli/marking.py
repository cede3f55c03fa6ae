"""`checkin mark`: one step about one person, through the same service as the desk."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any, Final

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call, session_option
from checkin_tui.cli.types import CLOCK
from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.errors import ALREADY, AMBIGUOUS, MARK_CODES, UNCHANGED, CheckInError, DatabaseError
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.text import clean, visible
from checkin_tui.exits import REFUSED
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.domain.changes import AttendanceChanged
    from checkin_tui.domain.clock import Millis
    from checkin_tui.domain.people import Member
    from checkin_tui.domain.roster import Mark
    from checkin_tui.domain.sessions import Session

_HARMLESS: Final = (ALREADY, UNCHANGED)


@click.command(
    help=_(
        "Mark one person. CODE is a code, else an exact name. Alone it is an arrival now; --status is a decision and "
        "overrides the clock; --left alone is only a leaving."
    )
)
@click.argument("code")
@click.option("--status", type=click.Choice([one.value for one in Status]), help=_("Decide the status."))
@click.option("--at", type=CLOCK, help=_("The time of arrival."))
@click.option("--left", type=CLOCK, help=_("The time of leaving."))
@session_option
@click.option("--reason", type=click.Choice([one.value for one in Reason]), help=_("Why the person is on leave."))
@click.option("--correct", is_flag=True, help=_("Replace the known time; needed on a closed session."))
@click.option("--because", metavar="TEXT", help=_("Why a closed session is corrected."))
@click.option("--guest", is_flag=True, help=_("Let in somebody who is not expected, as a guest of the day."))
@json_option
@pass_call
def mark(call: Call, /, code: str, key: SessionKey | None, at: time | None, left: time | None, **options: Any) -> None:
    """Mark one person, or say why not."""
    status = None if options["status"] is None else Status(options["status"])
    reason = None if options["reason"] is None else Reason(options["reason"])
    _check(status, reason, at, left, options["correct"], options["because"])
    from checkin_tui.domain.calendar import instant
    from checkin_tui.domain.requests import MarkPerson
    from checkin_tui.services.lookup import session_named

    session = session_named(call.context, key)
    person = _find(call, session, code)
    zone, day = call.program.terms.zone, session.key.day
    try:
        changed = call.write(
            MarkPerson,
            session_id=session.id,
            member_id=person.id,
            status=status,
            reason=reason,
            at=None if at is None else instant(day, at, zone),
            left=None if left is None else instant(day, left, zone),
            correct=options["correct"],
            guest=options["guest"],
            because=clean(options["because"] or ""),
            typed=clean(code),
        )
    except CheckInError as error:
        if error.code not in MARK_CODES:
            raise
        _refused(call, session, person, error)
    else:
        alone = left is not None and status is None and at is None
        _done(call, session, person, changed, instant(day, left, zone) if left is not None and alone else None)


def _check(
    status: Status | None, reason: Reason | None, at: time | None, left: time | None, correct: bool, because: str | None
) -> None:
    """Refuse options that contradict each other, before anything is looked at."""
    away = status is not None and not status.attended
    if away and at is not None:
        raise CheckInError("at_needs_attended")
    if away and left is not None:
        raise click.UsageError(_("A time of leaving goes only with present or late."))
    if reason is not None and status is not Status.EXCUSED:
        raise CheckInError("reason_needs_excused")
    if because is not None and not correct:
        raise click.UsageError(_("--because goes with --correct."))


def _find(call: Call, session: Session, code: str) -> Member:
    """The person meant. Where nobody or several are, the attempt is kept and the command ends with 2."""
    from checkin_tui.cli.people import code_of
    from checkin_tui.domain.requests import RecordRefusal
    from checkin_tui.services.status import find_person
    from checkin_tui.words import sentence

    typed = code_of(code)
    try:
        return find_person(call.context, typed)
    except DatabaseError:
        raise  # nobody was looked for
    except CheckInError as error:
        message = sentence(error.code, error.values, zone=call.zone)
        known_by_name = error.code == AMBIGUOUS
        if known_by_name:
            message += " " + _("Their codes: {codes}.").format(codes=visible(", ".join(error.values["codes"])))
        call.write(RecordRefusal, session_id=session.id, typed=typed, code=error.code, sentence=message)
        call.answer(
            {
                "result": error.code,
                "code": None if known_by_name else typed,
                "name": typed if known_by_name else None,
                "status": None,
                "minutes_late": None,
                "message": message,
            },
            "",
        )
        call.say(message)
        click.get_current_context().exit(REFUSED)


def _refused(call: Call, session: Session, person: Member, error: CheckInError) -> None:
    from checkin_tui.services.lookup import place_of
    from checkin_tui.words import sentence

    message = sentence(error.code, error.values, zone=call.zone)
    standing = place_of(call.context, session, person.id).mark
    harmless = error.code in _HARMLESS
    call.answer(_shape(error.code, person, standing, message), message if harmless else "")
    if not harmless:
        call.say(message)
        click.get_current_context().exit(REFUSED)


def _done(call: Call, session: Session, person: Member, changed: AttendanceChanged, left: Millis | None) -> None:
    """left: the time of a leaving that was all there was to write."""
    from checkin_tui.services.lookup import place_of

    place = place_of(call.context, session, person.id)
    message = _message(person, place.mark, place.branch, call.program.terms.zone, left)
    call.answer(_shape("done", person, place.mark, message), message)
    if changed.session is not None:
        call.say(_("The session {key} is open now.").format(key=session.key))


def _shape(result: str, person: Member, mark: Mark, message: str) -> dict[str, Any]:
    return {
        "result": result,
        "code": person.code,
        "name": person.name,
        "status": None if mark.status is None else mark.status.value,
        "minutes_late": mark.minutes_late,
        "message": message,
    }


def _message(person: Member, mark: Mark, branch: str, zone: str, left: Millis | None) -> str:
    """`present · Zhang Wei · Xinghe · 14:26`, `left 16:30 · Zhang Wei · Xinghe`."""
    from checkin_tui.words import clock_text, status_word

    who = [visible(person.name), visible(branch)]
    if left is not None:
        parts = [_("left {time}").format(time=clock_text(left, zone)), *who]
    else:
        what = status_word(mark.status, mark.reason)
        if mark.minutes_late is not None:
            what = _("late {minutes} min").format(minutes=mark.minutes_late)
        parts = [what, *who, "" if mark.arrived is None else clock_text(mark.arrived, zone)]
        if mark.left is not None:
            parts.append(_("left {time}").format(time=clock_text(mark.left, zone)))
    return " · ".join(part for part in parts if part)
