"""The action bar behind the box of every view: what → offers, and what a digit and Enter do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from checkin_tui.i18n import _
from checkin_tui.tui import commands
from checkin_tui.tui.desk.words import TROUBLE
from checkin_tui.tui.widgets.box import Desk
from checkin_tui.tui.widgets.lines import BannerValue, BarItem, BarValue

if TYPE_CHECKING:
    from checkin_tui.tui.screens.desk import DeskScreen

OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Offer:
    """What → 1 Enter does now, and never Enter alone.

    possible: whether it still is. instead: what the banner that made the offer says once it is not.
    """

    label: str
    run: Callable[[], None]
    possible: Callable[[], bool] = lambda: True
    instead: BannerValue | None = None


class ViewHands(Desk, Protocol):
    """What a view asks of its hands."""

    offer: Offer | None

    def promise(self, offer: Offer | None) -> bool:
        """The banner offers this from now on. Whether that is something else than before."""

    def review(self) -> None:
        """Look again whether what the banner offers is still possible."""

    def trouble(self, value: BannerValue, offer: Offer | None = None) -> None:
        """A banner with the bell, and perhaps an offer."""


class Bar:
    """The half of the box's `Desk` that is the same in every view. The other half is `Hands` or `BoardHands`."""

    def __init__(self, screen: DeskScreen) -> None:
        self.screen = screen
        self._items: tuple[BarItem, ...] = ()  # of the open action bar
        self._offers: Sequence[Offer] = ()
        self.offer: Offer | None = None
        self._promised = False  # the banner's offer is newer than the last arrow, so → is for it

    @property
    def highlighted(self) -> int | None:
        """The member whose actions → offers."""
        return None

    def ready(self) -> bool:
        """Whether there is the register to act on (not that of the day before), or it is certain that there is none."""
        there = self.screen.register is not None and self.screen.reading.current
        return there or self.screen.days.no_program

    def went_to_end(self, *, last: bool) -> bool:
        """Home and End are for the text in the box, where there is one."""
        return False

    def commanded(self, command_id: str) -> None:
        """A key of the command table."""
        self.run(command_id)

    def run(self, command_id: str) -> None:
        """Do what a command says."""
        self.screen.run_command(command_id)

    # ------------------------------------------------------------------------------------------------------- speaking

    def promise(self, offer: Offer | None) -> bool:
        """The banner offers this from now on. Whether that is something else than before."""
        changed = offer is not self.offer
        self.offer, self._promised = offer, offer is not None
        return changed

    def review(self) -> None:
        """What is not possible any more is not offered any longer: neither by the banner nor by its digit."""
        offer = self.offer
        if offer is not None and not offer.possible():
            self.promise(None)
            if offer.instead is not None:
                self.screen.banner.show(offer.instead)
            self.screen.figures.show_notice()

    def trouble(self, value: BannerValue, offer: Offer | None = None) -> None:
        """A banner with the bell, and perhaps an offer."""
        self.screen.say(value, offer)
        self.screen.ring()

    # ------------------------------------------------------------------------------------------------------- action bar

    def opened_bar(self) -> bool:
        """→ at the end of the box: for the highlighted person, else for the desk with what is offered.

        A banner that says "→ 1 …" keeps its word until an arrow is pressed, whoever is highlighted.
        """
        for_person = self.highlighted is not None and not self._promised
        self._offers = [] if for_person else self.screen.offers()
        items = [BarItem(str(number), offer.label, OFFER) for number, offer in enumerate(self._offers, 1)]
        for command in commands.COMMANDS:
            digit = commands.bar_digit(command.id, self.screen.VIEW, person=for_person)
            taken = any(item.digit == digit or item.label == command.label for item in items)
            if digit and not taken and self.screen.why_not(command) is None:
                items.append(BarItem(digit, command.label, command.id))
        items.sort(key=lambda item: (item.digit == "0", item.digit))
        self.screen.bar.show(BarValue(items=tuple(items)))
        return True

    def bar_digit(self, digit: str) -> None:
        """Show which entry Enter would take."""
        value = self.screen.bar.shown
        self.screen.bar.show(BarValue(items=value.items, chosen=digit))
        self._items = value.items

    def bar_entered(self, digit: str) -> None:
        """One digit and Enter: act."""
        command = next((item.command for item in self._items if item.digit == digit), None)
        if command == OFFER:
            self._take(self._offers[int(digit) - 1])
        elif command is not None:
            self.run(command)
        else:
            self.trouble(BannerValue(TROUBLE, "! " + _("There is no {digit} in this list.").format(digit=digit)))

    def _take(self, offer: Offer) -> None:
        if offer.possible():
            offer.run()
        else:  # something came while the bar was open
            self.trouble(BannerValue(TROUBLE, "! " + _("{label}: no longer possible.").format(label=offer.label)))
        self.review()

    def closed_bar(self) -> None:
        """Back to the hints."""
        self.screen.figures.show_hints()
