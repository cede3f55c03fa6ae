"""A text is read in the encoding it was written in, or refused: damaged UTF-8 is never taken for GB18030."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.reading.encodings import decode
from checkin_tui.interchange.reading.tables import open_source

LIST = "编号,姓名,支部\n0001,王小明,星河村\n0002,李娜,北山村\n0003,张伟强,星河村\n0004,陈静,南湖村\n"
NAMED = "code,name,branch\n1,José Müller,Zürich\n2,Zoë Núñez,Genève\n3,Jürgen Groß,Köln\n"
CYRILLIC = "code,name\n1,Иван Петров\n2,Анна Смирнова\n3,Пётр Иванов\n"

_LEVELS = [bytes((lead, trail)).decode("gb18030") for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF)]
_WIDER = [bytes((lead, trail)).decode("gb18030") for lead in range(0x81, 0xA1) for trail in range(0x40, 0x7F)]
_LETTERS = st.sampled_from(_LEVELS[: 40 * 94]) | st.sampled_from(_LEVELS) | st.sampled_from([*_WIDER, "㐂", "𠮷"])
_ROWS = st.lists(st.text(_LETTERS, min_size=2, max_size=4), min_size=1, max_size=12)


def refusal(data: bytes) -> tuple[str, object, object]:
    with pytest.raises(CheckInError) as caught:
        decode(data, "people.csv")
    return caught.value.code, caught.value.values["row"], caught.value.values["encoding"]


@settings(max_examples=60, deadline=None)
@given(_ROWS, st.sampled_from(["name,branch\n", "姓名,支部\n", ""]), st.booleans())
def test_a_gb18030_list_is_never_taken_for_damaged_utf8(names: list[str], head: str, is_whole: bool) -> None:
    data = (head + "".join(f"{name},星河村\n" if is_whole else f"{name}\n" for name in names)).encode("gb18030")
    assert decode(data, "people.csv")[1] in ("gb18030", "utf-8")  # two letters may be both


@pytest.mark.parametrize("text", [LIST, CYRILLIC.replace("name", "имя, отчество и фамилия"), LIST.replace("\n", "\r")])
def test_utf8_cut_anywhere_is_refused_with_the_row(text: str) -> None:
    data = text.encode()
    whole = {len(text[:end].encode()) for end in range(len(text) + 1)}
    for end in range(60, len(data)):
        if end in whole:
            assert decode(data[:end], "people.csv")[1] == "utf-8"
        else:
            row = data[:end].replace(b"\r", b"\n").count(b"\n") + 1
            assert refusal(data[:end]) == ("import_cut_text", row, "utf-8")


@pytest.mark.parametrize("text", [LIST, NAMED, CYRILLIC])
def test_one_byte_of_another_encoding_in_utf8_is_refused_with_the_row(text: str) -> None:
    data = text.encode()
    ends = [len(text[:end].encode()) for end in range(len(text) + 1)]
    for end in ends:
        row = data[:end].count(b"\n") + 1
        assert refusal(data[:end] + b"\xe9" + data[end:]) == ("import_cut_text", row, "utf-8")


def test_a_wrong_byte_inside_a_letter_is_refused() -> None:
    data = LIST.encode()
    for place in range(len(data)):
        if data[place] > 0x7F:
            assert refusal(data[:place] + b"\xff" + data[place + 1 :])[0] == "import_cut_text"


def test_a_last_letter_cut_in_two_is_refused_even_where_gb18030_would_take_it() -> None:
    data = "姓名\n王芳\n李娜".encode()[:-2]
    assert data.decode("gb18030")
    assert refusal(data) == ("import_cut_text", 3, "utf-8")


def test_with_a_mark_of_utf8_there_is_no_doubt() -> None:
    assert refusal(b"\xef\xbb\xbfname\nJos\xe9\n") == ("import_cut_text", 2, "utf-8")


def test_whoever_knows_the_encoding_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(LIST.encode()[:-2])
    source = open_source(path)
    assert source.encoding == ""
    with pytest.raises(CheckInError) as caught:
        source.table()
    assert (caught.value.code, caught.value.values["file"]) == ("import_cut_text", str(path))
    assert source.table(encoding="latin-1").encoding == "iso8859-1"
