"""Whatever a name holds, in Markdown it is that name."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from checkin_tui.domain.text import visible
from checkin_tui.interchange.report.as_markdown import plain

READ = MarkdownIt("commonmark").enable("table")
SIGNS = st.text(alphabet="ab1 |`\\*_~#-+=>.)(&;<![]{}$:/@", max_size=24).map(str.strip).filter(bool)


@pytest.mark.parametrize("text", ["97.19 %", "-10 to -6", "+5 to +9", "3 too few for", "(101)"])
def test_what_is_harmless_stays_readable(text):
    assert plain(text) == text


@pytest.mark.parametrize("text", ["1. a", "- a", "---", "===", "+ b", "# c", "a\nb | c", "https://x.invalid", "\\|"])
def test_what_could_be_markup_is_text(text):
    assert READ.render(f"before\n{plain(text)}").count("<") == 2


@settings(max_examples=60, deadline=None, database=None)
@given(SIGNS, SIGNS)
def test_a_table_stays_a_table(first, second):
    tokens = READ.parse(f"| h | i |\n| --- | --- |\n| {plain(first)} | {plain(second)} |\n| x | y |\n")
    cells = [token.content for token in tokens if token.type == "inline"]
    assert len(cells) == 6
    rendered = READ.render(f"| h | i |\n| --- | --- |\n| {plain(first)} | {plain(second)} |\n")
    found = [cell.partition("</td>")[0] for cell in rendered.split("<td>")[1:]]
    assert [unescape(cell) for cell in found] == [visible(first), visible(second)]
