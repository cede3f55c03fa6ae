"""The parts of the report about who was not there, what was out of order, and, where it is asked for, who it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.campaign import Standing
from checkin_tui.domain.report_paper import Block, Section, Table, Text
from checkin_tui.domain.reporting import WHYS, ReportView, Why
from checkin_tui.domain.views import OwedNote
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.chase import lack_text
from checkin_tui.words.labels import branch_word, reason_word
from checkin_tui.words.times import key_text, moment_text

MOST_AWAY: Final = 50
"""How many people with absences are named."""


def absences_section(view: ReportView) -> Section:
    """How often somebody was not there, and why, by branch."""
    heading = _("Absences")
    if not view.absences:
        return Section(heading, (Text(_("Nobody was missing at a session that was held.")),))
    headings = (_("Branch"), *map(_why_word, WHYS), _("All"))
    rows = tuple(
        _absence_row(branch_word(one.name), view.absences[one.name])
        for one in view.branches
        if one.name in view.absences
    )
    whole: Counter[Why] = Counter()
    for found in view.absences.values():
        whole.update(found)
    table = Table(headings, rows, frozenset(range(1, len(headings))), frozenset({0}), _absence_row(_("All"), whole))
    about = _("How often somebody expected was not there, over all sessions held. The first columns are on leave.")
    return Section(heading, (Text(about), table))


def _absence_row(label: str, found: Mapping[Why, int]) -> tuple[str, ...]:
    return (label, *(str(found.get(why, 0)) for why in WHYS), str(sum(found.values())))


def _why_word(why: Why) -> str:
    status, reason = why
    if status is Status.EXCUSED:
        return _("no reason said") if reason is None else reason_word(reason)
    return _("absent without leave") if status is Status.ABSENT else _("not marked")


def exceptions_section(view: ReportView) -> Section:
    """What was not as it should be; each with the day it was."""
    rows = [*_sessions_rows(view), *_later_rows(view)]
    if not rows:
        return Section(_("Exceptions"), (Text(_("Nothing was out of order.")),))
    headings = (_("Session"), _("What"), _("When"), _("By"), _("Reason"))
    return Section(_("Exceptions"), (Table(headings, tuple(rows), outside=frozenset({3, 4})),))


def _sessions_rows(view: ReportView) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = (
        [(_("all"), _("practice: not a real program"), "", "", "")] if view.program.practice else []
    )
    unmarked = {day.session.id for day in view.unmarked}
    for day in view.days:
        standing, session, counts = view.standing(day), day.session, day.counts
        key = key_text(session.key)
        if standing is Standing.NOT_TAKEN:
            rows.append((key, _("register not taken"), "", "", ""))
        if standing is Standing.CANCELLED:
            rows.append((key, _("cancelled"), "", "", session.reason))
        if session.id in unmarked:
            text = ngettext("closed with {count} not marked", "closed with {count} not marked", counts.unmarked)
            rows.append((key, text.format(count=counts.unmarked), "", "", ""))
        if day.taken and counts.guests:
            text = ngettext("{count} guest of the day", "{count} guests of the day", counts.guests)
            rows.append((key, text.format(count=counts.guests), "", "", ""))
    return rows


def _later_rows(view: ReportView) -> list[tuple[str, ...]]:
    zone = view.program.terms.zone
    rows: list[tuple[str, ...]] = []
    for again in view.reopenings:
        text = _("closing taken back") if again.undone else _("opened again after closing")
        rows.append((key_text(again.key), text, moment_text(again.recorded, zone), again.operator, again.because))
    for one in view.corrections:
        count = len(one.people)
        text = ngettext("mark corrected after closing", "marks of {count} people corrected after closing", count)
        when = moment_text(one.recorded, zone)
        rows.append((key_text(one.key), text.format(count=count), when, one.operator, one.because))
    return rows


def names_sections(view: ReportView) -> tuple[Section, ...]:
    """The appendix; nothing where nobody is to be named."""
    if view.names is None:
        return ()
    return (
        Section(_("Appendix: people absent without leave"), _away(view), page=True),
        Section(_("Appendix: who owes which notes"), _owing(view)),
        Section(_("Appendix: guests of the day"), _guests(view)),
        Section(_("Appendix: marks corrected after closing"), _corrected(view)),
    )


def _away(view: ReportView) -> tuple[Block, ...]:
    people = view.names.away if view.names is not None else ()
    if not people:
        return (Text(_("Nobody was absent without leave.")),)
    headings = (_("Code"), _("Name"), _("Branch"), _("Expected"), _("Attended"), _("On leave"), _("Absent"))
    rows = tuple(
        (one.code, one.name, branch_word(one.branch), *map(str, (one.expected, one.attended, one.excused, one.absent)))
        for one in people[:MOST_AWAY]
    )
    table = Table(headings, rows, frozenset({3, 4, 5, 6}), frozenset({0, 1, 2}))
    more = len(people) - len(rows)
    if not more:
        return (table,)
    text = ngettext("{count} more was absent less often.", "{count} more were absent as often or less often.", more)
    return (table, Text(text.format(count=more)))


def _owing(view: ReportView) -> tuple[Block, ...]:
    rows = tuple(
        (branch_word(branch.name), one.code, one.name, "; ".join(map(_note, one.notes)))
        for branch in view.owed.branches
        for one in branch.people
    )
    if not rows:
        return (Text(_("Nobody owes a note.")),)
    return (Table((_("Branch"), _("Code"), _("Name"), _("Owes")), rows, outside=frozenset({0, 1, 2})),)


def _note(note: OwedNote) -> str:
    return f"{key_text(note.session)} {lack_text(note)}"


def _guests(view: ReportView) -> tuple[Block, ...]:
    found = view.names.guests if view.names is not None else ()
    if not found:
        return (Text(_("There were no guests.")),)
    rows = tuple((key_text(key), code, name) for key, code, name in found)
    return (Table((_("Session"), _("Code"), _("Name")), rows, outside=frozenset({1, 2})),)


def _corrected(view: ReportView) -> tuple[Block, ...]:
    zone = view.program.terms.zone
    rows = tuple(
        (key_text(one.key), code, name, moment_text(one.recorded, zone), one.operator, one.because)
        for one in view.corrections
        for code, name in one.people
    )
    if not rows:
        return (Text(_("No mark was corrected after closing.")),)
    headings = (_("Session"), _("Code"), _("Name"), _("When"), _("By"), _("Reason"))
    return (Table(headings, rows, outside=frozenset({1, 2, 4, 5})),)
