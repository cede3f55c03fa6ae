"""No source makes markup of data: what reads markup is given constants, and outside text goes through the helper."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import checkin_tui

HOME = Path(checkin_tui.__file__).parent
SOURCES = sorted(HOME.rglob("*.py"))
SAFE = "tui/safe.py"
"""The helper itself."""

PARSING = {"from_markup", "from_ansi", "Label", "Markdown", "render_markup", "assemble_markup"}
"""What reads markup, or sequences, in any text it is given."""

TAKING = {"Static", "Button", "Option", "Tooltip", "Toggle", "Checkbox", "RadioButton", "notify", "update", "panic"}
"""What reads markup in a `str` it is given; content and rich text it takes as they are."""

NAMES = {"tooltip", "border_title", "border_subtitle", "title", "sub_title", "placeholder"}
"""Attributes that a widget shows, some of them as markup."""

HELPERS = {"content", "template", "text", "plain", "fit", "brief", "visible", "drawn", "styled", "Content", "Text", "_"}
"""What makes outside text safe, or is our own words."""

PRINTING = {"echo", "secho", "print", "print_json"}
DOORS = {"cli/call.py", "cli/report_preview.py"}
"""Where the command line's answers and its talk go out, and where the report is drawn that then goes out there: what
is handed to them is walked by `test_commands.py`."""


def violations(source: str) -> list[str]:
    """Each place that would give a terminal or a reader of markup what people wrote, with its line."""
    return [f"line {node.lineno}: {what}" for node in ast.walk(ast.parse(source)) for what in _wrong(node)]


def _wrong(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in NAMES and _mixed(node.value):
                yield f"{target.attr} made of data"
    if not isinstance(node, ast.Call):
        return
    name = _name(node.func)
    first = node.args[0] if node.args else None
    if any(word.arg == "markup" and not _is_false(word.value) for word in node.keywords):
        yield "markup turned on"
    if name in PARSING and not isinstance(first, ast.Constant):
        yield f"{name} of what is no constant"
    if name in TAKING and first is not None and _mixed(first):
        yield f"{name} of a text made of data"
    if name == "notify" and not any(word.arg == "markup" or word.arg is None for word in node.keywords):
        yield "notify without notify_arguments"
    if name in PRINTING:
        yield "printed past the doors of the command line"


def _mixed(value: ast.expr) -> bool:
    """Whether a text is put together here from more than constants and helpers."""
    if isinstance(value, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in value.values)
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add | ast.Mod):
        return any(_mixed(side) or _loose(side) for side in (value.left, value.right))
    return isinstance(value, ast.Call) and _name(value.func) in ("format", "join")


def _loose(value: ast.expr) -> bool:
    return not isinstance(value, ast.Constant) and not (isinstance(value, ast.Call) and _name(value.func) in HELPERS)


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(HOME).as_posix())
def test_no_markup_is_made_of_data(path):
    place = path.relative_to(HOME).as_posix()
    found = violations(path.read_text("utf-8"))
    if place == SAFE:
        assert [one.split(": ")[1] for one in found] == ["from_markup of what is no constant"]
    elif place in DOORS:
        assert {one.split(": ")[1] for one in found} == {"printed past the doors of the command line"}
    else:
        assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        'Content.from_markup(f"[b]{name}[/b]")',
        "Content.from_markup(name)",
        'Content.from_markup("[b]" + name)',
        'Text.from_markup("[b]%s" % name)',
        "Text.from_ansi(name)",
        'Static(f"Hello {name}")',
        'Static("Hello {}".format(name))',
        'Static("Hello " + name)',
        "Label(name)",
        "Static(name, markup=True)",
        "Markdown(note)",
        'self.query_one("#said").update(f"{name} was added")',
        'self.app.notify(f"{name} was added")',
        "self.app.notify(message)",
        'button.tooltip = f"Mark {name}"',
        'self.border_title = "Note of " + name',
        "click.echo(name)",
        'print(f"{name}")',
        "console.print(name)",
    ],
)
def test_the_rule_sees_what_it_is_for(planted):
    assert violations(planted)


@pytest.mark.parametrize(
    "allowed",
    [
        'Content.from_markup("[b]all[/b]")',
        "Static(content(name))",
        'Static(content(f"Hello {name}"))',
        'self.app.notify(**safe.notify_arguments(f"{name} was added"))',
        'self.query_one("#said").update("")',
    ],
)
def test_the_rule_lets_the_helper_through(allowed):
    assert violations(allowed) == []
