"""What is behind the lines of the chase list: the note to write, the person's history, whom to call at the branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkin_tui.domain.changes import PeopleChanged
from checkin_tui.domain.requests import EditBranch, UndoChanges
from checkin_tui.i18n import _
from checkin_tui.tui.commands import Need
from checkin_tui.tui.desk import chase_words
from checkin_tui.tui.desk.bar import Offer
from checkin_tui.tui.desk.chase_words import BranchKey, PersonKey
from checkin_tui.tui.desk.words import INFO, TROUBLE
from checkin_tui.tui.widgets.lines import BannerValue
from checkin_tui.words import branch_word, key_text, note_word
from checkin_tui.words.chase import contact_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkin_tui.domain.people import Branch
    from checkin_tui.domain.views import Debtor
    from checkin_tui.tui.screens.chase import ChaseScreen
    from checkin_tui.tui.screens.contacts import ContactValues

HISTORY, CONTACT = "history", "contact"


class ChaseOpen:
    """Enter on a line."""

    def __init__(self, screen: ChaseScreen) -> None:
        self.screen = screen
        self._saved: Callable[[], None] | None = None  # takes back the contact that was saved here last

    def open(self, key: object) -> None:
        """A branch: whom to call there. A person: what can be done about them."""
        if isinstance(key, BranchKey):
            self.edit_contact(key)
        elif isinstance(key, PersonKey):
            self._open_person(key)
        else:
            self.screen.say(BannerValue(INFO, _("↑ ↓ choose a line, Enter opens it. → has the actions.")))

    def _open_person(self, key: PersonKey) -> None:
        from checkin_tui.tui.screens.choose import Choice, Choose

        debts, person = self.screen.chase.find(key) or (None, None)
        if debts is None or person is None:
            return
        hidden = self.screen.desk_app.privacy
        choices = []
        for number, note in enumerate(person.notes):
            label = _("Write the note of {day}").format(day=key_text(note.session))
            choices.append(Choice(str(number), label, chase_words.lack(note) or note_word(note.state)))
        choices.append(Choice(HISTORY, _("History"), _("every step about this person")))
        if debts.branch is not None:
            about = "" if hidden else contact_text(debts) or _("no contact yet")
            choices.append(Choice(CONTACT, _("Contact of {branch} …").format(branch=debts.name), about))

        heading = f"{chase_words.shown_name(person, hidden=hidden)} · {branch_word(debts.name)}"
        self.screen.people.open(
            Choose(heading, choices, self.screen.is_code), lambda chosen: self._do(chosen, key, person)
        )

    def _do(self, chosen: str, key: PersonKey, person: Debtor) -> None:
        if chosen == HISTORY:
            self._history(person)
        elif chosen == CONTACT:
            self.edit_contact(key)
        else:
            self.screen.write_note_of(person.member_id, person.notes[int(chosen)].session)

    def _history(self, person: Debtor) -> None:
        from checkin_tui.tui.screens.history import HistoryDialog

        register = self.screen.register
        if register is not None:
            name = chase_words.shown_name(person, hidden=self.screen.desk_app.privacy)
            ask = self.screen.gateway.ask
            dialog = HistoryDialog(person.member_id, name, zone=register.zone, ask=ask)
            self.screen.people.open(dialog, lambda _none: None)

    def edit_contact(self, key: object) -> None:
        """Whom to call at the branch of that line."""
        found = self.screen.chase.find(key)
        if found is None:
            return
        branch = found[0].branch
        if branch is None:
            text = _("Who is in no branch has nobody to call there.")
            self.screen.hands.trouble(BannerValue(TROUBLE, f"! {text}"))
        elif self.screen.desk_app.privacy:
            app, text = self.screen.desk_app, _("Names are hidden: the contact is not shown.")
            value = BannerValue(TROUBLE, f"! {text}")
            show = Offer(_("Show names"), app.hide_names, lambda: app.privacy, value)
            self.screen.hands.trouble(value._replace(rest=(_("→ 1 shows names again."),)), show)
        else:
            self._edit(branch)

    def _edit(self, branch: Branch) -> None:
        """The contact of this branch."""
        from checkin_tui.tui.screens.contacts import ContactForm

        def save(values: ContactValues) -> None:
            self.screen.run_worker(self._save(branch, values))

        self.screen.people.open(ContactForm(branch), save)

    def undo(self) -> None:
        """Take back the contact that was saved here last; notes are taken back on the notes desks."""
        if self._saved is not None:
            self._saved()
        else:
            self.screen.hands.trouble(BannerValue(TROUBLE, f"! {Need.UNDO.words}"))

    def redo(self) -> None:
        """Contacts are not done again."""
        self.screen.hands.trouble(BannerValue(TROUBLE, f"! {Need.REDO.words}"))

    async def _save(self, branch: Branch, values: ContactValues) -> None:
        """Refusals and what the disk did not take are told by the banner."""
        uid, made = self.screen.stamp()
        contact = None if values.contact == branch.contact else values.contact  # what was not touched stays, whatever
        phone = None if values.phone == branch.phone else values.phone  # another laptop made of it meanwhile
        request = EditBranch(uid=uid, made=made, branch_id=branch.id, contact=contact, phone=phone)
        self.screen.outbox.sent(request, self.screen.VIEW)
        self.screen.figures.show_saving()
        change = await self.screen.gateway.write(request, self.screen.reading.origin).done
        if not isinstance(change, PeopleChanged):
            return
        if not change.changed:
            self.screen.say(BannerValue(INFO, _("Nothing changed: {name}").format(name=branch.name)))
            return

        def back() -> None:
            again, now = self.screen.stamp()
            self._saved = None
            self.screen.send(UndoChanges(uid=again, made=now, batch=change.uid))

        self._saved = back
        value = BannerValue(INFO, _("Saved: contact of {branch}").format(branch=branch.name))
        offer = Offer(_("Take it back"), back, lambda: self._saved is back, value)
        self.screen.say(value._replace(rest=(_("→ 1 takes it back."),)), offer)
