"""Backups in words: why one was made, what it holds, and what restoring one would mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from checkin_tui.domain.backups import Backup, Contents, RestorePlan, Since, Why
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.times import moment_text
from checkin_tui.words.wrong_files import own_command

_UNITS: Final = ("kB", "MB", "GB")
_STEP: Final = 1000
_BAD: Final[Mapping[str, Callable[[], str]]] = {
    "db_damaged": lambda: _("The backup {path} is damaged."),
    "db_empty": lambda: _("The backup {path} is empty."),
    "db_foreign": lambda: _("{path} is not a backup of this program."),
    "db_left_behind": lambda: _("There is no backup {path}."),
    "db_missing": lambda: _("There is no backup {path}."),
    "db_newer": lambda: _("The backup {path} was made by a newer version of this program."),
    "db_unreadable": lambda: _("The backup {path} cannot be read."),
}
BAD: Final = tuple(_BAD)


def why_word(why: Why | None) -> str:
    """Why it was made; '' of a file that does not say."""
    if why is None:
        return ""
    return {
        Why.DAY: _("first start of the day"),
        Why.IMPORT: _("before an import"),
        Why.MIGRATION: _("before a new version took over"),
        Why.REPAIR: _("before a repair"),
        Why.RESTORE: _("replaced by a restore"),
        Why.ASKED: _("asked for"),
    }[why]


def bad_backup_text(code: str, values: Mapping[str, Any]) -> str:
    """Why a file cannot be restored, and where the others are listed.

    values: path; database, where it would have been restored to.
    """
    said = _BAD[code]().format(path=visible(str(values.get("path", "…"))))
    return said + " " + _("Your database was not touched. Choose another: {command}").format(command=_list_of(values))


def unknown_backup_text(values: Mapping[str, Any]) -> str:
    """That no backup is called so."""
    text = _("There is no backup {text}. The list has them all: {command}")
    return text.format(text=visible(str(values.get("text", "…"))), command=_list_of(values))


def _list_of(values: Mapping[str, Any]) -> str:
    """The command that lists the backups of just this file."""
    database = values.get("database")
    return "checkin backup --list" if database is None else own_command(database, "backup", "--list")


def copies_text(copies: Sequence[str]) -> str:
    """What a restore put aside or left beside the database: whole copies, in which everybody's names may stand."""
    text = ngettext(
        "beside the database a damaged or unfinished copy: {path}",
        "beside the database {count} damaged or unfinished copies, as {path}",
        len(copies),
    )
    return text.format(count=len(copies), path=visible(copies[0]))


def size_text(size: int) -> str:
    """`221 kB`, `2.4 MB`, `77 GB`: bytes in the largest of these units that leaves at least one, with a decimal
    below ten of them.
    """
    amount, unit = size / _STEP, _UNITS[0]
    for unit in _UNITS:
        if amount < _STEP - 0.5 or unit == _UNITS[-1]:
            break
        amount /= _STEP
    shown = f"{amount:.1f}" if 0 < amount < 9.95 else f"{amount:.0f}"
    return f"{shown} {unit}"


def no_backup_text(code: object) -> str:
    """That there is none of today, and why, short enough for a bar of 80 cells; code: of a DatabaseError."""
    cause = {
        "db_full": _("the disk is full"),
        "db_readonly": _("its folder is read-only"),
        "db_unreadable": _("its folder is read-only"),
        "db_locked": _("another program was busy"),
        "db_damaged": _("the copy was not whole"),
    }.get(str(code), _("the disk failed"))
    return _("No backup today: {cause}. checkin doctor says more.").format(cause=cause)


def made_text(backup: Backup) -> str:
    """`Mon 18 May 14:30`, by the clock of the program in it; '' where that is not known."""
    if backup.made is None:
        return ""
    return moment_text(backup.made, "UTC" if backup.contents is None else backup.contents.zone)


def entries_text(count: int) -> str:
    """`214 entries`: in the register, each of its steps; a person marked twice has two."""
    return ngettext("{count} entry", "{count} entries", count).format(count=count)


def register_text(count: int) -> str:
    """`214 entries in the register`."""
    return ngettext("{count} entry in the register", "{count} entries in the register", count).format(count=count)


def notes_text(count: int) -> str:
    """`12 notes`."""
    return ngettext("{count} note", "{count} notes", count).format(count=count)


def changes_text(count: int) -> str:
    """`3 changes of people or sessions`."""
    return ngettext("{count} change of people or sessions", "{count} changes of people or sessions", count).format(
        count=count
    )


def plan_rows(plan: RestorePlan) -> list[list[str]]:
    """What the file holds now beside what the backup holds, as rows of a table."""
    kept, now = plan.backup.contents or Contents(), plan.now
    pairs = [
        (_("program"), kept.program, "" if now is None else now.program),
        (_("sessions"), str(kept.sessions), "" if now is None else str(now.sessions)),
        (_("people"), str(kept.people), "" if now is None else str(now.people)),
        (_("entries in the register"), str(kept.marks), "" if now is None else str(now.marks)),
        (_("notes"), str(kept.notes), "" if now is None else str(now.notes)),
    ]
    head = ["", _("in the backup"), "" if now is None else _("now")]
    return [head, *([name, then, today] for name, then, today in pairs)]


def plan_lines(plan: RestorePlan) -> list[str]:
    """What restoring would mean, one sentence a line."""
    lines = [] if plan.same_program else [_("The backup is of another program than the one that is in the file now.")]
    if plan.damaged:
        lines.append(_("The database cannot be read any more. It is kept under another name."))
    elif plan.since is None:
        lines.append(_("There is no database now."))
    else:
        lines.append(since_text(plan.since))
    if plan.wrong:
        lines.append(
            ngettext(
                "{count} figure in the backup does not follow from its marks: afterwards, checkin doctor --repair.",
                "{count} figures in the backup do not follow from its marks: afterwards, checkin doctor --repair.",
                plan.wrong,
            ).format(count=plan.wrong)
        )
    return lines


def since_text(since: Since) -> str:
    """What would not be in the file any more, and where it stays."""
    parts = [
        text
        for count, text in (
            (since.marks, register_text(since.marks)),
            (since.notes, notes_text(since.notes)),
            (since.changes, changes_text(since.changes)),
        )
        if count
    ]
    if not parts:
        return _("Nothing was added since: the backup has all that is in the file.")
    return _("Made since, and not in it: {what}. They stay in a backup of the file as it is now.").format(
        what=", ".join(parts)
    )


def restored_text(file: str, kept: str | None) -> str:
    """What was done, and where what was replaced lies."""
    done = _("Restored: {path}").format(path=visible(file))
    return done if kept is None else done + "\n" + _("What was there before: {path}").format(path=visible(kept))
