"""The hands on the box: what is typed, chosen and entered, and what the action bar does with a digit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checkin_tui.domain import errors
from checkin_tui.domain.desk import CheckIn, Nobody, NotACode, Several, decide_enter, read_scan
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui import commands
from checkin_tui.tui.desk.bar import Bar, Offer
from checkin_tui.tui.desk.words import INFO, TROUBLE
from checkin_tui.tui.register import Situation
from checkin_tui.tui.widgets.lines import BannerValue

if TYPE_CHECKING:
    from checkin_tui.tui.screens.people_screen import PeopleScreen


class Hands(Bar):
    """Implements the box's `Desk` over a list of people. Enter on a person is an arrival, unless a view says else."""

    screen: PeopleScreen

    def __init__(self, screen: PeopleScreen) -> None:
        super().__init__(screen)
        self.arrowed = False
        self._acted = False  # a command was just given about the person the text in the box had found
        self._row = -1  # where the highlight was last, so that ↓ goes on from there

    # ---------------------------------------------------------------------------------------------- typing and arrows

    @property
    def highlighted(self) -> int | None:
        """The member who is highlighted, by an arrow or because nobody else is left."""
        register, position = self.screen.register, self.screen.list.highlight
        return None if register is None or position is None else register.model.member_at(position)

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
        """Move the highlight."""
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
        target = self.row_from(row, step)
        if target is not None:
            self.choose_row(target)

    def row_from(self, row: int, step: int) -> int | None:
        """Where an arrow leads from that row; None: nowhere."""
        register = self.screen.register
        return None if register is None else max(0, min(len(register.model.shown) - 1, row + step))

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
        """First the highlight, then the text."""
        if not self.arrowed:
            return False
        self.unchoose()
        register = self.screen.register
        if register is not None and has_text:
            self.screen.list.choose(register.model.only_hit())
        return True

    def spaced(self) -> bool:
        """Space on the empty box means nothing."""
        return False

    def chinese(self) -> None:
        """Said once: nobody has to write characters at the door."""
        self.screen.say(BannerValue(INFO, _("Initials are enough: zw finds 张伟.")))

    def run(self, command_id: str) -> None:
        """What was about a person is done with the text too: the next letter begins anew, and Enter adds nothing."""
        command = commands.BY_ID[command_id]
        about = commands.Need.PERSON in command.needs and self.screen.why_not(command) is None
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
            self._refuse_without_program()
            return False
        if not text:
            return self.entered_nothing()
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
            return self.take(decision.member_id, scan)
        self._refuse(scan, decision)
        return False

    def entered_nothing(self) -> bool:
        """Enter on the empty box: only whom an arrow chose. False: nobody."""
        return self.arrowed and self.highlighted is not None and self.take(self.highlighted, "")

    def take(self, member_id: int, typed: str) -> bool:
        """Enter means this person: an arrival now, if the day takes arrivals. False: the text stays."""
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
        value = self.screen.figures.day_notice(1)  # what the sentence offers is the banner's own offer then
        head = "" if value is None else value.text
        if situation is Situation.NO_SESSION:
            head = _("Nobody was marked.") + " " + head
        offers = self.screen.days.offers()[:1]
        if situation is Situation.ENDED:
            head = _("Ended. Nobody was marked. → 1 enters the time of arrival.")
            offers = [Offer(_("Arrived at …"), lambda: self.screen.people.arrived_at(member_id))]
        session_id = self.screen.marks.session_id

        def possible() -> bool:
            register = self.screen.register
            if register is None or self.screen.marks.session_id != session_id:
                return False
            return register.situation(self.screen.now()) is situation

        plain = BannerValue(TROUBLE, "! " + _("Nobody was marked."))
        offer = replace(offers[0], possible=possible, instead=plain) if offers else None
        self.trouble(BannerValue(TROUBLE, f"! {head}"), offer)

    def _refuse_without_program(self) -> None:
        plain = BannerValue(TROUBLE, "! " + _("There is no program yet."))
        offers = [replace(one, instead=plain, possible=self._no_program) for one in self.screen.days.offers()]
        text = "! " + _("There is no program yet. → 1 makes one.")
        self.trouble(BannerValue(TROUBLE, text), offers[0] if offers else None)

    def _no_program(self) -> bool:
        return self.screen.days.no_program

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
        if len(others) == 1 and self.take_other(others[0].member_id, text):
            return
        head = _("Nobody here is called {text}. Nobody was marked.").format(text=text)
        self.screen.record_refusal(text, errors.UNKNOWN, head)
        offer = Offer(_("Add {name}").format(name=text), lambda: self.screen.people.walk_in(text))
        self.trouble(BannerValue(TROUBLE, f"! {head}", (_("→ 1 adds this person."),)), offer)

    def take_other(self, member_id: int, typed: str) -> bool:
        """The one person known elsewhere who fits: refused as not expected, with the offer of a guest."""
        self.screen.marks.arrive(member_id, typed)
        return True
