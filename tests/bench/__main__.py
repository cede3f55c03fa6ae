"""`python -m tests.bench [PART …]`: all parts, or those named."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import exports, imports, screens, services, views
from tests.bench import figures as seasonal
from tests.bench.report import Figure, show

SCREENS: dict[str, Callable[[screens.Programs], list[Figure]]] = {
    "start": screens.starting,
    "command": screens.command_line,
    "keys": screens.keys,
    "slowest": screens.slowest,
    "idle": screens.idle,
    "notes": views.notes,
    "views": views.switching,
    "windows": views.two_windows,
}
SERVICES: dict[str, Callable[[Path], list[Figure]]] = {
    "checkin": lambda folder: [services.check_in(folder)],
    "import": imports.imports,
    "figures": seasonal.figures,
    "export": exports.exports,
}


def main(wanted: list[str]) -> int:
    """Measure, print the table; 1 when a budget is missed."""
    parts = wanted or [*SCREENS, *SERVICES]
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="checkin-bench-") as name:
        folder = Path(name)
        if set(parts) & set(SCREENS):
            print("Making the files …", file=sys.stderr)
            programs = screens.Programs(folder)
            for part in parts:
                if part in SCREENS:
                    print(f"{part} …", file=sys.stderr)
                    figures += SCREENS[part](programs)
        for part in parts:
            if part in SERVICES:
                print(f"{part} …", file=sys.stderr)
                figures += SERVICES[part](folder)
    return 0 if show(figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
