"""Outside text on the screen is text: no markup, no control bytes, measured in cells."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from checkin_tui.tui import safe

NASTY = ["[/foo]", "Li [vip] Wei", "[@click=app.quit]x[/]", "\x1b[31mred", "a\x9bb", "a\u202eb", "$name", "\x07"]


@pytest.mark.parametrize("text", NASTY)
def test_every_way_onto_the_screen_shows_the_text_itself(text):
    shown = safe.plain(text)
    assert safe.content(text).plain == shown
    assert safe.template("[b]$who[/b] is here", who=text).plain == f"{shown} is here"
    assert safe.text(text).plain == shown
    assert not set(shown) & set("\x1b\x9b\x07\u202e")
    assert safe.content(text).spans == []


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Anna", 6, "Anna  "),
        ("Anna", 4, "Anna"),
        ("Annabel", 5, "Anna…"),
        ("欧阳慧敏", 8, "欧阳慧敏"),
        ("欧阳慧敏", 7, "欧阳慧…"),
        ("欧阳慧敏", 6, "欧阳… "),
        ("a\x1bb", 4, "a␛b "),
        ("abc", 0, ""),
        ("a🇨🇳b", 3, "a… "),  # half a flag is as wide as the terminal likes
        ("a🇨🇳🇩🇪", 4, "a🇨🇳…"),
    ],
)
def test_fit(text, width, shown):
    assert safe.fit(text, width) == shown
    assert cell_len(safe.fit(text, width)) == width


def test_clip_to_less_than_nothing_is_nothing():
    assert safe.clip("Annabel", -1) == ""


def test_brief_pads_nothing():
    assert safe.brief("Anna", 10) == "Anna"
    assert safe.brief("Annabel", 5) == "Anna…"


def test_a_notification_is_no_markup():
    assert safe.notify_arguments("[b]x", timeout=3) == {"message": "[b]x", "markup": False, "timeout": 3}
