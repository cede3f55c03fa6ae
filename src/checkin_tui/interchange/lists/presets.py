"""Lists as other programs write them: by which columns each is known, and which of them become what.

The names are those of the programs' English exports, as their documentation and source have them: pretix (plugin
checkinlists), Eventbrite (attendee summary), Moodle (bulk download, "Upload users", participants of a course), Canvas
(Roll Call attendance report), OneRoster CSV 1.1 and 1.2 (1EdTech; users.csv).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.lists.columns import (
    FAMILY,
    GIVEN,
    NAMES,
    ROSTER_FIELDS,
    Columns,
    columns_of,
    plain,
    plain_words,
)

NONE: Final = "none"
"""Asked for as a preset: the columns are what their words say, whatever program wrote them."""


class Preset(NamedTuple):
    """The columns of one program's list.

    title: the program and the list. signs: headers that are all there (a bar between those of which one is enough).
    words: field -> headers; where a cell of the first is blank, the next counts. passed: header -> what a cell of it
    says of a row that is nobody to expect. only: '' or all headers such a file may have, for a list whose headers are
    too common to tell. daily: the header of its day where a person has a row for each, of which the newest counts.
    """

    title: str
    signs: tuple[str, ...]
    words: Mapping[str, str]
    passed: Mapping[str, str]
    only: str = ""
    daily: str = ""


_PARTICIPANT: Final = {
    "code": "Username|ID number", GIVEN: "First name", FAMILY: "Last name|Surname",
    "branch": "Department|Institution|Groups", "phone": "Mobile phone|Phone",
}  # fmt: skip
_ONEROSTER: Final = {"code": "identifier|username|sourcedId", "title": "role", "phone": "sms|phone"}
_GONE: Final = {"status": "tobedeleted|inactive", "role": "guardian|parent|relative"}

PRESETS: Final[Mapping[str, Preset]] = {
    "pretix": Preset(
        "pretix, check-in list",
        ("Order code", "Attendee name", "Product"),
        {
            "code": "Secret", "name": "Attendee name", GIVEN: "Attendee name: Given name",
            FAMILY: "Attendee name: Family name", "branch": "Company", "phone": "Phone number",
        },
        {"Blocked": "yes"},
    ),
    "eventbrite": Preset(
        "Eventbrite, attendee summary",
        ("Order #", "Attendee #", "First Name", "Last Name|Surname"),
        {
            "code": "Barcode #|Attendee #", GIVEN: "First Name", FAMILY: "Last Name|Surname", "branch": "Company",
            "title": "Job Title", "phone": "Cell Phone|Mobile Phone|Work Phone|Home Phone",
        },
        {"Attendee Status": "not attending|cancelled|canceled|deleted|refunded|transferred"},
    ),
    "moodle": Preset(
        "Moodle, users",
        ("username", "firstname", "lastname"),
        {
            "code": "username", GIVEN: "firstname", FAMILY: "lastname",
            "branch": "department|institution|group1|cohort1", "phone": "phone2|phone1",
        },
        {"suspended": "1|yes", "deleted": "1|yes"},
    ),
    "moodle-participants": Preset(
        "Moodle, participants of a course",
        ("First name", "Last name|Surname", "Email address"),
        _PARTICIPANT,
        {"Status": "suspended|not current|inactive"},
        only="First name|Last name|Surname|Email address|ID number|Username|Department|Institution|Phone|Mobile phone"
        "|City/town|Country|Roles|Groups|Last access to course|Status",
    ),
    "rollcall": Preset(
        "Canvas, Roll Call attendance report",
        ("Section Name", "Student Name", "Class Date", "Attendance"),
        {"code": "SIS Student ID|Student ID", "name": "Student Name", "branch": "Section Name"},
        {},
        daily="Class Date",
    ),
    "oneroster-1.1": Preset(
        "OneRoster 1.1, users",
        ("sourcedId", "givenName", "familyName", "orgSourcedIds"),
        {**_ONEROSTER, GIVEN: "givenName", FAMILY: "familyName", "branch": "orgSourcedIds"},
        _GONE,
    ),
    "oneroster-1.2": Preset(
        "OneRoster 1.2, users",
        ("sourcedId", "givenName", "familyName", "primaryOrgSourcedId"),
        {
            **_ONEROSTER, GIVEN: "preferredGivenName|givenName", FAMILY: "preferredFamilyName|familyName",
            "branch": "primaryOrgSourcedId",
        },
        _GONE,
    ),
}  # fmt: skip

_SIGNS: Final = {
    key: ([plain_words(sign) for sign in preset.signs], plain_words(preset.only)) for key, preset in PRESETS.items()
}
_COLUMNS: Final = {
    key: columns_of(ROSTER_FIELDS, NAMES, preset.words, "import_no_name")._replace(spare=True)
    for key, preset in PRESETS.items()
}


def preset_of(headers: Sequence[str]) -> str:
    """The key of the preset whose columns these are, '' for none."""
    said = {plain(header) for header in headers if header}
    for key, (signs, only) in _SIGNS.items():
        if all(sign & said for sign in signs) and (not only or said <= only):
            return key
    return ""


def columns_for(key: str) -> Columns:
    """The columns of that preset. Raises CheckInError('import_preset', preset, presets) for one that is none."""
    if key not in _COLUMNS:
        raise CheckInError("import_preset", preset=key, presets=[*PRESETS, NONE])
    return _COLUMNS[key]
