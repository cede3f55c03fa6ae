"""No test of the screens touches the clipboard or the documents of whoever runs it; style sheets are read once."""

from __future__ import annotations

import pytest
from textual.css.stylesheet import Stylesheet

from checkin_tui.tui import clipboard


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A home folder of its own, and no tool for the clipboard."""
    place = tmp_path / "home"
    (place / "Documents").mkdir(parents=True)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(place))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "XDG_DOCUMENTS_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(clipboard.sys, "platform", "linux")
    return place


@pytest.fixture(scope="session", autouse=True)
def sheets_are_parsed_once():
    """Each app of each test has the same sheets, and to parse them is a tenth of starting one: the rules are shared.

    Rules are only read once they are made. A sheet is known by all that its rules follow from: its text and place, and
    the variables of the theme.
    """
    parse, known = Stylesheet._parse_rules, {}

    def parse_once(sheet, *source, **more):
        key = (tuple(sorted(sheet._variables.items())), source, tuple(sorted(more.items())))
        if key not in known:
            known[key] = parse(sheet, *source, **more)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield
