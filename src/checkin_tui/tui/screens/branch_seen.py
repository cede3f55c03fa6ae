"""The notebooks of a whole branch were seen, except those who are named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.types import CSSPathType

from checkin_tui.domain.roster import Person
from checkin_tui.domain.search import Query
from checkin_tui.i18n import _, ngettext
from checkin_tui.tui.safe import brief, content, fit
from checkin_tui.tui.screens.dialog import Part
from checkin_tui.tui.screens.found_lines import FoundLines, top_of
from checkin_tui.tui.widgets.lines import Line
from checkin_tui.words import branch_word

OK_WIDTH = 8


class Notebooks(Part, Line, can_focus=True):
    """The people of the branch, one a line, seen or excepted."""

    def draw(self, value: tuple[tuple[Person, ...], frozenset[int], int], width: int) -> Content:
        """A window around the highlighted one."""
        people, excepted, at = value
        height = max(1, self.size.height)
        top = top_of(at, len(people), height)
        lines = []
        for number, person in enumerate(people[top : top + height], top):
            off = person.member_id in excepted
            sign = ("> " if number == at else "  ") + fit(_("✗ not yet") if off else _("✓ seen"), OK_WIDTH + 2)
            name = brief(f"{person.name}  {person.code}", max(1, width - OK_WIDTH - 5))
            line = content(sign, "$status-absent" if off else "$status-present") + content(name)
            lines.append(line.stylize("reverse") if number == at else line)
        return Content("\n").join(lines or [Content(_("Nobody here is called that."))])


class BranchSeen(FoundLines[tuple[int, ...]]):
    """Ends with the members whose notebooks were seen.

    Everybody who owes a note is seen at first. Letters find a person, Space or Enter excepts them (or not); a scanned
    code of the branch excepts its owner. The number typed at the end confirms, as with every bulk action; any other
    number changes nothing. Only what is somebody's code as it is written waits for the box.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = ["dialog.tcss", "choose.tcss", "branch_seen.tcss"]

    def __init__(self, branch: str, people: Sequence[Person], is_code: Callable[[str], bool]) -> None:
        super().__init__(_("Whole branch seen: {branch}").format(branch=branch_word(branch)), Notebooks())
        self._people, self._is_code = tuple(people), is_code
        self._said = ""  # about the text that was entered last
        self._excepted: frozenset[int] = frozenset()
        self._sum = Sum()

    def compose_body(self) -> ComposeResult:
        """What was typed, and the people."""
        yield self._line
        yield self._lines

    def compose_foot(self) -> ComposeResult:
        """What Enter would do stays in view."""
        yield self._sum

    def opened(self) -> None:
        """As many lines as fit."""
        self._lines.styles.height = min(len(self._people), max(3, self.app.size.height - 10))
        self._show()

    def hint(self) -> str:
        """The keys."""
        return _("Letters find · Space: not yet · number, Enter: save · Esc leave")

    def _found(self) -> tuple[Person, ...]:
        if not self._text or self._text.removeprefix("=").isdigit():
            return self._people
        query = Query.parse(self._text)
        return tuple(person for person in self._people if query.matches(person.search))

    def _show(self) -> None:
        found = self._found()
        self._at = max(0, min(self._at, len(found) - 1))
        self._line.show(self._text)
        self._lines.show((found, self._excepted, self._at))
        self._sum.show((len(self._people) - len(self._excepted), len(self._excepted), self._yes(), self._said))

    def take_character(self, character: str, fresh: bool) -> bool:
        """A letter finds; Space excepts; digits are the number that confirms, or a code."""
        self._said = ""
        if character == " ":
            self._turn()
        else:
            self._text += character
            self._at = 0
        self._show()
        return True

    def _seen(self) -> tuple[int, ...]:
        return tuple(p.member_id for p in self._people if p.member_id not in self._excepted)

    def _yes(self) -> str:
        """What confirms: the number; with a sign no scanner sends before it where the number is somebody's code."""
        number = str(len(self._seen()))
        return f"={number}" if self._is_code(number) else number

    def _turn(self) -> None:
        """Except the highlighted person, or not after all."""
        found = self._found()
        if found:
            self._excepted ^= {found[self._at].member_id}
            self._text = ""

    def take_end(self, key: str, fresh: bool) -> bool:
        """Enter with the number saves; with a code or a name of the branch excepts; anything else is told."""
        text = self._text.strip()
        seen = self._seen()
        owner = next((p for p in self._people if p.code.casefold() == text.casefold()), None)
        if not text:
            self._said = ""
        elif owner is not None:
            self._excepted |= {owner.member_id}
        elif text == self._yes() and seen and key == "enter":
            self.finish(seen)
            return True
        elif self._is_code(text):
            self.backlog.extend([*text, "\n"])
            self._said = _("{code} is not on this list: it waits for the box.").format(code=text)
        elif text.removeprefix("=").isdigit():
            self._said = _("✗ {typed} is not {number}. Nothing changed.").format(typed=text, number=self._yes())
        elif len(self._found()) == 1:
            self._turn()
        else:
            count = len(self._found())
            nobody = _("Nobody here is called {name}.").format(name=text)
            self._said = _("{count} fit: ↑ ↓ and Space.").format(count=count) if count else nobody
        self._text = ""
        self._show()
        return True


class Sum(Line):
    """How many would be seen, and what confirms it."""

    def draw(self, value: tuple[int, int, str, str], width: int) -> Content:
        """One sentence."""
        seen, excepted, yes, said = value
        if said:
            return content(brief(said, width), "bold $warning")
        if not seen:
            return content(brief(_("Everybody is excepted: there is nothing to save."), width), "bold")
        text = ngettext("{count} notebook seen", "{count} notebooks seen", seen).format(count=seen)
        if excepted:
            text += ", " + _("{count} not yet").format(count=excepted)
        return content(brief(text + ". " + _("Type {number} and Enter.").format(number=yes), width), "bold")
