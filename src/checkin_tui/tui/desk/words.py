"""What the views say of a day: banners, what stands in the way, the header. Plain values made of plain values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from checkin_tui.domain.attendance.events import Action, Status
from checkin_tui.domain.calendar import local
from checkin_tui.domain.changes import AttendanceChanged, ChangesUndone, PeopleChanged
from checkin_tui.domain.clock import MINUTE, Millis
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.roster import Mark, Person
from checkin_tui.domain.sessions import Session, SessionState
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui import shown
from checkin_tui.tui.commands import View, bar_digit
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
    which_text,
)
from checkin_tui.words.backups import no_backup_text
from checkin_tui.words.wrong_files import CODES as WRONG_FILES
from checkin_tui.words.wrong_files import what_is_wrong

INFO, TROUBLE, NOT_SAVED = "info", "trouble", "not-saved"


def header_facts(
    register: Register | None, now_text: str, operator: str, saving: int, failed: int, *, no_program: bool = False
) -> HeaderFacts:
    """The header. A register not yet read says so, and a file without a program."""
    state, kind = _("saved"), "saved"
    if failed:
        state, kind = _("NOT SAVED {count}").format(count=failed), "not-saved"
    elif saving:
        state, kind = _("saving {count} …").format(count=saving), "saving"
    elif no_program:
        state, kind = "", "saved"
    elif register is None:
        state, kind = _("opening …"), "saving"
    if register is None:
        text = _("no program yet") if no_program else ""
        return HeaderFacts("checkin", text, now_text, operator, state, kind)
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
        short=session_text(register, kind=False),
    )


def session_text(register: Register, *, kind: bool = True) -> str:
    """`Mon 25 May 14:30-17:00 study OPEN`, for a narrow window without the kind."""
    session = register.session
    if session is None:
        return _("{day}: no session").format(day=day_text(register.view.today))
    hours = span_text(session.starts, session.ends, register.zone)
    pattern = _("{day} {hours} {kind} {state}") if kind else _("{day} {hours} {state}")
    text = pattern.format(
        day=day_text(session.key.day),
        hours=hours,
        kind=kind_word(session.kind),
        state=state_word(session.state).upper(),
    )
    return which_text(text, session.key)


def notice(register: Register, now: Millis, correcting: bool, digit: int, view: View) -> NoticeValue | None:
    """What stands in the way in `view`, with the offer that → `digit` takes; None when nothing does."""
    situation, session = register.situation(now), register.session
    if situation is Situation.NO_SESSION:
        return NoticeValue(_no_session(register, digit), "warning")
    if session is None:
        return None
    day = day_text(session.key.day)
    if situation is Situation.OTHER_DAY:
        text = _("This is the register of {day}. → {digit} opens today's.").format(day=day, digit=digit)
        return NoticeValue(text, "warning")
    if situation is Situation.ENDED and session.state is SessionState.OPEN:
        text = _("Ended {time}. Enter people by “arrived at”, or close. → {digit} closes.")
        return NoticeValue(text.format(time=clock_text(session.ends, register.zone), digit=digit), "warning")
    if situation is Situation.ENDED:
        text = _("Ended {time}, and nobody opened it. Enter people by “arrived at”.")
        return NoticeValue(text.format(time=clock_text(session.ends, register.zone)), "warning")
    if situation is Situation.CLOSED:
        return _closed_notice(session, register, digit, correcting=correcting, away=register.is_away(now))
    if situation is Situation.CANCELLED:
        text = _("The session of {day} was cancelled. → {digit} opens today's.").format(day=day, digit=digit)
        return NoticeValue(with_reason(text, session), "warning")
    if not len(register.model):
        return NoticeValue(_nobody(digit, view), "warning")
    if situation is Situation.PLANNED:
        return NoticeValue(_("Planned. The first check-in opens the register."), "info")
    return None


def with_reason(text: str, session: Session) -> str:
    """The sentence about a cancelled session, and why it was. Last, for that is what may be cut."""
    return text + " " + _("Reason: {reason}").format(reason=session.reason) if session.reason else text


def _closed_notice(session: Session, register: Register, digit: int, *, correcting: bool, away: bool) -> NoticeValue:
    day = day_text(session.key.day)
    if correcting:
        text = _("Correcting {day}: every change keeps the reason.").format(day=day)
        if away:
            text += " " + _("→ {digit} opens today's.").format(digit=digit)
        return NoticeValue(text, "warning")
    closed = moment_text(session.closed, register.zone) if session.closed is not None else ""
    if away and local(session.closed or session.ends, register.zone).date() != session.key.day:
        closed = _("{day}, on {moment}").format(day=day, moment=closed)
    if not away:
        return NoticeValue(_("Closed {moment}. → {digit} corrects this day.").format(moment=closed, digit=digit))
    text = _("Closed {moment}. → {digit} opens today's, → {following} corrects this day.")
    return NoticeValue(text.format(moment=closed, digit=digit, following=digit + 1), "warning")


def _nobody(digit: int, view: View) -> str:
    """Nobody is known: a file, and where the bar has it one person."""
    add = bar_digit("people.walk_in", view)
    if not add:
        return _("Nobody is on the list yet. → {digit} imports a file.").format(digit=digit)
    return _("Nobody is on the list yet. → {digit} imports a file, → {add} adds a person.").format(digit=digit, add=add)


def _no_session(register: Register, digit: int) -> str:
    following = register.view.following
    if following is None:
        return _("No session today, and none to come. → {digit} opens an extra one.").format(digit=digit)
    return _("Next: {day}. → {digit} opens an extra one.").format(day=day_text(following.key.day), digit=digit)


def not_saved_notice(count: int, digit: int, whose: str = "") -> NoticeValue:
    """Stays while anything is not saved, whatever the banner says meanwhile. whose: last, for that may be cut."""
    text = ngettext(
        "{count} step is NOT SAVED. → {digit} tries again.",
        "{count} steps are NOT SAVED. → {digit} tries again.",
        count,
    )
    said = text.format(count=count, digit=digit)
    return NoticeValue(f"{said} · {whose}" if whose else said, "error")


def no_backup_notice(error: CheckInError) -> NoticeValue:
    """That the day has no backup, and why."""
    return NoticeValue(no_backup_text(error.values.get("cause", error.code)), "warning")


def laptop_notice(behind: Millis, network: str) -> NoticeValue | None:
    """What is wrong with this laptop: a clock that is behind, a disk that is none."""
    if not behind and not network:
        return None
    from checkin_tui.words.health import clock_notice, network_notice

    return NoticeValue(clock_notice(behind) if behind else network_notice(network), "warning")


def clock_now(now: Millis, zone: str, behind: Millis) -> str:
    """`14:26`; with a clock that is off `14:26 CLOCK OFF 1 h`."""
    if not behind:
        return clock_text(now, zone)
    from checkin_tui.words.health import duration_text

    return _("{clock} CLOCK OFF {time}").format(clock=clock_text(now, zone), time=duration_text(behind))


def waiting_notice(count: int) -> NoticeValue:
    """Another program holds the file for long: what was pressed is not lost, and not saved either."""
    text = ngettext(
        "{count} step waits: another program holds the file. Saved as soon as it lets go.",
        "{count} steps wait: another program holds the file. Saved as soon as it lets go.",
        count,
    )
    return NoticeValue(text.format(count=count), "warning")


def waiting_banner(whose: str) -> BannerValue:
    """What was pressed takes longer than a blink. whose: whom it is about, as far as that can be said."""
    head = _("… saving {whose}").format(whose=whose) if whose else _("… saving")
    return BannerValue(INFO, head, (_("Not on the disk yet."),))


def no_program_notice(digit: int) -> NoticeValue:
    """After "not now" on the first start."""
    return NoticeValue(_("There is no program yet. → {digit} makes one, or opens the sample.").format(digit=digit))


def file_replaced(before: Register, register: Register) -> BannerValue:
    """Everything on the screen comes from another file than a moment ago."""
    if before.view.program.uid == register.view.program.uid:
        return BannerValue(INFO, _("A backup was brought back, or the file repaired: you see what it holds now."))
    text = _("! The file was exchanged. It is now that of: {program}")
    return BannerValue(TROUBLE, text.format(program=register.view.program.terms.name))


def desk_opened(register: Register) -> BannerValue:
    """Another day is on the screen."""
    if register.session is None:
        return BannerValue(INFO, _("Today: {day}, no session.").format(day=day_text(register.view.today)))
    return session_changed(register.session, None)


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


def marked_banner(change: AttendanceChanged, register: Register, before: Mark | None = None) -> BannerValue:
    """What a mark of this window did. before: how the person stood; who was on leave or absent is told of."""
    rest: list[str] = []
    if change.session is not None and change.session.state is SessionState.OPEN and change.action is Action.MARK:
        rest.append(_("The register is now open."))
    if change.action is Action.CLOSE:
        count = len(change.marks)
        absent = ngettext("{count} marked absent.", "{count} marked absent.", count).format(count=count)
        return BannerValue(INFO, _("Closed."), (absent,) if count else ())
    if len(change.marks) != 1:
        head = ngettext("{count} person marked.", "{count} people marked.", len(change.marks))
        return BannerValue(INFO, head.format(count=len(change.marks)), tuple(rest))
    member_id, mark = change.marks[0]
    person = register.model.person(member_id)
    if person is None:
        return BannerValue(INFO, _("Saved."), tuple(rest))
    detail = _detail(person, mark, register)
    if before is not None and before.status in (Status.EXCUSED, Status.ABSENT) and before.status is not mark.status:
        was = _("was {status}").format(status=status_word(before.status, before.reason))
        detail = f"{was} · {detail}" if detail else was
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
    owes = register.owes.get(person.member_id, 0)
    if owes:
        parts.append(ngettext("owes {count} note", "owes {count} notes", owes).format(count=owes))
    return " · ".join(parts)


def left_banner(change: AttendanceChanged, left: Millis, register: Register) -> BannerValue:
    """Somebody left. For who did not attend the time is only noted: the status stays, and that is said."""
    member_id, mark = change.marks[0]
    person = register.model.person(member_id)
    if person is None or (mark.status is not None and mark.status.attended):
        return marked_banner(change, register)
    parts = [
        _("Left {time} noted").format(time=clock_text(left, register.zone)),
        _("still {status}").format(status=status_word(mark.status, mark.reason)),
        person.name,
        person.branch,
    ]
    kind = mark.status.value if mark.status is not None else "unmarked"
    head = " · ".join(part for part in parts if part)
    return BannerValue(kind, head, (_("It counts once the person has arrived."),))


def undone_banner(change: AttendanceChanged, register: Register) -> BannerValue:
    """What undo took back, or redo did again, by name."""
    what = action_word(change.undone) if change.undone is not None else ""
    pattern = _("Taken back: {what}") if change.action is Action.UNDO else _("Done again: {what}")
    head = pattern.format(what=what)
    if change.session is not None:
        head += " · " + _("The register is {state}.").format(state=state_word(change.session.state))
    if change.touched > 1:
        head += " · " + ngettext("{count} person", "{count} people", change.touched).format(count=change.touched)
    rest: list[str] = []
    if len(change.marks) == 1:
        member_id, mark = change.marks[0]
        person = register.model.person(member_id)
        if person is not None:
            head += f" · {person.name}"
            rest.append(_("Now: {status}").format(status=status_word(mark.status, mark.reason)))
    return BannerValue(INFO, head, tuple(rest))


def changed_elsewhere(person: Person, mark: Mark) -> BannerValue:
    """Another window or command changed how somebody stands whom the banner was about."""
    status = status_word(mark.status, mark.reason)
    text = _("Changed in another window: {name}. Now: {status}.")
    return BannerValue(INFO, text.format(name=person.name, status=status))


def taken_back_banner(change: AttendanceChanged, register: Register) -> BannerValue:
    """The newest step about one person is gone."""
    member_id, mark = change.marks[0] if change.marks else (change.member_id or 0, Mark())
    person = register.model.person(member_id)
    name = "" if person is None else person.name
    status = status_word(mark.status, mark.reason)
    return BannerValue(INFO, _("Taken back: {name}. Now: {status}.").format(name=name, status=status))


def refused_banner(code: str, values: Mapping[str, Any], zone: str, line: str = "") -> BannerValue:
    """Why nothing changed; line: what is offered, or what else there is to say."""
    if code in WRONG_FILES:
        head = what_is_wrong(code, _brief(values))
        return BannerValue(TROUBLE, "! " + head, (line or _("checkin doctor says what to do."),))
    return BannerValue(TROUBLE, "! " + sentence(code, values, zone=zone), (line,) if line else ())


def _brief(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of a path only the name: the line is short."""
    return {**values, "path": PurePath(str(values["path"])).name} if "path" in values else values


def why_not_saved(code: str, values: Mapping[str, Any]) -> str:
    """What was wrong, with the name of the file alone."""
    return what_is_wrong(code, _brief(values)) if code in WRONG_FILES else sentence(code, _brief(values))


def not_saved_banner(code: str, values: Mapping[str, Any], names: str) -> BannerValue:
    """The disk refused. It stays until it is retried or put away."""
    head = _("NOT SAVED: {why}").format(why=why_not_saved(code, values))
    wrong = code in WRONG_FILES
    rest = _("→ 1 tries again. checkin doctor says what to do.") if wrong else _("→ 1 tries again.")
    return BannerValue(NOT_SAVED, "✗ " + head, (f"{rest} · {names}" if names else rest,))


def person_saved(change: PeopleChanged, *, hidden: bool) -> BannerValue:
    """Somebody was added or edited. hidden: the code stands for the name."""
    member = change.member
    assert member is not None
    name = shown.member(member.name, member.code, hidden=hidden)
    pattern = _("Added: {name} · code {code}") if change.new else _("Saved: {name} · code {code}")
    branch = member.memberships[-1].branch if member.memberships else ""
    head = pattern.format(name=name, code=member.code)
    if not (change.new or change.changed):
        return BannerValue(INFO, _("Nothing changed: {name}").format(name=name))
    rest = _("→ 1 takes it back.")
    return BannerValue(INFO, head, (f"{rest} · {branch}" if branch else rest,))


def change_taken_back(change: ChangesUndone) -> BannerValue:
    """Somebody added is gone again, or as before; so is what has no code, a branch."""
    text = _("Taken back: {code}").format(code=change.code) if change.code else _("Taken back.")
    return BannerValue(INFO, text)


def following_minute(now: Millis) -> float:
    """Seconds until the clock in the header has to change."""
    return (MINUTE - now % MINUTE) / 1000 + 0.02


def session_changed(session: Session, register: Register | None) -> BannerValue:
    """A session was opened, opened again, or is late from another time on."""
    before = None if register is None else register.session
    if register is not None and before is not None and before.id == session.id and before.state is session.state:
        return BannerValue(INFO, _("Late from {time} now.").format(time=clock_text(session.late_from, register.zone)))
    return BannerValue(
        INFO,
        _("The register of {day} is {state}.").format(day=day_text(session.key.day), state=state_word(session.state)),
    )
