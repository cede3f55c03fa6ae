"""Files ordered on the screen are those of the commands."""

from __future__ import annotations

import pytest

from checkin_tui.domain.badges import BadgeAsk, BadgeKind
from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.papers import BoardAsk, SheetAsk
from checkin_tui.interchange.orders import FORMATS, Order, Paper, RegisterAsk, ReportAsk
from checkin_tui.interchange.outputs import GivenUp, unheard
from checkin_tui.interchange.papers import badges, signin
from checkin_tui.interchange.papers import owes as owes_papers
from checkin_tui.interchange.report import files as report_files
from checkin_tui.tui.screens.exporting import words as export_words

ORDERS = {
    Paper.REGISTER: (("export", "register"), (), RegisterAsk(), "csv"),
    Paper.SHEET: (("sheet",), (), SheetAsk(), "html"),
    Paper.BADGES: (("badges",), ("--code", "code128"), BadgeAsk(kind=BadgeKind.CODE128), "html"),
    Paper.OWES: (("export", "owes"), ("--campaign",), BoardAsk(campaign=True), "txt"),
    Paper.REPORT: (("report",), ("--names",), ReportAsk(names=True), "md"),
}


def test_every_paper_has_the_formats_of_its_writer_and_words_for_them():
    assert FORMATS[Paper.SHEET] == signin.SHEET_FORMATS
    assert FORMATS[Paper.BADGES] == badges.BADGE_FORMATS
    assert FORMATS[Paper.OWES] == owes_papers.BOARD_FORMATS
    assert FORMATS[Paper.REPORT] == report_files.REPORT_FORMATS
    assert set().union(*FORMATS.values()) == set(export_words.FORMATS)
    assert set(FORMATS) == set(ORDERS) == set(export_words.HEADINGS) == set(export_words.ABOUT) == set(Paper)


def test_an_order_is_carried_out_as_by_the_command(line, tmp_path):
    line("mark", "101")
    write = line.wire(None).write_file
    for paper, (command, options, ask, format) in ORDERS.items():
        theirs, ours = tmp_path / f"{paper}-1.{format}", tmp_path / f"{paper}-2.{format}"
        said = line(*command, str(theirs), *options)
        assert said.code == 0
        order = Order(ours, format, ask)
        written = write(order, unheard)
        assert ours.read_bytes() == theirs.read_bytes()
        assert export_words.paper_of(order) is paper
        assert export_words.written_text(order, written) in said.out
        with pytest.raises(CheckInError, match="save_exists"):
            write(order, unheard)
        assert write(order._replace(force=True), unheard) == written


def test_whoever_gives_up_leaves_what_was_there(line, tmp_path):
    def give_up(_done: int, _total: int) -> None:
        raise GivenUp

    before = set(tmp_path.iterdir())
    for paper, (_command, _options, ask, _format) in ORDERS.items():
        for format in FORMATS[paper]:
            if format != "moodle":  # takes one session
                with pytest.raises(GivenUp):
                    line.wire(None).write_file(Order(tmp_path / "given-up", format, ask), give_up)
    assert set(tmp_path.iterdir()) == before
