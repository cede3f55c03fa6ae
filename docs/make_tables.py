"""Writes the tables of README and docs from the code: the keys, the commands, the columns of files that come in.

`python docs/make_tables.py` puts each between its two marks; a test looks whether the pages are as this would leave
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from checkin_tui.cli.root import checkin
from checkin_tui.domain import mark_words
from checkin_tui.domain.imports import CONTACT_FIELDS
from checkin_tui.interchange.lists.columns import CONTACT_WORDS, HEADER_WORDS, OTHER_WORDS, ROSTER_FIELDS
from checkin_tui.interchange.lists.presets import PRESETS
from checkin_tui.interchange.lists.register_words import MARK_FIELDS, MARK_WORDS
from checkin_tui.tui.command import PEOPLE, View
from checkin_tui.tui.commands import BY_ID, COMMANDS, Command, Group, key_words

README: Final = Path(__file__).resolve().parent.parent / "README.md"
IMPORT: Final = Path(__file__).resolve().parent / "import.md"


def keys_table() -> str:
    """Every command of the screens under its heading, with its keys, its place in the action bar and its id."""
    rows: list[Sequence[str]] = [("Key", "Action bar", "Command", "What it does", "Id in the key map")]
    for group in Group:
        rows.append(("", "", f"**{group.words}**", "", ""))
        rows += [_key_row(command) for command in COMMANDS if command.group is group]
    return _table(rows)


def _key_row(command: Command) -> Sequence[str]:
    return key_words(command.keys), _bar(command), command.label, command.help, f"`{command.id}`"


def _bar(command: Command) -> str:
    """`→ 4`, or, where not every view with people has it, `→ 5 Writing desk`."""
    digit = command.person or command.desk
    if not digit or command.bar in (PEOPLE, tuple(View)):
        return f"→ {digit}" if digit else ""
    views = [BY_ID[f"view.{view}"].label for view in command.bar]
    return f"→ {digit} " + ", ".join(views)


def commands_table() -> str:
    """Every command of the command line with its arguments, what its help says, and its options."""
    rows: list[Sequence[str]] = [("Command", "What it does", "Options")]
    rows += [_command_row(path, command) for path, command in leaves("checkin", checkin)]
    return _table(rows)


def leaves(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """The command if it does something by itself, then those below it."""
    if not isinstance(command, click.Group) or command.invoke_without_command:
        yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from leaves(f"{path} {name}", below)


def _command_row(path: str, command: click.Command) -> Sequence[str]:
    context = click.Context(command)
    arguments = [one.make_metavar(context) for one in command.params if isinstance(one, click.Argument)]
    options = [one.opts[0] for one in command.params if isinstance(one, click.Option)]
    what = (command.help or "").split("\n\n")[0]
    return f"`{' '.join([path, *arguments])}`", what, " ".join(f"`{option}`" for option in options)


def columns_table() -> str:
    """Every column a roster may have, with the words its header may be."""
    return _words_table(ROSTER_FIELDS, HEADER_WORDS)


def contacts_table() -> str:
    """The same of a file of the branches' contacts."""
    return _words_table(CONTACT_FIELDS, CONTACT_WORDS)


def marks_table() -> str:
    """The same of a file of marks."""
    return _words_table(MARK_FIELDS, MARK_WORDS)


def cells_table() -> str:
    """What the cells of a register may say, and what becomes of it."""
    rows: list[Sequence[str]] = [("Becomes", "Words and letters", "Chinese words and signs")]
    said = {
        "present": mark_words.PRESENT,
        "late": mark_words.LATE,
        "present, with that remark": mark_words.LEFT_EARLY,
        "on leave": mark_words.ON_LEAVE,
        **{f"on leave ({reason.value})": words for reason, words in mark_words.REASONS.items()},
        "absent": mark_words.ABSENT,
        "not marked": mark_words.UNMARKED.lstrip("|"),
    }
    rows += [(f"**{becomes}**", *_by_script(words)) for becomes, words in said.items()]
    return _table(rows)


def others_table() -> str:
    """The columns that only help to find the header row."""
    return _table([("English headers", "Chinese headers"), _by_script(OTHER_WORDS)])


def presets_table() -> str:
    """Every list that is known without a mapping: by what, what becomes what, and which rows are nobody."""
    rows: list[Sequence[str]] = [("Preset", "List", "Known by the columns", "What becomes what", "Rows passed over")]
    for key, preset in PRESETS.items():
        signs = [_one_of(sign, " or ") for sign in preset.signs]
        fields = [f"**{f}** {_one_of(preset.words[f], ', else ')}" for f in ROSTER_FIELDS if f in preset.words]
        passed = [f"*{header}*: {words.replace('|', ', ')}" for header, words in preset.passed.items()]
        passed += ["the same person on another day"] if preset.daily else []
        rows.append((f"`{key}`", preset.title, ", ".join(signs), "; ".join(fields), "; ".join(passed)))
    return _table(rows)


def _words_table(fields: Iterable[str], words: Mapping[str, str]) -> str:
    rows: list[Sequence[str]] = [("Column", "English headers", "Chinese headers")]
    rows += [(f"**{field}**", *_by_script(words[field])) for field in fields]
    return _table(rows)


def _by_script(words: str) -> tuple[str, str]:
    english = [word for word in words.split("|") if word.isascii()]
    chinese = [word for word in words.split("|") if not word.isascii()]
    return ", ".join(english), "、".join(chinese)


def _one_of(words: str, between: str) -> str:
    return between.join(f"*{word}*" for word in words.split("|"))


def _table(rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first row is its head."""
    lines = [f"| {' | '.join(' '.join(cell.replace('|', chr(92) + '|').split()) for cell in row)} |" for row in rows]
    columns = lines[0].replace("\\|", "").count("|") - 1
    return "\n".join([lines[0], "| " + " | ".join(["---"] * columns) + " |", *lines[1:]])


PAGES: Final[dict[Path, dict[str, Callable[[], str]]]] = {
    README: {"keys": keys_table, "commands": commands_table, "columns": columns_table},
    IMPORT: {
        "columns": columns_table, "other columns": others_table, "presets": presets_table, "contacts": contacts_table,
        "marks": marks_table, "cells": cells_table,
    },
}  # fmt: skip


def with_tables(text: str, page: Path = README) -> str:
    """The text of the page with every table as the code has it. Raises ValueError for a table without its marks."""
    for name, table in PAGES[page].items():
        before, mark, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- end of {name} -->")
        if not mark or not end:
            raise ValueError(name)
        text = f"{before}{mark}\n{table()}\n\n{end}{after}"
    return text


def main() -> None:
    """Write them."""
    for page in PAGES:
        page.write_text(with_tables(page.read_text("utf-8"), page), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
