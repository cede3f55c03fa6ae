"""Pages: whatever comes from outside is text in them."""

from pathlib import Path

import jinja2
import pytest

from checkin_tui.interchange import pages


@pytest.fixture(autouse=True)
def templates(monkeypatch: pytest.MonkeyPatch):
    """One template of the test's own in the place of the program's."""
    environment = pages._environment.__wrapped__()
    environment.loader = jinja2.DictLoader({"one.html": "<p>{{ name }}</p>"})
    monkeypatch.setattr(pages, "_environment", lambda: environment)


def test_what_a_name_says_is_never_obeyed(tmp_path: Path):
    file = tmp_path / "page.html"
    pages.write_page(file, "one.html", name="<script>alert('x')</script> \x1b[31m \u202e & Co")
    said = file.read_text("utf-8")
    assert "<script" not in said
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "&amp; Co" in said


def test_a_value_nobody_gave_is_an_error():
    with pytest.raises(jinja2.UndefinedError):
        "".join(pages.render("one.html"))
