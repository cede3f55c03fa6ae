"""The tables. Events and revisions are appended and never changed; `attendance` and `notes` are derived from them.

Every instant is INTEGER milliseconds UTC, every date ISO text in the program's zone. A `uid` stands on whatever may
meet its twin from another laptop.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import INTEGER, TEXT

from checkin_tui.domain.attendance.events import Action, EventKind, Reason, Source, Status
from checkin_tui.domain.imports import FileKind
from checkin_tui.domain.logged import ChangeKind as ChangeKind
from checkin_tui.domain.logged import Entity as Entity
from checkin_tui.domain.sessions import AudienceKind, SessionKind, SessionState
from checkin_tui.store.types import Flag, IsoDate, IsoDates, Pairs, TargetText, Uid, Word

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


def _id() -> Column[int]:
    return Column("id", INTEGER, primary_key=True)


def _uid() -> Column[Any]:
    return Column("uid", Uid, nullable=False, unique=True)


def _text(name: str, *, default: str | None = "") -> Column[str]:
    return Column(name, TEXT, nullable=False, server_default=default)


def _flag(name: str, default: str | None = "0") -> Column[bool]:
    return Column(name, Flag, nullable=False, server_default=default)


def _word(name: str, words: type[StrEnum], *, nullable: bool = False) -> Column[Any]:
    return Column(name, Word(words), nullable=nullable)


def _one_of(name: str, words: type[StrEnum]) -> CheckConstraint:
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{name} IN ({listed})", name=name)


def _is_flag(*names: str) -> list[CheckConstraint]:
    return [CheckConstraint(f"{name} IN (0, 1)", name=name) for name in names]


def _recorded() -> list[Column[Any]]:
    """The hybrid logical clock and who was at the desk."""
    return [
        Column("recorded", INTEGER, nullable=False),
        Column("counter", INTEGER, nullable=False),
        Column("station", Uid, nullable=False),
        _text("station_name"),
        _text("operator"),
    ]


programs = Table(
    "programs",
    metadata,
    _id(),
    _uid(),
    _text("name", default=None),
    Column("first_day", IsoDate, nullable=False),
    Column("last_day", IsoDate, nullable=False),
    Column("weekdays", TEXT, nullable=False),
    Column("starts", TEXT, nullable=False),
    Column("ends", TEXT, nullable=False),
    Column("grace", INTEGER, nullable=False),
    Column("target", TargetText, nullable=False),
    Column("minimum_note", INTEGER, nullable=False),
    _flag("leave_counts", "1"),
    _text("zone", default=None),
    Column("holidays", IsoDates, nullable=False),
    Column("extra_days", IsoDates, nullable=False),
    _flag("practice"),
    CheckConstraint("id = 1", name="one"),
    CheckConstraint("first_day <= last_day", name="dates"),
    CheckConstraint("grace >= 0", name="grace"),
    CheckConstraint("minimum_note >= 0", name="minimum_note"),
    *_is_flag("leave_counts", "practice"),
    sqlite_strict=True,
)

branches = Table(
    "branches",
    metadata,
    _id(),
    _uid(),
    Column("name", TEXT, nullable=False, unique=True),
    _text("contact"),
    _text("phone"),
    _text("search"),
    sqlite_autoincrement=True,  # a number is never given again: a screen may still mean who had it
    sqlite_strict=True,
)

members = Table(
    "members",
    metadata,
    _id(),
    _uid(),
    Column("code", TEXT, nullable=False, unique=True),
    _text("name", default=None),
    _text("title"),
    _text("rank"),
    _text("phone"),
    _text("pinyin"),
    _text("sort"),
    _text("search"),
    _flag("guest"),
    *_is_flag("guest"),
    Index("ix_members_name", "name"),
    sqlite_autoincrement=True,  # a number is never given again: a screen may still mean who had it
    sqlite_strict=True,
)

memberships = Table(
    "memberships",
    metadata,
    _id(),
    Column("member_id", INTEGER, ForeignKey("members.id"), nullable=False),
    Column("branch_id", INTEGER, ForeignKey("branches.id"), nullable=True),
    _flag("leader"),
    Column("first", IsoDate, nullable=False),
    Column("until", IsoDate, nullable=True),
    UniqueConstraint("member_id", "first"),
    CheckConstraint("until IS NULL OR first < until", name="dates"),
    *_is_flag("leader"),
    Index("ix_memberships_branch_id", "branch_id"),
    sqlite_strict=True,
)

sessions = Table(
    "sessions",
    metadata,
    _id(),
    _uid(),
    Column("day", IsoDate, nullable=False),
    Column("ordinal", INTEGER, nullable=False),
    _word("kind", SessionKind),
    _word("state", SessionState),
    _text("topic"),
    Column("presenter_id", INTEGER, ForeignKey("members.id"), nullable=True),
    _text("presenter"),
    Column("starts", INTEGER, nullable=False),
    Column("ends", INTEGER, nullable=False),
    Column("late_from", INTEGER, nullable=False),
    Column("grace", INTEGER, nullable=False),
    Column("minimum_note", INTEGER, nullable=False),
    Column("target", TargetText, nullable=False),
    _flag("leave_counts", "1"),
    _word("audience", AudienceKind),
    Column("opened", INTEGER, nullable=True),
    Column("closed", INTEGER, nullable=True),
    UniqueConstraint("day", "ordinal"),
    CheckConstraint("ordinal >= 1", name="ordinal"),
    CheckConstraint("starts < ends", name="hours"),
    CheckConstraint("late_from >= starts", name="late_from"),
    _one_of("kind", SessionKind),
    _one_of("state", SessionState),
    _one_of("audience", AudienceKind),
    *_is_flag("leave_counts"),
    sqlite_autoincrement=True,  # a number is never given again: a screen may still mean who had it
    sqlite_strict=True,
)

session_branches = Table(
    "session_branches",
    metadata,
    Column("session_id", INTEGER, ForeignKey("sessions.id"), primary_key=True),
    Column("branch_id", INTEGER, ForeignKey("branches.id"), primary_key=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

attendance_events = Table(
    "attendance_events",
    metadata,
    _id(),
    _uid(),
    Column("session_id", INTEGER, ForeignKey("sessions.id"), nullable=False),
    Column("member_id", INTEGER, ForeignKey("members.id"), nullable=False),
    _word("kind", EventKind),
    _word("status", Status, nullable=True),
    _word("reason", Reason, nullable=True),
    Column("happened", INTEGER, nullable=True),
    Column("target", Uid, nullable=True),
    Column("replaces", Uid, nullable=True),
    Column("batch", Uid, nullable=False),
    _word("action", Action),
    _flag("guest"),
    _word("source", Source),
    _text("because"),
    *_recorded(),
    _one_of("kind", EventKind),
    _one_of("status", Status),
    _one_of("reason", Reason),
    _one_of("action", Action),
    _one_of("source", Source),
    CheckConstraint("(kind = 'marked') = (status IS NOT NULL)", name="marked_has_status"),
    CheckConstraint("(kind = 'withdrawn') = (target IS NOT NULL)", name="withdrawn_has_target"),
    *_is_flag("guest"),
    Index("ix_attendance_events_member_session", "member_id", "session_id"),
    Index("ix_attendance_events_recorded", "recorded", "counter"),
    Index("ix_attendance_events_batch", "batch"),
    Index("ix_attendance_events_station", "session_id", "station", "recorded", "counter"),
    Index("ix_attendance_events_target", "target"),
    sqlite_strict=True,
)

attendance = Table(
    "attendance",
    metadata,
    Column("session_id", INTEGER, ForeignKey("sessions.id"), primary_key=True),
    Column("member_id", INTEGER, ForeignKey("members.id"), primary_key=True),
    _word("status", Status, nullable=True),
    _word("reason", Reason, nullable=True),
    Column("arrived", INTEGER, nullable=True),
    Column("left", INTEGER, nullable=True),
    Column("minutes_late", INTEGER, nullable=True),
    Column("minutes_inside", INTEGER, nullable=True),
    _flag("inside"),
    _flag("left_early"),
    _one_of("status", Status),
    _one_of("reason", Reason),
    *_is_flag("inside", "left_early"),
    Index("ix_attendance_member_id", "member_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

refused_attempts = Table(
    "refused_attempts",
    metadata,
    _id(),
    _uid(),
    Column("session_id", INTEGER, ForeignKey("sessions.id"), nullable=True),
    Column("member_id", INTEGER, ForeignKey("members.id"), nullable=True),
    _text("typed"),
    _text("code", default=None),
    _text("sentence"),
    *_recorded(),
    Index("ix_refused_attempts_recorded", "recorded", "counter"),
    sqlite_strict=True,
)

note_revisions = Table(
    "note_revisions",
    metadata,
    _id(),
    _uid(),
    Column("session_id", INTEGER, ForeignKey("sessions.id"), nullable=False),
    Column("member_id", INTEGER, ForeignKey("members.id"), nullable=False),
    _text("text"),
    _flag("paper"),
    Column("batch", Uid, nullable=False),
    _word("action", Action),
    *_recorded(),
    _one_of("action", Action),
    *_is_flag("paper"),
    Index("ix_note_revisions_member_session", "member_id", "session_id"),
    Index("ix_note_revisions_recorded", "recorded", "counter"),
    Index("ix_note_revisions_batch", "batch"),
    Index("ix_note_revisions_station", "station", "recorded", "counter"),
    sqlite_strict=True,
)

notes = Table(
    "notes",
    metadata,
    Column("session_id", INTEGER, ForeignKey("sessions.id"), primary_key=True),
    Column("member_id", INTEGER, ForeignKey("members.id"), primary_key=True),
    Column("revision_id", INTEGER, ForeignKey("note_revisions.id"), nullable=False),
    Column("chars", INTEGER, nullable=False),
    _flag("paper"),
    CheckConstraint("chars >= 0", name="chars"),
    *_is_flag("paper"),
    Index("ix_notes_member_id", "member_id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

changes = Table(
    "changes",
    metadata,
    _id(),
    _uid(),
    Column("batch", Uid, nullable=False),
    _word("kind", ChangeKind),
    _word("entity", Entity),
    Column("entity_uid", Uid, nullable=False),
    Column("before", TEXT, nullable=True),
    Column("after", TEXT, nullable=True),
    Column("undoes", Uid, nullable=True),
    _text("because"),
    *_recorded(),
    _one_of("kind", ChangeKind),
    _one_of("entity", Entity),
    Index("ix_changes_batch", "batch"),
    Index("ix_changes_station", "station", "recorded", "counter"),
    Index("ix_changes_recorded", "recorded", "counter"),
    Index("ix_changes_undoes", "undoes"),
    Index("ix_changes_entity_uid", "entity_uid"),
    sqlite_strict=True,
)

import_columns = Table(
    "import_columns",
    metadata,
    _word("kind", FileKind),
    Column("headers", TEXT, nullable=False),
    Column("columns", Pairs, nullable=False),
    PrimaryKeyConstraint("kind", "headers"),
    _one_of("kind", FileKind),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Which header was taken for which field in a file with these headers (`domain.headers.headers_key`)."""

CLOCKED = (attendance_events, changes, note_revisions, refused_attempts)
"""The tables whose rows carry a recorded time: the next one is later than the newest of all of them."""
