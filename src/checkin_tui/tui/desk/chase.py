"""The chase list of a window: which notes it is about, and the list itself, read again when something changed."""

from __future__ import annotations

from asyncio import Event
from typing import TYPE_CHECKING

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.reads import LoadBranches, LoadOwed
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.desk import chase_words
from checkin_tui.tui.desk.chase_words import BranchKey, ChaseValue, PersonKey
from checkin_tui.tui.desk.notebooks import not_started
from checkin_tui.tui.gateway import Superseded
from checkin_tui.words import sentence

if TYPE_CHECKING:
    from checkin_tui.domain.people import Branch
    from checkin_tui.domain.views import BranchDebts, Debtor, OwedView
    from checkin_tui.tui.register import Register
    from checkin_tui.tui.screens.chase import ChaseScreen

ALL = "all"


class Chase:
    """Scope, branch, and the list as it was read last."""

    def __init__(self, screen: ChaseScreen) -> None:
        self.screen = screen
        self.view: OwedView | None = None
        self.branch: str | None = None  # only this one; '' those without one
        self.listed = Event()  # set while the list is of what was asked for, or it is certain that there is none
        self._asked: bool | None = None  # the whole campaign, as somebody chose it
        self._proposed = False  # the same, as long as nobody did
        self._session_id: int | None = None
        self._stale = self._reading = False

    # --------------------------------------------------------------------------------------------------------- reading

    @property
    def campaign(self) -> bool:
        """Whether it is about the whole campaign."""
        return self._proposed if self._asked is None else self._asked

    def turned(self, register: Register) -> None:
        """The desk was read (again). Before anybody was checked in, what is owed from the other days is proposed."""
        session = register.session
        session_id = None if session is None else session.id
        if session_id != self._session_id or session is None:
            self._proposed = session is None or session.opened is None
        self._session_id = session_id
        self.draw()
        self.read_again()

    def read_again(self) -> None:
        """Something changed: at once when the list is in view, else when it comes back."""
        self._stale = True
        if self.screen.in_view and not self._reading:
            self._reading = True
            self.screen.run_worker(self._read(), group="owed")

    def resume(self) -> None:
        """The list is in view again."""
        if self._stale and self.screen.register is not None:
            self.read_again()

    async def _read(self) -> None:
        """As long as something changes meanwhile, once more: never two readings at a time."""
        try:
            while self._stale and self.screen.in_view and self.screen.register is not None:
                self._stale = False
                request = self._request()
                if request is None:
                    self.view = None
                elif not await self._ask(request):
                    continue
                self.draw()
                self.listed.set()
        finally:
            self._reading = False

    async def _ask(self, request: LoadOwed) -> bool:
        """Whether there is an answer to what is still the question."""
        try:
            view: OwedView = await self.screen.gateway.ask(request, asker=self.screen)
        except Superseded:
            return False
        except CheckInError as error:
            self._failed(error)
            return False
        if request != self._request():
            self._stale = True
            return False
        self.view = view
        return True

    def _failed(self, error: CheckInError) -> None:
        if error.code == "branch_unknown" and self.branch is not None:
            self.branch, self._stale = None, True  # it was renamed: all of them, rather than none
        self.screen.tell(error)
        if self.view is None:
            self.screen.rows.show((), empty=sentence(error.code, error.values))
        self.listed.set()

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
            choices.append(Choice(str(number), name or _("Without a branch"), about))
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
