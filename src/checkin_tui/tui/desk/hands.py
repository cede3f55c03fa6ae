"""The hands on the box: what is typed, chosen and entered, and what the action bar does with a digit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkin_tui.domain import errors
from checkin_tui.domain.desk import CheckIn, Nobody, NotACode, Several, decide_enter, read_scan
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui import commands
from checkin_tui.tui.register import Situation
from checkin_tui.tui.screens.roster_words import INFO, TROUBLE
from checkin_tui.tui.widgets.lines import BannerValue, BarItem, BarValue

if TYPE_CHECKING:
    from checkin_tui.tui.screens.roster import RosterScreen

OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Offer:
    """What → 1 Enter does now, and never Enter alone."""

    label: str
    run: Callable[[], None]


class Hands:
    """Implements the box's `Desk`."""

    def __init__(self, screen: RosterScreen) -> None:
        self.screen = screen
        self.arrowed = False
        self._items: tuple[BarItem, ...] = ()  # of the open action bar
        self._offers: Sequence[Offer] = ()
        self._acted = False  # a command was just given about the person the text in the box had found
        self.offer: Offer | None = None
        self._promised = False  # the banner's offer is newer than the last arrow, so → is for it
        self._row = -1  # where the highlight was last, so that ↓ goes on from there

    # ---------------------------------------------------------------------------------------------- typing and arrows

    @property
    def highlighted(self) -> int | None:
        """The member who is highlighted, by an arrow or because nobody else is left."""
        register, position = self.screen.register, self.screen.list.highlight
        return None if register is None or position is None else register.model.member_at(position)

    def ready(self) -> bool:
        """Whether there is a roster to act on, or it is certain that there is none."""
        return self.screen.register is not None or self.screen.days.no_program

    def typed(self, text: str) -> None:
        """Filter; the one hit, or the one that matches whole, is highlighted."""
        self.arrowed = self._acted = False
        register = self.screen.register
        if register is None:
            return
        register.model.filter(text)
        self.screen.list.choose(None)
        self.screen.list.filtered()
        self.screen.list.choose(register.model.only_hit())
        if not text:
            self.screen.list.recall(self._row)

    def stepped(self, step: int) -> None:
        """Move the highlight; in a roll-call only along the unmarked."""
        self._acted = False
        self._promised = False
        register = self.screen.register
        if register is None or not register.model.shown:
            return
        shown = register.model.shown
        position = self.screen.list.highlight
        row = self._row if position is None else register.model.row_of(position)
        row = -1 if row is None else row
        if position is None and self.screen.box.value:
            row = -1 if step > 0 else len(shown)
        if self.screen.roll_call.active and not self.screen.box.value:
            target = self.screen.roll_call.next_row(row, 1 if step > 0 else -1)
            if target is None:
                return
        else:
            target = max(0, min(len(shown) - 1, row + step))
        self.choose_row(target)

    def choose_row(self, row: int) -> None:
        """Highlight the person in that row as an arrow does."""
        register = self.screen.register
        if register is not None and 0 <= row < len(register.model.shown):
            self.arrowed, self._row = True, row
            self.screen.list.choose(register.model.shown[row])

    def unchoose(self) -> None:
        """Nobody is highlighted any more."""
        self.arrowed = False
        self.screen.list.choose(None)

    def escaped(self, has_text: bool) -> bool:
        """First the highlight, then the text, then the roll-call."""
        if self.arrowed:
            self.unchoose()
            register = self.screen.register
            if register is not None and has_text:
                self.screen.list.choose(register.model.only_hit())
            return True
        if has_text or not self.screen.roll_call.active:
            return False
        self.screen.roll_call.leave()
        return True

    def spaced(self) -> bool:
        """Space on the empty box: absent, in a roll-call."""
        return self.screen.roll_call.absent()

    def chinese(self) -> None:
        """Said once: nobody has to write characters at the door."""
        self.screen.say(BannerValue(INFO, _("Initials are enough: zw finds 张伟.")))

    def commanded(self, command_id: str) -> None:
        """A key of the command table."""
        self._run(command_id)

    def _run(self, command_id: str) -> None:
        """What was about a person is done with the text too: the next letter begins anew, and Enter adds nothing."""
        command = commands.BY_ID[command_id]
        about = command.group is commands.Group.PERSON and self.screen.why_not(command) is None
        self.screen.run_command(command_id)
        if about and self.screen.box.value:
            self.arrowed, self._acted = False, True
            self.screen.box.give_back(self.screen.box.value)

    # ------------------------------------------------------------------------------------------------------------ Enter

    def entered(self, text: str) -> bool:
        """Enter. False: nobody was marked and the text stays."""
        if text.strip() in ("?", "？"):
            self.screen.run_command("app.help")
            return True
        register = self.screen.register
        if register is None:
            self.trouble(BannerValue(TROUBLE, "! " + _("There is no program yet. → 1 makes one.")))
            return False
        if not text:
            return self._entered_nothing()
        if self._acted:
            self.screen.say(BannerValue(INFO, _("That is done already. Type the next name or code.")))
            return False
        settings = self.screen.settings
        scan = read_scan(text, settings.prefix, settings.suffix, register.model.codes)
        if scan != register.model.text:
            register.model.filter(scan)
        decision = decide_enter(
            scan,
            highlighted=self.highlighted if self.arrowed else None,
            codes=register.model.codes,
            hits=register.model.shown,
            member_at=register.model.member_at,
            whole=register.model.is_whole,
        )
        if isinstance(decision, CheckIn):
            return self._check_in(decision.member_id, scan)
        self._refuse(scan, decision)
        return False

    def _entered_nothing(self) -> bool:
        if self.arrowed and self.highlighted is not None:
            if self.screen.roll_call.active:
                return self.screen.roll_call.present()
            return self._check_in(self.highlighted, "")
        return self.screen.roll_call.active and self.screen.roll_call.begin()

    def _check_in(self, member_id: int, typed: str) -> bool:
        """An arrival now, if the day takes arrivals."""
        register = self.screen.register
        if register is None:
            return False
        situation = register.situation(self.screen.now())
        if situation in (Situation.OPEN, Situation.PLANNED, Situation.CANCELLED):
            self.screen.marks.arrive(member_id, typed)
        elif situation is Situation.CLOSED:
            self.screen.marks.correct(member_id)
        else:
            self._refuse_day(member_id, situation)
            return False
        self.unchoose()
        return True

    def _refuse_day(self, member_id: int, situation: Situation) -> None:
        value = self.screen.figures.day_notice(2 if self.screen.outbox.failed else 1)
        head = "" if value is None else value.text
        offer: Offer | None = None
        if situation is Situation.ENDED:
            head = _("Ended. Nobody was marked. → 1 enters the time of arrival.")
            offer = Offer(_("Arrived at …"), lambda: self.screen.people.arrived_at(member_id))
        self.trouble(BannerValue(TROUBLE, f"! {head}"), offer)
        self._promised = True  # the sentence names the digit, of its own offer or of the bar's

    def _refuse(self, text: str, decision: object) -> None:
        """Say why nobody was marked, and keep it."""
        code = errors.UNKNOWN
        rest: tuple[str, ...] = ()
        if isinstance(decision, NotACode):
            head = _("{text} is not a code here. Nobody was marked.").format(text=decision.text)
        elif isinstance(decision, Several):
            code = errors.AMBIGUOUS
            head = ngettext("{count} person fits.", "{count} people fit.", decision.count).format(count=decision.count)
            head += " " + _("Nobody was marked.")
            rest = (_("Type more (a space means and: zw xh), or choose with ↓."),)
        elif isinstance(decision, Nobody):
            self._refuse_nobody(text)
            return
        else:
            return
        self.screen.record_refusal(text, code, head)
        self.trouble(BannerValue(TROUBLE, f"! {head}", rest))

    def _refuse_nobody(self, text: str) -> None:
        register = self.screen.register
        others = [] if register is None else register.model.others_matching(text)
        if len(others) == 1:
            self.screen.marks.arrive(others[0].member_id, text)  # refused as not expected, with the offer of a guest
            return
        head = _("Nobody here is called {text}. Nobody was marked.").format(text=text)
        self.screen.record_refusal(text, errors.UNKNOWN, head)
        offer = Offer(_("Add {name}").format(name=text), lambda: self.screen.people.walk_in(text))
        self.trouble(BannerValue(TROUBLE, f"! {head}", (_("→ 1 adds this person."),)), offer)

    def promise(self, offer: Offer | None) -> bool:
        """The banner offers this from now on. Whether that is something else than before."""
        changed = offer is not self.offer
        self.offer, self._promised = offer, offer is not None
        return changed

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
            digit = command.person if for_person else command.desk
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
            self._offers[int(digit) - 1].run()
        elif command is not None:
            self._run(command)
        else:
            self.trouble(BannerValue(TROUBLE, "! " + _("There is no {digit} in this list.").format(digit=digit)))

    def closed_bar(self) -> None:
        """Back to the hints."""
        self.screen.figures.show_hints()
