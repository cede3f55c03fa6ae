"""What gives a person away in a text, and what is left of a note when its words are gone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.erasing import Identity, Traces, emptied, erased_code, is_erased, places_until
from checkin_tui.domain.notes import count_characters
from checkin_tui.domain.people import Membership
from checkin_tui.domain.search import person_key
from checkin_tui.interchange.readings import readings


def traces(code: str, name: str, phone: str = "") -> Traces:
    return Traces([Identity(code, name, phone, person_key(code, name, phone, readings(name)))])


MARA = traces("XH-017", "Mara Quill-Ode", "555 0101 22")
CHINESE = traces("112", "曾小明", "5550199")


@pytest.mark.parametrize(
    "text",
    [
        "Mara Quill-Ode",
        "was MARA QUILLODE there?",
        "marà quill-ode's bus",
        "ask XH-017",
        "call 555-010122",
        "mara  quill ode",
    ],
)
def test_a_text_that_names_the_person(text):
    assert MARA.mentions(text)
    assert not MARA.mentions(MARA.without(text, "somebody"))


@pytest.mark.parametrize("text", ["", "Tamara Quill-Odessa", "Mara was ill", "XH-0175", "555", "the 17th"])
def test_a_text_about_somebody_else(text):
    assert not MARA.mentions(text)
    assert MARA.without(text, "somebody") == text


@pytest.mark.parametrize("text", ["曾小明的车", "zengxiaoming", "Ceng Xiaoming", "打5550199"])
def test_a_chinese_name_and_every_way_to_say_it(text):
    assert CHINESE.mentions(text)


@pytest.mark.parametrize("typed", ["112", "0112", "１１２", "zxm", "CXM", "zeng xiaoming", "曾小明", "0199"])
def test_what_somebody_typed_who_meant_the_person(typed):
    assert CHINESE.typed(typed)


@pytest.mark.parametrize("typed", ["", "z", "zx", "11", "1122", "room 112"])
def test_what_could_mean_anybody(typed):
    assert not CHINESE.typed(typed)


def test_a_short_code_and_a_single_letter_count_only_on_their_own():
    one = traces("7", "李")
    assert one.typed("7")
    assert one.typed("007")
    assert not one.typed("70")
    assert one.is_name("李")
    assert not one.mentions("李娜, row 7")


def test_only_the_words_that_name_somebody_are_taken_out():
    assert MARA.without("The bus of Mara Quill-Ode (XH-017) was late", "somebody") == (
        "The bus of somebody (somebody) was late"
    )
    assert MARA.without("the bus of maraquillode", "somebody") == "somebody"


def test_a_contact_is_the_person_whatever_the_spelling():
    assert MARA.is_name("mara quill ode")
    assert not MARA.is_name("Mara Quill-Ode and Tomas")
    assert MARA.is_phone("555-0101-22")
    assert not MARA.is_phone("")


@given(st.text())
def test_an_emptied_note_is_as_long_as_it_was_and_says_nothing(text):
    assert count_characters(emptied(text)) == count_characters(text)
    assert set(emptied(text)) <= {"x"}


def test_codes_of_erased_people_are_counted_on_and_never_given_twice():
    assert erased_code(["101", "erased-x"]) == "erased-1"
    assert erased_code(["erased-2", "erased-10"]) == "erased-11"
    assert [is_erased(code) for code in ("erased-1", "ERASED-9", "ｅrased-3", "erase-1", "101")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_a_membership_ends_with_the_day_and_the_past_stays():
    past = Membership(1, "A", False, date(2026, 5, 1), date(2026, 5, 10))
    now = Membership(2, "B", True, date(2026, 5, 10))
    later = Membership(3, "C", False, date(2026, 6, 1))
    ended = places_until((past, now, later), date(2026, 5, 18))
    assert ended == (past, Membership(2, "B", True, date(2026, 5, 10), date(2026, 5, 19)))
    assert places_until(ended, date(2026, 5, 18)) == ended
