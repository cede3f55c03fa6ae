"""One step about one person as a readable line: the member's history, on screen and in plain output."""

from __future__ import annotations

from checkin_tui.domain.attendance.events import Action, EventKind, Source
from checkin_tui.domain.text import visible
from checkin_tui.domain.views import HistoryLine, NoteLine
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.labels import status_word
from checkin_tui.words.times import clock_text, moment_text


def step_text(line: HistoryLine | NoteLine, zone: str) -> str:
    """`Thu 21 May 14:26  arrived 14:26, by Wang at laptop-1; taken back`, or `…  note, 84 characters, by Wang`.

    The first time is when it was recorded. Corrections, bulk marks and closings say so, and give their reason.
    """
    if isinstance(line, NoteLine):
        text, because, withdraws = _note(line), "", line.action is Action.UNDO
    else:
        how = _how(line)
        text = _what(line, zone) + (f" ({how})" if how else "")
        because, withdraws = line.because, line.kind is EventKind.WITHDRAWN
    who = _who(line)
    if who:
        text += f", {who}"
    if because:
        text += "; " + _("because: {reason}").format(reason=visible(because))
    if not line.active and not withdraws:
        text += "; " + _("taken back")
    return f"{moment_text(line.recorded, zone)}  {text}"


def _what(line: HistoryLine, zone: str) -> str:
    if line.kind is EventKind.MARKED:
        return _("marked {status}").format(status=status_word(line.status, line.reason))
    if line.kind is EventKind.WITHDRAWN:
        again = line.action is Action.REDO  # it takes back the taking back
        return _("what was taken back holds again") if again else _("an entry taken back")
    if line.kind is EventKind.LEFT:
        if line.happened is None:
            return _("left, time not known")
        return _("left {time}").format(time=clock_text(line.happened, zone))
    if line.happened is None:
        return _("arrived, time not known")
    return _("arrived {time}").format(time=clock_text(line.happened, zone))


def _note(line: NoteLine) -> str:
    """What the step made of the note; a text only by its length. The bulk of notebooks needs no word."""
    if line.action is Action.UNDO:
        return _("note taken back") if line.typed else _("notebook taken back")
    parts = [_("notebook seen")] if line.seen else []
    if line.typed and line.chars:
        parts.append(
            ngettext("note, {count} character", "note, {count} characters", line.chars).format(count=line.chars)
        )
    elif line.typed:
        parts.append(_("note emptied"))
    text = "; ".join(parts)
    return f"{text} ({_('redo')})" if line.action is Action.REDO else text


def _how(line: HistoryLine) -> str:
    """What else is worth saying about the way it was written; '' for an ordinary mark at the desk."""
    words = {
        Action.BULK: _("in bulk"),
        Action.CORRECT: _("correction"),
        Action.CLOSE: _("on closing"),
        Action.IMPORT: _("from a file"),
        Action.UNDO: _("undo"),
        Action.REDO: _("redo"),
    }
    parts = [words[line.action]] if line.action in words else []
    if line.source is Source.COMMAND:
        parts.append(_("command line"))
    return ", ".join(parts)


def _who(line: HistoryLine | NoteLine) -> str:
    operator, station = visible(line.operator), visible(line.station)
    if operator and station:
        return _("by {operator} at {station}").format(operator=operator, station=station)
    if operator:
        return _("by {operator}").format(operator=operator)
    return _("at {station}").format(station=station) if station else ""
