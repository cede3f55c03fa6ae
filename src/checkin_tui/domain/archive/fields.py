"""The fields of every part of a whole program, in the order in which files have them.

People are named by their code, branches by their name, sessions by their key; a `uid` stays what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from checkin_tui.domain.archive import kinds
from checkin_tui.domain.archive.kinds import Kind
from checkin_tui.domain.attendance.events import Action, EventKind, Reason, Source, Status
from checkin_tui.domain.imports import CODE_LIMIT, NAME_LIMIT
from checkin_tui.domain.logged import ChangeKind, Entity
from checkin_tui.domain.sessions import AudienceKind, SessionKind, SessionState

MOST_MINUTES: Final = 100_000
MOST_CHARACTERS: Final = 10_000_000


class Field(NamedTuple):
    """One value of a record. needed: it may not be blank."""

    name: str
    kind: Kind
    needed: bool = False

    def plain(self, value: Any) -> Any:
        """As JSON has it; None where it is left out: nothing, an empty text or list, no."""
        if value is None:
            return None
        plain = self.kind.plain(value)
        return None if plain is False or plain == "" or plain == [] else plain


def _needed(name: str, kind: Kind) -> Field:
    return Field(name, kind, needed=True)


_UID: Final = _needed("uid", kinds.UID)
_CODE: Final = _needed("code", kinds.text(CODE_LIMIT))
_SESSION: Final = _needed("session", kinds.KEY)
_HOURS: Final = (
    _needed("grace", kinds.number(MOST_MINUTES)),
    _needed("target", kinds.TARGET),
    _needed("minimum_note", kinds.number(MOST_CHARACTERS)),
    Field("leave_counts", kinds.FLAG),
)
_RECORDED: Final = (
    _needed("recorded", kinds.RECORDED),
    _needed("counter", kinds.number(kinds.LAST_COUNTER)),
    _needed("station", kinds.UID),
    Field("station_name", kinds.TEXT),
    Field("operator", kinds.TEXT),
)

FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "program": (
        _UID,
        _needed("name", kinds.TEXT),
        _needed("first_day", kinds.DATE),
        _needed("last_day", kinds.DATE),
        Field("weekdays", kinds.WEEKDAYS),
        _needed("starts", kinds.CLOCK),
        _needed("ends", kinds.CLOCK),
        *_HOURS,
        _needed("zone", kinds.text(200)),
        Field("holidays", kinds.DATES),
        Field("extra_days", kinds.DATES),
        Field("practice", kinds.FLAG),
    ),
    "branches": (
        _UID,
        _needed("name", kinds.TEXT),
        Field("contact", kinds.TEXT),
        Field("phone", kinds.TEXT),
    ),
    "members": (
        _UID,
        _CODE,
        _needed("name", kinds.text(NAME_LIMIT)),
        Field("title", kinds.TEXT),
        Field("rank", kinds.TEXT),
        Field("phone", kinds.TEXT),
        Field("pinyin", kinds.TEXT),
        Field("guest", kinds.FLAG),
    ),
    "memberships": (
        _CODE,
        Field("branch", kinds.TEXT),
        Field("leader", kinds.FLAG),
        _needed("first", kinds.DATE),
        Field("until", kinds.DATE),
    ),
    "sessions": (
        _UID,
        _needed("key", kinds.KEY),
        _needed("kind", kinds.word(SessionKind)),
        _needed("state", kinds.word(SessionState)),
        Field("topic", kinds.TEXT),
        Field("presenter_code", kinds.text(CODE_LIMIT)),
        Field("presenter", kinds.TEXT),
        _needed("starts", kinds.INSTANT),
        _needed("ends", kinds.INSTANT),
        _needed("late_from", kinds.INSTANT),
        *_HOURS,
        _needed("audience", kinds.word(AudienceKind)),
        Field("branches", kinds.NAMES),
        Field("opened", kinds.INSTANT),
        Field("closed", kinds.INSTANT),
    ),
    "events": (
        _UID,
        _SESSION,
        _CODE,
        _needed("kind", kinds.word(EventKind)),
        Field("status", kinds.word(Status)),
        Field("reason", kinds.word(Reason)),
        Field("happened", kinds.INSTANT),
        Field("target", kinds.UID),
        Field("replaces", kinds.UID),
        _needed("batch", kinds.UID),
        _needed("action", kinds.word(Action)),
        Field("guest", kinds.FLAG),
        _needed("source", kinds.word(Source)),
        Field("because", kinds.TEXT),
        *_RECORDED,
    ),
    "notes": (
        _UID,
        _SESSION,
        _CODE,
        Field("text", kinds.NOTE),
        Field("paper", kinds.FLAG),
        _needed("batch", kinds.UID),
        _needed("action", kinds.word(Action)),
        *_RECORDED,
    ),
    "changes": (
        _UID,
        _needed("batch", kinds.UID),
        _needed("kind", kinds.word(ChangeKind)),
        _needed("entity", kinds.word(Entity)),
        _needed("entity_uid", kinds.UID),
        Field("before", kinds.STATE),
        Field("after", kinds.STATE),
        Field("undoes", kinds.UID),
        Field("because", kinds.TEXT),
        *_RECORDED,
    ),
    "refused": (
        _UID,
        Field("session", kinds.KEY),
        Field("code", kinds.text(CODE_LIMIT)),
        Field("typed", kinds.TYPED),
        _needed("refusal", kinds.text(200)),
        Field("sentence", kinds.TYPED),
        *_RECORDED,
    ),
}
BY_NAME: Final = {part: {field.name: field for field in fields} for part, fields in FIELDS.items()}
