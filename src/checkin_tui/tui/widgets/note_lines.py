"""The lines round the editor: whose note it is, how long it is, and what the disk says."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content

from checkin_tui.domain.notes import NoteState
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.safe import brief, cells, content
from checkin_tui.tui.widgets.lines import Line


class NoteTitle(NamedTuple):
    """Whose note: `Zhang Wei · Xinghe`, and of which day."""

    name: str
    branch: str
    day: str


class TitleLine(Line):
    """Whose note the editor holds."""

    def draw(self, value: NoteTitle, width: int) -> Content:
        """The day is kept, the branch gives way first."""
        day = value.day
        room = max(1, width - cells(day) - 4)
        name = brief(value.name, room)
        branch = brief(value.branch, max(0, room - cells(name) - 3))
        left = content(f" {name}", "bold")
        if cells(branch) > 3:
            left += content(f" · {branch}")
        return left + Content(" " * max(1, width - left.cell_length - cells(day) - 1)) + content(day)


class NoteProgress(NamedTuple):
    """How far the note is. state: what the disk says: 'saved', 'typing', 'saving', 'not-saved', 'empty', 'pasting'.

    asked: a note is asked for; paper: the notebook was seen. saved: when, as `14:32`. remark: what else to say.
    """

    chars: int
    minimum: int
    asked: NoteState
    paper: bool = False
    state: str = "empty"
    saved: str = ""
    remark: str = ""


_STATES = {
    "saved": "$success",
    "typing": "$text-muted",
    "saving": "$status-saving",
    "pasting": "$status-saving",
    "not-saved": "bold reverse $error",
    "empty": "$text-muted",
}


class ProgressLine(Line):
    """Characters against the minimum, and the saved state; below it a remark."""

    def draw(self, value: NoteProgress, width: int) -> Content:
        """Two lines."""
        count = ngettext("{count} character", "{count} characters", value.chars).format(count=value.chars)
        if value.paper:
            text, style = f"{count} · " + _("notebook seen"), "$status-present"
        elif value.asked is NoteState.NOT_REQUIRED:
            text, style = f"{count} · " + _("none is asked for"), "$text-muted"
        elif value.chars >= max(1, value.minimum):
            text, style = (
                _("✓ {count}, at least {minimum}").format(count=count, minimum=value.minimum),
                "$status-present",
            )
        else:
            more = max(1, value.minimum) - value.chars
            text = _("~ {chars} of {minimum}, {more} more").format(
                chars=value.chars, minimum=max(1, value.minimum), more=more
            )
            style = "$status-late"
        state = {
            "saved": _("saved {time}").format(time=value.saved) if value.saved else _("saved"),
            "typing": _("typing …"),
            "saving": _("saving …"),
            "pasting": _("pasting …"),
            "not-saved": _("NOT SAVED"),
            "empty": _("nothing typed yet"),
        }[value.state]
        right = content(state, _STATES[value.state])
        left = content(" " + brief(text, max(1, width - right.cell_length - 3)), style)
        line = left + Content(" " * max(1, width - left.cell_length - right.cell_length - 1)) + right
        return line + Content("\n ") + content(brief(value.remark, width - 2), "$warning")


class EmptyLines(Line):
    """Where the editor will be: what to do. The value is what goes on to the next who owes: a key, or `→ 5`."""

    def draw(self, value: str, width: int) -> Content:
        """A few lines in the middle of nothing."""
        lines = (
            _("No note is open."),
            "",
            _("Choose somebody on the left, by ↑ ↓,"),
            _("letters or a scan: Enter opens the note."),
            _("{key} goes to the next who owes one.").format(key=value),
            _("Esc goes back from the note to the box."),
        )
        return Content("\n").join(content("  " + brief(line, width - 3), "$text-muted") for line in ("", *lines))
