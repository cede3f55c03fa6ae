"""Plain output: sentences in the lines of a terminal."""

from __future__ import annotations

import sys

import pytest

from checkin_tui.cli.output import in_lines

COMMAND = "checkin --db '/home/wang/study campaign/checkin.db' restore 2026-05-18T143000Z-day.db"


def test_a_long_sentence_is_broken_between_its_words():
    assert in_lines("Nobody of that name is here. Nobody was marked.", 20) == (
        "Nobody of that name\nis here. Nobody was\nmarked."
    )
    assert in_lines("王小明 王小明 王小明", 13) == "王小明 王小明\n王小明"
    assert in_lines("Short.", 20) == "Short."


def test_a_command_at_the_end_has_a_line_of_its_own_in_one_piece():
    said = in_lines(f"It is damaged. Bring back its newest whole backup: {COMMAND}", 40)
    assert said == f"It is damaged. Bring back its newest\nwhole backup:\n  {COMMAND}"


def test_a_word_longer_than_the_line_and_whatever_has_lines_or_columns_stays():
    path = "/a-very/long/path/without/any/space.db"
    assert in_lines(f"The file {path} is damaged.", 20) == f"The file\n{path}\nis damaged."
    for kept in ("code  name    branch       leader", "one line\nand another that is long"):
        assert in_lines(kept, 10) == kept


@pytest.mark.parametrize("terminal", [True, False])
def test_only_a_terminal_is_talked_to_in_lines(line, monkeypatch, terminal):
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _self: terminal, raising=False)
    assert (line("mark", "nobody").err.count("\n") > 1) is terminal
