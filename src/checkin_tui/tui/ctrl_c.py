"""Ctrl+C copies what is selected and ends nothing: a hand that slips must not close the door. That is said, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from checkin_tui.i18n import _
from checkin_tui.tui import commands, safe
from checkin_tui.tui.screens.desk import DeskScreen
from checkin_tui.tui.widgets.lines import BannerValue

if TYPE_CHECKING:
    from textual.events import Key

    from checkin_tui.tui.app import CheckInApp


class CtrlC:
    """What is said is gone with the next key: the result before it comes back."""

    def __init__(self, app: CheckInApp) -> None:
        self._app = app
        self._key: Key | None = None  # the one that was told of; it comes by again on its way up from a dialog
        self._take_away: Callable[[], object] | None = None

    def pressed(self, key: Key) -> None:
        """Any key, before anybody had it."""
        if key is not self._key:
            take_away, self._take_away = self._take_away, None
            if take_away is not None:
                take_away()

    def passed(self, key: Key) -> None:
        """Any key, after everybody had it."""
        if key.key == "ctrl+c" and key is not self._key and not getattr(self._app.focused, "selected_text", ""):
            self._key = key
            self._tell()

    def _tell(self) -> None:
        way = commands.keys_now("app.quit", self._app.keymap) or "→ 0"
        text = _("Ctrl+C copies what is selected, and ends nothing. {way} quits.").format(way=way)
        screen = self._app.screen
        if not isinstance(screen, DeskScreen) or not screen.furnished:
            self._app.notify(**safe.notify_arguments(text))
            self._take_away = self._app.clear_notifications
            return
        banner, before, said = screen.banner, screen.banner.shown, BannerValue("info", text)
        banner.show(said)

        def take_away() -> None:
            if banner.shown is said:
                banner.show(before)

        self._take_away = take_away
