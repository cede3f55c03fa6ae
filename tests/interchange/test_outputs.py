"""In which format a file goes out."""

from pathlib import Path

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.outputs import format_of

KNOWN = ("xlsx", "html", "csv")


@pytest.mark.parametrize(
    ("file", "asked", "found"),
    [("a.xlsx", None, "xlsx"), ("a.HTML", None, "html"), ("a.htm", None, "html"), ("a.txt", "csv", "csv"),
     (None, "xlsx", "xlsx")],
)  # fmt: skip
def test_it_is_the_one_asked_for_else_that_of_the_name(file, asked, found):
    assert format_of(None if file is None else Path(file), asked, KNOWN) == found


@pytest.mark.parametrize("file", ["a", "a.pdf", None])
def test_a_name_that_says_nothing_is_refused_with_the_formats_there_are(file):
    with pytest.raises(CheckInError) as caught:
        format_of(None if file is None else Path(file), None, KNOWN)
    assert caught.value.code == "export_format"
    assert caught.value.values["formats"] == list(KNOWN)
