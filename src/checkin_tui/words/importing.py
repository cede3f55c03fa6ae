"""What a preview of an import says: what changes, whom a line may be about, who is gone, how the file was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from checkin_tui.domain.imports import Gone, Place, Renamed, Somebody
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.refusals import sentence


def field_word(field: str) -> str:
    """The name of a member's or a branch's field, as a form has it."""
    return {
        "code": _("code"),
        "name": _("name"),
        "given": _("given name"),
        "family": _("family name"),
        "branch": _("branch"),
        "title": _("title"),
        "rank": _("rank"),
        "leader": _("leader"),
        "joined": _("joined"),
        "left": _("last day"),
        "phone": _("phone"),
        "contact": _("contact"),
        "back": _("back from"),
        "since": _("from"),
        "guest": _("guest"),
    }.get(field, field)


def change_texts(changes: Iterable[tuple[str, str, str]]) -> list[str]:
    """`phone: – → 555-0101`, for each field."""
    return [f"{field_word(field)}: {before or '–'} → {after or '–'}" for field, before, after in changes]


def row_text(place: Place) -> str:
    """`Row 12`, and of which sheet where several were read."""
    if place.sheet:
        return _("Row {row} of {sheet}").format(row=place.row, sheet=visible(place.sheet))
    return _("Row {row}").format(row=place.row)


def rows_text(places: Iterable[Place]) -> str:
    """`3, 7, 12`; with several sheets `North!3, North!7`."""
    return ", ".join(f"{visible(one.sheet)}!{one.row}" if one.sheet else str(one.row) for one in places)


def somebody_text(person: Somebody) -> str:
    """`0034 Zhang Wei (Xinghe)`."""
    named = f"{visible(person.code)} {visible(person.name)}"
    return f"{named} ({visible(person.branch)})" if person.branch else named


def doubt_text(reason: str, candidates: Sequence[Somebody]) -> str:
    """Why it is asked, and who it may be."""
    who = _(" or ").join(map(somebody_text, candidates))
    return _("{reason}: {who}").format(reason=sentence(reason, {}), who=who)


def counts_text(counts: Mapping[str, int], doubtful: int, rejected: int, ended: int) -> str:
    """`12 new, 3 changed, 250 unchanged`, and of the others those there are."""
    said = [_("{new} new, {changed} changed, {unchanged} unchanged").format(**counts)]
    for number, text in ((doubtful, _("{n} doubtful")), (rejected, _("{n} rejected")), (ended, _("{n} ended"))):
        if number:
            said.append(text.format(n=number))
    return ", ".join(said)


def gone_text(gone: Gone, ended: int) -> str:
    """How many are not in the file, and what becomes of them; '' where nobody is gone."""
    count, last = len(gone.people), gone.last
    if not count or last is None:
        return ""
    said = ngettext("{count} member is not in the file", "{count} members are not in the file", count)
    if ended:
        last_day = _("{last} is their last day").format(last=last.isoformat())
        return f"{said.format(count=count)}: {last_day}."
    offer = _("nothing is changed about them; --end-missing makes {last} their last day").format(last=last.isoformat())
    return f"{said.format(count=count)}: {offer}."


def kept_text(gone: Gone) -> str:
    """Who cannot be ended on that day, and why; '' where there is nobody."""
    if not gone.kept or gone.last is None:
        return ""
    said = ngettext(
        "{count} of them begins after {last}, a day with a session, and is not ended; name another day with --end-on.",
        "{count} of them begin after {last}, a day with a session, and are not ended; name another day with --end-on.",
        len(gone.kept),
    )
    return said.format(count=len(gone.kept), last=gone.last.isoformat())


def renamed_text(one: Renamed) -> str:
    """`Row 5: 0034 Old Name → New Name`."""
    names = (visible(one.code), visible(one.before), visible(one.after))
    return "{row}: {} {} → {}".format(*names, row=row_text(one.place))


def branches_text(names: Sequence[str], shown: int) -> str:
    """The branches that are made, the first ones by name; '' for none."""
    if not names:
        return ""
    listed = [*map(visible, names[:shown])]
    if len(names) > shown:
        listed.append(_("… and {count} more").format(count=len(names) - shown))
    return _("New branches: {branches}").format(branches=", ".join(listed))


def rosters_text(keys: Iterable[SessionKey]) -> str:
    """The open sessions with marks whose rosters change; '' for none."""
    listed = ", ".join(map(str, keys))
    return _("Others are expected at a session that is open: {keys}").format(keys=listed) if listed else ""


def elsewhere_text(gone: Gone) -> str:
    """The branches the file says nothing of; '' where there are none."""
    if not gone.elsewhere:
        return ""
    listed = ", ".join(f"{visible(name) or '–'} ({count})" for name, count in gone.elsewhere)
    return _("Branches not in the file: {branches}").format(branches=listed)


def mapping_text(mapping: Mapping[str, str]) -> str:
    """`name = 姓名, branch = 单位`."""
    return ", ".join(f"{field_word(field)} = {visible(header)}" for field, header in mapping.items())


def joined_text(joined: date) -> str:
    """From when on new people belong who bring no date, and transfers and returns hold."""
    return _("Without a date in the file it is from {day} on.").format(day=joined.isoformat())
