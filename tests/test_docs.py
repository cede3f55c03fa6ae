"""The documents say what the code does: their tables, their commands, their links and their pictures."""

from __future__ import annotations

import asyncio
import re
import shlex
from dataclasses import fields
from pathlib import Path

import click
import pytest
from docs import make_pictures, make_tables

from checkin_tui.__main__ import run
from checkin_tui.cli.root import checkin
from checkin_tui.cli.wiring import Wiring
from checkin_tui.domain.imports import CODE_LIMIT, CONTACT_FIELDS, MEMBER_FIELDS
from checkin_tui.interchange.lists.choices import FILL_FIELDS
from checkin_tui.interchange.lists.headers import HEADER_ROWS
from checkin_tui.interchange.lists.presets import PRESETS
from checkin_tui.settings import Settings, Station, load_settings, places
from checkin_tui.tui.commands import BY_ID, check_keymap
from tests.conftest import Bench, at

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
IMPORT = (ROOT / "docs" / "import.md").read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of one language, without the indentation of a list."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


def calls(text: str) -> list[list[str]]:
    """Every `checkin …` line of the shell blocks, without comments and what the shell does with it."""
    lines = [line for block in blocks(text, "sh") for line in block.splitlines() if line.startswith("checkin")]
    return [shlex.split(line.partition(" <")[0], comments=True) for line in lines]


@pytest.mark.parametrize("page", make_tables.PAGES, ids=lambda page: page.name)
def test_the_tables_are_those_of_the_code(page: Path) -> None:
    text = page.read_text("utf-8")
    assert make_tables.with_tables(text, page) == text, "run: python docs/make_tables.py"


def test_the_page_of_imports_has_every_field_preset_and_what_is_said_of_one() -> None:
    for key in (*MEMBER_FIELDS, *CONTACT_FIELDS):
        assert f"| **{key}** |" in IMPORT
    for key, preset in PRESETS.items():
        assert f"| `{key}` | {preset.title} |" in IMPORT
    assert set(re.findall(r"`--fill (\w+)`", IMPORT)) <= set(FILL_FIELDS)
    assert f"first {HEADER_ROWS} rows" in IMPORT
    assert f"longer than {CODE_LIMIT} characters" in " ".join(IMPORT.split())


def test_the_table_of_keys_has_every_command() -> None:
    table = make_tables.keys_table()
    assert [one for one in BY_ID if f"`{one}`" not in table] == []


def test_a_table_without_its_marks_is_an_error() -> None:
    with pytest.raises(ValueError, match="commands"):
        make_tables.with_tables(README.replace("<!-- commands -->", ""))


@pytest.mark.parametrize("call", calls(README) + calls(GUIDE) + calls(IMPORT), ids=" ".join)
def test_every_command_shown_is_one(call: list[str]) -> None:
    command: click.Command = checkin
    context = click.Context(command, info_name="checkin")
    words = call[1:]
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        below = command.get_command(context, words[0])
        assert below is not None, words[0]
        command, words = below, words[1:]
        context = click.Context(command, parent=context, info_name=command.name)
    command.make_parser(context).parse_args(words)  # an unknown option or an argument too many raises


def test_the_readme_says_the_same_about_settings_as_the_program() -> None:
    named = re.findall(r"^\| (`.*?) \|", README.partition("## Settings")[2].partition("## Your data")[0], re.MULTILINE)
    words = [word for cell in named for word in re.findall(r"`(\w+)`", cell)]
    assert words == [field.name for field in fields(Settings)]


def test_the_settings_shown_can_be_used(tmp_path: Path) -> None:
    (shown,) = blocks(README, "toml")
    where = places({"CHECKIN_HOME": str(tmp_path)})
    where.settings.write_text(shown, "utf-8")
    settings = load_settings(where, {})
    assert settings.operator == "Wang"
    assert settings.bell is False
    good, problems = check_keymap(settings.keymap)
    assert problems == []
    assert len(good) == 2


def test_make_can_do_what_is_asked_of_it() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = set(re.findall(r"(?:`|^)make (\w+)", README + GUIDE, re.MULTILINE))
    assert {"demo", "test", "check"} <= asked <= targets


def test_every_link_leads_somewhere() -> None:
    for base, text in ((ROOT, README), (ROOT / "docs", GUIDE), (ROOT / "docs", IMPORT)):
        for target in re.findall(r"\]\(([^)#][^)]*)\)", text):
            assert (base / target).exists(), target
        for heading in re.findall(r"\]\(#([^)]*)\)", text):
            assert heading in [line.lower().lstrip("# ").replace(" ", "-") for line in text.splitlines()]


def test_every_folder_named_is_there() -> None:
    table = README.partition("## Find your way in the code")[2]
    named = re.findall(r"^\| `([\w/]+)` \|", table, re.MULTILINE)
    assert len(named) >= 10
    assert [folder for folder in named if not (ROOT / folder).is_dir()] == []
    package = ROOT / "src" / "checkin_tui"
    floors = {path.parent.name for path in package.glob("*/__init__.py")}
    assert floors == {Path(folder).name for folder in named if folder.startswith("src/")}


def test_five_minutes_really_lead_to_the_first_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    part = README.partition("## Five minutes")[2].partition("## Keys")[0]
    (people,) = blocks(part, "csv")
    (tmp_path / "people.csv").write_text(people, "utf-8")
    monkeypatch.chdir(tmp_path)
    bench = Bench(at("14:20"))

    def wire(database: str | None) -> Wiring:
        where = places({"CHECKIN_HOME": str(tmp_path / "home")})
        settings = load_settings(where, {"CHECKIN_OPERATOR": "Wang"}, database=database)
        return Wiring(where, settings, Station(make_pictures.counting()(), "laptop"), bench.clock, bench.uid)

    said = []
    for call in calls(part):
        assert run(call[1:], wire) == 0
        said.append(capsys.readouterr())
    assert "9 sessions" in said[0].err
    assert "4 new, 0 changed, 0 unchanged" in said[1].out
    assert "dry run" in said[1].err
    assert "4 new, 0 changed, 0 unchanged" in said[2].out
    assert "expected       4" in said[3].out, "without a terminal `checkin` prints the figures"
    assert said[5].out.startswith("{")
    assert run(["mark", "101"], wire) == 0
    assert "present" in capsys.readouterr().out


@pytest.fixture(scope="module")
def roster_picture() -> str:
    return asyncio.run(make_pictures.take(make_pictures.PICTURES["roster"]))


def test_the_picture_is_of_the_sample_and_fetches_nothing(roster_picture: str) -> None:
    text = roster_picture.replace("&#160;", " ")
    for words in ("PRACTICE", "PRESENT", "161", "not here yet", "Amber Terrace"):
        assert words in text
    assert "url(http" not in text
    assert "@font-face" not in text


def test_the_same_program_gives_the_same_picture(roster_picture: str) -> None:
    assert asyncio.run(make_pictures.take(make_pictures.PICTURES["roster"])) == roster_picture


def test_every_picture_is_made_and_shown() -> None:
    there = {path.stem for path in (ROOT / "docs").glob("*.svg")}
    shown = set(re.findall(r"!\[[^\]]+\]\((?:docs/)?([\w-]+)\.svg\)", README + GUIDE))
    assert there == shown == set(make_pictures.PICTURES)


def test_the_pinned_tools_name_no_host_and_no_folder():
    lines = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert pinned
    assert not [line for line in pinned if "==" not in line]
    assert not [line for line in lines if "://" in line or "/" in line.replace("sha256:", "").split(";")[0]]


def test_every_test_the_promises_name_is_there():
    named = re.findall(r"`(tests/[\w/.]+)", (ROOT / "docs" / "promises.md").read_text("utf-8"))
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []
