"""What the report says: one paper for the page, for Markdown, for Word and for the screen.

Nobody is named in it but who lectured and who was at the desk, unless names were read: then there is an appendix.
"""

from __future__ import annotations

from typing import Final

from checkin_tui.domain.calendar import local
from checkin_tui.domain.campaign import Day, Standing, participation_of
from checkin_tui.domain.clock import Millis
from checkin_tui.domain.rates import Rate, Target
from checkin_tui.domain.report_paper import Block, Own, Place, ReportPaper, Section, Table, Text
from checkin_tui.domain.reporting import ReportView, Total
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.chase import owed_text
from checkin_tui.words.labels import branch_word, kind_word, state_word
from checkin_tui.words.papers import language
from checkin_tui.words.participation import (
    allowance_text,
    before_text,
    campaign_text,
    leave_text,
    percent_text,
    shortfall_text,
    target_text,
)
from checkin_tui.words.report_absences import absences_section, exceptions_section, names_sections
from checkin_tui.words.report_charts import arrivals_section, branch_chart, day_chart
from checkin_tui.words.times import clock_text, day_text, hours_text, key_text, weekdays_text

LONG: Final = 300
"""Characters of a name, a topic or a reason, as on the other papers."""


def report_paper(view: ReportView) -> ReportPaper:
    """The whole report."""
    sections = (
        Section(_("Summary"), (_summary(view),)),
        Section(_("What was held"), _held(view)),
        Section(_("Who lectured"), _lectured(view)),
        Section(_("Participation by day"), _by_day(view)),
        Section(_("Participation by branch"), _by_branch(view)),
        arrivals_section(view),
        Section(_("Leaders"), _leaders(view)),
        Section(_("Notes"), _notes(view)),
        absences_section(view),
        Section(_("Who still owes notes"), _owed(view)),
        exceptions_section(view),
        Section(_("What did not go well"), (Place(Own.SHORTCOMINGS, _("Write here what did not go well.")),)),
        Section(_("Next steps"), (Place(Own.NEXT, _("Write here what comes next.")),)),
    )
    end = _('Writing this file again with --force keeps what stands under "{first}" and "{second}".')
    return ReportPaper(
        language=language(),
        title=_short(_("Report: {program}").format(program=view.program.terms.name)),
        lines=_lines(view),
        sections=tuple(map(_brief, sections)),
        end=end.format(first=_("What did not go well"), second=_("Next steps")),
        pages=_("Page {page} of {pages}"),
        appendix=tuple(map(_brief, names_sections(view))),
    )


def _brief(section: Section) -> Section:
    """With people's own words cut where they are endless: a cell of a table never goes on over pages."""
    return section._replace(blocks=tuple(_cut(one) if isinstance(one, Table) else one for one in section.blocks))


def _cut(table: Table) -> Table:
    rows = (
        tuple(_short(cell) if number in table.outside else cell for number, cell in enumerate(row))
        for row in table.rows
    )
    return table._replace(rows=tuple(rows))


def _short(text: str) -> str:
    return text if len(text) <= LONG else text[: LONG - 1] + "…"


def report_written(days: int) -> str:
    """How many sessions it is about."""
    return ngettext("report on {count} session.", "report on {count} sessions.", days).format(count=days)


def moment_year_text(at: Millis, zone: str) -> str:
    """`Thu 21 May 2026 14:26`."""
    return f"{day_text(local(at, zone).date(), year=True)} {clock_text(at, zone)}"


def _lines(view: ReportView) -> tuple[Text, ...]:
    terms = view.program.terms
    when = _("{first} to {last}, {weekdays}, {hours}").format(
        first=day_text(terms.first_day, year=True),
        last=day_text(terms.last_day, year=True),
        weekdays=weekdays_text(terms.weekdays),
        hours=hours_text(terms.starts, terms.ends),
    )
    about = _("Target {target} ({leave}); notes of at least {count} characters").format(
        target=target_text(terms.target), leave=leave_text(terms.leave_counts), count=terms.minimum_note
    )
    made = _("By the register as it was on {moment}").format(moment=moment_year_text(view.made, terms.zone))
    lines = [Text(when), Text(about), Text(made)]
    if not view.ended:
        lines.append(Text(_("The program is not over: every figure is so far."), strong=True))
    if view.program.practice:
        lines.append(Text(_("PRACTICE: a sample program with invented people."), strong=True))
    return tuple(lines)


def _summary(view: ReportView) -> Table:
    whole, target, notes = view.whole, view.program.terms.target, view.notes
    how_many = view.how_many
    rows = [
        (_("sessions planned in all"), str(len(view.days))),
        (_("held"), str(how_many(Standing.HELD))),
        *(((_("running"), str(how_many(Standing.RUNNING))),) if how_many(Standing.RUNNING) else ()),
        (_("to come"), str(how_many(Standing.TO_COME))),
        (_("register not taken"), str(how_many(Standing.NOT_TAKEN))),
        (_("cancelled"), str(how_many(Standing.CANCELLED))),
        (_("participation"), " · ".join(filter(None, (campaign_text(whole, target), before_text(whole, target))))),
        (_("target {target}").format(target=target_text(target)), met_text(whole.met)),
        *(((_("at the end"), allowance_text(whole, target)),) if whole.allowance is not None else ()),
        (_("notes asked for"), str(notes.required)),
        (_("complete"), str(notes.complete)),
        (_("too short"), str(notes.too_short)),
        (_("missing"), str(notes.missing)),
    ]
    return Table((_("Figure"), _("So far") if not view.ended else _("Result")), tuple(rows))


def met_text(met: bool | None) -> str:
    """Whether a line is passed; `no data` for 0/0."""
    if met is None:
        return _("no data")
    return _("met") if met else _("not met")


def fraction(rate: Rate) -> str:
    """`151/160`; a dash where nobody was expected."""
    return f"{rate.attended}/{rate.expected}" if rate.expected else "-"


def _held(view: ReportView) -> tuple[Block, ...]:
    headings = (_("Day"), _("Kind"), _("Topic"), _("Presenter"), _("Attended"), _("Rate"), _("Target"))
    rows = tuple(_held_row(view, day) for day in view.days)
    if not rows:
        return (Text(_("No session is planned yet.")),)
    return (Table(headings, rows, frozenset({4, 5}), frozenset({2, 3})),)


def _held_row(view: ReportView, day: Day) -> tuple[str, ...]:
    session = day.session
    about = (key_text(session.key), kind_word(session.kind), session.topic, session.presenter)
    if not day.taken:
        return (*about, "", "", _standing(view, day))
    result = shortfall_text(participation_of(day.counts, session)) or _("no data")
    return (*about, fraction(day.rate), percent_text(day.rate, session.target), result)


def _standing(view: ReportView, day: Day) -> str:
    standing = view.standing(day)
    if standing is Standing.CANCELLED:
        return state_word(day.session.state)
    return _("register not taken") if standing is Standing.NOT_TAKEN else _("to come")


def _lectured(view: ReportView) -> tuple[Block, ...]:
    if not view.lecturers:
        return (Text(_("Nobody is named as presenter of a session that was held.")),)
    rows = tuple(
        (
            one.name,
            _("member") if one.code else _("from outside"),
            str(len(one.keys)),
            ", ".join(key_text(key) for key in one.keys),
        )
        for one in view.lecturers
    )
    return (Table((_("Name"), _("Who"), _("Times"), _("When")), rows, frozenset({2}), frozenset({0})),)


def _by_day(view: ReportView) -> tuple[Block, ...]:
    taken = view.taken
    if not taken:
        return (Text(_("No register was taken yet.")),)
    headings = (
        *(_("Day"), _("Present"), _("Late"), _("On leave"), _("Absent"), _("Not marked"), _("Guests")),
        *(_("Attended"), _("Rate"), _("Target")),
    )
    rows = tuple(_day_row(view, day) for day in taken)
    sums = tuple(str(sum(int(row[column]) for row in rows)) for column in range(1, 7))
    target = view.program.terms.target
    rate = view.whole.rate
    total = (_("All"), *sums, fraction(rate), percent_text(rate, target), met_text(view.whole.met))
    table = Table(headings, rows, frozenset(range(1, 9)), total=total)
    return (day_chart(view), table, Text(_counting(view)))


def _counting(view: ReportView) -> str:
    rules = {day.session.leave_counts for day in view.taken}
    leave = _("leave counts on some days and is left out on others") if len(rules) > 1 else leave_text(rules.pop())
    text = _("Attended: present and late, of those expected; {leave}. Guests are in no rate.")
    return text.format(leave=leave)


def _day_row(view: ReportView, day: Day) -> tuple[str, ...]:
    counts, session = day.counts, day.session
    numbers = (counts.present, counts.late, counts.excused, counts.absent, counts.unmarked, counts.guests)
    rate = (fraction(day.rate), percent_text(day.rate, session.target))
    met = session.target.met_by(day.attended, day.expected)
    running = view.standing(day) is Standing.RUNNING
    reached = _("not met yet") if running and not met else met_text(met)
    return (key_text(session.key), *map(str, numbers), *rate, reached)


def _by_branch(view: ReportView) -> tuple[Block, ...]:
    if not view.branches:
        return (Text(_("No register was taken yet.")),)
    headings = (_("Branch"), _("Sessions"), _("Attended"), _("Rate"), _("Target"), _("Notes owed"))
    target = view.program.terms.target
    rows = tuple(_total_row(branch_word(one.name), one, target) for one in view.branches)
    owed = sum(one.owed for one in view.branches)
    whole = Total("", len(view.taken), view.whole.rate.attended, view.whole.rate.expected, owed)
    total = _total_row(_("All"), whole, target)
    table = Table(headings, rows, frozenset({1, 2, 3, 5}), frozenset({0}), total)
    moved = Text(_("Whoever changed branches counts in the one of each date."))
    return (branch_chart(view), table, moved)


def _total_row(label: str, one: Total, target: Target) -> tuple[str, ...]:
    met = met_text(target.met_by(one.attended, one.expected))
    rate = (fraction(one.rate), percent_text(one.rate, target))
    return (label, str(one.sessions), *rate, met, str(one.owed))


def _leaders(view: ReportView) -> tuple[Block, ...]:
    total, target = view.leaders, view.program.terms.target
    if not total.sessions:
        return (Text(_("No leader was expected at a session that was held.")),)
    headings = (_("Day"), _("Attended"), _("Rate"), _("Notes owed"))
    rows = []
    for day in view.taken:
        group, session = view.leaders_at[day.session.id], day.session
        if group.expected:
            rate = group.rate(session.leave_counts)
            rows.append((key_text(session.key), fraction(rate), percent_text(rate, session.target), str(group.owed)))
    sums = (_("All"), fraction(total.rate), percent_text(total.rate, target), str(total.owed))
    return (Table(headings, tuple(rows), frozenset({1, 2, 3}), total=sums),)


def _notes(view: ReportView) -> tuple[Block, ...]:
    whole = view.notes
    if not whole.required:
        return (Text(_("No note was asked for yet.")),)
    headings = (_("Day"), _("Asked for"), _("Complete"), _("Too short"), _("Missing"))
    rows = []
    for day in view.taken:
        notes = day.notes
        numbers = (notes.required, notes.complete, notes.too_short, notes.missing)
        rows.append((key_text(day.session.key), *map(str, numbers)))
    total = (_("All"), *map(str, (whole.required, whole.complete, whole.too_short, whole.missing)))
    return (Table(headings, tuple(rows), frozenset({1, 2, 3, 4}), total=total),)


def _owed(view: ReportView) -> tuple[Block, ...]:
    owed = view.owed
    if not owed.people:
        return (Text(_("Nobody owes a note.")),)
    rows = tuple(
        (branch_word(one.name), str(len(one.people)), str(sum(len(person.notes) for person in one.people)))
        for one in owed.branches
    )
    headings, total = (_("Branch"), _("People"), _("Notes")), (_("All"), str(owed.people), str(owed.notes))
    about = _("{text} Here everybody stands in the branch of today, where they are called.")
    table = Table(headings, rows, frozenset({1, 2}), frozenset({0}), total)
    return (Text(about.format(text=owed_text(owed))), table)
