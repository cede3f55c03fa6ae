"""The first tables.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

APPLICATION_ID = 0x43484B49  # "CHKI" in the header: how the program knows its own files

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    _branches()
    _changes()
    _members()
    _programs()
    _memberships()
    _sessions()
    _attendance()
    _attendance_events()
    _note_revisions()
    _refused_attempts()
    _session_branches()
    _notes()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id={APPLICATION_ID}")


def _branches() -> None:
    op.create_table(
        "branches",
        sa.Column("id", sa.INTEGER(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.TEXT(), nullable=False),
        sa.Column("contact", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("phone", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("search", sa.TEXT(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_branches"),
        sa.UniqueConstraint("name", name=op.f("uq_branches_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_branches_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.INTEGER(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("batch", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.TEXT(), nullable=False),
        sa.Column("entity", sa.TEXT(), nullable=False),
        sa.Column("entity_uid", sa.LargeBinary(), nullable=False),
        sa.Column("before", sa.TEXT(), nullable=True),
        sa.Column("after", sa.TEXT(), nullable=True),
        sa.Column("undoes", sa.LargeBinary(), nullable=True),
        sa.Column("because", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("recorded", sa.INTEGER(), nullable=False),
        sa.Column("counter", sa.INTEGER(), nullable=False),
        sa.Column("station", sa.LargeBinary(), nullable=False),
        sa.Column("station_name", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("operator", sa.TEXT(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sa.CheckConstraint("entity IN ('program', 'branch', 'member', 'session')", name=op.f("ck_changes_entity")),
        sa.CheckConstraint(
            "kind IN ('create', 'plan', 'open', 'close', 'reopen', 'add', 'edit', 'import', 'undo', 'redo')",
            name=op.f("ck_changes_kind"),
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_changes_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_changes_batch"), "changes", ["batch"])
    op.create_index(op.f("ix_changes_entity_uid"), "changes", ["entity_uid"])
    op.create_index(op.f("ix_changes_recorded"), "changes", ["recorded", "counter"])
    op.create_index(op.f("ix_changes_station"), "changes", ["station", "recorded", "counter"])
    op.create_index(op.f("ix_changes_undoes"), "changes", ["undoes"])


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.INTEGER(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.TEXT(), nullable=False),
        sa.Column("name", sa.TEXT(), nullable=False),
        sa.Column("title", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("rank", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("phone", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("pinyin", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("sort", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("search", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("guest", sa.INTEGER(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.CheckConstraint("guest IN (0, 1)", name=op.f("ck_members_guest")),
        sa.UniqueConstraint("code", name=op.f("uq_members_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_members_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_members_name"), "members", ["name"])


def _programs() -> None:
    op.create_table(
        "programs",
        sa.Column("id", sa.INTEGER(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.TEXT(), nullable=False),
        sa.Column("first_day", sa.TEXT(), nullable=False),
        sa.Column("last_day", sa.TEXT(), nullable=False),
        sa.Column("weekdays", sa.TEXT(), nullable=False),
        sa.Column("starts", sa.TEXT(), nullable=False),
        sa.Column("ends", sa.TEXT(), nullable=False),
        sa.Column("grace", sa.INTEGER(), nullable=False),
        sa.Column("target", sa.TEXT(), nullable=False),
        sa.Column("minimum_note", sa.INTEGER(), nullable=False),
        sa.Column("leave_counts", sa.INTEGER(), nullable=False, server_default="1"),
        sa.Column("zone", sa.TEXT(), nullable=False),
        sa.Column("holidays", sa.TEXT(), nullable=False),
        sa.Column("extra_days", sa.TEXT(), nullable=False),
        sa.Column("practice", sa.INTEGER(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_programs"),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_programs_dates")),
        sa.CheckConstraint("grace >= 0", name=op.f("ck_programs_grace")),
        sa.CheckConstraint("leave_counts IN (0, 1)", name=op.f("ck_programs_leave_counts")),
        sa.CheckConstraint("minimum_note >= 0", name=op.f("ck_programs_minimum_note")),
        sa.CheckConstraint("id = 1", name=op.f("ck_programs_one")),
        sa.CheckConstraint("practice IN (0, 1)", name=op.f("ck_programs_practice")),
        sa.UniqueConstraint("uid", name=op.f("uq_programs_uid")),
        sqlite_strict=True,
    )


def _memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("id", sa.INTEGER(), nullable=False),
        sa.Column("member_id", sa.INTEGER(), nullable=False),
        sa.Column("branch_id", sa.INTEGER(), nullable=True),
        sa.Column("leader", sa.INTEGER(), nullable=False, server_default="0"),
        sa.Column("first", sa.TEXT(), nullable=False),
        sa.Column("until", sa.TEXT(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_memberships"),
        sa.CheckConstraint("until IS NULL OR first < until", name=op.f("ck_memberships_dates")),
        sa.CheckConstraint("leader IN (0, 1)", name=op.f("ck_memberships_leader")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_memberships_branch_id_branches")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_memberships_member_id_members")),
        sa.UniqueConstraint("member_id", "first", name=op.f("uq_memberships_member_id_first")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_memberships_branch_id"), "memberships", ["branch_id"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.INTEGER(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.TEXT(), nullable=False),
        sa.Column("ordinal", sa.INTEGER(), nullable=False),
        sa.Column("kind", sa.TEXT(), nullable=False),
        sa.Column("state", sa.TEXT(), nullable=False),
        sa.Column("topic", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("presenter_id", sa.INTEGER(), nullable=True),
        sa.Column("presenter", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("starts", sa.INTEGER(), nullable=False),
        sa.Column("ends", sa.INTEGER(), nullable=False),
        sa.Column("late_from", sa.INTEGER(), nullable=False),
        sa.Column("grace", sa.INTEGER(), nullable=False),
        sa.Column("minimum_note", sa.INTEGER(), nullable=False),
        sa.Column("target", sa.TEXT(), nullable=False),
        sa.Column("leave_counts", sa.INTEGER(), nullable=False, server_default="1"),
        sa.Column("audience", sa.TEXT(), nullable=False),
        sa.Column("opened", sa.INTEGER(), nullable=True),
        sa.Column("closed", sa.INTEGER(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.CheckConstraint("audience IN ('all', 'leaders', 'branches')", name=op.f("ck_sessions_audience")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_sessions_hours")),
        sa.CheckConstraint(
            "kind IN ('meeting', 'study', 'lecture', 'seminar', 'self-study', 'make-up')", name=op.f("ck_sessions_kind")
        ),
        sa.CheckConstraint("late_from >= starts", name=op.f("ck_sessions_late_from")),
        sa.CheckConstraint("leave_counts IN (0, 1)", name=op.f("ck_sessions_leave_counts")),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_sessions_ordinal")),
        sa.CheckConstraint("state IN ('planned', 'open', 'closed', 'cancelled')", name=op.f("ck_sessions_state")),
        sa.ForeignKeyConstraint(["presenter_id"], ["members.id"], name=op.f("fk_sessions_presenter_id_members")),
        sa.UniqueConstraint("day", "ordinal", name=op.f("uq_sessions_day_ordinal")),
        sa.UniqueConstraint("uid", name=op.f("uq_sessions_uid")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("session_id", sa.INTEGER(), nullable=False),
        sa.Column("member_id", sa.INTEGER(), nullable=False),
        sa.Column("status", sa.TEXT(), nullable=True),
        sa.Column("reason", sa.TEXT(), nullable=True),
        sa.Column("arrived", sa.INTEGER(), nullable=True),
        sa.Column("left", sa.INTEGER(), nullable=True),
        sa.Column("minutes_late", sa.INTEGER(), nullable=True),
        sa.Column("minutes_inside", sa.INTEGER(), nullable=True),
        sa.Column("inside", sa.INTEGER(), nullable=False, server_default="0"),
        sa.Column("left_early", sa.INTEGER(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("session_id", "member_id", name="pk_attendance"),
        sa.CheckConstraint("inside IN (0, 1)", name=op.f("ck_attendance_inside")),
        sa.CheckConstraint("left_early IN (0, 1)", name=op.f("ck_attendance_left_early")),
        sa.CheckConstraint("reason IN ('sick', 'personal', 'official', 'other')", name=op.f("ck_attendance_reason")),
        sa.CheckConstraint("status IN ('present', 'late', 'excused', 'absent')", name=op.f("ck_attendance_status")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_attendance_member_id_members")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_attendance_session_id_sessions")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_attendance_member_id"), "attendance", ["member_id"])


def _attendance_events() -> None:
    op.create_table(
        "attendance_events",
        sa.Column("id", sa.INTEGER(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("session_id", sa.INTEGER(), nullable=False),
        sa.Column("member_id", sa.INTEGER(), nullable=False),
        sa.Column("kind", sa.TEXT(), nullable=False),
        sa.Column("status", sa.TEXT(), nullable=True),
        sa.Column("reason", sa.TEXT(), nullable=True),
        sa.Column("happened", sa.INTEGER(), nullable=True),
        sa.Column("target", sa.LargeBinary(), nullable=True),
        sa.Column("replaces", sa.LargeBinary(), nullable=True),
        sa.Column("batch", sa.LargeBinary(), nullable=False),
        sa.Column("action", sa.TEXT(), nullable=False),
        sa.Column("guest", sa.INTEGER(), nullable=False, server_default="0"),
        sa.Column("source", sa.TEXT(), nullable=False),
        sa.Column("because", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("recorded", sa.INTEGER(), nullable=False),
        sa.Column("counter", sa.INTEGER(), nullable=False),
        sa.Column("station", sa.LargeBinary(), nullable=False),
        sa.Column("station_name", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("operator", sa.TEXT(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_attendance_events"),
        sa.CheckConstraint(
            "action IN ('mark', 'bulk', 'correct', 'take_back', 'close', 'import', 'undo', 'redo')",
            name=op.f("ck_attendance_events_action"),
        ),
        sa.CheckConstraint("guest IN (0, 1)", name=op.f("ck_attendance_events_guest")),
        sa.CheckConstraint(
            "kind IN ('arrived', 'left', 'marked', 'withdrawn')", name=op.f("ck_attendance_events_kind")
        ),
        sa.CheckConstraint(
            "(kind = 'marked') = (status IS NOT NULL)", name=op.f("ck_attendance_events_marked_has_status")
        ),
        sa.CheckConstraint(
            "reason IN ('sick', 'personal', 'official', 'other')", name=op.f("ck_attendance_events_reason")
        ),
        sa.CheckConstraint("source IN ('desk', 'command', 'import')", name=op.f("ck_attendance_events_source")),
        sa.CheckConstraint(
            "status IN ('present', 'late', 'excused', 'absent')", name=op.f("ck_attendance_events_status")
        ),
        sa.CheckConstraint(
            "(kind = 'withdrawn') = (target IS NOT NULL)", name=op.f("ck_attendance_events_withdrawn_has_target")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_attendance_events_member_id_members")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_attendance_events_session_id_sessions")),
        sa.UniqueConstraint("uid", name=op.f("uq_attendance_events_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_attendance_events_batch"), "attendance_events", ["batch"])
    op.create_index(op.f("ix_attendance_events_member_session"), "attendance_events", ["member_id", "session_id"])
    op.create_index(op.f("ix_attendance_events_recorded"), "attendance_events", ["recorded", "counter"])
    op.create_index(
        op.f("ix_attendance_events_station"), "attendance_events", ["session_id", "station", "recorded", "counter"]
    )
    op.create_index(op.f("ix_attendance_events_target"), "attendance_events", ["target"])


def _note_revisions() -> None:
    op.create_table(
        "note_revisions",
        sa.Column("id", sa.INTEGER(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("session_id", sa.INTEGER(), nullable=False),
        sa.Column("member_id", sa.INTEGER(), nullable=False),
        sa.Column("text", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("paper", sa.INTEGER(), nullable=False, server_default="0"),
        sa.Column("batch", sa.LargeBinary(), nullable=False),
        sa.Column("action", sa.TEXT(), nullable=False),
        sa.Column("recorded", sa.INTEGER(), nullable=False),
        sa.Column("counter", sa.INTEGER(), nullable=False),
        sa.Column("station", sa.LargeBinary(), nullable=False),
        sa.Column("station_name", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("operator", sa.TEXT(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_note_revisions"),
        sa.CheckConstraint(
            "action IN ('mark', 'bulk', 'correct', 'take_back', 'close', 'import', 'undo', 'redo')",
            name=op.f("ck_note_revisions_action"),
        ),
        sa.CheckConstraint("paper IN (0, 1)", name=op.f("ck_note_revisions_paper")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_note_revisions_member_id_members")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_note_revisions_session_id_sessions")),
        sa.UniqueConstraint("uid", name=op.f("uq_note_revisions_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_note_revisions_batch"), "note_revisions", ["batch"])
    op.create_index(op.f("ix_note_revisions_member_session"), "note_revisions", ["member_id", "session_id"])
    op.create_index(op.f("ix_note_revisions_recorded"), "note_revisions", ["recorded", "counter"])
    op.create_index(op.f("ix_note_revisions_station"), "note_revisions", ["station", "recorded", "counter"])


def _refused_attempts() -> None:
    op.create_table(
        "refused_attempts",
        sa.Column("id", sa.INTEGER(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("session_id", sa.INTEGER(), nullable=True),
        sa.Column("member_id", sa.INTEGER(), nullable=True),
        sa.Column("typed", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("code", sa.TEXT(), nullable=False),
        sa.Column("sentence", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("recorded", sa.INTEGER(), nullable=False),
        sa.Column("counter", sa.INTEGER(), nullable=False),
        sa.Column("station", sa.LargeBinary(), nullable=False),
        sa.Column("station_name", sa.TEXT(), nullable=False, server_default=""),
        sa.Column("operator", sa.TEXT(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_refused_attempts"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_refused_attempts_member_id_members")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_refused_attempts_session_id_sessions")),
        sa.UniqueConstraint("uid", name=op.f("uq_refused_attempts_uid")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_refused_attempts_recorded"), "refused_attempts", ["recorded", "counter"])


def _session_branches() -> None:
    op.create_table(
        "session_branches",
        sa.Column("session_id", sa.INTEGER(), nullable=False),
        sa.Column("branch_id", sa.INTEGER(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "branch_id", name="pk_session_branches"),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_session_branches_branch_id_branches")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_session_branches_session_id_sessions")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("session_id", sa.INTEGER(), nullable=False),
        sa.Column("member_id", sa.INTEGER(), nullable=False),
        sa.Column("revision_id", sa.INTEGER(), nullable=False),
        sa.Column("chars", sa.INTEGER(), nullable=False),
        sa.Column("paper", sa.INTEGER(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("session_id", "member_id", name="pk_notes"),
        sa.CheckConstraint("chars >= 0", name=op.f("ck_notes_chars")),
        sa.CheckConstraint("paper IN (0, 1)", name=op.f("ck_notes_paper")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_notes_member_id_members")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["note_revisions.id"], name=op.f("fk_notes_revision_id_note_revisions")
        ),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_notes_session_id_sessions")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_notes_member_id"), "notes", ["member_id"])
