"""What a view may have of its own. Each of these does nothing until a view says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from checkin_tui.domain.views import News
    from checkin_tui.tui.commands import Need
    from checkin_tui.tui.register import Register


class ViewHooks(Screen[None]):
    """Called by the parts behind every view."""

    @property
    def highlighted(self) -> int | None:
        """The member who is highlighted, in a view that has people."""
        return None

    def show_register(self) -> None:
        """Another register, or the same read again, is there."""

    def show_marks(self, member_ids: Iterable[int], *, grown: bool = False) -> None:
        """The marks of these people changed, or what the disk says of them. grown: somebody is new on the list."""

    def stepped_on(self) -> None:
        """A mark of this view was saved."""

    def on_news(self, news: News) -> None:
        """Another window or command wrote; rows and counts are patched already."""

    def show_figures(self) -> None:
        """The counts changed."""

    def minute_passed(self) -> None:
        """The clock shows another minute."""

    def own_commands(self) -> dict[str, Callable[[], object]]:
        """The commands only this view has."""
        return {}

    def has_own(self, need: Need) -> bool:
        """Whether there is what only this view can have."""
        return False

    def left(self) -> None:
        """Another view comes on the screen, or the program ends: nothing may wait for a later moment."""

    async def finish(self) -> None:
        """The program ends, once everything that was pressed took effect."""
        self.left()

    def given_up(self) -> None:
        """What was not saved was put away."""

    def dropped(self) -> None:
        """The session on the screen is about to be another one."""

    def replaced(self, before: Register) -> None:
        """What is on the screen now comes from another file; `before` is what came from the one that was there."""
        self.dropped()
