"""The hands on the notebook desk, and a whole branch at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.domain import errors
from checkin_tui.i18n import _
from checkin_tui.tui.commands import BY_ID, View, bar_digit
from checkin_tui.tui.desk.hands import Hands
from checkin_tui.tui.desk.words import TROUBLE
from checkin_tui.tui.register import Situation
from checkin_tui.tui.widgets.lines import BannerValue
from checkin_tui.words import branch_word

if TYPE_CHECKING:
    from checkin_tui.domain.roster import Person
    from checkin_tui.tui.screens.people_screen import PeopleScreen


class NotebookHands(Hands):
    """Enter on a person: the notebook was seen, on whatever day notes can be taken."""

    def take(self, member_id: int, typed: str) -> bool:
        """Enter means the note of this person, unless nobody is here yet to have one. False: the text stays."""
        register = self.screen.register
        if register is None:
            return False
        if register.session is None or register.session.opened is None:
            self.trouble(BannerValue(TROUBLE, "! " + not_started(register.situation(self.screen.now()))))
            return False
        self.take_note(member_id)
        return True

    def take_note(self, member_id: int) -> None:
        """The notebook was seen."""
        self.screen.notes.seen(member_id)
        self.unchoose()

    def take_other(self, member_id: int, typed: str) -> bool:
        """Somebody known who is not expected here has no notebook to show."""
        register = self.screen.register
        person = None if register is None else register.model.person(member_id)
        if person is None:
            return False
        head = _("{name} is not on this list. Nothing was noted.").format(name=person.name)
        self.screen.record_refusal(typed, errors.NOT_EXPECTED, head)
        self.trouble(BannerValue(TROUBLE, f"! {head}"))
        return True


def not_started(situation: Situation) -> str:
    """Why there can be no notes yet."""
    if situation is Situation.NO_SESSION:
        digit = bar_digit("app.palette", View.NOTEBOOK)  # the same in every view
        text = _("There is no session today. {command} in → {digit} opens the notes of one.")
        return text.format(command=BY_ID["desk.day"].label, digit=digit)
    if situation is Situation.CANCELLED:
        return _("The session was cancelled: there are no notes of it.")
    return _("Nobody was checked in yet. Notes can be taken once the register was opened.")


class WholeBranch:
    """All notebooks of a branch were seen, except of those who are named."""

    def __init__(self, screen: PeopleScreen) -> None:
        self.screen = screen

    def choose(self) -> None:
        """First the branch, then who is excepted."""
        from checkin_tui.tui.screens.choose import Choice, Choose

        register = self.screen.register
        if register is None:
            return
        choices = []
        for number, branch in enumerate(register.model.branches):
            owing = len(self._owing(branch))
            about = _("{count} owe their note").format(count=owing) if owing else _("all there")
            choices.append(Choice(str(number), branch_word(branch), about))
        branches = register.model.branches
        self.screen.people.open(
            Choose(_("Whole branch seen"), choices, self.screen.is_code),
            lambda chosen: self._except(branches[int(chosen)]),
        )

    def _except(self, branch: str) -> None:
        from checkin_tui.tui.screens.branch_seen import BranchSeen

        people = self._owing(branch)
        if not people:
            text = _("{branch}: nobody here owes a note.").format(branch=branch_word(branch))
            self.screen.hands.trouble(BannerValue(TROUBLE, f"! {text}"))
            return
        self.screen.people.open(BranchSeen(branch, people, self.screen.is_code), self.screen.notes.many)

    def _owing(self, branch: str) -> list[Person]:
        register = self.screen.register
        if register is None:
            return []
        people = (person for person in register.model.people if person.branch == branch and person.expected)
        return [person for person in people if register.model.mark(person.member_id).note.owed]
