"""`checkin session list|plan|open|close|cancel|edit`."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call
from checkin_tui.cli.types import CLOCK, DATE, HOURS, KEY
from checkin_tui.domain.sessions import AudienceKind, SessionKey, SessionKind
from checkin_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from checkin_tui.domain.sessions import Session

KIND = click.Choice([kind.value for kind in SessionKind])


@click.group(help=_("List, plan, open, close, cancel or edit sessions."))
def session() -> None:
    """Hold the commands about sessions."""


@session.command("list", help=_("List all sessions, by key."))
@json_option
@pass_call
def list_sessions(call: Call) -> None:
    """Print every session."""
    from checkin_tui.cli.output import table
    from checkin_tui.cli.shapes import session_line
    from checkin_tui.domain.reads import LoadSessions
    from checkin_tui.words import day_text, kind_word, span_text, state_word

    zone = call.program.terms.zone
    known = sorted(call.handle(LoadSessions()), key=lambda one: one.key)
    told = any(one.reason for one in known)  # a column only where there is something in it
    rows = [[_("key"), _("day"), _("hours"), _("state"), _("kind"), _("topic"), *([_("reason")] if told else [])]]
    rows += [
        [
            str(one.key),
            day_text(one.key.day),
            span_text(one.starts, one.ends, zone),
            state_word(one.state),
            kind_word(one.kind),
            one.topic,
            *([one.reason] if told else []),
        ]
        for one in known
    ]
    call.answer({"sessions": [{**session_line(one, zone), "reason": one.reason} for one in known]}, table(rows))


@session.command(help=_("Plan the program's sessions, or those of the DATES. What exists stays as it is."))
@click.argument("dates", nargs=-1, type=DATE)
@click.option("--hours", type=HOURS, help=_("Other hours than the program's."))
@click.option("--topic", default="", help=_("What they are about."))
@click.option("--kind", type=KIND, default=SessionKind.STUDY.value, help=_("What kind of afternoon."))
@click.option("--again", is_flag=True, help=_("One more on DATES that have a session, at hours of its own."))
@json_option
@pass_call
def plan(
    call: Call, dates: tuple[date, ...], hours: tuple[time, time] | None, topic: str, kind: str, again: bool
) -> None:
    """Plan, and print what was made and what was there."""
    from checkin_tui.domain.requests import PlanSessions

    if again and not dates:
        raise click.UsageError(_("--again needs the DATES that get another session."))
    changed = call.write(PlanSessions, days=dates, hours=hours, topic=topic, kind=SessionKind(kind), again=again)
    created, existing = [str(key) for key in changed.created], [str(key) for key in changed.existing]
    call.answer({"created": created, "existing": existing}, "\n".join(created))
    call.say(
        ngettext(
            "{count} session planned, {there} there already.",
            "{count} sessions planned, {there} there already.",
            len(created),
        ).format(count=len(created), there=len(existing))
    )


@session.command("open", help=_("Open a planned session, today's without KEY. A date without a session gets one."))
@click.argument("key", required=False, type=KEY)
@json_option
@pass_call
def open_session(call: Call, key: SessionKey | None) -> None:
    """Open, and print the session."""
    from checkin_tui.domain.requests import OpenSession

    changed = call.write(OpenSession, key=key)
    _answer(call, changed.session, changed.unmarked)


@session.command("close", help=_("Close the register of a session, today's without KEY."))
@click.argument("key", required=False, type=KEY)
@click.option("--absent-rest", is_flag=True, help=_("Mark those not marked as absent."))
@json_option
@pass_call
def close_session(call: Call, key: SessionKey | None, absent_rest: bool) -> None:
    """Close, and print the session and how many stay unmarked."""
    from checkin_tui.domain.requests import CloseSession
    from checkin_tui.services.lookup import session_named
    from checkin_tui.services.status import status

    found = session_named(call.context, key)
    changed = call.write(CloseSession, session_id=found.id, absent_rest=absent_rest)
    unmarked = status(call.context, found.key).figures.counts.unmarked
    _answer(call, changed.session, unmarked)
    if absent_rest:
        call.say(
            ngettext("{count} person marked absent.", "{count} people marked absent.", changed.touched).format(
                count=changed.touched
            )
        )


@session.command("cancel", help=_("Cancel the session KEY, at which nobody was marked; or hold it after all."))
@click.argument("key", type=KEY)
@click.option("--because", default="", metavar="TEXT", help=_("Why; kept with the change."))
@click.option("--restore", is_flag=True, help=_("Plan the cancelled session again."))
@json_option
@pass_call
def cancel_session(call: Call, key: SessionKey, because: str, restore: bool) -> None:
    """Cancel or restore, and print the session."""
    from checkin_tui.domain.requests import CancelSession
    from checkin_tui.services.lookup import session_named

    found = session_named(call.context, key)
    changed = call.write(CancelSession, session_id=found.id, because=because, restore=restore)
    _answer(call, changed.session, changed.unmarked)


@session.command("edit", help=_("Change a session, today's without KEY."))
@click.argument("key", required=False, type=KEY)
@click.option("--topic", help=_("What it is about."))
@click.option("--kind", type=KIND, help=_("What kind of afternoon."))
@click.option("--presenter", help=_("Who lectures: a member's code or name, else any name; '' for nobody."))
@click.option(
    "--audience",
    multiple=True,
    metavar="all|leaders|BRANCH",
    help=_("Who is invited; several branches: give it again."),
)
@click.option("--hours", type=HOURS, help=_("From when to when, while it is planned."))
@click.option("--late-from", type=CLOCK, help=_("From when an arrival is late."))
@json_option
@pass_call
def edit_session(call: Call, /, key: SessionKey | None, audience: tuple[str, ...], **values: Any) -> None:
    """Change what was given, and print the session."""
    from checkin_tui.domain.requests import EditSession
    from checkin_tui.services.lookup import session_named

    given = {field: value for field, value in values.items() if value is not None}
    if "kind" in given:
        given["kind"] = SessionKind(given["kind"])
    if audience:
        given.update(_audience(audience))
    if not given:
        raise click.UsageError(_("Nothing to change: give --topic, --kind or another option."))
    found = session_named(call.context, key)
    changed = call.write(EditSession, session_id=found.id, **given)
    _answer(call, changed.session, changed.unmarked)


def _audience(words: tuple[str, ...]) -> dict[str, Any]:
    whole = (AudienceKind.ALL.value, AudienceKind.LEADERS.value)
    if len(words) == 1 and words[0] in whole:
        return {"audience": AudienceKind(words[0])}
    if any(word in whole for word in words):
        raise click.UsageError(_("--audience is all, or leaders, or branches."))
    return {"audience": AudienceKind.BRANCHES, "branches": words}


def _answer(call: Call, one: Session, unmarked: int) -> None:
    from checkin_tui.cli.output import table
    from checkin_tui.cli.shapes import session_shape
    from checkin_tui.cli.status import session_words

    zone = call.program.terms.zone
    text = table([[_("session"), session_words(one, zone)], [_("not marked"), str(unmarked)]])
    call.answer({"session": session_shape(one, zone), "unmarked": unmarked}, text)
