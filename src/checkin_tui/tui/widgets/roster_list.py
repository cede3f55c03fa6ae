"""The list of people: one line each, drawn line by line, so that a mark repaints one line and a hundred thousand people
cost no more than a screenful. (A `DataTable` repaints itself whole for one changed cell.)
"""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.notes import NoteState
from checkin_tui.i18n import _
from checkin_tui.tui.model import RosterModel
from checkin_tui.tui.safe import fit
from checkin_tui.tui.widgets.columns import Column, Columns, Layout, cell_texts

KEPT_STRIPS = 4096


class Saving(Enum):
    """What the disk says about a row: nothing, not yet, or no."""

    SAVED = "saved"
    SAVING = "saving"
    NOT_SAVED = "not-saved"
    NOTE_NOT_SAVED = "note-not-saved"


class RosterList(ScrollView, can_focus=False):
    """The people who are shown, one of them perhaps highlighted. The keyboard stays with the box."""

    DEFAULT_CLASSES = "roster-list"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--row",
        "list--other",
        "list--highlight",
        "list--header",
        "list--present",
        "list--late",
        "list--excused",
        "list--absent",
        "list--unmarked",
        "list--saving",
        "list--not-saved",
    }

    class Chosen(Message):
        """A row was clicked."""

        def __init__(self, member_id: int) -> None:
            super().__init__()
            self.member_id = member_id

    def __init__(self, layout: Layout = Layout.ROSTER, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.layout_of = layout
        self.model = RosterModel()
        self.zone = "UTC"
        self.saving: dict[int, Saving] = {}
        self.highlight: int | None = None
        self._columns = Columns.none()
        self._strips: dict[tuple[int, bool], Strip] = {}
        self._styles: dict[str, Style] = {}

    # ------------------------------------------------------------------------------------------------------- content

    def load(self, model: RosterModel, zone: str) -> None:
        """Show another roster."""
        self.model, self.zone = model, zone
        self._measure()
        self.reload()

    def reload(self) -> None:
        """What is shown, or in which order, changed as a whole: draw again from the top."""
        self._strips.clear()
        self.highlight = None
        self._resize_content()
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def filtered(self) -> None:
        """The filter of the model changed; no row did."""
        self._resize_content()
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def changed(self, member_id: int) -> None:
        """The mark of one person, or what the disk says about it, changed: that line is drawn again, nothing else."""
        position = self.model.position_of(member_id)
        if position is None:
            return
        self._strips.pop((position, False), None)
        self._strips.pop((position, True), None)
        self._draw(position)

    def grown(self) -> None:
        """Somebody was added at the end."""
        self._resize_content()
        self.refresh()

    def choose(self, position: int | None, *, reveal: bool = True) -> None:
        """Highlight the person at a position; None: nobody."""
        before, self.highlight = self.highlight, position
        if before != position:
            self._draw(before)
            self._draw(position)
        if reveal and position is not None:
            self._reveal(position)

    def recall(self, row: int) -> None:
        """Everybody is shown again: bring the row where the highlight was last into view, without highlighting it."""
        if 0 <= row < len(self.model.shown):
            self._reveal(self.model.shown[row])

    @property
    def highlighted_member(self) -> int | None:
        """Who is highlighted."""
        return None if self.highlight is None else self.model.member_at(self.highlight)

    # -------------------------------------------------------------------------------------------------------- drawing

    def _draw(self, position: int | None) -> None:
        row = None if position is None else self.model.row_of(position)
        if row is not None:
            y = row - self.scroll_offset.y
            if 0 <= y < self.size.height - 1:
                self.refresh(Region(0, y + 1, self.size.width, 1))

    def _reveal(self, position: int) -> None:
        """Bring the row into view. Stepping over the edge turns a third of a page: most steps draw two lines."""
        row = self.model.row_of(position)
        page = max(1, self.size.height - 1)
        top = self.scroll_offset.y
        if row is None or top <= row < top + page:
            return
        aside = page // 3
        self.scroll_to(y=max(0, row - aside if row < top else row - page + 1 + aside), animate=False, force=True)

    def _resize_content(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.model.shown) + 1)

    def _measure(self) -> None:
        self._columns = Columns.measure(self.model, self.size.width, self.layout_of)
        self._strips.clear()

    def on_resize(self, event: events.Resize) -> None:
        """Widths follow the window; the highlighted row stays in view."""
        self._measure()
        self._resize_content()
        if self.highlight is not None:
            self._reveal(self.highlight)
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme: every style is looked up again."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def _style(self, name: str) -> Style:
        style = self._styles.get(name)
        if style is None:
            style = self.get_component_rich_style(f"list--{name}")
            if name not in _GROUNDS:  # the line's own background stays
                style = Style(color=style.color, bold=style.bold, italic=style.italic)
            self._styles[name] = style
        return style

    def render_line(self, y: int) -> Strip:
        """The header, then one line for each person who is shown."""
        width = self.size.width
        if y == 0:
            return self._header(width)
        row = self.scroll_offset.y + y - 1
        shown = self.model.shown
        if row >= len(shown):
            if row == 0 and len(self.model):
                text = " " + _("Nobody on this list matches. Enter says more, Esc takes the text away.")
                return Strip([Segment(fit(text, width), self._style("row") + self._style("other"))], width)
            return Strip.blank(width, self._style("row"))
        position = shown[row]
        key = (position, position == self.highlight)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > KEPT_STRIPS:
                self._strips.clear()
            strip = self._strips[key] = self._person_line(position, key[1], width)
        return strip

    def _header(self, width: int) -> Strip:
        style = self._style("header")
        text = " " + " ".join(fit(column.title, column.width) for column in self._columns.shown)
        return Strip([Segment(fit(text, width), style)], width)

    def _person_line(self, position: int, highlighted: bool, width: int) -> Strip:
        person = self.model.people[position]
        mark = self.model.mark(person.member_id)
        saving = self.saving.get(person.member_id, Saving.SAVED)
        base = self._style("highlight" if highlighted else "row")
        texts = cell_texts(person, mark, self.zone, self.layout_of)
        status = base + self._style(_STYLE_OF[mark.status])
        if saving is Saving.SAVING:
            texts[Column.STATUS], status = _("… saving"), base + self._style("saving")
        elif saving is Saving.NOT_SAVED:
            texts[Column.STATUS], status = _("! NOT SAVED"), base + self._style("not-saved")
        elif saving is Saving.NOTE_NOT_SAVED and self.layout_of is Layout.ROSTER:  # its own column is too narrow
            texts[Column.STATUS], status = _("! NOTE NOT SAVED"), base + self._style("not-saved")
        other = base + self._style("other")
        note = other if self.layout_of is Layout.ROSTER else base + self._style(_NOTE_STYLES.get(mark.note, "other"))
        if saving is Saving.NOTE_NOT_SAVED and self.layout_of is not Layout.ROSTER:
            texts[Column.NOTE], note = _("! NOT SAVED"), base + self._style("not-saved")
        # Neighbours of one style are one segment, and blanks take whatever style stands before them: each change of
        # style costs the terminal about forty bytes.
        segments: list[Segment] = []
        text, style, taken = ">" if highlighted else " ", base, 1
        for column in self._columns.shown:
            own = other
            if column.kind is Column.STATUS:
                own = status
            elif column.kind is Column.NOTE:
                own = note
            elif column.kind in (Column.CODE, Column.NAME):
                own = base
            cell = fit(texts[column.kind], column.width) + " "
            if own is not style and (not cell.isspace() or style.bgcolor != base.bgcolor):
                segments.append(Segment(text, style))
                text, style = "", own
            text += cell
            taken += column.width + 1
        if style.bgcolor != base.bgcolor:
            segments.append(Segment(text, style))
            text, style = "", base
        segments.append(Segment(text + " " * (width - taken), style))
        return Strip(segments, max(width, taken)).crop(0, width)

    async def _on_click(self, event: events.Click) -> None:
        row = self.scroll_offset.y + event.y - 1
        if event.y >= 1 and 0 <= row < len(self.model.shown):
            self.post_message(self.Chosen(self.model.member_at(self.model.shown[row])))

    @property
    def page(self) -> int:
        """How many people fit at once."""
        return max(1, self.size.height - 1)


_GROUNDS = frozenset({"row", "highlight", "header", "not-saved"})

_NOTE_STYLES = {
    NoteState.MISSING: "absent",
    NoteState.TOO_SHORT: "late",
    NoteState.COMPLETE: "present",
    NoteState.WITHOUT_PRESENCE: "excused",
}
"""The colours of notes are those of the statuses; signs and words say the same."""

_STYLE_OF: dict[Status | None, str] = {
    None: "unmarked",
    Status.PRESENT: "present",
    Status.LATE: "late",
    Status.EXCUSED: "excused",
    Status.ABSENT: "absent",
}
