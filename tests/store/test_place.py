"""On what kind of file system a path lies, by the table of mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin_tui.store import place
from checkin_tui.store.place import kind_in, network_kind

TABLE = rb"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:41 / /home rw,relatime shared:2 master:1 - ext4 /dev/sda2 rw
41 40 0:42 / /home/mara/share rw - nfs4 server:/share rw,vers=4.2
42 22 0:43 / /mnt/two\040words rw - cifs //server/two rw
43 22 0:44 / /media/stick rw - vfat /dev/sdb1 rw
44 22 0:45 / /media/stick rw - fuse.sshfs mara@server: rw
a line that says nothing
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/checkin.db", "ext4"),
        ("/home/mara/checkin.db", "ext4"),
        ("/home/mara/share/checkin.db", "nfs4"),
        ("/home/mara/shared/checkin.db", "ext4"),
        ("/mnt/two words/checkin.db", "cifs"),
        ("/mnt/two/checkin.db", "ext4"),
        ("/media/stick/checkin.db", "fuse.sshfs"),
    ],
)
def test_the_longest_mount_point_counts_and_of_those_the_last(path: str, kind: str) -> None:
    assert kind_in(TABLE, Path(path)) == kind


def test_a_table_that_says_nothing_is_no_reason_to_warn() -> None:
    for table in (b"", b"- -\n", b"nonsense\n\n"):
        assert kind_in(table, Path("/x.db")) is None


def test_only_a_network_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    monkeypatch.setattr(place, "MOUNTS", mounts)
    monkeypatch.setattr(place.sys, "platform", "linux")
    assert network_kind(tmp_path / "x.db") is None
    for kind, told in (("nfs4", "nfs4"), ("ext4", None), ("fuse.something", None)):
        mounts.write_text(f"1 0 0:1 / / rw - {kind} source rw\n")
        assert network_kind(tmp_path / "x.db") == told


def test_a_link_is_followed_to_where_the_file_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    (tmp_path / "far").mkdir()
    (tmp_path / "near.db").symlink_to(tmp_path / "far" / "checkin.db")
    mounts.write_text(f"1 0 0:1 / / rw - ext4 x rw\n2 1 0:2 / {tmp_path / 'far'} rw - nfs x rw\n")
    monkeypatch.setattr(place, "MOUNTS", mounts)
    monkeypatch.setattr(place.sys, "platform", "linux")
    assert network_kind(tmp_path / "near.db") == "nfs"
