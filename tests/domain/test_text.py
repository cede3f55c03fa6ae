"""Words from outside: cleaned on the way in, visible on the way out, folded for matching."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin_tui.domain.text import clean, clean_lines, fold_text, is_text, is_whole, pieces, visible

ANY = st.text(st.characters(exclude_categories=()))
"""Every code point there is, lone surrogates included."""

NEIGHBOURS = [
    *"aI1 -'éß\t\n\r\x1b\x7f\x9b\x00ŀﬁǅςΐ가각が①½㈱",
    *"\u0301\u0345\u0338\u200d\u200c\u200b\u00ad\u202e\u2066\u2028\ufeff\u3000\xa0\ud800\u1100\u1161\u3099\u212a",
]
HARD = st.text(st.sampled_from(NEIGHBOURS))
"""The characters whose neighbours matter, close together."""


def dangerous(character: str) -> bool:
    """What a terminal could obey, or what reorders what is shown."""
    return (
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(character) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        or character in "\u200e\u200f\u061c"
    )


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Zhang Wei", "Zhang Wei"),
        ("  Zhang \t\r\n Wei\u3000", "Zhang Wei"),
        ("Zhang\xa0\xa0Wei", "Zhang Wei"),
        ("Zhang\u2028Wei\x85", "Zhang Wei"),
        ("Zoe\u0308", "Zoë"),
        ("\x1b[31mRed\x1b[0m", "[31mRed[0m"),
        ("\x9b31mRed", "31mRed"),
        ("A\x00B\x07\x7f", "AB"),
        ("\u202eevil\u202c", "evil"),
        ("\ufeff0012\u200b", "0012"),
        ("0012\u200d", "0012"),
        ("a \u200b b", "a b"),
        ("a\u2028\u200c", "a"),
        ("a\u200d\u0301", "á"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("അവന\u0d4d\u200d", "അവന\u0d4d\u200d"),
        ("അവന\u0d4d\u200d\u200d\u200c", "അവന\u0d4d\u200d"),
        ("👩\u200d🌾", "👩\u200d🌾"),
        ("[/foo] [@click=app.quit]", "[/foo] [@click=app.quit]"),
        ("\ud800x", "x"),
        ("王\u3000小明", "王 小明"),
        ("", ""),
        (" \u200d ", ""),
    ],
)
def test_clean(raw, kept):
    assert clean(raw) == kept


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("one\u2028two\x0bthree\x85", "one\ntwo\nthree\n"),
        ("  indented  \n\n\u3000\u3000段落", "  indented  \n\n\u3000\u3000段落"),
        ("a\tb", "a    b"),
        ("\x1b[2Jgone\x00", "[2Jgone"),
        ("e\u0301\u202e", "é"),
        ("end \n ", "end \n "),
    ],
)
def test_clean_lines(raw, kept):
    assert clean_lines(raw) == kept


@given(ANY | HARD)
def test_clean_twice_is_clean_once(text):
    once = clean(text)
    assert clean(once) == once
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@given(ANY | HARD)
def test_what_is_clean_is_one_line_in_nfc_without_controls(text):
    kept = clean(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert not any(dangerous(character) for character in kept)
    assert kept == " ".join(kept.split())
    assert set(filter(dangerous, clean_lines(text))) <= {"\n"}


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])))
def test_a_note_of_ordinary_characters_is_only_composed(text):
    assert clean_lines(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zhang Wei", "Zhang Wei"),
        ("\x1b[31m", "␛[31m"),
        ("a\nb\tc\x00\x7f", "a␊b␉c␀␡"),
        ("\x9b31m", "<U+009B>31m"),
        ("\u202etxt.exe", "<U+202E>txt.exe"),
        ("\u2066x\u2069\u200f", "<U+2066>x<U+2069><U+200F>"),
        ("\u2028\u2029", "<U+2028><U+2029>"),
        ("\ud83d", "<U+D83D>"),
        ("محمد علي", "محمد علي"),
        ("می\u200cخواهم \xa0 👩\u200d🌾", "می\u200cخواهم \xa0 👩\u200d🌾"),
        ("[bold]", "[bold]"),
    ],
)
def test_visible(text, shown):
    assert visible(text) == shown


@given(ANY | HARD)
def test_what_is_visible_holds_nothing_a_terminal_could_obey(text):
    shown = visible(text)
    assert not any(dangerous(character) for character in shown)
    assert visible(shown) == shown
    shown.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])))
def test_harmless_text_is_shown_as_it_is(text):
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ZHANG  Wei", "zhang wei"),
        ("Ｚｗ　１２", "zw 12"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Nguyễn Văn Đức", "nguyen van duc"),
        ("Jürgen Weiß", "jurgen weiss"),
        ("Sørensen Æbelø", "sorensen aebelo"),
        ("O'Brien", "obrien"),
        ("O’Brien O´Brien Oʼzbek", "obrien obrien ozbek"),
        ("Jean-Pierre", "jeanpierre"),
        ("阿布都·热合曼", "阿布都热合曼"),
        ("张，。、；：三", "张三"),
        ("，。！", ""),
        ("Ёлкин Андрей", "елкин андреи"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("٠٠١٢", "0012"),
        ("が", "が"),
        ("カ\u3099", "ガ"),
        ("김민수", "김민수"),
        ("佐々木", "佐々木"),
        ("हिन्दी", "हिन्दी"),
        ("A_1#2", "a12"),
        ("👩\u200d🌾 Li", "li"),
        ("\x1b[31mLi", "31mli"),
    ],
)
def test_fold_text(text, folded):
    assert fold_text(text) == folded


@given(ANY | HARD)
def test_folding_twice_is_folding_once(text):
    once = fold_text(text)
    assert fold_text(once) == once
    assert once == " ".join(once.split())


@given(ANY | HARD)
def test_case_width_and_composition_make_no_difference(text):
    for form in ("NFC", "NFD"):
        assert fold_text(unicodedata.normalize(form, text)) == fold_text(text)


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_upper_case_makes_no_difference_to_latin(text):
    plain = "".join(character for character in text if character not in "ıŉµ")
    assert fold_text(plain.upper()) == fold_text(plain)


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("Jean-Pierre", ("jean", "pierre")),
        ("O'Brien", ("o", "brien")),
        ("阿布都·热合曼", ("阿布都", "热合曼")),
        ("Zoe\u0308", ("zoe",)),
        ("---", ()),
        ("", ()),
    ],
)
def test_pieces(word, cut):
    assert pieces(word) == cut


def test_bytes_that_could_not_be_read_are_no_text():
    assert not is_text("00\udcff04")
    assert is_text("00\x0204")


@pytest.mark.parametrize("character", ["\x00", "\x02", "\x1b", "\x7f", "\x9b", "\udcff", "\ufffe"])
def test_a_word_is_not_whole_without_what_no_keyboard_sends(character):
    assert not is_whole(f"00{character}04")
    assert not is_whole(f"{character}0004")


@pytest.mark.parametrize("word", ["0004", "王 小明", "a\tb\r\nc", "می\u200cخواهم", "\ufeff0012\u200b"])
def test_words_and_white_space_are_text(word):
    assert is_text(word)
    assert is_whole(word)


@pytest.mark.parametrize("word", ["00\u200b04", "\u202e4000\u202c", "00\u00ad04"])
def test_a_word_that_is_cleaned_into_another_is_not_whole(word):
    assert is_text(word)
    assert not is_whole(word)


@given(st.text())
def test_what_is_clean_is_whole(text):
    assert is_whole(clean(text))
