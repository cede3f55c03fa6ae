"""What a cell of a filled register says: a mark, a time, a reason, or nothing. A plain table of words.

Not in it on purpose: a Latin `x`. It stands for *was here* in one office and for *was not* in the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.dates import YEARS

REMARK_LIMIT: Final = 200
"""Characters of a remark that are kept."""
_CELL_LIMIT: Final = 60

PRESENT: Final = (
    "√|✓|✔|☑|✅|v|1|p|y|yes|true|ok|here|present|attended|signed|signed in|checked in"
    "|到|已到|出勤|出席|到会|到场|已签到|签到|已签|正常|是|在"
)
LATE: Final = "l|late|tardy|迟到|迟"
LEFT_EARLY: Final = "left early|early|早退"
ON_LEAVE: Final = "e|leave|on leave|excused|假|请假|休假"
REASONS: Final[Mapping[Reason, str]] = {
    Reason.SICK: "sick|sick leave|ill|病假|病",
    Reason.PERSONAL: "personal|personal leave|pers.|事假|事",
    Reason.OFFICIAL: "official|official leave|business|business trip|offic.|公假|公|公差|公出|公务|因公|出差",
    Reason.OTHER: "other leave|年假|产假|婚假|丧假|陪产假|调休|其他",
}
ABSENT: Final = (
    "×|✗|✘|✖|❌|a|0|n|no|false|absent|missing|truant|旷|旷课|旷工|旷会|缺|缺勤|缺席|缺课|未到|未出席|未签到|否"
)
UNMARKED: Final = "|·|•|‧|・|-|--|–|—|/|\\|.|…|_|none|unmarked|not marked|not here yet|未登记"

_OTHER: Final = "other"  # a reason only beside a word for leave
_BRACKETED: Final = re.compile(r"[(\[{【].*[)\]}】]")
_DIVIDERS: Final = re.compile(r"[\s,;/、:()\[\]{}【】+·.\-]+")
_CLOCK: Final = re.compile(r"(?<!\d)(\d{1,2}) ?[:h时点] ?(\d{2})(?::(\d{2})(?:\.\d+)?)?分?(?!\d)")
_SHORT_CLOCK: Final = re.compile(r"(\d{1,2})[.。](\d{2})|(\d{1,2})(\d{2})")
_UTC: Final = re.compile(r"(.*\d) ?utc", re.IGNORECASE)
_SLASHED: Final = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?=[ t])", re.IGNORECASE)
_TO_SECONDS: Final = re.compile(r"\d:\d\d:\d\d")
_SINGLE: Final = re.compile(r"(?<=[- t])(\d)(?=[- :t])", re.IGNORECASE)


class When(NamedTuple):
    """A time as a file has it, by the clocks of the program. day None: the session's. seconds: it was told to them."""

    clock: time
    day: date | None = None
    seconds: bool = False


class Said(NamedTuple):
    """What a cell, or the cells of a row, say about one person at one session.

    at, left: of the arrival and the leaving. came: an arrival whose time is not known. remark: what else it says, kept
    with the mark as its reason.
    """

    status: Status | None = None
    reason: Reason | None = None
    at: When | None = None
    left: When | None = None
    came: bool = False
    remark: str = ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\ufe0f", "").replace("\u200d", "").casefold().strip()


def _squashed(text: str) -> str:
    return _DIVIDERS.sub("", text)


def _table() -> dict[str, Said]:
    said = {
        PRESENT: Said(Status.PRESENT),
        LATE: Said(Status.LATE),
        "迟到早退": Said(Status.LATE, remark="早退"),
        ON_LEAVE: Said(Status.EXCUSED),
        ABSENT: Said(Status.ABSENT),
        **{words: Said(Status.EXCUSED, reason) for reason, words in REASONS.items()},
    }
    early = {_squashed(word): Said(Status.PRESENT, remark=word) for word in LEFT_EARLY.split("|")}
    return early | {_squashed(_plain(word)): one for words, one in said.items() for word in words.split("|")}


_WORDS: Final = _table()
_REASONS: Final = {
    _squashed(_plain(word)): reason for reason, words in REASONS.items() for word in words.split("|")
} | {_OTHER: Reason.OTHER}
_BLANK: Final = frozenset(map(_plain, UNMARKED.split("|")))
_EARLY: Final = frozenset(_squashed(word) for word in LEFT_EARLY.split("|"))


@lru_cache(maxsize=4096)  # a register has few words, many times
def read_mark(text: str) -> Said | None:
    """What a cell says; None for a blank one, which says nothing and takes nothing away.

    A time alone is an arrival, two of them arrival and leaving (`14:25-16:30`); beside *left early* one is the leaving.
    *Left early* without a time is present with that remark: nobody knows from when on the person was gone. Raises
    ValueError `mark` for anything else.
    """
    plain = _plain(text)
    if plain in _BLANK:
        return None
    if len(plain) > _CELL_LIMIT:
        raise ValueError("mark")
    times = [_clock_of(found) for found in _CLOCK.finditer(plain)]
    if len(times) > 2:
        raise ValueError("mark")
    bare = _CLOCK.sub(" ", plain) if times else plain
    word = _word(bare.strip(" ~-–—()"), empty=bool(times))
    if not times:
        return word
    if word.status is not None and not word.status.attended:
        raise ValueError("mark")
    if word.remark and len(times) == 1:
        return word._replace(left=times[0], remark="")
    return word._replace(at=times[0], left=times[1] if len(times) == 2 else None)


def _word(text: str, *, empty: bool) -> Said:
    """The words of a cell without its times. Raises ValueError."""
    squashed = _squashed(text)
    if not squashed and empty:
        return Said()
    known = _WORDS.get(squashed) or _WORDS.get(text)
    if known is not None:
        return known
    said = Said()
    for part in filter(None, _DIVIDERS.split(text)):
        if part != "on":
            said = _both(said, part)
    if said.status is None:
        raise ValueError("mark")
    return said


def _both(said: Said, part: str) -> Said:
    """One more word: a reason for the leave, or early after late. Raises ValueError where they say different things."""
    one = Said(Status.EXCUSED, Reason.OTHER) if part == _OTHER else _WORDS.get(part)
    if one is None or (part == _OTHER and said.status is not Status.EXCUSED):
        raise ValueError("mark")
    if said.status is None or said.status is one.status:
        return Said(one.status, said.reason or one.reason, remark=said.remark or one.remark)
    if said.status.attended and part in _EARLY:
        return said._replace(remark=one.remark)
    if said.remark and one.status is Status.LATE:
        return one._replace(remark=said.remark)
    raise ValueError("mark")


@lru_cache(maxsize=256)
def read_reason(text: str) -> Reason | None:
    """The reason a word gives for a leave; None for one that is none of the four."""
    return _REASONS.get(_squashed(_plain(text)))


def is_blank(text: str) -> bool:
    """Whether a cell says nothing."""
    return _plain(text) in _BLANK


@lru_cache(maxsize=4096)
def read_when(text: str, zone: ZoneInfo) -> When | None:
    """A time of day, or an instant: `14:25`, `14:25:30`, `1425`, `2026-05-18 14:25`, `2026-05-18T14:25:00+08:00`,
    `2026-05-18 06:25:00 UTC`. None for a blank cell. Raises ValueError `clock`.
    """
    plain = _plain(text)
    if plain in _BLANK:
        return None
    clock = _CLOCK.fullmatch(plain)
    if clock is not None:
        try:
            return _clock_of(clock)
        except ValueError:
            raise ValueError("clock") from None
    short = _SHORT_CLOCK.fullmatch(plain)
    try:
        if short is not None:
            return When(time(int(short[1] or short[3]), int(short[2] or short[4])))
        return _moment(plain, zone)
    except ValueError:
        raise ValueError("clock") from None


def _moment(plain: str, zone: ZoneInfo) -> When:
    in_utc = _UTC.fullmatch(plain)
    iso = _SLASHED.sub(r"\1-\2-\3", f"{in_utc[1]}+00:00" if in_utc else plain)
    moment = datetime.fromisoformat(_SINGLE.sub(r"0\1", iso).upper())
    if ":" not in plain or moment.year not in YEARS:
        raise ValueError("clock")
    told = moment.astimezone(zone) if moment.tzinfo else moment
    return When(told.time().replace(microsecond=0), told.date(), _TO_SECONDS.search(plain) is not None)


def _clock_of(found: re.Match[str]) -> When:
    try:
        return When(time(int(found[1]), int(found[2]), int(found[3] or 0)), seconds=found[3] is not None)
    except ValueError:
        raise ValueError("mark") from None
