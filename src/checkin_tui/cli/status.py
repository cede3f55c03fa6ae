"""`checkin status`: the figures of a session and of the program so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call, session_option
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.exits import FOUND
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.domain.sessions import Session
    from checkin_tui.services.status import StatusView


@click.command(help=_("Show the figures of a session and of the program so far."))
@session_option
@click.option("--check", is_flag=True, help=_("Exit with 1 when the session is below its target."))
@json_option
@pass_call
def status(call: Call, key: SessionKey | None, check: bool) -> None:
    """Print the figures."""
    below = answer_status(call, key)
    if check and below:
        click.get_current_context().exit(FOUND)


def answer_status(call: Call, key: SessionKey | None) -> bool:
    """Print the figures of a session (None: today's). Returns whether it is below its target."""
    from checkin_tui.cli import shapes
    from checkin_tui.services.status import status as read_status

    view = read_status(call.context, key)
    call.answer(shapes.status_shape(view), _text(view))
    return view.participation.met is False


def _text(view: StatusView) -> str:
    from checkin_tui.cli.output import table

    rows = [[_("program"), view.program.terms.name]]
    if view.session is None:
        return table([*rows, [_("session"), _("none today")], *_campaign_rows(view)])
    text = table([*rows, *_session_rows(view, view.session), *_campaign_rows(view)])
    if view.branches:
        leave = view.session.leave_counts
        lines = [[_("branch"), _("attended"), _("expected"), _("notes missing")]]
        lines += [[one.name, str(one.attended), str(one.rate(leave).expected), str(one.owed)] for one in view.branches]
        text += "\n\n" + table(lines, right=(1, 2, 3))
    return text


def _session_rows(view: StatusView, session: Session) -> list[list[str]]:
    from checkin_tui.words import fraction_text, leave_text, rate_text

    counts, notes = view.figures.counts, view.figures.notes
    return [
        [_("session"), session_words(session, view.program.terms.zone)],
        [_("expected"), str(counts.expected)],
        [_("present"), str(counts.present)],
        [_("late"), str(counts.late)],
        [_("on leave"), str(counts.excused)],
        [_("absent"), str(counts.absent)],
        [_("not marked"), str(counts.unmarked)],
        [_("guests"), str(counts.guests)],
        [_("participation"), f"{rate_text(view.participation)} ({leave_text(session.leave_counts)})"],
        [_("leaders"), fraction_text(view.leaders.rate(session.leave_counts), session.target)],
        [
            _("notes"),
            _("{complete} of {required} complete, {short} too short, {missing} missing").format(
                complete=notes.complete, required=notes.required, short=notes.too_short, missing=notes.missing
            ),
        ],
    ]


def _campaign_rows(view: StatusView) -> list[list[str]]:
    from checkin_tui.words import allowance_text, before_text, campaign_text

    whole, target = view.campaign, view.program.terms.target
    so_far = (campaign_text(whole, target), before_text(whole, target))
    rows = [[_("so far"), " · ".join(text for text in so_far if text)]]
    if whole.allowance is not None:
        rows.append([_("at the end"), allowance_text(whole, target)])
    if whole.not_taken:
        keys = ", ".join(str(day.session.key) for day in whole.not_taken)
        rows.append([_("registers not taken"), keys])
    return rows


def session_words(session: Session, zone: str) -> str:
    """`2026-05-18 · Mon 18 May 2026 · 14:30-17:00 · open · study · the topic`."""
    from checkin_tui.words import day_text, kind_word, span_text, state_word

    parts = [
        str(session.key),
        day_text(session.key.day, year=True),
        span_text(session.starts, session.ends, zone),
        state_word(session.state),
        kind_word(session.kind),
        session.topic,
    ]
    return " · ".join(part for part in parts if part)
