"""Badges: whose, where on the sheet, and what a scanner makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin_tui.domain.badges import A4, LABELS, BadgeAsk, BadgeKind
from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.outputs import GivenUp
from checkin_tui.interchange.papers.badges import write_badges
from checkin_tui.words.papers import badge_words
from tests.desk import Desk
from tests.interchange.papers.drawn import labels

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "badges.html"


def made(desk: Desk, file: Path, **asked):
    written = write_badges(desk.ctx, file, BadgeAsk(**asked), badge_words, force=True)
    found = labels(file.read_text("utf-8"))
    assert written.rows == len(found)
    return found


def test_everybody_has_one_by_branch_and_name_with_the_code_in_print_and_for_the_scanner(desk, file):
    found = made(desk, file)
    assert [(one.texts[-2:], one.scanned) for one in found] == [
        (["Clinic", code], code) for code in ("008", "007")
    ] + [(["Lotus Ford", code], code) for code in ("005", "004", "006")] + [
        (["Xinghe", code], code) for code in ("002", "003", "001")
    ]  # fmt: skip
    assert found[0].texts[:-2] == ["Noor [/foo]"]


def test_bars_of_code_128_say_the_same(desk, file):
    assert [one.scanned for one in made(desk, file, kind=BadgeKind.CODE128)][:3] == ["008", "007", "005"]


def test_a_lost_badge_is_made_again_on_the_next_free_label(desk, file):
    found = made(desk, file, codes=("004", "001"), start=14)
    assert [one.scanned for one in found] == ["004", "001"]
    assert (found[0].left, found[0].top) == (106.25, 243.75)
    assert (found[1].left, found[1].top) == (4.65, 15.15)
    assert file.read_text("utf-8").count('<div class="page">') == 2


def test_only_of_some_branches_and_leaders_are_said_to_be(desk, file):
    found = made(desk, file, branches=("Clinic", "Xinghe"), leaders=True)
    assert len(found) == 5
    assert [one.scanned for one in found if "Leader · Xinghe" in one.texts] == ["001"]
    assert not any("Leader" in text for one in made(desk, file) for text in one.texts)


@pytest.mark.parametrize("name", LABELS)
def test_labels_lie_on_the_sheet_side_by_side(name):
    sheet = LABELS[name]
    places = [sheet.place(number) for number in range(sheet.places)]
    left, top = places[0]
    right, below = places[-1]
    assert left == pytest.approx(A4[0] - right - sheet.width)
    assert top == pytest.approx(A4[1] - below - sheet.height)
    assert places[sheet.columns][1] - top == pytest.approx(sheet.height)
    assert places[1][0] - left == pytest.approx(sheet.width + sheet.gap)


def test_a_code_that_is_not_ascii_is_refused_for_bars_with_who_has_it(desk, file):
    desk.add("Mara Quill", code="Ü12", branch="Clinic")
    with pytest.raises(CheckInError) as caught:
        made(desk, file, kind=BadgeKind.CODE128)
    assert (caught.value.code, caught.value.values) == ("export_code128", {"names": ["Mara Quill (Ü12)"]})
    assert not file.exists()
    assert [one.scanned for one in made(desk, file, codes=("Ü12",))] == ["Ü12"]
    assert len(made(desk, file, kind=BadgeKind.CODE128, branches=("Xinghe",))) == 3


def test_bars_too_fine_for_a_scanner_are_refused(desk, file):
    desk.add("Mara Quill", code="x" * 32, branch="Clinic")
    asked = {"kind": BadgeKind.CODE128, "codes": ("x" * 32,)}
    assert made(desk, file, **asked)[0].scanned == "x" * 32
    with pytest.raises(CheckInError) as caught:
        made(desk, file, labels="3x8", **asked)
    assert caught.value.code == "badge_long"


@pytest.mark.parametrize(
    ("asked", "code"),
    [({"start": 15}, "badge_start"), ({"start": 0}, "badge_start"), ({"codes": ("nobody",)}, "member_unknown"),
     ({"branches": ("Nowhere",)}, "branch_unknown")],
)  # fmt: skip
def test_what_cannot_be_is_refused(desk, file, asked, code):
    with pytest.raises(CheckInError) as caught:
        made(desk, file, **asked)
    assert caught.value.code == code
    assert not file.exists()


def test_who_has_left_or_was_a_guest_gets_one_only_by_code(desk, file):
    desk.change("008", left=desk.session().key.day)
    desk.add("Gast Nur", code="G1", guest=True)
    desk.bench.now += 86_400_000
    assert {"008", "G1"}.isdisjoint(one.scanned for one in made(desk, file))
    assert [one.scanned for one in made(desk, file, codes=("008", "G1"))] == ["008", "G1"]


def test_nobody_to_make_one_for_is_said(desk, file):
    for code in ("007", "008"):
        desk.change(code, branch="Lotus Ford")
    assert made(desk, file, branches=("",)) == []
    assert "There is nobody to make a badge for." in file.read_text("utf-8")


def test_the_page_fetches_nothing_and_obeys_nobody(desk, file):
    desk.add("<script>alert('x')</script>\u202e", code="]]>\"'", branch="Clinic")
    page = file.read_text("utf-8") if made(desk, file) else ""
    assert "<script" not in page
    assert "\u202e" not in page
    assert "default-src 'none'" in page
    assert not [word for word in ("http:", "https:", "url(", "@import", " src=") if word in page.replace(XMLNS, "")]


def test_who_gives_up_leaves_nothing(desk, file):
    def enough(done: int, total: int) -> None:
        raise GivenUp

    with pytest.raises(GivenUp):
        write_badges(desk.ctx, file, BadgeAsk(), badge_words, progress=enough)
    assert list(file.parent.glob("*badges*")) == []
    assert not list(file.parent.glob(".checkin-*"))
