"""`checkin report`: the report of the program, as a file or in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from checkin_tui.cli.call import Call
from checkin_tui.cli.options import json_option, pass_call
from checkin_tui.cli.out import told
from checkin_tui.i18n import _

# As `interchange` has them, for which `--help` does not wait; a test holds them together.
REPORT_FORMATS: Final = ("html", "md", "docx")


@click.command(help=_("Write the report of the program to FILE (HTML, Markdown, Word), or show it with --preview."))
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--format", "asked", type=click.Choice(REPORT_FORMATS), help=_("Else by how FILE ends."))
@click.option("--force", is_flag=True, help=_("Write over a file; your own words in an earlier report are kept."))
@click.option("--discard-author-text", "discard", is_flag=True, help=_("With --force: your own words go, too."))
@click.option(
    "--names/--no-names",
    help=_("Add who was absent and who owes notes, as an appendix. Not by default: it is passed on."),
)
@click.option("--preview", is_flag=True, help=_("Show it here; nothing is written."))
@json_option
@pass_call
def report(
    call: Call, file: Path | None, asked: str | None, force: bool, discard: bool, names: bool, preview: bool
) -> None:
    """Write the report, or show it."""
    from checkin_tui.words.reporting import report_paper, report_written

    if preview == (file is not None):
        raise click.UsageError(_("Give a FILE, or --preview without one."))
    if discard and not force:
        raise click.UsageError(_("--discard-author-text goes with --force."))
    if file is None:
        if asked or force:
            raise click.UsageError(_("--preview writes nothing: give it without --format and --force."))
        _show(call, names)
        return
    from checkin_tui.interchange.report.files import write_report

    written = write_report(call.context, file, report_paper, names=names, format=asked, force=force, discard=discard)
    told(call, written, report_written(written.rows), names=names)


def _show(call: Call, names: bool) -> None:
    from checkin_tui.cli.report_preview import paper_shape, paper_text
    from checkin_tui.services.reporting import read_report
    from checkin_tui.words.reporting import report_paper

    paper = report_paper(read_report(call.context, names=names))
    call.answer(paper_shape(paper), "" if call.json else paper_text(paper))
