"""Which column of a file is which: the header row, found by what its cells are called in English and Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import CONTACT_FIELDS, MEMBER_FIELDS
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
# Whom to call at a branch. A column that only says "name" beside one for the branch is the contact's.
CONTACT_WORDS: Final[Mapping[str, str]] = {
    "branch": HEADER_WORDS["branch"],
    "contact": "contact|contact person|contact name|person in charge|responsible|responsible person|secretary|head"
    "|leader|person|full name|name"
    "|联系人|联系人姓名|负责人|负责人姓名|联络员|联络人|书记|支部书记|党支部书记|村支书|村书记|班长|组长|姓名|名字",
    "phone": "contact phone|contact telephone|contact mobile|联系人电话|负责人电话|联络员电话|书记电话"
    f"|{HEADER_WORDS['phone']}",
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


class Columns(NamedTuple):
    """The columns one kind of file may have. fields: in order. needed: without that one it is no such file.

    known: a header as `_plain` makes it -> (field, which of several words for the field goes first). missing: the code
    of the refusal where the needed one is not there.
    """

    fields: tuple[str, ...]
    needed: str
    known: Mapping[str, tuple[str, int]]
    missing: str


def _columns(fields: tuple[str, ...], needed: str, words: Mapping[str, str], missing: str) -> Columns:
    known = {
        _plain(word): (field, priority) for field in fields for priority, word in enumerate(words[field].split("|"))
    }
    return Columns(fields, needed, known, missing)


MEMBERS: Final = _columns(MEMBER_FIELDS, "name", HEADER_WORDS, "import_no_name")
CONTACTS: Final = _columns(CONTACT_FIELDS, "branch", CONTACT_WORDS, "import_no_branch")


def parse_map(pairs: Sequence[str], columns: Columns = MEMBERS) -> dict[str, str]:
    """`['name=姓名', 'phone=Mobile 2']` as field -> header.

    Raises CheckInError('import_map', text, fields) for anything else, an unknown field, or a field named twice.
    """
    mapping: dict[str, str] = {}
    for pair in pairs:
        field, found, header = pair.partition("=")
        field, header = _plain(field), clean(header)
        if not found or not header or field not in columns.fields or field in mapping:
            raise CheckInError("import_map", text=pair, fields=list(columns.fields))
        mapping[field] = header
    return mapping


def find_header(
    rows: Sequence[Sequence[str]], file: str, mapping: Mapping[str, str] | None = None, columns: Columns = MEMBERS
) -> Header:
    """The header row: of the first five rows that hold anything, the one that names the most fields, the needed one
    among them.

    `mapping` (field -> header) goes before the table of words. Raises CheckInError: `columns.missing` (headers: those
    of the most likely row), import_map_missing (field, header, headers), import_empty; each with file.
    """
    mapping, needed = mapping or {}, columns.needed
    filled = list(islice((index for index, row in enumerate(rows) if any(map(clean, row))), HEADER_ROWS))
    if not filled:
        raise CheckInError("import_empty", file=file)
    found = {index: _places(rows[index], mapping, columns) for index in filled}
    named = [index for index in filled if needed in found[index]]
    if not named:
        likely = max(filled, key=lambda index: (len(found[index]), sum(map(bool, rows[index]))))
        if needed in mapping:
            raise _map_missing(file, needed, mapping, rows[likely])
        raise CheckInError(columns.missing, file=file, headers=headers_of(rows[likely]))
    index = max(named, key=lambda each: (len(found[each]), -each))
    for field in mapping:
        if field not in found[index]:
            raise _map_missing(file, field, mapping, rows[index])
    places = {field: found[index][field] for field in columns.fields if field in found[index]}
    return Header(
        index, places, {field: clean(rows[index][place]) for field, place in places.items()}, len(rows[index])
    )


def _places(row: Sequence[str], mapping: Mapping[str, str], columns: Columns) -> dict[str, int]:
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
        known = columns.known.get(cell)
        if known is None or place in taken or known[0] in mapping:
            continue
        field, priority = known
        if field not in best or priority < best[field][0]:
            best[field] = (priority, place)
    return places | {field: place for field, (_, place) in best.items()}


def _map_missing(file: str, field: str, mapping: Mapping[str, str], row: Sequence[str]) -> CheckInError:
    return CheckInError("import_map_missing", file=file, field=field, header=mapping[field], headers=headers_of(row))


def headers_of(row: Sequence[str]) -> list[str]:
    """The cells of a row that say something, at most twenty and none endless: they go into a sentence."""
    return [text[:40] for text in map(clean, row) if text][:20]
