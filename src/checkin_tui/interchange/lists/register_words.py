"""What the columns of a file of marks are called, beside those of the people in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.lists.columns import FAMILY, GIVEN, HEADER_WORDS, Columns, columns_of
from checkin_tui.interchange.lists.presets import NONE

MARK_FIELDS: Final = ("code", "name", GIVEN, FAMILY, "branch", "session", "status", "reason", "arrived", "left")
"""The fields of a file of marks that may be given with a mapping."""
_HIDDEN: Final = ("happened", "kind", "recorded", "active", "because", "stamp", "course")
_FIELDS: Final = (*MARK_FIELDS, *_HIDDEN)
_NEEDED: Final = (("name",), ("code",), (GIVEN, FAMILY))

MARK_WORDS: Final[Mapping[str, str]] = {
    "code": f"sis student id|username|user name|{HEADER_WORDS['code']}|用户名|准考证号",
    "name": f"{HEADER_WORDS['name']}|人员名单|名单|姓名日期|日期姓名",
    GIVEN: f"{HEADER_WORDS[GIVEN]}|firstname",
    FAMILY: f"{HEADER_WORDS[FAMILY]}|lastname",
    "branch": f"{HEADER_WORDS['branch']}|section name",
    "session": "session|session key|class date|session date|date|day"
    "|场次|课次|上课日期|会议日期|活动日期|签到日期|考勤日期|日期",
    "status": "status|attendance|attendance status|mark|present|presence|signed in|signed|sign-in|signature|check-in"
    "|checked in|attended|签到|签到情况|签到状态|出勤|出勤情况|出勤状态|考勤|考勤情况|考勤结果"
    "|到会|到会情况|是否到会|是否签到|是否出勤|到场"
    "|签字|签名|本人签名|状态",
    "reason": "reason|leave reason|leave type|type of leave|请假类型|请假类别|请假原因|请假事由|假别|事由|原因",
    "arrived": "arrived|arrived at|arrival|arrival time|time of arrival|time in|check-in time|checked in at"
    "|sign-in time|scantime|scan time|time|签到时间|到达|到达时间|到会时间|到场时间|入场时间|进场时间|打卡时间|时间",
    "left": "left|left at|leaving|leaving time|departure|departure time|time out|check-out|check-out time"
    "|checked out at|sign-out|sign-out time|签退|签退时间|离开|离开时间|离场时间|离会时间|退场时间",
    "happened": "happened_at",
    "kind": "kind",
    "recorded": "recorded_at",
    "active": "active",
    "because": "because",
    "stamp": "timestamp",
    "course": "course id",
}
MARKS: Final = columns_of(_FIELDS, _NEEDED, MARK_WORDS, "import_no_name")

_PRESET_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "moodle": {"code": "username|id number|idnumber|email", "arrived": "scantime|scan time", "status": "status"},
    "rollcall": {
        "code": "sis student id|student id",
        "name": "student name",
        "branch": "section name",
        "session": "class date",
        "status": "attendance",
        "stamp": "timestamp",
        "course": "course id",
    },
}
MARK_PRESETS: Final = (*_PRESET_WORDS, NONE)
"""What a file of marks may be said to be; each is known by its columns as well."""


def columns_for(preset: str | None) -> Columns:
    """The columns to look for. Raises CheckInError('import_preset', preset, presets)."""
    if preset is None or preset == NONE:
        return MARKS
    if preset not in _PRESET_WORDS:
        raise CheckInError("import_preset", preset=preset, presets=[*MARK_PRESETS])
    return columns_of(_FIELDS, _NEEDED, _PRESET_WORDS[preset], "import_no_name")
