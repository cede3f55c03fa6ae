"""What an import came to, or would come to: for a script and for a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from checkin_tui.domain.imports import Doubt, Gone, Place
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from checkin_tui.cli.import_reading import Read
    from checkin_tui.domain.changes import PeopleChanged
    from checkin_tui.domain.imports import Renamed, Somebody
    from checkin_tui.domain.sessions import SessionKey
    from checkin_tui.domain.views import ImportLine, ImportPreview

SHOWN: Final = 20
"""Lines of each kind a reader gets; a script gets all."""
COUNTS: Final = ("new", "changed", "unchanged")

One = TypeVar("One")


class Done(NamedTuple):
    """What became of a roster's lines. rejected: place, code, values. changed: what changes in which, of a dry run."""

    counts: Mapping[str, int] = dict.fromkeys(COUNTS, 0)
    rejected: Sequence[tuple[Place, str, Mapping[str, Any]]] = ()
    doubtful: Sequence[Doubt] = ()
    gone: Gone = Gone()
    ended: int = 0
    changed: Sequence[ImportLine] = ()
    joined: date | None = None
    renamed: Sequence[Renamed] = ()
    new_branches: Sequence[str] = ()
    rosters: Sequence[SessionKey] = ()

    @property
    def usable(self) -> bool:
        """Whether any line is about somebody."""
        return any(self.counts.values())


def would_be(preview: ImportPreview) -> Done:
    """Of a dry run."""
    by_result: dict[str, list[ImportLine]] = {}
    for line in preview.lines:
        if line.result in ("changed", "doubtful", "rejected"):
            by_result.setdefault(line.result, []).append(line)
    return Done(
        {name: getattr(preview, name) for name in COUNTS},
        [(Place(one.sheet, one.row), one.reason, one.values or {}) for one in by_result.get("rejected", ())],
        [
            Doubt(Place(one.sheet, one.row), one.name, one.reason, one.candidates)
            for one in by_result.get("doubtful", ())
        ],
        preview.gone,
        preview.ended,
        by_result.get("changed", ()),
        preview.joined if preview.new or preview.changed else None,
        preview.renamed,
        preview.new_branches,
        preview.rosters,
    )


def became(change: PeopleChanged) -> Done:
    """Of an import."""
    return Done(
        {name: getattr(change, name) for name in COUNTS},
        rejected(change.rejected, change.sheets),
        change.doubtful,
        change.gone,
        change.ended,
        renamed=change.renamed,
        new_branches=change.new_branches,
        rosters=change.rosters,
    )


def rejected(
    rows: Iterable[tuple[int, str, Mapping[str, Any]]], sheets: Sequence[str]
) -> list[tuple[Place, str, Mapping[str, Any]]]:
    """Rows the program refused, with where they stand."""
    return [(Place(sheet, row), code, values) for (row, code, values), sheet in zip(rows, sheets, strict=True)]


def shape(done: Done, found: Read, *, dry: bool) -> dict[str, Any]:
    """The answer for a script; of a dry run with the lines that would change."""
    from checkin_tui.words import sentence

    roster = found.roster
    answer = {
        **done.counts,
        "rejected": [{**_at(place), "reason": sentence(code, values)} for place, code, values in _refused(done, found)],
        "written": done.usable and not dry,
        "doubtful": [
            {
                **_at(one.place),
                "name": one.name,
                "reason": sentence(one.reason, {}),
                "candidates": [_person(each) for each in one.candidates],
            }
            for one in done.doubtful
        ],
        "gone": [_person(one) for one in done.gone.people],
        "ended": done.ended,
        "last_day": None if done.gone.last is None or not done.gone.people else done.gone.last.isoformat(),
        "kept": [_person(one) for one in done.gone.kept],
        "renamed": [
            {**_at(one.place), "code": one.code, "before": one.before, "after": one.after} for one in done.renamed
        ],
        "new_branches": list(done.new_branches),
        "rosters": [str(key) for key in done.rosters],
        "elsewhere": [{"branch": branch, "members": count} for branch, count in done.gone.elsewhere],
        "passed": [{**_at(Place(one.sheet, one.row)), "text": one.text} for one in roster.passed],
        "source": {
            "sheets": list(roster.sheets),
            "encoding": found.encoding or None,
            "preset": roster.preset or None,
            "header_row": roster.header_row or None,
            "mapping": dict(roster.columns),
            "remembered": bool(found.remembered),
            "hidden_rows": [_at(place) for place in roster.hidden_rows],
            "hidden_sheets": list(roster.hidden_sheets),
            "unread_sheets": list(roster.unread_sheets),
        },
    }
    if dry:
        answer["lines"] = [_line(one) for one in done.changed]
    return answer


def text(done: Done, found: Read, *, dry: bool) -> str:
    """The answer for a reader: the numbers, and of a dry run what changes."""
    from checkin_tui.words import importing as words

    said = [words.counts_text(done.counts, len(done.doubtful), len(_refused(done, found)), done.ended)]
    if dry and done.joined is not None:
        said.append(words.joined_text(done.joined))
    said += _first(
        done.changed,
        lambda one: "{row}: {who}: {what}".format(
            row=words.row_text(Place(one.sheet, one.row)),
            who=visible(f"{one.code} {one.name}"),
            what="; ".join(words.change_texts(one.changes)),
        ),
    )
    return "\n".join(said)


def talk(done: Done, found: Read, *, dry: bool) -> list[str]:
    """What else is to be said: how the file was read, which rows are not written and why, who is gone."""
    from checkin_tui.words import importing as words
    from checkin_tui.words import sentence

    said = _source(found, dry=dry)
    said += _first(_refused(done, found), lambda one: f"{words.row_text(one[0])}: {sentence(one[1], one[2])}")
    said += _first(
        done.doubtful,
        lambda one: f"{words.row_text(one.place)}: {visible(one.name)}: {words.doubt_text(one.reason, one.candidates)}",
    )
    if done.doubtful:
        said.append(_("Doubtful rows are not written. Say who they are with --same ROW=CODE or --new ROW."))
    if not dry:  # a dry run has them among the changes
        said += _first(done.renamed, words.renamed_text)
    said += [text for text in (words.branches_text(done.new_branches, SHOWN), words.rosters_text(done.rosters)) if text]
    gone = words.gone_text(done.gone, done.ended)
    if gone:
        said += [gone, *_first(done.gone.people, lambda one: f"  {words.somebody_text(one)}")]
    if done.ended or dry:
        said += [text for text in (words.kept_text(done.gone),) if text]
    if dry and (elsewhere := words.elsewhere_text(done.gone)):
        said.append(elsewhere)
    return said


def _source(found: Read, *, dry: bool) -> list[str]:
    """How the file was read: of a dry run all of it, else what nobody might expect."""
    from checkin_tui.words import importing as words

    roster, said = found.roster, []
    if found.encoding and (dry or found.encoding.replace("-", "").lower() not in ("utf8", "utf8sig", "ascii")):
        said.append(_("Read as {encoding}.").format(encoding=found.encoding.upper()))
    if roster.preset:
        said.append(_("Columns as in a file of {preset}.").format(preset=roster.preset))
    if dry and roster.header_row:
        said.append(_("The header is in row {row}.").format(row=roster.header_row))
    if found.remembered:
        said.append(_("Columns as last time: {mapping}.").format(mapping=words.mapping_text(found.remembered)))
    elif dry:
        said.append(_("Columns: {mapping}.").format(mapping=words.mapping_text(roster.columns)))
    said += _first(
        roster.passed,
        lambda one: _("{row} was passed over: {text}").format(
            row=words.row_text(Place(one.sheet, one.row)), text=visible(one.text)
        ),
    )
    if roster.hidden_rows:
        more = "" if len(roster.hidden_rows) <= SHOWN else ", …"
        rows = words.rows_text(roster.hidden_rows[:SHOWN]) + more
        said.append(_("Hidden rows were read as the others: {rows}").format(rows=rows))
    if roster.hidden_sheets:
        names = ", ".join(map(visible, roster.hidden_sheets))
        said.append(_("Hidden sheets were not read: {names}").format(names=names))
    if roster.unread_sheets:
        names = ", ".join(map(visible, roster.unread_sheets))
        said.append(_("Other sheets were not read: {names}").format(names=names))
    return said


def _first(every: Sequence[One], line: Callable[[One], str]) -> list[str]:
    """The first lines of a kind, and how many more there are."""
    said = [line(one) for one in every[:SHOWN]]
    return said if len(every) <= SHOWN else [*said, _("… and {count} more").format(count=len(every) - SHOWN)]


def _refused(done: Done, found: Read) -> list[tuple[Place, str, Mapping[str, Any]]]:
    """The rows the file's reader refused and those the program refused, in the order of the file."""
    early = [(Place(one.sheet, one.row), one.reason_code, one.values) for one in found.roster.rejected]
    order = {sheet: number for number, sheet in enumerate(found.roster.sheets)}
    return sorted([*early, *done.rejected], key=lambda one: (order.get(one[0].sheet, 0), one[0].row))


def _at(place: Place) -> dict[str, Any]:
    return {"row": place.row, "sheet": place.sheet} if place.sheet else {"row": place.row}


def _person(one: Somebody) -> dict[str, str]:
    return {"code": one.code, "name": one.name, "branch": one.branch}


def _line(one: ImportLine) -> dict[str, Any]:
    changes = [{"field": field, "before": before, "after": after} for field, before, after in one.changes]
    place = Place(one.sheet, one.row)
    return {**_at(place), "result": one.result, "code": one.code, "name": one.name, "changes": changes}
