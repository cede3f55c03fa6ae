"""What leaves the chase list: the text, copied or saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.i18n import _
from checkin_tui.tui import clipboard
from checkin_tui.tui.commands import View, bar_digit
from checkin_tui.tui.desk.chase_words import copied_banner, saved_banner
from checkin_tui.tui.desk.words import TROUBLE
from checkin_tui.tui.screens.save_as import SaveAs, proposed_path
from checkin_tui.tui.widgets.lines import BannerValue
from checkin_tui.words.chase import chase_text

if TYPE_CHECKING:
    from pathlib import Path

    from checkin_tui.domain.views import OwedView
    from checkin_tui.tui.screens.chase import ChaseScreen


class ChaseOut:
    """The list as text: names and telephones are in it, hidden on the screen or not, for it is made to be sent."""

    def __init__(self, screen: ChaseScreen) -> None:
        self.screen = screen

    def copy(self) -> None:
        """To the clipboard, or else to a file."""
        self.screen.run_worker(self._copy(), group="copy", exclusive=True)

    async def _copy(self) -> None:
        view = await self._list()
        if view is not None:
            app = self.screen.desk_app
            copied = await clipboard.copy(app, chase_text(view), _file(view), app.environment)
            banner = copied_banner(copied, view, hidden=app.privacy)
            if banner.kind == TROUBLE:
                self.screen.hands.trouble(banner)
            else:
                self.screen.say(banner)

    def save(self) -> None:
        """To a file of one's choice."""
        self.screen.run_worker(self._save(), group="copy", exclusive=True)

    async def _save(self) -> None:
        view = await self._list()
        if view is None:
            return
        hidden = self.screen.desk_app.privacy
        about = _("Names are hidden on the screen. The file has them.") if hidden else ""
        dialog = SaveAs(_("Save who owes notes"), chase_text(view), _file(view), about=about)
        self.screen.people.open(dialog, lambda path: self.screen.say(saved_banner(path, view, hidden=hidden)))

    async def _list(self) -> OwedView | None:
        """The list that was asked for, once it is read; None, with a word, where there is none."""
        await self.screen.chase.listed.wait()
        view = self.screen.chase.view
        if view is None:
            text = _("There is no list yet. → {digit} shows the whole campaign.")
            text = text.format(digit=bar_digit("chase.scope", View.CHASE))
            self.screen.hands.trouble(BannerValue(TROUBLE, f"! {text}"))
        return view


def _file(view: OwedView) -> Path:
    """Where it is saved unless somebody says otherwise."""
    about = "campaign" if view.campaign else str(view.sessions[0].key)
    return proposed_path(f"missing-{about}.txt")
