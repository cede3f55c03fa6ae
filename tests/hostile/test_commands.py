"""Every command of the command line on a file in which every text means harm: what comes out, plain and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import click
import pytest

from checkin_tui.cli.root import checkin
from tests.cli.conftest import Line
from tests.conftest import Bench
from tests.hostile import hell
from tests.hostile.corpus import PAYLOADS, Wire
from tests.hostile.rounds import make_file

EVIL = PAYLOADS["colour"] + PAYLOADS["override"] + PAYLOADS["closing tag"]
NAME = EVIL.replace("/", "") + ".txt"
CALM = Wire("one line\n")

CALLS: dict[str, list[list[str]]] = {
    "demo": [],  # builds a file of its own; its commands are these
    "init": [[EVIL, "--from", "2026-05-18", "--to", "2026-05-28"], [EVIL, "--from", EVIL, "--to", EVIL]],
    "program": [[], ["--set", f"name={EVIL}"], ["--set", EVIL], ["--set", f"{EVIL}={EVIL}"]],
    "import contacts": [["{file}"], ["{file}", "--dry-run"], [EVIL]],
    "import marks": [["{file}", "--dry-run"], ["{file}", "--session", "2026-05-18"], [EVIL]],
    "import members": [["{file}", "--dry-run"], ["{file}"], ["{file}", "--map", f"name={EVIL}"], [EVIL]],
    "member add": [["evil1", "--name", EVIL, "--branch", EVIL, "--phone", EVIL], [EVIL, "--name", "x"]],
    "member edit": [["{code}", "--title", EVIL], ["{code}", "--name", EVIL], [EVIL, "--name", EVIL]],
    "members": [[]],
    "branch edit": [["{branch}", "--contact", EVIL, "--phone", EVIL], [EVIL, "--contact", "x"]],
    "branch list": [[]],
    "erase": [["{code}"], [EVIL, "--yes"]],
    "session cancel": [["2026-05-19", "--because", EVIL], [EVIL, "--because", EVIL]],
    "session close": [["2026-05-18"], [EVIL]],
    "session edit": [["2026-05-18", "--topic", EVIL, "--presenter", EVIL], ["2026-05-18", "--audience", EVIL]],
    "session list": [[]],
    "session open": [["2026-05-18"], [EVIL]],
    "session plan": [["2026-05-30", "--topic", EVIL], [EVIL]],
    "mark": [["{code}"], [EVIL], ["{code}", "--because", EVIL, "--correct", "--at", "14:31"], ["{code}", "--at", EVIL]],
    "note": [["{code}", "--paper"], [EVIL, "--paper"], ["{code}"]],
    "status": [[], ["--session", EVIL]],
    "missing": [[], ["--campaign"], ["--branch", EVIL], ["--branch", "{branch}"], ["--csv"]],
    "sheet": [["{folder}/s.html"], ["{folder}/s.xlsx", "--branch", EVIL], [EVIL, "--format", "xlsx"]],
    "badges": [["{folder}/b.html", "--only", "{code}"], ["{folder}/b.html", "--only", EVIL], [EVIL]],
    "export program": [["{folder}/p.json"], ["{folder}/p.xlsx"], ["{folder}/" + NAME, "--format", "json"], [EVIL]],
    "import program": [["{file}"], ["{file}", "--dry-run"], [EVIL]],
    "report": [["{folder}/r.html", "--names"], ["{folder}/r.md", "--force"], ["--preview", "--names"], [EVIL]],
    "export register": [["{folder}/r.csv"], ["{folder}/r.jsonl", "--long"], ["{folder}/r.xlsx"], [EVIL]],
    "export owes": [["{folder}/o.html"], ["{folder}/o.txt", "--branch", "{branch}"], ["{folder}/" + NAME]],
    "history": [["{code}"], [EVIL]],
    "undo": [[]],
    "backup": [["--list"], [], ["{folder}/" + EVIL.replace("/", "")]],
    "restore": [[EVIL], ["{file}", "--yes"]],
    "doctor": [[]],
    "where": [[]],
    "keys": [[]],
}  # fmt: skip
"""What each is called with."""


def leaves(command: click.Command, context: click.Context, path: tuple[str, ...] = ()) -> Iterator[str]:
    if not isinstance(command, click.Group):
        yield " ".join(path)
        return
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from leaves(found, context, (*path, name))


COMMANDS = list(leaves(checkin, click.Context(checkin)))


def test_every_command_is_called_here():
    assert set(CALLS) == set(COMMANDS)


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory):
    bench = Bench()
    return make_file(tmp_path_factory.mktemp("hell"), bench), bench.count


@pytest.fixture
def line(hostile_file, tmp_path, capsys) -> Line:
    path = tmp_path / "hell.db"
    path.write_bytes(hostile_file[0].read_bytes())
    rows = [["code", "name", "branch", "title", "contact", "phone", *list(PAYLOADS.values())[:2]]]
    rows += [[f"{n}{text}"[:30], text, text, text, text, text] for n, text in enumerate(PAYLOADS.values())]
    with (tmp_path / "evil.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return Line(tmp_path / "home", path, Bench(count=hostile_file[1] + 1_000), capsys)


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_that_comes_out_is_obeyed(command, line, tmp_path, standard_input):
    members = line.json("members")["members"]
    for number, arguments in enumerate(CALLS[command]):
        person = members[number % len(members)]
        given = {
            "file": str(tmp_path / "evil.csv"),
            "code": person["code"],
            "branch": person["branch"],
            "folder": str(tmp_path),
        }
        words = [fill(word, given) for word in arguments]
        for more in ([], ["--json"]):
            if "--csv" in words and more:
                continue
            standard_input(EVIL.encode())
            answer = line(*command.split(), *words, *more)
            assert answer.code in (0, 1, 2, 3), answer.err
            assert Wire(answer.err).obeyed(CALM) == [], (words, answer.err)
            assert Wire(answer.out).obeyed(CALM) == [], (words, more, answer.out)
            if "--csv" in words:
                cells = [cell for row in csv.reader(io.StringIO(answer.out)) for cell in row]
                assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))] == []
            if more:
                assert answer.err == ""
                json.loads(answer.out)
                assert answer.out[:-1].isprintable()


def fill(word: str, given: dict[str, str]) -> str:
    for name, value in given.items():
        word = word.replace("{" + name + "}", value)
    return word


def test_json_gives_every_text_as_it_is_in_the_file(line):
    names = {one["name"] for one in line.json("members")["members"]}
    word = next(place.word for place in hell.places() if (place.table, place.column) == ("members", "name"))
    ends = {name.removeprefix(word).split(" ", 1)[-1] for name in names}
    assert ends <= set(PAYLOADS.values())
    assert len(ends) > len(PAYLOADS) - 8


def test_the_lines_of_a_table_are_the_people_of_the_file(line):
    plain = line("members").out.splitlines()
    assert len(plain) == len(line.json("members")["members"]) + 1
