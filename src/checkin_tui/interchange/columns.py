"""Which column of a roster is which: the header row, found by what its cells are called in English and Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import MEMBER_FIELDS
from checkin_tui.domain.text import clean

HEADER_ROWS: Final = 5

# Where a file has several columns for one field, the earlier word wins. Words for a running number ("No.", 序号) are
# missing on purpose: it changes with every sorting of the list and must not become anybody's code.
HEADER_WORDS: Final[Mapping[str, str]] = {
    "code": "code|member code|member no|member number|member id|id|badge|badge no|badge number|card no|card number"
    "|student no|student number|student id|staff no|staff number|staff id|employee no|employee number|employee id"
    "|编号|代码|编码|工号|学号|成员编号|人员编号|会员编号|党员编号|学员编号|员工编号|卡号",
    "name": "name|full name|member name|member|person|participant|student|student name|employee name"
    "|姓名|名字|成员姓名|人员姓名|党员姓名|学员姓名|学生姓名|员工姓名|成员|学员",
    "branch": "branch|village|unit|branch name|department|team|group|class|section"
    "|支部|党支部|所在支部|所属支部|支部名称|村|村名|行政村|所在村|单位|所在单位|工作单位|单位名称|部门|所属部门|班级|小组|组别",
    "title": "title|job title|position|post|role|function|职务|现任职务|岗位|职位",
    "rank": "rank|grade|level|职级|级别|等级",
    "leader": "leader|is leader|leading|leadership|领导|是否领导|领导干部|是否领导干部|班子成员|是否班子成员",
    "joined": "joined|joined on|join date|joining date|date joined|member since|start date"
    "|加入日期|加入时间|入会日期|入职日期|入班日期|开始日期",
    "left": "left|left on|leave date|leaving date|date left|end date|离开日期|离开时间|退出日期|离职日期|结束日期",
    "phone": "phone|phone number|telephone|tel|mobile|mobile number|mobile phone|cell phone|contact number"
    "|电话|手机|手机号|手机号码|电话号码|联系电话|联系方式",
}
_BRACKETED: Final = re.compile(r"[(\[{【].*?[)\]}】]")
_DIVIDERS: Final = re.compile(r"[\s_\-/:*#.'\"]+")


class Header(NamedTuple):
    """The header row's position in the table (from 0), and the place in a row of each field found.

    width: how many cells the header row has; what lies beyond belongs to no column.
    """

    position: int
    places: Mapping[str, int]
    columns: Mapping[str, str]
    width: int


def _plain(header: str) -> str:
    """A header as it is compared: without case, width, remarks in brackets, and signs between words."""
    folded = unicodedata.normalize("NFKC", clean(header)).casefold()
    return _DIVIDERS.sub("", _BRACKETED.sub("", folded))


_FIELD_OF: Final = {
    _plain(word): (field, priority)
    for field, words in HEADER_WORDS.items()
    for priority, word in enumerate(words.split("|"))
}


def parse_map(pairs: Sequence[str]) -> dict[str, str]:
    """`['name=姓名', 'phone=Mobile 2']` as field -> header.

    Raises CheckInError('import_map', text, fields) for anything else, an unknown field, or a field named twice.
    """
    mapping: dict[str, str] = {}
    for pair in pairs:
        field, found, header = pair.partition("=")
        field, header = _plain(field), clean(header)
        if not found or not header or field not in MEMBER_FIELDS or field in mapping:
            raise CheckInError("import_map", text=pair, fields=list(MEMBER_FIELDS))
        mapping[field] = header
    return mapping


def find_header(rows: Sequence[Sequence[str]], file: str, mapping: Mapping[str, str] | None = None) -> Header:
    """The header row: of the first five rows that hold anything, the one that names the most fields, a name among them.

    `mapping` (field -> header) goes before the table of words. Raises CheckInError: import_no_name (headers: those of
    the most likely row), import_map_missing (field, header, headers), import_empty; each with file.
    """
    mapping = mapping or {}
    filled = list(islice((index for index, row in enumerate(rows) if any(map(clean, row))), HEADER_ROWS))
    if not filled:
        raise CheckInError("import_empty", file=file)
    found = {index: _places(rows[index], mapping) for index in filled}
    named = [index for index in filled if "name" in found[index]]
    if not named:
        likely = max(filled, key=lambda index: (len(found[index]), sum(map(bool, rows[index]))))
        if "name" in mapping:
            raise _map_missing(file, "name", mapping, rows[likely])
        raise CheckInError("import_no_name", file=file, headers=_headers(rows[likely]))
    index = max(named, key=lambda each: (len(found[each]), -each))
    for field in mapping:
        if field not in found[index]:
            raise _map_missing(file, field, mapping, rows[index])
    places = {field: found[index][field] for field in MEMBER_FIELDS if field in found[index]}
    return Header(
        index, places, {field: clean(rows[index][place]) for field, place in places.items()}, len(rows[index])
    )


def _places(row: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Field -> place in the row, for one row taken as a header. What the mapping names goes first."""
    plain = [_plain(cell) for cell in row]
    places: dict[str, int] = {}
    for field, header in mapping.items():
        exact = [place for place, cell in enumerate(row) if clean(cell) == header]
        alike = [place for place, cell in enumerate(plain) if cell == _plain(header)]
        if exact or alike:
            places[field] = (exact or alike)[0]
    taken = set(places.values())
    best: dict[str, tuple[int, int]] = {}
    for place, cell in enumerate(plain):
        known = _FIELD_OF.get(cell)
        if known is None or place in taken or known[0] in mapping:
            continue
        field, priority = known
        if field not in best or priority < best[field][0]:
            best[field] = (priority, place)
    return places | {field: place for field, (_, place) in best.items()}


def _map_missing(file: str, field: str, mapping: Mapping[str, str], row: Sequence[str]) -> CheckInError:
    return CheckInError("import_map_missing", file=file, field=field, header=mapping[field], headers=_headers(row))


def _headers(row: Sequence[str]) -> list[str]:
    """The cells of a row that say something, at most twenty and none endless: they go into a sentence."""
    return [text[:40] for text in map(clean, row) if text][:20]
