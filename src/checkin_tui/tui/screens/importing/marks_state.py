"""What an import of marks has come to: the file, how it is read, and what importing it would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from checkin_tui import words
from checkin_tui.domain.calendar import zone_info
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import FileKind
from checkin_tui.domain.mark_imports import Marks, MarksImported
from checkin_tui.domain.reads import LoadMapping, LoadSessions, PreviewMarks
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.i18n import _
from checkin_tui.tui.screens.importing.found import Ask, Found, rechosen, remapped, with_columns
from checkin_tui.tui.screens.importing.state import Memory
from checkin_tui.tui.screens.importing.work import off_loop
from checkin_tui.words.mark_imports import contradiction_text, session_text

if TYPE_CHECKING:
    from checkin_tui.interchange.lists.choices import Choices
    from checkin_tui.interchange.lists.session_dates import Days
    from checkin_tui.interchange.reading.tables import Source

KINDS: Final = ("session", "contradicting", "rejected", "passed")
"""What a line of the preview may be."""


class MarksOpening(NamedTuple):
    """A file that was read. marks: None where `found` says why not. keys: the sessions of the program."""

    file: Path | str
    source: Source
    found: Found
    marks: Marks | None
    keys: tuple[SessionKey, ...]


class MarksReading:
    """One import of marks, from its file to its preview. Nothing here knows the screen."""

    def __init__(self, ask: Ask, first: date, last: date, zone: str) -> None:
        """`ask` answers `LoadMapping`, `LoadSessions` and `PreviewMarks`; it may raise CheckInError.

        first, last: the days of the program.
        """
        self._ask, self._first, self._last, self.zone = ask, first, last, zone
        self.opening: MarksOpening | None = None
        self.session: SessionKey | None = None  # that of a file which names none
        self.fresh = self.edited = False
        self.remembered: Mapping[str, str] = {}

    async def open(self, file: Path | str) -> MarksOpening:
        """Read a file; once more, as it was read before. Raises CheckInError as `open_marks` does."""
        from checkin_tui.interchange.lists.choices import Choices

        source = await off_loop(lambda: _opened(file))
        again = self.opening is not None and self.opening.file == file
        choices = self.opening.found.choices if again and self.opening is not None else Choices()
        return await self._look(file, source, choices, self.session if again else None)

    def take(self, opening: MarksOpening) -> None:
        """It was read: this is the file from now on."""
        if self.opening is None or self.opening.file != opening.file:
            self.fresh = self.edited = False
            self.session, self.remembered = None, {}
        self.opening = opening
        self.remembered = opening.found.remembered or self.remembered

    async def reread(self) -> MarksOpening | None:
        """The same file by the choices as they are now; None where they were changed meanwhile."""
        opening = self.opening
        assert opening is not None
        new = await self._look(opening.file, opening.source, opening.found.choices, self.session)
        return new if opening is self.opening else None

    async def _look(
        self, file: Path | str, source: Source, choices: Choices, session: SessionKey | None
    ) -> MarksOpening:
        from checkin_tui.interchange.lists.rosters import first_headers
        from checkin_tui.interchange.lists.session_dates import Days

        keys = tuple(one.key for one in await self._ask(LoadSessions()))
        days = Days(self._first, self._last, {key.day for key in keys})
        remembered: Mapping[str, str] = {}
        if not (choices.mapping or choices.preset or self.fresh):
            rows = await off_loop(_quietly(lambda: first_headers(source, choices)))
            remembered = await self._ask(LoadMapping(FileKind.MARKS, rows)) if rows else {}
            choices = choices._replace(mapping=remembered)
        found, marks = await off_loop(lambda: read(source, choices, days, self.zone, session))
        return MarksOpening(file, source, found._replace(remembered=remembered), marks, keys)

    def choose(self, name: str, value: str) -> None:
        """Another sheet, encoding, header row, preset or session."""
        opening = self._opening()
        choices = opening.found.choices
        if name == "session":
            self.session = SessionKey.parse(value) if value else None
        elif name == "remembered":
            self.fresh, self.edited, choices = value == "anew", False, choices._replace(mapping={})
        else:
            self.edited = self.fresh = False
            self.remembered = self.remembered if name == "preset" else {}
            choices = rechosen(choices, name, value)
        self.opening = opening._replace(found=opening.found._replace(choices=choices))

    def map(self, number: int, field: str) -> None:
        """Column `number` is taken for `field`, '' for none."""
        opening = self._opening()
        mapping = remapped(opening.found, number, field)
        self.edited = True
        self.opening = opening._replace(
            found=opening.found._replace(choices=opening.found.choices._replace(mapping=mapping))
        )

    def memory(self) -> Memory:
        """What the import remembers of the columns."""
        opening = self._opening()
        headers = opening.marks.headers if opening.marks is not None else ()
        mapping = tuple(opening.found.choices.mapping.items()) if self.edited else ()
        return Memory(headers, mapping, self.fresh and not mapping)

    def _opening(self) -> MarksOpening:
        assert self.opening is not None
        return self.opening

    async def preview(self, asked: PreviewMarks) -> MarksImported:
        """What importing would do. Raises CheckInError."""
        done: MarksImported = await self._ask(asked)
        return done

    def told(self, done: MarksImported) -> list[tuple[str, str]]:
        """Kind and text of every line of the preview: sessions, what contradicts, what was refused, what is nobody."""
        marks = self._opening().marks
        assert marks is not None
        refused = [(row.row, "", row.reason_code, row.values) for row in marks.rejected]
        refused += [(one.row, one.column, one.code, one.values) for one in done.rejected]
        lines = [("session", session_text(one, dry=True)) for one in done.sessions]
        lines += [("contradicting", contradiction_text(one, self.zone)) for one in done.contradictions]
        for row, column, code, values in sorted(refused, key=lambda one: one[0]):
            pattern = _("Row {row}, {column}: {reason}") if column else _("Row {row}: {reason}")
            reason = words.sentence(code, values, zone=self.zone)
            lines.append(("rejected", pattern.format(row=row, column=column, reason=reason)))
        lines += [("passed", _("Row {row}: {text}").format(row=one.row, text=one.text)) for one in marks.passed]
        return lines


def _opened(file: Path | str) -> Source:
    from checkin_tui.interchange.lists.register_json import open_marks  # needed only here
    from checkin_tui.interchange.reading.tables import pasted

    return open_marks(file) if isinstance(file, Path) else pasted(file)


def _quietly(work: Callable[[], Sequence[tuple[str, ...]]]) -> Callable[[], tuple[tuple[str, ...], ...]]:
    """Nothing where it is refused: reading the file in earnest says why."""

    def run() -> tuple[tuple[str, ...], ...]:
        try:
            return tuple(work())
        except CheckInError:
            return ()

    return run


def read(
    source: Source, choices: Choices, days: Days, zone: str, session: SessionKey | None
) -> tuple[Found, Marks | None]:
    """The file as it reads by exactly these choices."""
    from checkin_tui.interchange.lists.registers import read_marks

    marks, trouble = None, None
    try:
        marks = read_marks(source, choices, days, zone_info(zone), session)
    except CheckInError as error:
        trouble = error
    found = Found(choices, None, trouble)
    try:
        table = source.table(choices.sheet, choices.encoding)
    except CheckInError as error:
        return found._replace(trouble=trouble or error), None
    return (
        with_columns(found, table) if marks is None else with_columns(found, table, marks.columns, marks.header_row),
        marks,
    )
