"""What a killed process left is told from what somebody is writing, by its name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from checkin_tui.store import whose

PREFIX = ".draft-"


def gone() -> int:
    """The number of a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def mark_of(pid: int) -> str:
    """The mark of that process of this machine."""
    return whose.mark().replace(str(os.getpid()), str(pid), 1)


def name_of(pid: int) -> str:
    return f"{PREFIX}{mark_of(pid)}k3v_9zq1"


def test_only_what_a_process_that_is_gone_left_is_taken_away(tmp_path: Path) -> None:
    dead = name_of(gone())
    elsewhere = dead.replace(whose.mark().split("-")[1], "0" * 8)
    kept = [name_of(os.getpid()), name_of(os.getppid()), elsewhere, dead + "x", "x" + dead, PREFIX + "mine"]
    for name in (dead, dead + "-wal", *kept):
        (tmp_path / name).write_text("x")
    folder = tmp_path / f"{dead[:-1]}2"
    folder.mkdir()
    (folder / "part").write_text("x")
    whose.sweep(tmp_path, PREFIX, ("", "-wal"))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)


def test_a_link_is_taken_away_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").write_text("x")
    link = tmp_path / name_of(gone())
    link.symlink_to(tmp_path / "mine")
    whose.sweep(tmp_path, PREFIX)
    assert not link.is_symlink()
    assert (tmp_path / "mine" / "file").exists()


def test_a_folder_that_cannot_be_read_stands_in_nobodys_way(tmp_path: Path) -> None:
    whose.sweep(tmp_path / "none", PREFIX)
