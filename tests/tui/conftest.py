"""No test of the screens touches the clipboard or the documents of whoever runs it."""

from __future__ import annotations

import pytest

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
