"""What the commands say of a whole program that went out or came in."""

from __future__ import annotations

from collections.abc import Mapping

from checkin_tui.i18n import _, ngettext


def records_text(count: int) -> str:
    """How much was written."""
    return ngettext("{count} record.", "{count} records.", count).format(count=count)


def private_text() -> str:
    """What to bear in mind about such a file."""
    return _("Names, telephone numbers and notes are in it: keep it where only you may read it.")


def counts_text(counts: Mapping[str, int]) -> str:
    """How much there is of what people count."""
    return ", ".join(
        (
            ngettext("{count} person", "{count} people", counts["members"]).format(count=counts["members"]),
            ngettext("{count} session", "{count} sessions", counts["sessions"]).format(count=counts["sessions"]),
            ngettext("{count} event", "{count} events", counts["events"]).format(count=counts["events"]),
            ngettext("{count} version of a note", "{count} versions of notes", counts["notes"]).format(
                count=counts["notes"]
            ),
        )
    )
