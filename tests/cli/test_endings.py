"""A command that is told to end takes away what it wrote, and says so by its exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Line


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_export_that_is_told_to_end_leaves_nothing(line: Line, tmp_path: Path, number: int):
    out, spare = tmp_path / "out", tmp_path / "spare"
    out.mkdir()
    spare.mkdir()
    code = f"""
import os, sys
from pathlib import Path
from checkin_tui.__main__ import main
from checkin_tui.interchange.register import lists as register_lists

def ended(*_):
    print(len(list(Path({str(out)!r}).iterdir())), len(list(Path({str(line.database.parent)!r}).glob(".*.part"))))
    sys.stdout.flush()
    try:
        os.kill(os.getpid(), {int(number)})
    finally:
        os.kill(os.getpid(), 15)  # a terminal that is closed says so twice

register_lists.write_standings = ended
main()
"""
    arguments = ["--db", str(line.database), "export", "register", str(out / "r.xlsx"), "--long"]
    environment = {**os.environ, "CHECKIN_HOME": str(line.home), "TMPDIR": str(spare)}
    told = subprocess.run([sys.executable, "-c", code, *arguments], env=environment, capture_output=True, text=True)
    assert (told.stdout, told.returncode) == ("2 1\n", 128 + number), told.stderr
    assert list(out.iterdir()) == list(spare.iterdir()) == list(line.database.parent.glob(".*")) == []
