"""What the log of changes tells apart: what a line is about, and what was done."""

from __future__ import annotations

from enum import StrEnum


class Entity(StrEnum):
    """What a line of the log is about."""

    PROGRAM = "program"
    BRANCH = "branch"
    MEMBER = "member"
    SESSION = "session"


class ChangeKind(StrEnum):
    """What was done."""

    CREATE = "create"
    PLAN = "plan"
    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    ADD = "add"
    EDIT = "edit"
    IMPORT = "import"
    UNDO = "undo"
    REDO = "redo"
