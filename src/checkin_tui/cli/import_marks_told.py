"""What an import of marks came to, or would come to: for a script and for a reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from checkin_tui.domain.text import visible
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.cli.import_marks import Read
    from checkin_tui.domain.mark_imports import Contradiction, MarksImported, SessionMarks

_SHOWN = 20
"""Lines of each kind a reader gets; a script gets all."""
_COUNTS = ("new", "changed", "unchanged", "contradicting")

One = TypeVar("One")


class _Refused(NamedTuple):
    """A row, or a column from that row on, with the code and values of why."""

    row: int
    column: str
    code: str
    values: Mapping[str, Any]


def shape(done: MarksImported, found: Read, zone: str, *, dry: bool) -> dict[str, Any]:
    """The answer for a script."""
    from checkin_tui.words import sentence

    marks = found.marks
    return {
        "sessions": [_session(one) for one in done.sessions],
        **{name: done.count(name) for name in _COUNTS},
        "rejected": [
            {"row": one.row, "column": one.column or None, "reason": sentence(one.code, one.values, zone=zone)}
            for one in _refused(done, found)
        ],
        "written": done.recorded is not None and not dry,
        "contradictions": [_contradiction(one, zone) for one in done.contradictions],
        "passed": [{"row": one.row, "text": one.text} for one in marks.passed],
        "other_sessions": marks.others,
        "source": {
            "shape": marks.shape,
            "sheet": None if found.encoding else marks.source or None,
            "encoding": found.encoding or None,
            "header_row": marks.header_row,
            "mapping": dict(marks.columns),
            "ignored": list(marks.ignored),
            "remembered": bool(found.remembered),
            "hidden_rows": [one.row for one in marks.hidden_rows],
            "hidden_sheets": list(marks.hidden_sheets),
        },
    }


def text(done: MarksImported, found: Read, *, dry: bool) -> str:
    """The answer for a reader: the numbers, and those of each session."""
    from checkin_tui.words.mark_imports import counts_text, session_text

    said = [counts_text(done, len(_refused(done, found)))]
    return "\n".join(said + _first(done.sessions, lambda one: session_text(one, dry=dry)))


def talk(done: MarksImported, found: Read, zone: str, *, dry: bool, overwrite: bool) -> list[str]:
    """What else is to be said: how the file was read, what is not written and why."""
    from checkin_tui.words import sentence
    from checkin_tui.words.mark_imports import contradiction_text

    said = _source(found, dry=dry)
    said += _first(_refused(done, found), lambda one: _line(one, sentence(one.code, one.values, zone=zone)))
    said += _first(done.contradictions, lambda one: contradiction_text(one, zone))
    if any(not one.written for one in done.contradictions) and not overwrite:
        said.append(_("What contradicts is not written. With --overwrite the file is right."))
    return said


def _source(found: Read, *, dry: bool) -> list[str]:
    from checkin_tui.words.importing import mapping_text, rows_text

    marks, said = found.marks, []
    if found.encoding and (dry or found.encoding.replace("-", "").lower() not in ("utf8", "utf8sig", "ascii")):
        said.append(_("Read as {encoding}.").format(encoding=found.encoding.upper()))
    if found.remembered:
        said.append(_("Columns as last time: {mapping}.").format(mapping=mapping_text(found.remembered)))
    if dry:
        said.append(_("The header is in row {row}.").format(row=marks.header_row))
        said.append(_("Columns: {mapping}.").format(mapping=mapping_text(_brief(marks.columns))))
        if marks.ignored:
            ignored = ", ".join(map(visible, marks.ignored))
            said.append(_("Columns that are not read: {headers}.").format(headers=ignored))
    said += _first(
        marks.passed,
        lambda one: _("Row {row} was passed over: {text}").format(row=one.row, text=visible(one.text)),
    )
    if marks.others:
        said.append(_("Marks of other sessions, passed over: {count}").format(count=marks.others))
    if marks.hidden_rows:
        more = "" if len(marks.hidden_rows) <= _SHOWN else ", …"
        rows = rows_text(marks.hidden_rows[:_SHOWN]) + more
        said.append(_("Hidden rows were read as the others: {rows}").format(rows=rows))
    if marks.hidden_sheets:
        names = ", ".join(map(visible, marks.hidden_sheets))
        said.append(_("Hidden sheets were not read: {names}").format(names=names))
    return said


def _brief(columns: Mapping[str, str]) -> dict[str, str]:
    """The fields with their headers, and one for all the columns that only say a session."""
    fields = {field: header for field, header in columns.items() if field != header}
    sessions = [field for field, header in columns.items() if field == header]
    return {**fields, "session": ", ".join(sessions)} if sessions else fields


def _refused(done: MarksImported, found: Read) -> list[_Refused]:
    """What the file's reader refused and what the program refused, in the order of the file."""
    early = [
        _Refused(one.row, str(one.values.get("header", "")), one.reason_code, one.values)
        for one in found.marks.rejected
    ]
    return sorted([*early, *(_Refused(*one) for one in done.rejected)], key=lambda one: one.row)


def _line(one: _Refused, reason: str) -> str:
    if one.column and "header" not in one.values:
        return _("Row {row}, {column}: {reason}").format(row=one.row, column=visible(one.column), reason=reason)
    return _("Row {row}: {reason}").format(row=one.row, reason=reason)


def _session(one: SessionMarks) -> dict[str, Any]:
    return {"key": str(one.key), **{name: getattr(one, name) for name in _COUNTS}, "opened": one.opens}


def _contradiction(one: Contradiction, zone: str) -> dict[str, Any]:
    from checkin_tui.words.mark_imports import here_text, said_text

    return {
        "row": one.row,
        "key": str(one.key),
        "code": one.code,
        "name": one.name,
        "file": said_text(one.said),
        "program": here_text(one.here, zone),
        "written": one.written,
    }


def _first(every: Sequence[One], line: Callable[[One], str]) -> list[str]:
    """The first lines of a kind, and how many more there are."""
    said = [line(one) for one in every[:_SHOWN]]
    return said if len(every) <= _SHOWN else [*said, _("… and {count} more").format(count=len(every) - _SHOWN)]
