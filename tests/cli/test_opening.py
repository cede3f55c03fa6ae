"""What `checkin` alone does where somebody sits in front of it."""

from __future__ import annotations

import pytest

from checkin_tui.cli import opening


@pytest.fixture
def screens(monkeypatch):
    """A terminal whose screens end with what the test says; the files they were opened on."""
    monkeypatch.setattr(opening, "is_terminal", lambda: True)
    ends: list[tuple[str | None, int]] = []
    files = []

    def run_app(call):
        files.append(call.wiring.settings.database)
        return ends.pop(0)

    monkeypatch.setattr(opening, "_run_app", run_app)
    return ends, files


def test_on_a_terminal_the_screens_open_on_the_file_and_give_the_exit_code(line, screens):
    ends, files = screens
    ends.append((None, 70))
    answer = line()
    assert (answer.code, answer.out, files) == (70, "", [line.database])


def test_who_asks_for_the_sample_at_the_first_start_gets_it_on_a_throw_away_file(empty, screens):
    ends, files = screens
    ends += [("sample", 0), (None, 0)]
    before = empty.database.read_bytes()
    assert empty().code == 0
    assert files[0] == empty.database
    assert files[1] != empty.database
    assert not files[1].parent.exists()
    assert empty.database.read_bytes() == before


def test_a_sample_that_ends_badly_says_so_with_its_exit_code(empty, screens):
    ends, _ = screens
    ends.append((None, 70))
    assert empty("demo").code == 70
