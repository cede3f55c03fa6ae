"""What the dashboard says while there is nothing to count: what comes, and what to do."""

from __future__ import annotations

from checkin_tui.domain.board import Board, Figure
from checkin_tui.domain.campaign import Day
from checkin_tui.domain.sessions import Session
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.desk.dashboard.facts import Facts, OneDay, Stage, Who
from checkin_tui.tui.desk.dashboard.texts import day_words
from checkin_tui.tui.desk.words import with_reason
from checkin_tui.tui.safe import cells, fit
from checkin_tui.tui.widgets.blocks import Block, Span, Spans, panel, wrapped
from checkin_tui.words import branch_word, clock_text, day_text, fraction_text, key_text, kind_word, span_text


def what_comes(width: int, facts: Facts) -> Block:
    """Where the day stands, who is expected, and how the last session was."""
    lines: list[Spans] = [(Span(f" {line}", "strong"),) for line in wrapped(width - 2, _sentence(facts))]
    session, live = facts.session, facts.board
    if session is not None and live is not None:
        lines += _about(width, session, facts)
        if live.counts.expected:
            lines += _expected(live, facts)
    last = last_taken(facts)
    if last is not None:
        text = _("Last session: {day}, {rate}").format(
            day=key_text(last.session.key), rate=fraction_text(last.rate, last.session.target)
        )
        lines.append((Span(f" {text}", "text", OneDay(last.session.id)),))
    if facts.stage is not Stage.COMING and facts.following is not None:
        one = facts.following
        hours = span_text(one.starts, one.ends, facts.zone)
        text = _("Next: {day} {hours}").format(day=day_text(one.key.day), hours=hours)
        lines.append((Span(f" {text}", "text", OneDay(one.id) if _is_known(one, facts) else None),))
    return panel(width, _("WHAT COMES") if facts.stage is not Stage.NOT_TAKEN else _("REGISTER NOT TAKEN"), lines)


def _is_known(session: Session, facts: Facts) -> bool:
    return any(day.session.id == session.id for day in facts.days or ())


def _sentence(facts: Facts) -> str:
    session = facts.session
    if session is None:
        if facts.stage is Stage.NO_PROGRAM:
            return _("There is no program yet. Make one on the roster, or look at the sample.")
        return _("No session today.")
    day = day_text(session.key.day)
    hours = span_text(session.starts, session.ends, facts.zone)
    if facts.stage is Stage.CANCELLED:
        return with_reason(_("The session of {day} was cancelled. It is in no rate.").format(day=day), session)
    return {
        Stage.EMPTY: _("{day} {hours}: nobody is expected yet. Import people, or add them on the roster."),
        Stage.COMING: _coming(session, facts),
        Stage.WAITING: _("{day} {hours}: the register is open, and nobody is here yet."),
        Stage.NOT_TAKEN: _("{day} {hours}: nobody was marked, so it is in no rate."),
    }[facts.stage].format(day=day, hours=hours)


def _coming(session: Session, facts: Facts) -> str:
    """What becomes of a planned session: a check-in opens it, but only on its day and before its end."""
    if session.key.day > facts.today:
        return _("Planned for {day} {hours}.")
    if facts.now >= session.ends:
        ended = _("Ended {time}, and nobody opened it. People can be entered by “arrived at”.")
        return ended.format(time=clock_text(session.ends, facts.zone))
    return _("{day} {hours}: planned. The first check-in opens the register.")


def _about(width: int, session: Session, facts: Facts) -> list[Spans]:
    """Kind, topic, presenter, and from when one is late."""
    parts = [kind_word(session.kind)]
    if session.topic:
        parts.append(session.topic)
    if facts.presenter:
        parts.append(_("by {name}").format(name=facts.presenter))
    lines = wrapped(width - 2, ", ".join(parts))[:2]
    if facts.stage in (Stage.COMING, Stage.WAITING):
        lines.append(_("late from {time}").format(time=clock_text(session.late_from, facts.zone)))
    return [(Span(f" {line}", "muted"),) for line in lines]


def _expected(live: Board, facts: Facts) -> list[Spans]:
    counts, leaders = live.counts, live.leaders.expected
    expected = _("{count} expected").format(count=counts.expected)
    lines: list[Spans] = [(Span(f" {expected}", "strong", Who(Figure.EXPECTED)),)]
    if counts.excused:
        text = _("{count} of them on leave") if facts.stage is Stage.NOT_TAKEN else _("{count} on leave ahead")
        lines.append((Span(f" {text.format(count=counts.excused)}", "excused", Who(Figure.EXCUSED)),))
    if leaders:
        text = ngettext("{count} leader among them", "{count} leaders among them", leaders).format(count=leaders)
        lines.append((Span(f" {text}", "text", Who(Figure.LEADERS)),))
    return lines


def last_taken(facts: Facts) -> Day | None:
    """The newest session before this one (or before now) that was taken."""
    before = facts.session.starts if facts.session is not None else facts.now
    taken = [day for day in facts.days or () if day.taken and day.session.starts < before]
    return taken[-1] if taken else None


def expected_panel(width: int, live: Board) -> Block:
    """The branches with how many are expected, and how many of them are on leave."""
    numbers = [str(group.expected) for group in live.branches]
    leave = [_("{count} on leave").format(count=group.excused) if group.excused else "" for group in live.branches]
    room = max((cells(number) for number in numbers), default=1)
    aside = max((cells(text) for text in leave), default=0)
    lines = []
    for group, number, away in zip(live.branches, numbers, leave, strict=True):
        name = fit(branch_word(group.name), max(4, width - room - aside - 5))
        spans = [Span(f" {name} {number:>{room}}", "text", Who(Figure.EXPECTED, branch=group.name))]
        if away:
            spans += [Span(" "), Span(f" {away}", "excused", Who(Figure.EXCUSED, branch=group.name))]
        lines.append(tuple(spans))
    return panel(width, _("EXPECTED BY BRANCH"), lines)


def day_facts(day: Day, facts: Facts) -> list[tuple[str, str]]:
    """A day's register in a few lines: (what, words)."""
    session, counts, notes = day.session, day.counts, day.notes
    sign, words, _kind = day_words(day, facts)
    found = [
        (_("Session"), f"{span_text(session.starts, session.ends, facts.zone)} {kind_word(session.kind)}"),
        (_("Topic"), session.topic),
        (_("Reason"), session.reason),
        (_("Expected"), str(counts.expected)),
    ]
    if not day.taken:
        if counts.excused:
            found.append((_("On leave"), str(counts.excused)))
        found.append((_("Register"), f"{sign} {words}"))
        return [(what, text) for what, text in found if text]
    rate = fraction_text(day.rate, session.target)
    met = session.target.met_by(day.attended, day.expected)
    found += [
        (_("Rate"), f"{sign} {rate}"),
        (_("Target"), f"{session.target.rule} {session.target.percent_text} %, " + (_("met") if met else _("not met"))),
        (_("Present"), str(counts.present)),
        (_("Late"), str(counts.late)),
        (_("On leave"), str(counts.excused)),
        (_("Absent"), str(counts.absent)),
        (_("Not marked"), str(counts.unmarked)),
        (_("Guests"), str(counts.guests)),
        (_("Notes"), _("{complete} of {required} complete, {short} too short, {missing} missing").format(
            complete=notes.complete, required=notes.required, short=notes.too_short, missing=notes.missing
        )),
    ]  # fmt: skip
    return [(what, text) for what, text in found if text]
