"""What the files say that are ordered on the screen: the same words as those of the commands."""

from __future__ import annotations

from checkin_tui.interchange.orders import OrderWords
from checkin_tui.words.exports import register_words
from checkin_tui.words.papers import badge_words, board_paper, sheet_paper
from checkin_tui.words.reporting import report_paper


def order_words() -> OrderWords:
    """The words of every paper."""
    return OrderWords(register_words, sheet_paper, badge_words, board_paper, report_paper)
