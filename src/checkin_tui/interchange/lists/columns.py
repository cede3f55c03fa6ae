"""What the columns of a file are called in English and Chinese, for each kind of file that may come in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from checkin_tui.domain.errors import CheckInError
from checkin_tui.domain.imports import CONTACT_FIELDS, MEMBER_FIELDS
from checkin_tui.domain.text import clean

GIVEN: Final = "given"
FAMILY: Final = "family"
ROSTER_FIELDS: Final[tuple[str, ...]] = (*MEMBER_FIELDS[:2], GIVEN, FAMILY, *MEMBER_FIELDS[2:])
"""The fields of a member, and the two parts a name may come in."""

# Where a file has several columns for one field, the earlier word wins. Words for a running number ("No.", 序号) are
# missing on purpose: it changes with every sorting of the list and must not become anybody's code.
HEADER_WORDS: Final[Mapping[str, str]] = {
    "code": "code|member code|member no|member number|member id|id|id number|badge|badge id|badge no|badge number"
    "|card no|card number|student no|student number|student id|staff no|staff number|staff id|employee no"
    "|employee number|employee id|participant id|person id|barcode"
    "|编号|代码|编码|工号|学号|成员编号|人员编号|会员编号|党员编号|学员编号|员工编号|职工编号|职工号|教工号|人员编码|证号|胸卡号|卡号",
    "name": "name|full name|member name|member|person|participant|participant name|attendee|attendee name|student"
    "|student name|employee name|staff name"
    "|姓名|名字|成员姓名|人员姓名|党员姓名|学员姓名|学生姓名|员工姓名|职工姓名|教师姓名|参会人员|参训人员|参学人员|与会人员|人员|成员|学员",
    "given": "first name|given name|given names|forename|名",
    "family": "last name|family name|surname|姓|姓氏",
    "branch": "branch|village|unit|branch name|unit name|department|team|group|class|section|organization|organisation"
    "|支部|党支部|所在支部|所在党支部|所属支部|所属党支部|支部名称|党组织|所在党组织|村|村名|行政村|所在村|单位|所在单位|所属单位|工作单位|单位名称"
    "|部门|所在部门|所属部门|部门名称|科室|处室|班级|小组|党小组|组别",
    "title": "title|job title|position|post|role|function|职务|现任职务|职务名称|党内职务|行政职务|岗位|职位",
    "rank": "rank|grade|level|职级|级别|等级",
    "leader": "leader|is leader|leading|leadership|领导|是否领导|领导干部|是否领导干部|班子成员|是否班子成员",
    "joined": "joined|joined on|join date|joining date|date joined|member since|start date"
    "|加入日期|加入时间|入会日期|入职日期|入班日期|开始日期",
    "left": "left|left on|leave date|leaving date|date left|end date|离开日期|离开时间|退出日期|离职日期|结束日期",
    "phone": "phone|phone number|telephone|telephone number|tel|mobile|mobile number|mobile phone|cell|cell phone"
    "|contact number"
    "|电话|手机|手机号|手机号码|移动电话|电话号码|联系电话|联系手机|联系方式|办公电话|固定电话|座机",
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
# Columns of such lists that are never taken in. That they are there makes a row more likely the header.
OTHER_WORDS: Final = (
    "no|number|nr|gender|sex|age|birthday|date of birth|remark|remarks|note|notes|comment|comments|email|e-mail"
    "|email address|mail|address|signature|signed|signed in|sign-in|check-in|checked in|attendance|status|date|time"
    "|序号|性别|年龄|出生年月|出生日期|民族|籍贯|学历|政治面貌|身份证|身份证号|身份证号码|住址|地址|邮箱|电子邮箱|邮件|电子邮件|微信|微信号|备注|备考|说明"
    "|签到|签到时间|签名|签字|签退|考勤|出勤|出勤情况|状态|日期|时间|人数"
)
_BRACKETED: Final = re.compile(r"[(\[{【].*?[)\]}】]")
_DIVIDERS: Final = re.compile(r"[\s_\-/:*.'\"]+")


@lru_cache(maxsize=1024)
def plain(header: str) -> str:
    """A header as it is compared: without case, width, remarks in brackets, and signs between words.

    A hatch behind a word is a number: `Member #` is not who it is.
    """
    folded = unicodedata.normalize("NFKC", clean(header)).casefold()
    bare = _DIVIDERS.sub("", _BRACKETED.sub("", folded))
    return f"{bare[:-1]}no" if bare.endswith("#") else bare.lstrip("#")


def plain_words(words: str) -> frozenset[str]:
    """Words with bars between them, as they are compared."""
    return frozenset(map(plain, words.split("|"))) if words else frozenset()


class Columns(NamedTuple):
    """The columns one kind of file may have. fields: in order. needed: one of these groups has to be there whole.

    known: a header as `plain` makes it -> (field, which of several words for the field goes first). others: headers
    that are known and never taken. missing: the code of the refusal where nothing of what is needed is there.
    spare: whether a field's further columns count where a cell of the first is blank.
    """

    fields: tuple[str, ...]
    needed: tuple[tuple[str, ...], ...]
    known: Mapping[str, tuple[str, int]]
    others: frozenset[str]
    missing: str
    spare: bool = False


def columns_of(
    fields: tuple[str, ...], needed: tuple[tuple[str, ...], ...], words: Mapping[str, str], missing: str
) -> Columns:
    """The columns that are called by these words (field -> words with bars between them)."""
    known = {
        plain(word): (field, priority)
        for field in fields
        for priority, word in enumerate(words.get(field, "").split("|"))
        if word
    }
    return Columns(fields, needed, known, plain_words(OTHER_WORDS) - known.keys(), missing)


NAMES: Final = (("name",), (GIVEN, FAMILY))
MEMBERS: Final = columns_of(ROSTER_FIELDS, NAMES, HEADER_WORDS, "import_no_name")
CONTACTS: Final = columns_of(CONTACT_FIELDS, (("branch",),), CONTACT_WORDS, "import_no_branch")


def parse_map(pairs: Sequence[str], columns: Columns = MEMBERS) -> dict[str, str]:
    """`['name=姓名', 'phone=Mobile 2']` as field -> header.

    Raises CheckInError('import_map', text, fields) for anything else, an unknown field, or a field named twice.
    """
    mapping: dict[str, str] = {}
    for pair in pairs:
        field, found, header = pair.partition("=")
        field, header = plain(field), clean(header)
        if not found or not header or field not in columns.fields or field in mapping:
            raise CheckInError("import_map", text=pair, fields=list(columns.fields))
        mapping[field] = header
    return mapping


def headers_of(row: Sequence[str]) -> list[str]:
    """The cells of a row that say something, at most twenty and none endless: they go into a sentence."""
    return [text[:40] for text in map(clean, row) if text][:20]
