from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin_tui.domain.people import name_key


@pytest.mark.parametrize(
    ("written", "alike"),
    [
        ("王伟", "王　伟"),
        ("王伟", "王  伟"),
        ("欧阳娜娜", "欧阳 娜娜"),
        ("김민수", "김 민수"),
        ("山田太郎", "山田 太郎"),
        ("佐々木", "佐 々木"),
        ("Zhang Wei", "ZHANG  wei"),
        ("Zhang Wei", " Ｚｈａｎｇ　Ｗｅｉ "),
        ("Straße", "STRASSE"),
        ("José", "Jose\u0301"),
    ],
)
def test_names_that_are_matched_as_one(written: str, alike: str) -> None:
    assert name_key(written) == name_key(alike)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann Lee", "Annlee"), ("王伟", "王伟明"), ("Li Na", "Li  Nah"), ("王 Wei", "王Wei"), ("José", "Jose")],
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_the_key_is_what_it_says() -> None:
    assert name_key("王　伟") == "王伟"
    assert name_key("ZHANG  Wei") == "zhang wei"
    assert name_key(" ") == ""


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=12))
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
