"""The wheel by itself: installed into an empty environment, outside the checkout, it makes a database and runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def call(*command: str | Path, cwd: Path, **env: str) -> str:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("CHECKIN", "PYTHON", "PIP"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean | env,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `checkin` of an environment that holds nothing but the wheel; its dependencies are looked for in ours."""
    place = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, ROOT, cwd=place)
    (wheel,) = place.glob("*.whl")
    call(sys.executable, "-m", "venv", "--without-pip", place / "venv", cwd=place)
    python = place / "venv" / "bin" / "python"
    call(
        sys.executable, "-m", "pip", "--python", python, "install", "--no-index", "--no-deps", "--quiet",
        "--disable-pip-version-check", wheel, cwd=place,
    )  # fmt: skip
    # A path file only adds to the path: it is not read for editable installs, so our checkout stays out of sight.
    target = call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place).strip()
    (Path(target) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / "venv" / "bin" / "checkin"


def test_it_is_the_wheel_that_runs(installed, tmp_path):
    where = call(installed.with_name("python"), "-c", "import checkin_tui; print(checkin_tui.__file__)", cwd=tmp_path)
    assert str(installed.parents[1]) in where


def test_it_makes_a_database_and_answers(installed, tmp_path):
    home = str(tmp_path / "home")
    call(
        installed, "init", "Choir", "--from", "2026-05-18", "--to", "2026-05-28", "--zone", "Asia/Shanghai",
        cwd=tmp_path, CHECKIN_HOME=home,
    )  # fmt: skip
    status = call(installed, "status", "--json", cwd=tmp_path, CHECKIN_HOME=home)
    assert json.loads(status)["program"] == "Choir"
    sessions = call(installed, "session", "list", "--json", cwd=tmp_path, CHECKIN_HOME=home)
    assert len(json.loads(sessions)["sessions"]) == 9


def test_it_carries_what_is_not_code(installed):
    (package,) = (installed.parents[1] / "lib").glob("python*/site-packages/checkin_tui")
    source = ROOT / "src" / "checkin_tui"
    styles = {path.relative_to(source) for path in source.rglob("*.tcss")}
    assert styles == {path.relative_to(package) for path in package.rglob("*.tcss")}
    assert (package / "_db" / "env.py").is_file()
    assert list((package / "_db" / "versions").glob("0001*.py"))
