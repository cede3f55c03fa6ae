"""`checkin backup` and `checkin restore`. Neither needs a database that can be opened: that is when they are needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checkin_tui.cli.asking import ask
from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.domain.backups import Backup, Contents, RestorePlan


@click.command(
    help=_(
        "Make a backup: into the folder of backups, or as the new file FILE, which is never taken away again. It is "
        "checked before it gets its name. Other windows may go on working."
    )
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--list", "listing", is_flag=True, help=_("List the backups in the folder, newest first."))
@json_option
@pass_call
def backup(call: Call, file: Path | None, listing: bool) -> None:
    """Make one, or list those there are."""
    from checkin_tui.domain.text import visible
    from checkin_tui.services.backups import back_up

    database, folder = _places(call)
    if listing:
        if file is not None:
            raise click.UsageError(_("--list takes no FILE."))
        _list(call, folder)
        return
    now = call.wiring.clock()
    made = back_up(database, folder, now, file)
    call.wrote = True
    made = made._replace(made=now) if made.made is None else made
    shape = {"backup": made.file, "bytes": made.size, "made_at": _made_at(made), "rows": made.rows}
    call.answer(shape, visible(made.file))
    call.say(_("Checked: it is whole, and holds all that is in the database now."))


@click.command(
    help=_(
        "Put a backup in the place of the database. FILE is a path, or a backup of the list: its number or part of its "
        "name. It is checked first, what would change is shown, and what is replaced is kept."
    )
)
@click.argument("file")
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@json_option
@pass_call
def restore(call: Call, file: str, yes: bool) -> None:
    """Check, show, ask, replace, and say where the old file is."""
    from checkin_tui.services.backups import find_backup, plan_restore
    from checkin_tui.services.backups import restore as put_back
    from checkin_tui.words.backups import restored_text

    database, folder = _places(call)
    chosen = find_backup(database, folder, file)
    if not yes:
        _ask(call, plan_restore(database, folder, chosen))
    done = put_back(database, folder, chosen, call.wiring.clock())
    call.wrote = True
    shape = {"restored": done.plan.backup.file, "database": str(database), "kept": done.kept, **_plan_shape(done.plan)}
    call.answer(shape, restored_text(str(chosen), done.kept))


def _places(call: Call) -> tuple[Path, Path]:
    """The database and the folder of its backups."""
    wiring = call.wiring
    database = wiring.settings.database.absolute()
    return database, wiring.where.backups_of(database)


def _ask(call: Call, plan: RestorePlan) -> None:
    """Say what would change and go on only after a yes. Raises CheckInError `restore_unconfirmed` with nobody there."""
    from checkin_tui.cli.output import table
    from checkin_tui.domain.text import visible
    from checkin_tui.words.backups import made_text, plan_lines, plan_rows, why_word

    name = Path(plan.backup.file).name
    parts = (visible(name), made_text(plan.backup), why_word(plan.backup.why))
    call.say(" · ".join(part for part in parts if part))
    call.say(table(plan_rows(plan), right=(1, 2)))
    for line in plan_lines(plan):
        call.say(line)
    ask(
        call,
        _("Restore it?"),
        unasked="restore_unconfirmed",
        otherwise=_("Nothing was changed."),
        plan={"would_restore": _plan_shape(plan)},
    )


def _list(call: Call, folder: Path) -> None:
    from checkin_tui.cli.output import table
    from checkin_tui.services.backups import list_backups
    from checkin_tui.words.backups import entries_text, made_text, notes_text, size_text, why_word

    found = list_backups(folder)
    lines = [
        {
            "number": number,
            "backup": one.file,
            "why": one.why and one.why.value,
            "made_at": _made_at(one),
            "bytes": one.size,
            "holds": _holds(one.contents),
        }
        for number, one in enumerate(found, 1)
    ]
    rows = []
    for number, one in enumerate(found, 1):
        held = one.contents
        said = [_("cannot be read"), ""] if held is None else [entries_text(held.marks), notes_text(held.notes)]
        rows.append([str(number), Path(one.file).name, made_text(one), why_word(one.why), size_text(one.size), *said])
    call.answer({"folder": str(folder), "backups": lines}, table(rows, right=(0, 4, 5, 6)) if rows else "")
    if not found:
        call.say(_("There is no backup yet."))


def _made_at(one: Backup) -> str | None:
    """By the clock of the program that is in it."""
    from checkin_tui.cli.shapes import moment

    return moment(one.made, "UTC" if one.contents is None else one.contents.zone)


def _holds(contents: Contents | None) -> dict[str, Any] | None:
    if contents is None:
        return None
    return {
        "program": contents.program,
        "sessions": contents.sessions,
        "people": contents.people,
        "marks": contents.marks,
        "notes": contents.notes,
    }


def _plan_shape(plan: RestorePlan) -> dict[str, Any]:
    since = plan.since
    return {
        "made_at": _made_at(plan.backup),
        "backup": _holds(plan.backup.contents),
        "before": _holds(plan.now),
        "damaged": plan.damaged,
        "since": None if since is None else {"marks": since.marks, "notes": since.notes, "changes": since.changes},
        "same_program": plan.same_program,
        "wrong": plan.wrong,
    }
