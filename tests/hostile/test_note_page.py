"""A note read as Markdown: what Markdown makes of clean text is visible too, and nothing of it is taken for HTML."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from checkin_tui.domain.text import clean_lines
from checkin_tui.tui.screens.note_page import NoteMarkdown
from tests.hostile.corpus import PAYLOADS, Wire

CALM = Wire("\n")


def drawn(note: str) -> str:
    console = Console(file=io.StringIO(), width=100, force_terminal=True, color_system=None)
    console.print(NoteMarkdown(clean_lines(note)))
    return console.file.getvalue()


@pytest.mark.parametrize("name", PAYLOADS)
@pytest.mark.parametrize("frame", ["{}", "`{}`", "# {}", "```\n{}\n```", "[{}](http://x.invalid/{})", "|a|\n|-|\n|{}|"])
def test_nothing_in_a_note_is_obeyed(name, frame):
    found = Wire(drawn(frame.replace("{}", PAYLOADS[name][:200])))
    assert [one for one in found.obeyed(CALM) if not one.startswith("sequence 'CSI m'")] == []


@pytest.mark.parametrize("entity", ["&#x202e;", "&#8294;", "&#x200f;", "&rlm;"])
def test_an_entity_is_no_way_round_the_cleaning(entity):
    assert "<U+" in drawn(f"before {entity} behind")


def test_html_is_text():
    assert "<b>HELL</b>" in drawn("a <b>HELL</b>")
    assert "<div>HELL</div>" in drawn("<div>HELL</div>\n")
