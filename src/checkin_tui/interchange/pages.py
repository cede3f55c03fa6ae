"""HTML out: one file without a network, from the templates beside this module.

Whatever comes from outside is escaped by Jinja, and control and bidirectional characters are made visible before that.
The sentences come from the caller: a template has no words of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checkin_tui.domain.text import visible

if TYPE_CHECKING:
    from jinja2 import Environment


def render(template: str, **values: Any) -> Iterator[str]:
    """The page in pieces, by the template of that name. A value the template asks for and nobody gave is an error."""
    yield from _environment().get_template(template).generate(**values)


def write_page(path: Path, template: str, **values: Any) -> None:
    """The page as UTF-8 in the file at `path`, piece by piece: a long list is never whole in memory."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(render(template, **values))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # 50 ms, and only pages need it

    return Environment(
        loader=PackageLoader("checkin_tui.interchange", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
