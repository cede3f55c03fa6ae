"""The history of one note: what stands after undo and redo, and which revision an editor goes on writing in.

A history is read oldest first. Revisions are known by what made them (`Action`) and by their batch: the id of the stay
at an editor, or of the action.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar
from uuid import UUID

from checkin_tui.domain.attendance.events import Action
from checkin_tui.domain.attendance.undo import is_step


class Made(Protocol):
    """A revision by what made it."""

    @property
    def batch(self) -> UUID:
        """The stay or the action."""

    @property
    def action(self) -> Action:
        """What the person did."""


class Written(Made, Protocol):
    """A revision with what it says."""

    @property
    def text(self) -> str:
        """The whole text."""

    @property
    def paper(self) -> bool:
        """Whether the notebook was seen."""


M = TypeVar("M", bound=Made)
W = TypeVar("W", bound=Written)


class Taken(NamedTuple, Generic[W]):
    """A revision that was taken back, and the one that did it."""

    by: W
    revision: W


class NoteHistory(NamedTuple, Generic[W]):
    """standing: the revisions nobody took back, oldest first; the last is what the note says. taken: what may still
    be done again, the last first; nothing once somebody wrote on.
    """

    standing: tuple[W, ...]
    taken: tuple[Taken[W], ...]

    @property
    def below(self) -> tuple[str, bool]:
        """(text, paper) the note goes back to when its last revision is taken back."""
        return (self.standing[-2].text, self.standing[-2].paper) if len(self.standing) > 1 else ("", False)


def replay(revisions: Iterable[W]) -> NoteHistory[W]:
    """What the revisions add up to.

    An undo takes away the last that stands, a redo brings back the last that was taken. A revision that says what
    stood there already (an editor that came back to the text it had found) is no step, so that no undo is about it.
    """
    standing: list[W] = []
    taken: list[Taken[W]] = []
    for one in revisions:
        if one.action is Action.UNDO:
            if standing:
                taken.append(Taken(one, standing.pop()))
        elif one.action is Action.REDO:
            if taken:
                standing.append(taken.pop().revision)
        else:
            taken.clear()
            last = (standing[-1].text, standing[-1].paper) if standing else ("", False)
            if (one.text, one.paper) != last:
                standing.append(one)
    return NoteHistory(tuple(standing), tuple(taken))


class NoteStep(NamedTuple, Generic[W]):
    """A revision that changed the note. seen, typed: whether that was the notebook, the text; for an undo, what it took
    away. active: it stands; an undo never does, and what was done again stands as the redo.
    """

    revision: W
    seen: bool
    typed: bool
    active: bool


def note_steps(revisions: Iterable[W]) -> list[NoteStep[W]]:
    """The steps among the revisions, oldest first, by the rules of `replay`."""
    steps: list[NoteStep[W]] = []
    standing: list[tuple[int, W]] = []  # what stands, and at which place in `steps` it is told
    taken: list[W] = []
    for one in revisions:
        last = standing[-1][1] if standing else None
        changed = one.paper != (last is not None and last.paper), one.text != ("" if last is None else last.text)
        if one.action is Action.UNDO:
            if not standing:
                continue
            taken.append(standing.pop()[1])
        elif one.action is Action.REDO:
            if not taken:
                continue
            standing.append((len(steps), taken.pop()))
        elif any(changed):
            taken.clear()
            standing.append((len(steps), one))
        else:
            taken.clear()
            continue
        steps.append(NoteStep(one, *changed, active=False))
    active = {place for place, _revision in standing}
    return [step._replace(active=place in active) for place, step in enumerate(steps)]


def goes_on_in(revisions: Sequence[M], stay: UUID) -> M | None:
    """The revision the next text of this stay is written into; None: it becomes a new one.

    As long as nobody else writes, a stay has one revision. When somebody wrote over it, that one is kept as it was
    then, and the stay goes on in a second one. From there on each of several writers has a revision of their own that
    follows their keys and comes to the top with them: two windows that take turns each second leave two revisions
    each, and the last text of both can be read. Never across an undo or redo, which count the revisions before them.
    """
    own = [index for index, one in enumerate(revisions) if one.batch == stay and is_step(one.action)]
    if not own:
        return None
    later = revisions[own[-1] + 1 :]
    if later and (len(own) == 1 or not all(is_step(one.action) for one in later)):
        return None
    return revisions[own[-1]]
