"""`checkin import contacts FILE`: whom to call at each branch, in one transaction that one undo takes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import F, json_option, pass_call, with_options
from checkin_tui.domain.errors import CheckInError
from checkin_tui.exits import REFUSED
from checkin_tui.i18n import _

if TYPE_CHECKING:
    from checkin_tui.domain.changes import PeopleChanged
    from checkin_tui.domain.imports import Contacts
    from checkin_tui.domain.views import ImportPreview

_NOTHING = "import_nothing"

Late = Iterable[tuple[int, str, Mapping[str, Any]]]
"""(row, code, values) of what the program refused."""


def _file_options(command: F) -> F:
    """What every file is read with, in the order the help lists it."""
    return with_options(
        command,
        click.argument("file", type=click.Path(path_type=Path)),
        click.option("--dry-run", is_flag=True, help=_("Say what would be done; write nothing.")),
        click.option("--sheet", help=_("The sheet of a workbook; the first without it.")),
        click.option("--encoding", help=_("The encoding of a text file, where it is guessed wrong.")),
        click.option(
            "--map", "pairs", multiple=True, metavar="FIELD=HEADER", help=_("A column by its header: 'name=姓名'.")
        ),
    )


@click.command(
    help=_(
        "Import whom to call at each branch from a CSV, TSV or XLSX file with the columns branch, contact and phone, "
        "also in Chinese. The branches must be there already. A row that cannot be used does not stop the rest."
    )
)
@_file_options
@json_option
@pass_call
def contacts(
    call: Call, file: Path, dry_run: bool, sheet: str | None, encoding: str | None, pairs: tuple[str, ...]
) -> None:
    """Read the file, write what can be used, and print the counts and the rows that were rejected."""
    from checkin_tui.domain.reads import PreviewContacts
    from checkin_tui.interchange.lists.columns import CONTACTS, parse_map
    from checkin_tui.interchange.lists.contacts import read_contacts

    mapping = parse_map(pairs, CONTACTS)
    call.program  # noqa: B018 -- the database is looked at before a large file is read for nothing
    found = read_contacts(file, sheet=sheet, encoding=encoding, mapping=mapping)
    done = _previewed(call.handle(PreviewContacts(found.rows))) if dry_run else _written(call, found)
    _answer(call, file, found, done, dry_run)


def _answer(call: Call, file: Path, found: Contacts, done: tuple[dict[str, int], Late], dry_run: bool) -> None:
    """Tell what became, or would become, of the lines the file's reader found."""
    counts, late = done
    usable = any(counts.values())
    rejected = _rejected(found, late)
    call.answer({**counts, "rejected": rejected, "written": usable and not dry_run}, "" if call.json else _text(counts))
    for row in rejected:
        call.say(_("Row {row}: {reason}").format(**row))
    if not usable:
        _nothing(call, file)
    if dry_run:
        call.say(_("Nothing was written: this was a dry run."))


def _previewed(preview: ImportPreview) -> tuple[dict[str, int], Late]:
    late = [(line.row, line.reason, line.values or {}) for line in preview.lines if line.result == "rejected"]
    return _counts(preview), late


def _written(call: Call, found: Contacts) -> tuple[dict[str, int], Late]:
    from checkin_tui.domain.requests import ImportContacts

    if not found.rows:
        return _counts(None), ()
    try:
        changed = call.write(ImportContacts, lines=found.rows)
    except CheckInError as error:
        if error.code != _NOTHING:
            raise
        return _counts(None), error.values["rejected"]
    return _counts(changed), changed.rejected


def _counts(result: ImportPreview | PeopleChanged | None) -> dict[str, int]:
    """How many of each; None: nothing at all."""
    return {name: 0 if result is None else getattr(result, name) for name in ("new", "changed", "unchanged")}


def _rejected(found: Contacts, late: Late) -> list[dict[str, Any]]:
    """The rows the file's reader refused and those the program refused, in the order of the file."""
    from checkin_tui.words import sentence

    early = [(one.row, one.reason_code, one.values) for one in found.rejected]
    every = sorted([*early, *late], key=lambda one: one[0])
    return [{"row": row, "reason": sentence(code, values)} for row, code, values in every]


def _text(counts: Mapping[str, int]) -> str:
    return _("{new} new, {changed} changed, {unchanged} unchanged").format(**counts)


def _nothing(call: Call, file: Path) -> None:
    from checkin_tui.words import sentence

    call.say(sentence(_NOTHING, {"file": str(file)}))
    click.get_current_context().exit(REFUSED)
