"""What the roster says: banners, the bar with what stands in the way, the header. Plain values made of plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checkin_tui.domain.attendance.events import Action, Status
from checkin_tui.domain.changes import AttendanceChanged
from checkin_tui.domain.clock import MINUTE, Millis
from checkin_tui.domain.roster import Mark, Person
from checkin_tui.domain.sessions import Session, SessionState
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.register import Register, Situation
from checkin_tui.tui.widgets.lines import BannerValue, HeaderFacts, NoticeValue
from checkin_tui.words import (
    action_word,
    clock_text,
    day_text,
    kind_word,
    moment_text,
    sentence,
    sign,
    span_text,
    state_word,
    status_word,
)

INFO, TROUBLE, NOT_SAVED = "info", "trouble", "not-saved"


def header_facts(register: Register | None, now_text: str, operator: str, saving: int, failed: int) -> HeaderFacts:
    """The header. A register not yet read says so."""
    state, kind = _("saved"), "saved"
    if failed:
        state, kind = _("NOT SAVED {count}").format(count=failed), "not-saved"
    elif saving:
        state, kind = _("saving {count} …").format(count=saving), "saving"
    elif register is None:
        state, kind = _("opening …"), "saving"
    if register is None:
        return HeaderFacts("checkin", "", now_text, operator, state, kind)
    program = register.view.program
    return HeaderFacts(
        program.terms.name,
        session_text(register),
        now_text,
        operator,
        state,
        kind,
        practice=program.practice,
        topic="" if register.session is None else register.session.topic,
    )


def session_text(register: Register) -> str:
    """`Mon 25 May 14:30-17:00 study OPEN`."""
    session = register.session
    if session is None:
        return _("{day}: no session").format(day=day_text(register.view.today))
    hours = span_text(session.starts, session.ends, register.zone)
    text = _("{day} {hours} {kind} {state}").format(
        day=day_text(session.key.day),
        hours=hours,
        kind=kind_word(session.kind),
        state=state_word(session.state).upper(),
    )
    if session.key.ordinal > 1:
        text += f" .{session.key.ordinal}"
    return text


def notice(register: Register, now: Millis, correcting: bool) -> NoticeValue | None:
    """What stands in the way of checking in, with the offer that → 1 takes; None when nothing does."""
    situation, session = register.situation(now), register.session
    if situation is Situation.NO_SESSION:
        return NoticeValue(_no_session(register), "warning")
    if session is None:
        return None
    if situation is Situation.OTHER_DAY:
        text = _("This is the register of {day}. → 1 opens today's.").format(day=day_text(session.key.day))
        return NoticeValue(text, "warning")
    if situation is Situation.ENDED:
        ended = clock_text(session.ends, register.zone)
        return NoticeValue(
            _("Ended {time}. Enter people by “arrived at”, or close. → 1 closes.").format(time=ended), "warning"
        )
    if situation is Situation.CLOSED:
        if correcting:
            return NoticeValue(
                _("Correcting {day}: every change keeps the reason.").format(day=day_text(session.key.day)), "warning"
            )
        closed = moment_text(session.closed, register.zone) if session.closed is not None else ""
        return NoticeValue(_("Closed {moment}. → 1 corrects this day.").format(moment=closed), "info")
    if situation is Situation.CANCELLED:
        return NoticeValue(_("This session was cancelled."), "warning")
    if situation is Situation.PLANNED:
        return NoticeValue(_("Planned. The first check-in opens the register."), "info")
    return None


def _no_session(register: Register) -> str:
    following = register.view.following
    if following is None:
        return _("No session today, and none to come. → 1 opens an extra one.")
    return _("Next: {day}. → 1 opens an extra one.").format(day=day_text(following.key.day))


def status_head(person: Person, mark: Mark, register: Register) -> str:
    """`✓ PRESENT Zhang Wei · Xinghe · 14:26`."""
    words = f"{sign(mark.status)} {status_word(mark.status, mark.reason).upper()}".strip()
    if mark.status is Status.LATE and mark.minutes_late is not None:
        words += " " + _("{minutes} min").format(minutes=mark.minutes_late)
    parts = [f"{words}  {person.name}", person.branch]
    if mark.arrived is not None:
        parts.append(clock_text(mark.arrived, register.zone))
    elif mark.status is not None and mark.status.attended:
        parts.append(_("time not known"))
    if mark.left is not None and not mark.inside:
        parts.append(_("left {time}").format(time=clock_text(mark.left, register.zone)))
    return " · ".join(part for part in parts if part)


def marked_banner(change: AttendanceChanged, register: Register) -> BannerValue:
    """What a mark of this window did."""
    rest: list[str] = []
    if change.session is not None and change.session.state is SessionState.OPEN and change.action is Action.MARK:
        rest.append(_("The register is now open."))
    if len(change.marks) != 1:
        head = ngettext("{count} person marked.", "{count} people marked.", len(change.marks))
        return BannerValue(INFO, head.format(count=len(change.marks)), tuple(rest))
    member_id, mark = change.marks[0]
    person = register.model.person(member_id)
    if person is None:
        return BannerValue(INFO, _("Saved."), tuple(rest))
    detail = _detail(person, mark, register)
    kind = mark.status.value if mark.status is not None else "unmarked"
    return BannerValue(kind, status_head(person, mark, register), (*([detail] if detail else []), *rest))


def _detail(person: Person, mark: Mark, register: Register) -> str:
    session = register.session
    parts = []
    if mark.status is Status.LATE and session is not None:
        parts.append(
            _("start {start}, late from {late}").format(
                start=clock_text(session.starts, register.zone), late=clock_text(session.late_from, register.zone)
            )
        )
    if not person.expected:
        parts.append(_("guest of today"))
    if person.owes:
        parts.append(ngettext("owes {count} note", "owes {count} notes", person.owes).format(count=person.owes))
    return " · ".join(parts)


def undone_banner(change: AttendanceChanged, register: Register) -> BannerValue:
    """What undo took back, or redo did again, by name."""
    what = action_word(change.undone) if change.undone is not None else ""
    pattern = _("Taken back: {what}") if change.action is Action.UNDO else _("Done again: {what}")
    head = pattern.format(what=what)
    if change.touched > 1:
        head += " · " + ngettext("{count} person", "{count} people", change.touched).format(count=change.touched)
    rest: list[str] = []
    if len(change.marks) == 1:
        member_id, mark = change.marks[0]
        person = register.model.person(member_id)
        if person is not None:
            head += f" · {person.name}"
            rest.append(_("Now: {status}").format(status=status_word(mark.status, mark.reason)))
    if change.session is not None:
        rest.append(_("The register is {state}.").format(state=state_word(change.session.state)))
    return BannerValue(INFO, head, tuple(rest))


def taken_back_banner(change: AttendanceChanged, register: Register) -> BannerValue:
    """The newest step about one person is gone."""
    member_id, mark = change.marks[0] if change.marks else (change.member_id or 0, Mark())
    person = register.model.person(member_id)
    name = "" if person is None else person.name
    status = status_word(mark.status, mark.reason)
    return BannerValue(INFO, _("Taken back: {name}. Now: {status}.").format(name=name, status=status))


def refused_banner(code: str, values: Mapping[str, Any], zone: str, offer: str = "") -> BannerValue:
    """Why nothing changed."""
    return BannerValue(TROUBLE, "! " + sentence(code, values, zone=zone), (offer,) if offer else ())


def not_saved_banner(code: str, values: Mapping[str, Any], names: str) -> BannerValue:
    """The disk refused. It stays until it is retried or put away."""
    head = _("NOT SAVED: {why}").format(why=sentence(code, values))
    rest = _("→ 1 tries again.")
    return BannerValue(NOT_SAVED, "✗ " + head, (f"{rest} · {names}" if names else rest,))


def following_minute(now: Millis) -> float:
    """Seconds until the clock in the header has to change."""
    return (MINUTE - now % MINUTE) / 1000 + 0.02


def session_opened(session: Session) -> BannerValue:
    """A session was opened, closed or opened again."""
    return BannerValue(
        INFO,
        _("The register of {day} is {state}.").format(day=day_text(session.key.day), state=state_word(session.state)),
    )
