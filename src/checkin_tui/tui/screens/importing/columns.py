"""The second step of an import: what was found in the file, and every column with what it is taken for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from checkin_tui.domain.imports import Place, Roster
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.safe import content_lines, fit
from checkin_tui.tui.screens.form import Row
from checkin_tui.tui.screens.importing.found import ALL_SHEETS, Found, FoundColumn
from checkin_tui.tui.screens.importing.picks import Pick, Picks
from checkin_tui.words.importing import field_word, rows_text

if TYPE_CHECKING:
    from checkin_tui.domain.mark_imports import Marks
    from checkin_tui.interchange.reading.tables import Source

LAST_TIME, ANEW = "last", "anew"
"""What becomes of the columns given for such a file before."""

NAMED = 12
"""Hidden rows, and lines passed over, that are named."""


class ColumnList(Picks):
    """Header, samples and field of every column; ← and → change the field of the highlighted one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"columns--taken", "columns--not"}

    class Taken(Message):
        """Column `number` is to be taken for `field`, '' for none."""

        def __init__(self, number: int, field: str) -> None:
            super().__init__()
            self.number, self.field = number, field

    def __init__(self, fields: Callable[[], Sequence[str]]) -> None:
        """`fields`: what a column may be taken for."""
        super().__init__(id="columns")
        self._fields = fields
        self._columns: Sequence[FoundColumn] = ()

    @property
    def count(self) -> int:
        """Columns."""
        return len(self._columns)

    def show(self, columns: Sequence[FoundColumn]) -> None:
        """Show these; the highlight stays at its column."""
        at = self.at if len(columns) == len(self._columns) else 0
        self._columns = columns
        self.refill(at)

    def draw(self, number: int, width: int) -> tuple[str, str]:
        """`姓名            王小明, 李明, 张伟         < name >`."""
        column = self._columns[number]
        field = field_word(column.field) if column.field else _("not taken")
        last = max(14, width // 5)
        first = max(12, width // 4)
        header = column.header or _("(column {number})").format(number=column.number)
        samples = fit(", ".join(column.samples), width - first - last - 2)
        kind = "columns--taken" if column.field else "columns--not"
        return f"{fit(header, first)} {samples} < {field} >", kind

    def turn(self, by: int) -> None:
        """Another field for the highlighted column: none, or one that no other column has.

        A name in parts is none beside a whole one: whoever wants it begins at the column of the name.
        """
        from checkin_tui.interchange.lists.columns import FAMILY, GIVEN  # needed only here

        if not self.count:
            return
        column = self._columns[self.at]
        others = {one.field for one in self._columns if one is not column}
        others |= {GIVEN, FAMILY} if "name" in others else set()
        fields = ["", *(field for field in self._fields() if field not in others)]
        at = fields.index(column.field) if column.field in fields else 0
        field = fields[(at + by) % len(fields)]
        self._columns = [one._replace(field=field) if one is column else one for one in self._columns]
        self.refresh()
        self.post_message(self.Taken(column.number, field))


class FoundStep(Vertical):
    """Sheet or encoding, header row, whose columns they are, and the columns."""

    def __init__(
        self,
        fields: Callable[[], Sequence[str]],
        presets: Callable[[], Sequence[tuple[str, str]]],
        *,
        several: bool = False,
    ) -> None:
        """`fields`: what a column may be taken for. presets: the programs that are known, with what each is called.

        several: all sheets may be read together.
        """
        super().__init__(id="step-found", classes="step")
        self._fields, self._known, self._several = fields, presets, several

    def compose(self) -> ComposeResult:
        """A choice shows itself where there is something to choose."""
        yield Row(_("Sheet"), Pick("sheet"))
        yield Row(_("Encoding"), Pick("encoding"))
        yield Row(_("Header"), Pick("header"))
        yield Row(_("Made by"), Pick("preset"))
        yield Row(_("Columns"), Pick("remembered"))
        yield Row(_("Session"), Pick("session"))
        yield ColumnList(self._fields)
        with VerticalScroll(id="notes"):
            yield Static(classes="quiet")

    @property
    def columns(self) -> ColumnList:
        """The columns."""
        return self.query_one(ColumnList)

    def show(
        self,
        source: Source,
        found: Found,
        notes: Sequence[str],
        *,
        known: bool,
        fresh: bool,
        sessions: Sequence[tuple[str, str]] = (),
        session: str = "",
    ) -> None:
        """Show what was found. known: whether columns were given for such a file before; fresh: they do not count.

        sessions: those a file of marks may be about, and the one that was chosen.
        """
        self._sheets(source, found)
        self._offer("session", sessions, session)
        self._offer("encoding", [(one, one.upper()) for one in source.encodings], _encoding(source, found))
        heads = [(str(number), f"{number}: {text}") for number, text in found.heads]
        self._offer("header", [*heads, ("0", _("none, the first row is somebody"))], str(found.header_row))
        self._presets(found)
        options = [(LAST_TIME, _("as given last time")), (ANEW, _("by their headers"))]
        self._offer("remembered", options if known else [], ANEW if fresh else LAST_TIME)
        self.columns.show(found.columns)
        place = self.query_one("#notes")
        place.display = bool(notes)
        place.query_one(Static).update(content_lines(notes))

    def _sheets(self, source: Source, found: Found) -> None:
        named = [(one.name, _("{name} (hidden)") if one.hidden else "{name}") for one in source.sheets]
        options = [(name, pattern.format(name=name)) for name, pattern in named]
        if self._several and sum(not one.hidden for one in source.sheets) > 1:
            options.append((ALL_SHEETS, _("all, and the name of each is the branch")))
        chosen = found.choices.sheet
        if chosen is None:
            chosen = next((one.name for one in source.sheets if not one.hidden), "")
        self._offer("sheet", options, ALL_SHEETS if found.choices.every_sheet else chosen)

    def _presets(self, found: Found) -> None:
        from checkin_tui.interchange.lists.presets import NONE  # needed only here

        options = [(NONE, _("no program that is known")), *self._known()]
        chosen = found.choices.preset or (found.roster.preset if found.roster is not None else "") or NONE
        self._offer("preset", options, chosen)

    def _offer(self, name: str, options: Sequence[tuple[str, str]], value: str) -> None:
        pick = self.query_one(f"#{name}", Pick)
        pick.offer(options, value)
        next(row for row in self.query(Row) if row.part is pick).display = len(options) > 1


def _encoding(source: Source, found: Found) -> str:
    return found.choices.encoding or source.encoding


def roster_fields() -> Sequence[str]:
    """What a column of a roster may be taken for."""
    from checkin_tui.interchange.lists.columns import ROSTER_FIELDS  # needed only here

    return ROSTER_FIELDS


def roster_presets() -> Sequence[tuple[str, str]]:
    """The programs whose lists are known."""
    from checkin_tui.interchange.lists.presets import PRESETS  # needed only here

    return [(key, one.title) for key, one in PRESETS.items()]


def notes_of(roster: Roster | Marks) -> list[str]:
    """What nobody might expect of how a file was read: hidden rows and sheets, and lines that are nobody."""
    said = []
    if roster.hidden_sheets:
        said.append(_("Hidden sheets were not read: {names}").format(names=", ".join(roster.hidden_sheets)))
    if roster.hidden_rows:
        rows = _named(roster.hidden_rows)
        said.append(_("Hidden rows were read as the others: {rows}").format(rows=rows))
    if roster.passed:
        count, rows = len(roster.passed), _named([Place(one.sheet, one.row) for one in roster.passed])
        text = ngettext("{count} line is nobody: row {rows}", "{count} lines are nobody: rows {rows}", count)
        said.append(text.format(count=count, rows=rows))
    return said


def _named(places: Sequence[Place]) -> str:
    return rows_text(places[:NAMED]) + (", …" if len(places) > NAMED else "")
