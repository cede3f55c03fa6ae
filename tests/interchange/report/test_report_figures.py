"""Every figure of the report, in every format, is the one `status --json` and `missing --json` give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checkin_tui.cli.missing import missing_shape
from checkin_tui.cli.shapes import status_shape
from checkin_tui.domain.attendance.events import Reason, Status
from checkin_tui.domain.imports import RosterLine
from checkin_tui.domain.program import ProgramTerms
from checkin_tui.domain.rates import Target
from checkin_tui.domain.reads import LoadOwed
from checkin_tui.domain.requests import CancelSession, MarkMany
from checkin_tui.domain.sessions import SessionKey
from checkin_tui.interchange.report.files import REPORT_FORMATS, write_report
from checkin_tui.services.status import status
from checkin_tui.store.engine import open_database
from checkin_tui.words.reporting import report_paper
from checkin_tui.words.times import key_text
from tests.conftest import MONDAY, TERMS, Bench, at, context_for
from tests.desk import Desk
from tests.interchange.report.told import Part, told

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 5, day) for day in (19, 20, 21, 22))
HELD = (MONDAY, WEDNESDAY)
TOPIC = "# a | b `c` <script>x</script> \\| *d*"


def busy(desk: Desk) -> None:
    """Monday is closed and was corrected, Tuesday's register was not taken, Wednesday goes on, Thursday is off."""
    desk.open()
    desk.edit(topic=TOPIC, presenter="001")
    desk.add("A | Guest", code="900", guest=True)
    desk.mark("001")
    desk.bench.now = at("14:35")
    desk.mark("002")
    desk.bench.now = at("14:55")
    desk.mark("007")
    desk.mark("900", guest=True)
    desk.excuse("003", Reason.SICK)
    desk.excuse("004")
    desk.mark("005", status=Status.ABSENT)
    desk.note("002", "a little")
    desk.notebooks("007")
    desk.bench.now = at("17:10")
    desk.close()
    desk.mark("006", correct=True, status=Status.PRESENT, because="had signed | the list")
    desk.change("002", branch="Clinic", since=TUESDAY)
    desk.bench.now = at("14:20", WEDNESDAY)
    desk.open(WEDNESDAY)
    desk.edit(WEDNESDAY, presenter="Somebody <b>Else</b>")
    for code in ("001", "002", "005"):
        desk.mark(code, WEDNESDAY)
    desk.excuse("003", Reason.OFFICIAL, day=WEDNESDAY)
    desk.do(CancelSession, session_id=desk.session(THURSDAY).id, because="storm")
    desk.excuse("008", Reason.PERSONAL, day=FRIDAY)


@pytest.fixture(
    scope="module",
    params=[(True, Target(">", 98)), (False, Target(">=", 50))],
    ids=["leave counts", "leave is left out"],
)
def afternoons(request, template: Path, tmp_path_factory) -> Iterator[Desk]:
    """Only to be read."""
    leave, target = request.param
    path = tmp_path_factory.mktemp("report") / "checkin.db"
    path.write_bytes(template.read_bytes())
    with open_database(path) as database:
        desk = Desk(
            context_for(database, bench := Bench()), bench, terms=replace(TERMS, leave_counts=leave, target=target)
        )
        busy(desk)
        yield desk


def report_of(desk: Desk, file: Path, **asked: Any) -> dict[str, Part]:
    write_report(desk.ctx, file, report_paper, **asked)
    return told(file)


def number(text: str) -> float | None:
    found = re.fullmatch(r"([\d.]+) %", text)
    return float(found[1]) if found else None


@pytest.mark.parametrize("format", REPORT_FORMATS)
def test_every_figure_is_that_of_status_and_missing(afternoons, tmp_path, format):
    parts = report_of(afternoons, tmp_path / f"r.{format}")
    said = {day: status_shape(status(afternoons.ctx, SessionKey(day))) for day in HELD}
    whole = said[WEDNESDAY]["campaign"]
    check_days(parts, said, whole)
    check_branches(parts["Participation by branch"].tables[0], said, whole)
    check_notes(parts, afternoons, said)
    check_people(parts, said)
    summary = dict(row for row in parts["Summary"].tables[0])
    states = [summary[name] for name in ("held", "running", "to come", "register not taken", "cancelled")]
    assert states == ["1", "1", str(9 - 4), "1", "1"]
    assert summary["participation"].startswith(f"{whole['attended']}/{whole['expected']} · {whole['percent']:.2f} %")
    assert whole["registers_not_taken"] == [TUESDAY.isoformat()]


def check_days(parts: dict[str, Part], said: dict[date, Any], whole: Any) -> None:
    (table,) = parts["Participation by day"].tables
    for row, day in zip(table[1:], HELD, strict=False):
        counts, rate = said[day]["counts"], said[day]["participation"]
        kinds = ("present", "late", "excused", "absent", "unmarked", "guests")
        assert row[:7] == [key_text(SessionKey(day)), *(str(counts[kind]) for kind in kinds)]
        assert row[7] == f"{rate['attended']}/{rate['expected']}"
        assert number(row[8]) == rate["percent"]
        assert (row[9] == "met") is rate["met"]
    total = table[-1]
    assert [total[0], total[7], number(total[8])] == [
        "All",
        f"{whole['attended']}/{whole['expected']}",
        whole["percent"],
    ]
    assert (total[9] == "met") is whole["met"]
    held = {row[0]: row for row in parts["What was held"].tables[0]}
    assert held["Mon 18 May"][2:4] == [TOPIC, "Zhang Wei"]
    assert [row[-1] for row in held.values()][2:5] == ["register not taken", held["Wed 20 May"][-1], "cancelled"]
    assert held["Wed 20 May"][4] == table[2][7]


def check_branches(table: list[list[str]], said: dict[date, Any], whole: Any) -> None:
    sums: dict[str, list[int]] = {}
    for day in HELD:
        for one in said[day]["branches"]:
            row = sums.setdefault(one["name"], [0, 0, 0])
            for place, name in enumerate(("attended", "expected", "notes_missing")):
                row[place] += one[name]
    assert [row[0] for row in table[1:-1]] == sorted(sums)
    for name, _sessions, fraction, _rate, _met, owed in table[1:-1]:
        assert (fraction, owed) == (f"{sums[name][0]}/{sums[name][1]}", str(sums[name][2]))
    assert [sum(row[place] for row in sums.values()) for place in (0, 1)] == [whole["attended"], whole["expected"]]
    assert table[-1][2] == f"{whole['attended']}/{whole['expected']}"


def check_notes(parts: dict[str, Part], desk: Desk, said: dict[date, Any]) -> None:
    names = ("required", "complete", "too_short", "missing")
    (table,) = parts["Notes"].tables
    for row, day in zip(table[1:-1], HELD, strict=True):
        assert row[1:] == [str(said[day]["notes"][name]) for name in names]
    assert table[-1][1:] == [str(sum(said[day]["notes"][name] for day in HELD)) for name in names]
    missing = missing_shape(desk.handler.handle(LoadOwed(campaign=True)))["missing"]
    (owed,) = parts["Who still owes notes"].tables
    by_branch = {row[0]: int(row[1]) for row in owed[1:-1]}
    assert by_branch == {name: sum(one["branch"] == name for one in missing) for name in by_branch}
    assert owed[-1][1] == str(len(missing))
    leaders = parts["Leaders"].tables[0]
    for row, day in zip(leaders[1:-1], HELD, strict=True):
        assert row[1] == f"{said[day]['leaders']['attended']}/{said[day]['leaders']['expected']}"
        assert number(row[2]) == said[day]["leaders"]["percent"]


def check_people(parts: dict[str, Part], said: dict[date, Any]) -> None:
    counts = [said[day]["counts"] for day in HELD]
    (table,) = parts["Absences"].tables
    sums = dict(zip(table[0], table[-1], strict=True))
    away = [int(sums[name]) for name in ("sick", "personal", "official", "other", "no reason said")]
    assert away == [1, 0, 1, 0, 1]
    assert sum(away) == sum(one["excused"] for one in counts)
    assert int(sums["absent without leave"]) == sum(one["absent"] for one in counts)
    assert int(sums["not marked"]) == sum(one["unmarked"] for one in counts)
    arrivals = {row[0]: row[1] for row in parts["Arrivals"].tables[0]}
    assert arrivals == {
        "Came": "How many", "before the start": "4", "from the start on, in time": "1", "after late began": "1",
        "time not known": "1", "attended in all": str(sum(one["present"] + one["late"] for one in counts)),
    }  # fmt: skip
    lectured = [row[:3] for row in parts["Who lectured"].tables[0][1:]]
    assert lectured == [["Somebody <b>Else</b>", "from outside", "1"], ["Zhang Wei", "member", "1"]]


@pytest.mark.parametrize("format", REPORT_FORMATS)
def test_what_was_out_of_order_is_told_and_nobody_is_named_unasked(afternoons, tmp_path, format):
    parts = report_of(afternoons, tmp_path / f"r.{format}")
    rows = [row[:2] + row[3:] for row in parts["Exceptions"].tables[0][1:]]
    assert rows == [
        ["Mon 18 May", "closed with 1 not marked", "", ""],
        ["Mon 18 May", "1 guest of the day", "", ""],
        ["Tue 19 May", "register not taken", "", ""],
        ["Thu 21 May", "cancelled", "", "storm"],
        ["Mon 18 May", "mark corrected after closing", "Wang", "had signed | the list"],
    ]
    everything = str(parts)
    assert not [name for name in ("Li Na", "Анна Лист", "José", "A | Guest") if name in everything]
    named = report_of(afternoons, tmp_path / f"n.{format}", names=True)
    heads = list(named)[-4:]
    assert [named[head].tables[0][1:] for head in heads] == [
        [["005", "José Álvarez", "Lotus Ford", "2", "1", "0", "1"]],
        [
            ["Clinic", "002", "Li Na", "Mon 18 May 7 of 50 characters; Wed 20 May missing"],
            ["Lotus Ford", "005", "José Álvarez", "Wed 20 May missing"],
            ["Lotus Ford", "006", "Анна Лист", "Mon 18 May missing"],
            ["Xinghe", "001", "Zhang Wei", "Wed 20 May missing"],
        ],
        [["Mon 18 May", "900", "A | Guest"]],
        [["Mon 18 May", "006", "Анна Лист", "Mon 18 May 17:10", "Wang", "had signed | the list"]],
    ]


@pytest.mark.parametrize(("rule", "met"), [(">", "not met"), (">=", "met")])
def test_49_of_50_is_98_per_cent_and_no_more(template, tmp_path, rule, met):
    path = tmp_path / "checkin.db"
    path.write_bytes(template.read_bytes())
    people = tuple(RosterLine(row + 2, f"{row:03d}", f"Person {row}", "Xinghe") for row in range(50))
    terms: ProgramTerms = replace(TERMS, target=Target(rule, 98))
    with open_database(path) as database:
        desk = Desk(context_for(database, bench := Bench()), bench, terms=terms, people=people)
        desk.open()
        ids = tuple(one.member_id for one in desk.view().people)
        desk.do(MarkMany, session_id=desk.session().id, member_ids=ids[1:], status=Status.PRESENT)
        desk.close(absent_rest=True)
        parts = report_of(desk, tmp_path / "r.md")
    assert parts["Participation by day"].tables[0][1][7:] == ["49/50", "98.00 %", met]
    assert dict(row for row in parts["Summary"].tables[0])[f"target {rule} 98 %"] == met


def test_before_anything_happened_there_is_a_report_too(desk, tmp_path):
    parts = report_of(desk, tmp_path / "r.html", names=True)
    assert dict(row for row in parts["Summary"].tables[0])["participation"] == "no data"
    assert parts["Exceptions"].texts == ["Nothing was out of order."]
    assert parts["Arrivals"].texts == ["Nobody has come yet."]


def test_a_report_of_a_program_that_is_over_is_not_so_far(desk, tmp_path):
    desk.open()
    desk.mark("001")
    desk.bench.now = at("18:00", date(2026, 5, 29))
    parts = report_of(desk, tmp_path / "r.html")
    assert not [line for line in parts[""].texts if "so far" in line]
    desk.bench.now = at("18:00", date(2026, 5, 27))
    assert "The program is not over: every figure is so far." in report_of(desk, tmp_path / "s.html")[""].texts


def test_a_topic_without_an_end_has_one(desk, tmp_path):
    desk.edit(topic="long " * 1_000)
    topic = report_of(desk, tmp_path / "r.html")["What was held"].tables[0][1][2]
    assert (len(topic), topic[-1]) == (300, "…")
