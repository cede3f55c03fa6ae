"""Whether the records of a whole program fit together. They come in one after the other and are kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from checkin_tui.domain.archive.fields import FIELDS, Field
from checkin_tui.domain.archive.records import PARTS, Entry
from checkin_tui.domain.archive.states import check_state
from checkin_tui.domain.attendance.events import EventKind, Status
from checkin_tui.domain.calendar import working_days, zone_info
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.sessions import AudienceKind

Record = dict[str, Any]
SHOWN: Final = 60
"""Characters of a wrong value that a refusal repeats."""


class Checked(NamedTuple):
    """A record that is right, with every field of its part."""

    part: str
    record: Record


def checked(entries: Iterable[Entry], file: str) -> Iterator[Checked]:
    """The records, each as soon as it is known to be right with those before it.

    Raises CheckInError `archive_field` (a field nobody knows, or a needed one that is missing), `archive_value`,
    `archive_twice`, `archive_unknown` (what it refers to is not there): each with file, part, row, field and, but for
    the first, text; `archive_part` (file, part) for one that is missing or not where it belongs.
    """
    checker = _Checker(file)
    for entry in entries:
        yield Checked(entry.part, checker.take(entry))
    checker.end()


class _Checker:
    """What has to be known of the records before."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._entry = Entry("", 0, {})
        self._programs = 0
        self._uids: dict[str, set[int]] = {part: set() for part in PARTS}
        self._branches: set[str] = set()
        self._codes: dict[str, int] = {}
        self._keys: dict[Any, int] = {}
        self._places: dict[str, list[tuple[date, date]]] = {}
        self._events: dict[int, int] = {}
        self._batches: dict[int, int] = {}

    def take(self, entry: Entry) -> Record:
        """The record with its values; it is remembered where others may refer to it."""
        if PARTS.index(entry.part) < PARTS.index(self._entry.part or PARTS[0]):
            raise CheckInError("archive_part", file=self._file, part=entry.part)
        self._entry = entry
        record = {field.name: self._value(field) for field in FIELDS[entry.part]}
        for name in entry.values:
            if name not in record:
                raise self._refusal("archive_field", name)
        if "uid" in record and entry.part != "events":  # those are remembered with whom they are about
            self._once("uid", record["uid"].int, self._uids[entry.part])
        _RULES[entry.part](self, record)
        return record

    def end(self) -> None:
        """Whether anything is missing."""
        if not self._programs:
            raise CheckInError("archive_part", file=self._file, part=PARTS[0])

    def _value(self, field: Field) -> Any:
        raw = self._entry.values.get(field.name)
        if raw is None or (raw == "" and field.needed):
            if field.needed:
                raise self._refusal("archive_field", field.name)
            return field.kind.blank
        try:
            value = field.kind.read(raw)
        except (ValueError, OverflowError):
            raise self._refusal("archive_value", field.name) from None
        if value == "" and field.needed:
            raise self._refusal("archive_value", field.name)
        return value

    def _refusal(self, code: str, field: str) -> CheckInError:
        raw = self._entry.values.get(field, "")
        place = {"file": self._file, "part": self._entry.part, "row": self._entry.row, "field": field[:SHOWN]}
        said = "-" if raw in ("", None) else "{…}" if isinstance(raw, dict | list) else str(raw)[: SHOWN + 1]
        return CheckInError(code, **place, text=said if len(said) <= SHOWN else f"{said[:SHOWN]}…")

    def _once(self, field: str, value: Any, taken: set[Any]) -> None:
        if value in taken:
            raise self._refusal("archive_twice", field)
        taken.add(value)

    def _wants(self, field: str, right: bool) -> None:
        if not right:
            raise self._refusal("archive_value", field)

    def _refers(self, field: str, there: bool) -> None:
        if not there:
            raise self._refusal("archive_unknown", field)

    def program(self, record: Record) -> None:
        self._programs += 1
        if self._programs > 1:
            raise self._refusal("archive_twice", "uid")
        terms = ProgramTerms(**{name: record[name] for name in record if name not in ("uid", "practice")})
        self._wants("last_day", terms.first_day <= terms.last_day)
        self._wants("ends", terms.starts < terms.ends)
        try:
            zone_info(terms.zone)
        except ValueError:
            raise self._refusal("archive_value", "zone") from None
        try:
            self._wants("weekdays", bool(working_days(terms)))
        except ValueError:
            raise self._refusal("archive_value", "last_day") from None

    def branch(self, record: Record) -> None:
        self._once("name", record["name"], self._branches)

    def member(self, record: Record) -> None:
        if record["code"] in self._codes:
            raise self._refusal("archive_twice", "code")
        self._codes[record["code"]] = len(self._codes)

    def membership(self, record: Record) -> None:
        self._refers("code", record["code"] in self._codes)
        self._refers("branch", record["branch"] in self._branches or not record["branch"])
        first, until = record["first"], record["until"] or date.max
        self._wants("until", first < until)
        others = self._places.setdefault(record["code"], [])
        self._wants("first", all(until <= one[0] or one[1] <= first for one in others))
        others.append((first, until))

    def session(self, record: Record) -> None:
        if record["key"] in self._keys:
            raise self._refusal("archive_twice", "key")
        self._keys[record["key"]] = len(self._keys)
        self._refers("presenter_code", record["presenter_code"] in self._codes or not record["presenter_code"])
        self._wants("ends", record["starts"] < record["ends"])
        self._wants("late_from", record["starts"] <= record["late_from"])
        self._wants("branches", not record["branches"] or record["audience"] is AudienceKind.BRANCHES)
        self._refers("branches", all(name in self._branches for name in record["branches"]))

    def _about(self, record: Record) -> int:
        """One number for whom at which session."""
        self._refers("session", record["session"] in self._keys)
        self._refers("code", record["code"] in self._codes)
        return self._keys[record["session"]] << 32 | self._codes[record["code"]]

    def event(self, record: Record) -> None:
        place = self._about(record)
        kind, uid = record["kind"], record["uid"].int
        self._wants("status", (kind is EventKind.MARKED) is (record["status"] is not None))
        self._wants("reason", record["reason"] is None or record["status"] is Status.EXCUSED)
        self._wants("target", (kind is EventKind.WITHDRAWN) is (record["target"] is not None))
        for name in ("target", "replaces"):  # of the same person there, and before: else no undo would come to an end
            self._refers(name, record[name] is None or self._events.get(record[name].int) == place)
        if uid in self._events:
            raise self._refusal("archive_twice", "uid")
        self._events[uid] = place

    def note(self, record: Record) -> None:
        self._about(record)

    def change(self, record: Record) -> None:
        for name in ("before", "after"):
            if record[name] is not None:
                try:
                    check_state(record["entity"], record[name])
                except ValueError:
                    raise self._refusal("archive_value", name) from None
        batch, undoes = record["batch"].int, record["undoes"]
        begun = self._batches.setdefault(batch, len(self._batches))
        self._refers("undoes", undoes is None or self._batches.get(undoes.int, begun) < begun)

    def refused(self, record: Record) -> None:
        self._refers("session", record["session"] is None or record["session"] in self._keys)
        self._refers("code", not record["code"] or record["code"] in self._codes)


_RULES: Final = {
    "program": _Checker.program,
    "branches": _Checker.branch,
    "members": _Checker.member,
    "memberships": _Checker.membership,
    "sessions": _Checker.session,
    "events": _Checker.event,
    "notes": _Checker.note,
    "changes": _Checker.change,
    "refused": _Checker.refused,
}
