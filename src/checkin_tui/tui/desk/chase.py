"""The chase list of a window: which notes it is about, and the list itself, read again when something changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.reads import LoadBranches, LoadOwed
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.desk import chase_words
from checkin_tui.tui.desk.chase_words import BranchKey, ChaseValue, PersonKey
from checkin_tui.tui.desk.notebooks import not_started
from checkin_tui.tui.desk.rereading import ListRereading
from checkin_tui.words import branch_word

if TYPE_CHECKING:
    from checkin_tui.domain.people import Branch
    from checkin_tui.domain.views import BranchDebts, Debtor, OwedView
    from checkin_tui.tui.register import Register
    from checkin_tui.tui.screens.chase import ChaseScreen

ALL = "all"


class Chase(ListRereading):
    """Scope, branch, and the list as it was read last."""

    GROUP: ClassVar[str] = "owed"

    screen: ChaseScreen
    view: OwedView | None

    def __init__(self, screen: ChaseScreen) -> None:
        super().__init__(screen)
        self.branch: str | None = None  # only this one; '' those without one
        self._asked: bool | None = None  # the whole campaign, as somebody chose it
        self._proposed = False  # the same, as long as nobody did
        self._session_id: int | None = None

    # --------------------------------------------------------------------------------------------------------- reading

    @property
    def campaign(self) -> bool:
        """Whether it is about the whole campaign."""
        return self._proposed if self._asked is None else self._asked

    def turned(self) -> None:
        """The desk was read (again). Before anybody was checked in, what is owed from the other days is proposed."""
        session = None if self.screen.register is None else self.screen.register.session
        session_id = None if session is None else session.id
        if session_id != self._session_id or session is None:
            self._proposed = session is None or session.opened is None
        self._session_id = session_id
        super().turned()

    async def read(self) -> None:
        """Ask, unless nobody can owe anything yet. An answer to what is not the question any more is no answer."""
        request = self._request()
        view: OwedView | None = None if request is None else await self.screen.gateway.ask(request)
        if request != self._request():
            self.stale = True
            return
        self.view = view
        self.show()

    def refused(self, error: CheckInError) -> None:
        """A branch that was renamed meanwhile: all of them, rather than none."""
        if error.code == "branch_unknown" and self.branch is not None:
            self.branch, self.stale = None, True
        super().refused(error)

    def _request(self) -> LoadOwed | None:
        """None: where nobody was checked in yet, nobody owes anything, and that is no good news."""
        if self.campaign:
            return LoadOwed(None, True, self.branch)
        register = self.screen.register
        session = None if register is None else register.session
        return None if session is None or session.opened is None else LoadOwed(session.key, False, self.branch)

    # --------------------------------------------------------------------------------------------------------- showing

    def draw(self) -> None:
        """What is known, as it may be shown."""
        screen, register = self.screen, self.screen.register
        if register is None:
            return
        if self._request() is None:
            text = not_started(register.situation(screen.now()))
            other = chase_words.other_scope(campaign=False)
            screen.counts_line.show(ChaseValue(_("Who owes notes"), _("No notes yet."), other))
            screen.rows.show((), empty=text)
        elif self.view is not None:
            view = self.view
            screen.counts_line.show(chase_words.totals(view, self.branch))
            rows = chase_words.rows_of(view, hidden=screen.desk_app.privacy)
            screen.rows.show(rows, empty=self._nobody(view, register))

    def _nobody(self, view: OwedView, register: Register) -> str:
        """Why the list is empty."""
        if view.campaign:
            return _("✓ Every note is there.") if view.sessions else _("Check people in first: Esc shows the roster.")
        counts = register.model.note_counts
        if not counts.required:
            return _("Nobody who has to take notes is here yet.")
        if self.branch is not None:
            return _("✓ Every note of this branch is there.")
        return _("✓ All {count} notes are there.").format(count=counts.required)

    def change_scope(self) -> None:
        """This session, or the whole campaign."""
        self._asked = not self.campaign
        self._ask_anew()

    def choose_branch(self) -> None:
        """Only those of one branch, or of all."""
        self.screen.run_worker(self._choose_branch())

    async def _choose_branch(self) -> None:
        from checkin_tui.tui.screens.choose import Choice, Choose

        screen = self.screen
        try:
            branches: tuple[Branch, ...] = await screen.gateway.ask(LoadBranches())
        except CheckInError as error:
            screen.tell(error)
            return
        names = [branch.name for branch in branches]
        register = screen.register
        if register is not None and any(not branch for branch in register.model.branches):
            names.append("")
        owing = {} if self.view is None else {debts.name: len(debts.people) for debts in self.view.branches}
        choices = [Choice(ALL, _("All branches"))]
        for number, name in enumerate(names):
            count = owing.get(name, 0)
            about = ngettext("{count} person owes", "{count} people owe", count).format(count=count) if count else ""
            choices.append(Choice(str(number), branch_word(name), about))
        at = 0 if self.branch not in names else names.index(self.branch) + 1
        dialog = Choose(_("Who owes notes: one branch"), choices, screen.is_code, at)
        screen.people.open(dialog, lambda chosen: self._only(None if chosen == ALL else names[int(chosen)]))

    def _only(self, branch: str | None) -> None:
        self.branch = branch
        self._ask_anew()

    def _ask_anew(self) -> None:
        """Another question: the list of the one before is not shown as its answer."""
        self.view = None
        self.listed.clear()
        self.screen.rows.choose(None)
        self.screen.rows.scroll_to(y=0, animate=False)
        self.screen.rows.show((), empty=_("Reading …"))
        self.draw()
        self.read_again()

    def find(self, key: object) -> tuple[BranchDebts, Debtor | None] | None:
        """The branch of that line, and the person if it is one's."""
        for debts in () if self.view is None else self.view.branches:
            if isinstance(key, BranchKey) and debts.branch is not None and debts.branch.id == key.branch_id:
                return debts, None
            for person in debts.people:
                if isinstance(key, PersonKey) and person.member_id == key.member_id:
                    return debts, person
        return None
