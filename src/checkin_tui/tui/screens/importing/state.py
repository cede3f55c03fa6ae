"""What an import has come to: the file, how it is read, what was said of its rows, and what importing it would do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checkin_tui.domain.imports import Answer, Ending, Place, Roster
from checkin_tui.domain.reads import PreviewImport
from checkin_tui.domain.views import ImportLine, ImportPreview
from checkin_tui.tui.screens.importing.found import Ask, Found, look, opened, rechosen, remapped
from checkin_tui.tui.screens.importing.result import Sorted, sort_out
from checkin_tui.tui.screens.importing.work import off_loop

if TYPE_CHECKING:
    from checkin_tui.interchange.reading.tables import Source


class Opening(NamedTuple):
    """A file that was read. file: its path, or the pasted list itself."""

    file: Path | str
    source: Source
    found: Found


class Previewed(NamedTuple):
    """What was asked, and what came of it."""

    asked: PreviewImport
    preview: ImportPreview
    lines: Sorted


class Memory(NamedTuple):
    """What is to be remembered, or forgotten, of the columns of such a file: the fields of `ImportMembers`."""

    headers: tuple[str, ...]
    mapping: tuple[tuple[str, str], ...]
    forget: bool


class Importing:
    """One import, from its file to its preview. Nothing here knows the screen."""

    def __init__(self, ask: Ask) -> None:
        """`ask` answers `LoadMapping` and `PreviewImport`; it may raise CheckInError."""
        self._ask = ask
        self.opening: Opening | None = None
        self.previewed: Previewed | None = None
        self.remembered: Mapping[str, str] = {}  # of such a file, before
        self.fresh = False  # what was given for such a file before does not count
        self.edited = False  # the columns were given here
        self.answers: dict[Place, Answer | None] = {}  # None: the line is left out
        self.doubts: dict[Place, ImportLine] = {}  # as they were asked about

    @property
    def found(self) -> Found | None:
        """How the file reads."""
        return None if self.opening is None else self.opening.found

    @property
    def roster(self) -> Roster | None:
        """Its people."""
        return None if self.opening is None else self.opening.found.roster

    async def open(self, file: Path | str) -> Opening:
        """Read a file; once more, as it was read before. Raises CheckInError as `opened` does."""
        from checkin_tui.interchange.lists.choices import Choices

        source = await off_loop(lambda: opened(file))
        again = self.opening is not None and self.opening.file == file
        choices = self.opening.found.choices if again and self.opening is not None else Choices()
        return Opening(file, source, await look(source, choices, self._ask, fresh=again and self.fresh))

    def take(self, opening: Opening) -> None:
        """It was read: this is the file from now on."""
        if self.opening is None or self.opening.file != opening.file:
            self.fresh = self.edited = False
            self.remembered = {}
            self._drop_answers()
        self.opening = opening
        self.previewed = None
        self.remembered = opening.found.remembered or self.remembered

    async def reread(self) -> Found | None:
        """The same file by the choices as they are now; None where they were changed meanwhile."""
        opening = self.opening
        assert opening is not None
        found = await look(opening.source, opening.found.choices, self._ask, fresh=self.fresh)
        return found if opening is self.opening else None

    def choose(self, name: str, value: str) -> None:
        """Another sheet, encoding, header row or preset."""
        found = self._found()
        if name == "remembered":
            self.fresh, self.edited = value == "anew", False
            self._put(found._replace(choices=found.choices._replace(mapping={})))
            return
        self.remembered = self.remembered if name == "preset" else {}
        self.edited = self.fresh = False
        self._put(found._replace(choices=rechosen(found.choices, name, value)))

    def map(self, number: int, field: str) -> None:
        """Column `number` is taken for `field`, '' for none; seen at once, before the file is read by it."""
        found = self._found()
        mapping = remapped(found, number, field)
        columns = tuple(
            one._replace(field=field) if one.number == number else one
            for one in (each._replace(field="") if field and each.field == field else each for each in found.columns)
        )
        self.edited = True
        self._put(found._replace(choices=found.choices._replace(mapping=mapping), columns=columns))

    def found_anew(self, found: Found) -> None:
        """It reads so."""
        self.remembered = found.remembered or self.remembered
        self._put(found)

    def _found(self) -> Found:
        assert self.opening is not None
        return self.opening.found

    def _put(self, found: Found) -> None:
        assert self.opening is not None
        self.opening = self.opening._replace(found=found)

    # ------------------------------------------------------------------------------------------- what would become

    def asked(self, end: Ending | None) -> PreviewImport:
        """The question about the file as it is read now. There are people in it."""
        roster = self.roster
        assert roster is not None
        if self.previewed is not None and self.previewed.asked.lines != roster.rows:
            self._drop_answers()  # other rows: what was said of them belongs to nobody
        answers = tuple(answer for answer in self.answers.values() if answer is not None)
        unread = tuple(row.cells for row in roster.rejected)
        return PreviewImport(roster.rows, answers, end, unread, roster.unread_sheets)

    async def preview(self, asked: PreviewImport) -> Previewed:
        """What importing would do. Raises CheckInError."""
        roster = self.roster
        assert roster is not None
        preview: ImportPreview = await self._ask(asked)
        return Previewed(asked, preview, await off_loop(lambda: sort_out(roster, preview)))

    def show(self, previewed: Previewed) -> None:
        """That is what it would do; doubtful lines are kept, so that an answer can be given anew."""
        self.previewed = previewed
        for line in previewed.lines.by_kind.get("doubtful", ()):
            self.doubts[Place(line.sheet, line.row)] = line

    def answer(self, line: ImportLine, answer: Answer | None) -> None:
        """Whom a doubtful line is about; None: it is left out."""
        self.answers[Place(line.sheet, line.row)] = answer

    def next_doubt(self) -> int | None:
        """Among the doubtful lines the first without an answer."""
        lines = self.previewed.lines.by_kind.get("doubtful", ()) if self.previewed is not None else ()
        open_ones = (at for at, line in enumerate(lines) if Place(line.sheet, line.row) not in self.answers)
        return next(open_ones, None)

    def memory(self) -> Memory:
        """What the import remembers of the columns."""
        roster, choices = self.roster, self._found().choices
        headers = roster.headers if roster is not None and roster.header_row else ()
        mapping = tuple(choices.mapping.items()) if self.edited and headers else ()
        return Memory(headers, mapping, self.fresh and not mapping)

    def _drop_answers(self) -> None:
        self.answers, self.doubts, self.previewed = {}, {}, None
