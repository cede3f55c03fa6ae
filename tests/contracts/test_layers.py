"""The layers of the program, as declared in pyproject.toml."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_every_import_keeps_to_its_floor():
    linter = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run(
        [str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


DOMAIN = sorted((ROOT / "src/checkin_tui/domain").rglob("*.py"))
WITH_THE_WORLD = {
    "os",
    "sys",
    "io",
    "time",
    "random",
    "secrets",
    "socket",
    "subprocess",
    "pathlib",
    "sqlite3",
    "logging",
}


@pytest.mark.parametrize("path", DOMAIN, ids=[path.stem for path in DOMAIN])
def test_the_rules_are_pure(path):
    """Standard library only, none of it that talks to the world, and nothing reads a clock by itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    named += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    for name in named:
        top = name.partition(".")[0]
        assert top in sys.stdlib_module_names or name.startswith("checkin_tui.domain"), name
        assert top not in WITH_THE_WORLD, name
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not [call for call in calls if call.endswith((".now", ".utcnow", ".today")) or call in ("open", "print")]
