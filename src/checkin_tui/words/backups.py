"""Backups in words: why one was made, what it holds, and what restoring one would mean."""

from __future__ import annotations

from checkin_tui.domain.backups import Backup, Contents, RestorePlan, Since, Why
from checkin_tui.domain.text import visible
from checkin_tui.i18n import _, ngettext
from checkin_tui.words.times import moment_text

_MIB = 1 << 20


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
        Why.ERASE: _("before somebody was erased"),
        Why.ASKED: _("asked for"),
    }[why]


def size_text(size: int) -> str:
    """`0.4 MiB`: bytes in units of 1,048,576, rounded up to a tenth."""
    return _("{size} MiB").format(size=f"{-(-size * 10 // _MIB) / 10:.1f}")


def made_text(backup: Backup) -> str:
    """`Mon 18 May 14:30`, by the clock of the program in it; '' where that is not known."""
    if backup.made is None:
        return ""
    return moment_text(backup.made, "UTC" if backup.contents is None else backup.contents.zone)


def marks_text(count: int) -> str:
    """`214 marks`."""
    return ngettext("{count} mark", "{count} marks", count).format(count=count)


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
        (_("marks"), str(kept.marks), "" if now is None else str(now.marks)),
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
            (since.marks, marks_text(since.marks)),
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
