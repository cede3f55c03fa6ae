"""What the author writes into a report survives the next one, or nothing is written."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.outputs import GivenUp
from checkin_tui.interchange.report.files import write_report
from checkin_tui.words.reporting import report_paper
from tests.desk import Desk
from tests.interchange.report.told import told

MINE = (
    '\n<h3 onclick="x()">My &amp; own</h3><!-- a remark -->\r\n<script>alert("theirs")</script>\n'
    "| a | b |\n{{ title }} {% raw %} \u202e 会场太小 ]]> --\n"
)
NEXT = "# Not a heading of ours\n\n- [ ] a bigger hall\n"
HINTS = ("Write here what did not go well.", "Write here what comes next.")


def write(desk: Desk, file: Path, **asked) -> Path:
    write_report(desk.ctx, file, report_paper, **asked)
    return file


def refused(desk: Desk, file: Path, **asked) -> str:
    """The code of the refusal; the file is as it was."""
    before = file.read_bytes()
    with pytest.raises(CheckInError) as error:
        write(desk, file, **asked)
    assert (file.read_bytes(), list(file.parent.glob(".checkin-*"))) == (before, [])
    return error.value.code


def between(file: Path, part: str) -> str:
    text = file.read_bytes().decode()
    found = re.findall(rf"<!-- checkin:{part} begin -->(.*?)<!-- checkin:{part} end -->", text, re.DOTALL)
    assert len(found) == 1
    return found[0]


def fill_in(file: Path, shortcomings: str, following: str) -> None:
    """The author at work with an editor."""
    text = file.read_bytes().decode()
    for part, words in (("shortcomings", shortcomings), ("next", following)):
        text = text.replace(between(file, part), words)
    file.write_bytes(text.encode())


@pytest.mark.parametrize("format", ["html", "md"])
def test_the_authors_words_come_along_as_they_are(desk, tmp_path, format):
    file = write(desk, tmp_path / f"report.{format}")
    assert [hint in between(file, part) for hint, part in zip(HINTS, ("shortcomings", "next"), strict=True)] == [
        True
    ] * 2
    fill_in(file, MINE, NEXT)
    text = file.read_text("utf-8").replace("What was held", "What we held").replace("<body", "<body data-x='1'")
    file.write_bytes(text.encode() if "\r" in text else text.replace(MINE.replace("\r", ""), MINE).encode())
    for names in (False, True):
        desk.bench.now += 60_000
        assert refused(desk, file) == "save_exists"
        write(desk, file, force=True, names=names)
        assert (between(file, "shortcomings"), between(file, "next")) == (MINE, NEXT)
        assert "What was held" in file.read_text("utf-8")
    write(desk, file, force=True, discard=True)
    assert HINTS[0] in between(file, "shortcomings")


@pytest.mark.parametrize("format", ["html", "md"])
@pytest.mark.parametrize(
    ("mark", "instead"),
    [
        ("<!-- checkin:next end -->", ""),
        ("<!-- checkin:shortcomings begin -->", ""),
        ("<!-- checkin:next begin -->", "<!-- checkin:next begin --><!-- checkin:next begin -->"),
        ("<!-- checkin:next begin -->", "<!-- checkin:shortcomings begin -->"),
    ],
)
def test_without_whole_marks_nothing_is_written(desk, tmp_path, format, mark, instead):
    file = write(desk, tmp_path / f"report.{format}")
    file.write_text(file.read_text("utf-8").replace(mark, instead), "utf-8")
    assert refused(desk, file, force=True) == "report_marks"
    write(desk, file, force=True, discard=True)
    assert HINTS[0] in between(file, "shortcomings")


@pytest.mark.parametrize("format", ["html", "md"])
def test_a_report_that_lost_all_its_marks_is_still_known_for_one(desk, tmp_path, format):
    file = write(desk, tmp_path / f"report.{format}")
    file.write_text(re.sub("<!-- checkin:.*?-->", "", file.read_text("utf-8")), "utf-8")
    assert refused(desk, file, force=True) == "report_marks"


def test_marks_in_a_topic_are_no_marks(desk, tmp_path):
    desk.edit(topic="<!-- checkin:next begin --> <!-- checkin:next end -->")
    for name in ("report.html", "report.md"):
        file = write(desk, tmp_path / name)
        write(desk, file, force=True)
        assert told(file)["What was held"].tables[0][1][2] == "<!-- checkin:next begin --> <!-- checkin:next end -->"


def test_another_file_is_written_over_with_force_like_any(desk, tmp_path):
    for name in ("page.html", "notes.md"):
        file = tmp_path / name
        file.write_text("something else", "utf-8")
        write(desk, file, force=True)
        assert HINTS[0] in between(file, "shortcomings")
    other = tmp_path / "letter.docx"
    docx.Document().save(str(other))
    write(desk, other, force=True)
    assert told(other)["Next steps"].texts[0] == HINTS[1]


@pytest.mark.parametrize("format", ["html", "docx"])
def test_what_cannot_be_read_may_hold_words_of_the_author(desk, tmp_path, format):
    file = tmp_path / f"report.{format}"
    file.write_bytes(b"PK\x03\x04 cut \xff\xfe")
    assert refused(desk, file, force=True) == "report_unreadable"
    write(desk, file, force=True, discard=True)


def test_in_word_pictures_lists_and_tables_under_the_headings_come_along(desk, tmp_path):
    file = write(desk, tmp_path / "report.docx")
    document = docx.Document(str(file))
    hint = next(one for one in document.paragraphs if one.text == HINTS[0])
    hint.text = "The hall <b>was</b> too small. 会场太小"
    hint.insert_paragraph_before("first point", style="List Bullet")
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "a table of theirs"
    hint._p.addnext(table._tbl)
    linked = document.part.relate_to("picture.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    document.save(str(file))
    for names in (True, False):
        write(desk, file, force=True, names=names)
        parts = told(file)
        assert parts["What did not go well"].texts == ["first point", "The hall <b>was</b> too small. 会场太小"]
        assert parts["What did not go well"].tables == [[["a table of theirs"]]]
        assert parts["Next steps"].texts[0] == HINTS[1]
        assert len(parts["Next steps"].texts) == 2, "and what is said at the end"
    again = docx.Document(str(file))
    assert linked in again.part.rels
    assert [one.style.name for one in again.paragraphs if one.text == "first point"] == ["List Bullet"]
    assert len([one for one in again.paragraphs if one.style.name == "Title"]) == 1
    assert len(again.sections[0].footer.paragraphs) == 1


def test_in_word_without_its_bookmarks_nothing_is_written(desk, tmp_path):
    file = write(desk, tmp_path / "report.docx")
    document = docx.Document(str(file))
    heading = next(one for one in document.paragraphs if one.text == "Next steps")
    heading._p.getparent().remove(heading._p)
    document.save(str(file))
    assert refused(desk, file, force=True) == "report_marks"
    write(desk, file, force=True, discard=True)
    assert told(file)["Next steps"].texts[0] == HINTS[1]


def test_in_word_the_heads_repeat_and_chinese_has_a_font(desk, tmp_path):
    document = docx.Document(str(write(desk, tmp_path / "report.docx")))
    for name in ("Normal", "Heading 1", "Title"):
        assert 'w:eastAsia="Microsoft YaHei"' in document.styles[name].element.xml
        assert "Theme=" not in document.styles[name].element.rPr.rFonts.xml
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 'w:instr="NUMPAGES"' in section.footer._element.xml


def test_whoever_gives_up_leaves_the_report_that_was_there(desk, tmp_path):
    desk.open()
    desk.mark("001")
    file = write(desk, tmp_path / "report.html")
    before = file.read_bytes()
    seen = []

    def enough(done: int, total: int) -> None:
        seen.append((done, total))
        raise GivenUp

    with pytest.raises(GivenUp):
        write(desk, file, force=True, progress=enough)
    assert (seen, file.read_bytes(), sorted(tmp_path.glob(".checkin*"))) == ([(0, 1)], before, [])
