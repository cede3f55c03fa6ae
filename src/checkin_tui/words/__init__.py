"""The words of the program for what the rules name by codes and values: shared by the screens and the command line.

Everything comes from the catalogue, in the language chosen at the start. People's words inside a sentence are made
visible (`domain.text`), never markup: a screen hands these sentences on as plain text.
"""

from __future__ import annotations

from checkin_tui.words.labels import (
    action_word,
    branch_word,
    kind_word,
    letter,
    note_word,
    reason_word,
    sign,
    source_word,
    state_word,
    status_word,
)
from checkin_tui.words.participation import (
    allowance_text,
    before_text,
    campaign_text,
    fraction_text,
    leave_text,
    percent_text,
    rate_text,
    shortfall_text,
    target_text,
)
from checkin_tui.words.refusals import cause_text, sentence
from checkin_tui.words.steps import step_text
from checkin_tui.words.times import (
    clock_text,
    day_text,
    hours_text,
    key_text,
    moment_text,
    span_text,
    weekdays_text,
    which_text,
)

__all__ = [
    "action_word",
    "allowance_text",
    "before_text",
    "branch_word",
    "campaign_text",
    "cause_text",
    "clock_text",
    "day_text",
    "fraction_text",
    "hours_text",
    "key_text",
    "kind_word",
    "leave_text",
    "letter",
    "moment_text",
    "note_word",
    "percent_text",
    "rate_text",
    "reason_word",
    "sentence",
    "shortfall_text",
    "sign",
    "source_word",
    "span_text",
    "state_word",
    "status_word",
    "step_text",
    "target_text",
    "weekdays_text",
    "which_text",
]
