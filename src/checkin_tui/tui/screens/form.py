"""Forms: labelled fields with their errors beneath. Enter goes to the next field and only the Save button saves."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Generic

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Static

from checkin_tui.domain.text import clean, visible
from checkin_tui.i18n import _
from checkin_tui.tui.safe import content
from checkin_tui.tui.screens.dialog import Dialog, DialogButton, Part, T, TextPart
from checkin_tui.words import sentence

LENGTH_LIMIT = 500


class Field(TextPart, Input):
    """One line of text. A scan is text in it, and its Enter only goes on to the next field.

    When the keyboard comes to it, its text is selected, so that typing replaces what was offered. Only the first field
    of a form is taken up where it ends: `select` selects that one as well.
    """

    def __init__(
        self,
        id: str,
        value: str = "",
        *,
        placeholder: str = "",
        suggest: Iterable[str] = (),
        select: bool = False,
        first: bool = False,
    ) -> None:
        offers = [visible(offer) for offer in suggest]
        self._offers = [offer.casefold() for offer in offers]
        super().__init__(
            visible(value),
            placeholder=placeholder,
            id=id,
            classes="first" if first else None,
            max_length=LENGTH_LIMIT,
            select_on_focus=select or not first,
            suggester=SuggestFromList(offers, case_sensitive=False) if offers else None,
            compact=True,
        )
        self.cursor_blink = False

    @property
    def text(self) -> str:
        """What was typed, as it may be kept."""
        return clean(self.value)

    def offers_more(self) -> bool:
        """Whether the rest of a suggestion stands grey behind the text, as SuggestFromList chooses it."""
        typed = self.value.casefold()
        offer = next((offer for offer in self._offers if offer.startswith(typed)), "") if typed else ""
        return len(offer) > len(typed) and self.cursor_at_end

    async def _on_key(self, event: events.Key) -> None:
        # Enter is taken here, before it bubbles: a whole burst stays in this field and submits nothing.
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            if isinstance(self.screen, FormDialog):
                self.screen.go_on(self)

    def on_blur(self) -> None:
        """The first field too is selected when the keyboard comes back to it."""
        self.select_on_focus = True

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.replace(clean(event.text), *self.selection)


class Choice(Part, Static, can_focus=True):
    """One of a few values, all in view: Space, ← and → choose."""

    chosen: reactive[int] = reactive(0)

    class Changed(Message):
        """Another value was chosen."""

    def __init__(self, id: str, options: Sequence[tuple[str, str]], value: str, *, first: bool = False) -> None:
        super().__init__(id=id, classes="first" if first else None)
        self.options = tuple(options)
        self.set_reactive(Choice.chosen, [key for key, _label in options].index(value))

    @property
    def value(self) -> str:
        """The key of the option chosen."""
        return self.options[self.chosen][0]

    def render(self) -> Content:
        """Every option, the chosen one with a cross."""
        words = [
            f"({'x' if number == self.chosen else ' '}) {label}" for number, (_k, label) in enumerate(self.options)
        ]
        return content("  ".join(words))

    def watch_chosen(self) -> None:
        """Tell the form."""
        self.post_message(self.Changed())

    def on_key(self, event: events.Key) -> None:
        """Space, ← and → choose; Enter goes on."""
        steps = {"space": 1, "right": 1, "left": -1}
        if event.key in steps:
            event.stop()
            self.chosen = (self.chosen + steps[event.key]) % len(self.options)
        elif event.key == "enter" and isinstance(self.screen, FormDialog):
            event.stop()
            self.screen.go_on(self)


class Row(Vertical):
    """A label, its part, and beneath it whatever is to be said about it."""

    def __init__(self, label: str, part: Field | Choice, *, beside: str = "") -> None:
        """`beside`: how it is written, always in view behind the part."""
        super().__init__()
        self.label, self.part, self._beside = label, part, beside

    def compose(self) -> ComposeResult:
        """Label and part side by side."""
        with Horizontal(classes="line"):
            yield Static(content(self.label), classes="label")
            yield self.part
            if self._beside:
                yield Static(content(self._beside), classes="beside")
        yield Static(classes="remark", id=f"{self.part.id}-remark")

    def remark(self, text: str, *, trouble: bool = False) -> None:
        """Say `text` beneath the part; '' takes it away."""
        place = self.query_one(".remark", Static)
        place.update(content(f"✗ {text}" if trouble else text))
        place.set_class(bool(text), "shown")
        place.set_class(trouble, "trouble")


class FormDialog(Dialog[T], Generic[T]):
    """A dialog of rows with a Save button.

    What is typed while a button or a choice has the keyboard was meant for a field: it is dropped, and a hint says so.
    Only a whole scan (several characters, a digit among them, and their Enter) goes to the box afterwards, and what was
    typed behind the Enter that ended the form.
    """

    SAVE = "save"

    def __init__(self, heading: str) -> None:
        super().__init__(heading)
        self._stray = ""
        self._pressed = False  # Enter is on its way to a button: what follows is typed ahead
        self._told = False

    def compose_buttons(self) -> ComposeResult:
        """Save and Cancel."""
        yield DialogButton(self.save_label(), self.SAVE, main=True)
        yield DialogButton(_("Cancel"), "cancel")

    def save_label(self) -> str:
        """What the Save button says."""
        return _("Save")

    def hint(self) -> str:
        """The keys of a form."""
        return _("Enter next, on Save it saves · Esc leave · A scan is text here.")

    @abstractmethod
    def read(self) -> T | None:
        """The result of the form as it stands; None after `complain` was called for what is wrong."""

    def field(self, name: str) -> Field:
        """The field of that id."""
        return self.query_one(f"#{name}", Field)

    def choice(self, name: str) -> Choice:
        """The choice of that id."""
        return self.query_one(f"#{name}", Choice)

    def row(self, name: str) -> Row:
        """The row of that field."""
        return next(row for row in self.query(Row) if row.part.id == name)

    def day(self, name: str) -> date | None:
        """The date in that field; None when it is blank, or after complaining about it."""
        from checkin_tui.domain.dates import parse_day

        text = self.field(name).text
        try:
            return parse_day(text) if text else None
        except ValueError:
            self.complain(name, sentence("bad_date", {"text": text}))
            return None

    def remark_new_branch(self, name: str, known: Collection[str]) -> None:
        """Say that the branch in that field would be a new one: a slip of the pen should be seen."""
        text = self.field(name).text
        self.row(name).remark(_("a new branch") if text and text not in known else "")

    def complain(self, name: str, message: str) -> None:
        """Say what is wrong beneath the field, and go to the first one that is."""
        if not self.query(".remark.trouble"):
            self.set_focus(self.row(name).part)
        self.row(name).remark(message, trouble=True)

    def forget_trouble(self) -> None:
        """Take away what was complained about, before it is looked at again."""
        for row in self.query(Row):
            if row.query(".remark.trouble"):
                row.remark("")

    def go_on(self, part: Part) -> None:
        """To what comes after `part`. Twice is the same as once, so a burst of Enters does not walk to Save."""
        self._go(part, 1)

    def _go(self, part: object, by: int) -> None:
        chain = [widget for widget in self.focus_chain if widget.id != "cancel"]
        places = [number for number, widget in enumerate(chain) if widget is part]
        if places and 0 <= places[0] + by < len(chain):
            self.set_focus(chain[places[0] + by])

    def take_character(self, character: str, fresh: bool) -> bool:
        """A space typed by a person on a choice is for the choice; what is for no field may become a scan."""
        if isinstance(self.focused, TextPart):
            return super().take_character(character, fresh)
        if character == " " and fresh and isinstance(self.focused, Choice):
            self._spoke = None
            return False
        self._stray = character if fresh and not self._pressed else self._stray + character
        self._tell_typed_nowhere()
        return True

    def take_end(self, key: str, fresh: bool) -> bool:
        """The end of a scan. Enter on a choice only goes on, so it need not be fresh, unless something was typed."""
        if isinstance(self.focused, TextPart):
            return super().take_end(key, fresh)
        typed, self._stray = self._stray, ""
        if not fresh and _is_scan(typed):
            self.backlog.extend([*typed, "\n"])
            self._tell(_("{code} waits and goes to the box afterwards.").format(code=typed))
            return True
        if key == "enter" and isinstance(self.focused, Choice) and not typed:
            return False
        if key == "enter" and fresh:
            self._pressed = isinstance(self.focused, Button)
        return key == "ctrl+j" or not fresh

    def finish(self, result: T | None) -> None:
        """What was typed ahead, or the beginning of a scan, goes before what the box gets itself."""
        typed, self._stray = self._stray, ""
        just_now = not self._is_fresh(Message().time)  # a message carries the time of the clock the keys have
        if typed and just_now and (self._pressed or _is_scan(typed)):
            self.backlog.extend(typed)
        super().finish(result)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted into no field: for nobody."""
        event.stop()
        event.prevent_default()
        self._tell_typed_nowhere()

    def on_descendant_focus(self) -> None:
        """Somewhere else: the keys again."""
        if self._told:
            self._told = False
            self._show_hint(self.hint(), trouble=False)

    def _tell_typed_nowhere(self) -> None:
        if isinstance(self.focused, Choice):
            self._tell(_("Nothing is typed here: Space, ← and → choose."))
        else:
            self._tell(_("Nothing is typed on a button. Shift+Tab goes back."))

    def _tell(self, text: str) -> None:
        self._told = True
        self._show_hint(text, trouble=True)

    def _show_hint(self, text: str, *, trouble: bool) -> None:
        place = self.query_one(".hint", Static)
        place.update(content(text))
        place.set_class(trouble, "trouble")

    def action_step(self, by: int) -> None:
        """Up and down go from field to field."""
        self._go(self.focused, by)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Save, when the form is right; Cancel."""
        event.stop()
        if event.button.id == self.SAVE:
            self.save()
        elif event.button.id == "cancel":
            self.leave()
        self._pressed = False

    def save(self) -> None:
        """Read the form and end with what it says, or stay and say what is wrong."""
        self.forget_trouble()
        result = self.read()
        if result is not None:
            self.finish(result)


def _is_scan(typed: str) -> bool:
    """Whether that may be a code, and not a few letters meant for a field."""
    return len(typed) > 1 and any(character.isdigit() for character in typed)
