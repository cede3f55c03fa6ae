"""A file in which every text is hostile, as another program could have written it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from sqlalchemy.types import TEXT

from checkin_tui.domain.attendance.events import Status
from checkin_tui.domain.imports import NAME_LIMIT, ContactLine, RosterLine
from checkin_tui.domain.requests import ImportContacts, ImportMembers, RecordRefusal
from checkin_tui.domain.text import clean
from checkin_tui.store.schema import metadata
from tests.desk import Desk
from tests.hostile.corpus import PAYLOADS

SPARED: Final = frozenset(
    {
        *(("programs", name) for name in ("weekdays", "starts", "ends", "zone")),  # another value makes another file
        ("changes", "before"),
        ("changes", "after"),
        ("refused_attempts", "code"),
        ("import_columns", "headers"),
    }
)
"""Texts with a form of their own: what becomes of a wrong one is told by its own test."""


class Place(NamedTuple):
    """A column, and the word that every text in it begins with."""

    table: str
    column: str
    word: str


def places() -> list[Place]:
    """Every column that holds text, as the schema has them."""
    return [
        Place(table.name, column.name, f"{chr(97 + number // 26)}{chr(97 + number % 26)}Q")
        for number, (table, column) in enumerate(
            (table, column) for table in metadata.sorted_tables for column in table.columns
        )
        if type(column.type) is TEXT and (table.name, column.name) not in SPARED
    ]


def furnish(desk: Desk) -> None:
    """Something in every table, by the use-cases, which take the corpus as it comes. The day is open then."""
    texts = [text for text in PAYLOADS.values() if clean(text) and len(text) <= NAME_LIMIT]
    desk.do(
        ImportMembers,
        lines=tuple(
            RosterLine(number + 2, f"h{number:03d}", text, texts[number % 7], title=text, phone=text)
            for number, text in enumerate(texts)
        ),
    )
    desk.open()
    desk.edit(topic=PAYLOADS["action"], presenter=PAYLOADS["colour"])
    view = desk.view()
    for number, person in enumerate(view.people):
        if number % 4:
            desk.note(person.code, texts[number % len(texts)])
            desk.note(person.code, "another version")
    codes = [person.code for person in view.people]
    desk.many(codes[::3], Status.PRESENT)
    desk.many(codes[1::6], Status.ABSENT)
    for text in texts[:6]:
        desk.do(RecordRefusal, session_id=desk.session().id, typed=text, code="unknown", sentence=text)
    desk.do(ImportContacts, lines=(ContactLine(2, view.people[0].branch, PAYLOADS["clear"], PAYLOADS["title"]),))


def damn(path: Path, seed: int = 0, *, harmless: bool = False) -> None:
    """Every text of the file another, by plain SQL. harmless: words of the same shape with nothing in them."""
    payloads = list(PAYLOADS.values())
    Random(seed).shuffle(payloads)
    with sqlite3.connect(path) as connection:
        for place in places():
            for turn, (row,) in enumerate(connection.execute(f"SELECT id FROM {place.table}").fetchall()):
                text = "HELL" if harmless else payloads[(turn + len(place.column)) % len(payloads)]
                if place.column in ("code", "name"):
                    text = f"{row} {text}"
                connection.execute(
                    f"UPDATE {place.table} SET {place.column} = ? WHERE id = ?", (place.word + text, row)
                )
    connection.close()
