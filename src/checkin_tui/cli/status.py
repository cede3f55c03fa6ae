"""`checkin status` and `checkin missing`: the figures, and who still owes a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call, session_option
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.i18n import _, ngettext

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
        click.get_current_context().exit(1)


def answer_status(call: Call, key: SessionKey | None) -> bool:
    """Print the figures of a session (None: today's). Returns whether it is below its target."""
    from checkin_tui.cli import shapes
    from checkin_tui.services.status import status as read_status

    view = read_status(call.context, key)
    call.answer(shapes.status_shape(view), _text(view))
    return shapes.rate_of(view).met is False


def _text(view: StatusView) -> str:
    from checkin_tui.cli.output import table
    from checkin_tui.cli.shapes import notes_missing, rate_of
    from checkin_tui.words import campaign_text, rate_text

    terms, figures, counts = view.program.terms, view.figures, view.figures.counts
    campaign = campaign_text(view.campaign, view.taken, terms.target)
    head = [[_("program"), terms.name]]
    if view.session is None:
        head += [[_("session"), _("none today")], [_("so far"), campaign]]
        return table(head)
    leave = _("people on leave count") if view.session.leave_counts else _("people on leave do not count")
    head += [
        [_("session"), session_words(view.session, terms.zone)],
        [_("expected"), str(counts.expected)],
        [_("present"), str(counts.present)],
        [_("late"), str(counts.late)],
        [_("on leave"), str(counts.excused)],
        [_("absent"), str(counts.absent)],
        [_("not marked"), str(counts.unmarked)],
        [_("guests"), str(counts.guests)],
        [_("participation"), f"{rate_text(rate_of(view))} ({leave})"],
        [
            _("notes"),
            _("{complete} of {required} complete, {short} too short, {missing} missing").format(
                complete=figures.complete,
                required=figures.required,
                short=figures.too_short,
                missing=notes_missing(view),
            ),
        ],
        [_("so far"), campaign],
    ]
    text = table(head)
    if view.branches:
        rows = [[_("branch"), _("attended"), _("expected"), _("notes missing")]]
        rows += [[one.name, str(one.attended), str(one.expected), str(one.notes_missing)] for one in view.branches]
        text += "\n\n" + table(rows, right=(1, 2, 3))
    return text


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


@click.command(help=_("List who still owes a note for a session, by branch and name."))
@session_option
@json_option
@pass_call
def missing(call: Call, key: SessionKey | None) -> None:
    """Print who owes a note, and who has one without having been there."""
    from checkin_tui.cli.output import table
    from checkin_tui.cli.shapes import missing_shape
    from checkin_tui.domain.notes import NoteState
    from checkin_tui.services.status import missing as read_missing
    from checkin_tui.words import note_word, status_word

    view = read_missing(call.context, key)
    parts = []
    if view.missing:
        rows = [[_("code"), _("name"), _("branch"), _("phone"), _("status"), _("note")]]
        for one in view.missing:
            state = note_word(NoteState.TOO_SHORT if one.chars else NoteState.MISSING)
            rows.append([one.code, one.name, one.branch, one.phone, status_word(one.status), state])
        parts.append(table(rows))
    if view.without_presence:
        rows = [[_("code"), _("name"), ""]]
        rows += [[code, name, note_word(NoteState.WITHOUT_PRESENCE)] for code, name in view.without_presence]
        parts.append(table(rows))
    call.answer(missing_shape(view), "\n\n".join(parts))
    call.say(
        ngettext("{count} person owes a note.", "{count} people owe a note.", len(view.missing)).format(
            count=len(view.missing)
        )
    )
