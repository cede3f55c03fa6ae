"""On what kind of file system a path lies, by the table of mounts, and what keeps its user from writing there."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from checkin_tui.domain.errors import DatabaseError
from checkin_tui.store import place
from checkin_tui.store.engine import open_database
from checkin_tui.store.place import kind_in, network_kind
from checkin_tui.store.unit_of_work import writing
from checkin_tui.words import sentence

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


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "checkin.db"
    path.parent.mkdir()
    path.touch()
    return path


def deny(monkeypatch: pytest.MonkeyPatch, where: Path, denied: int) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != where or not mode & denied)


@pytest.mark.parametrize("denied", [os.R_OK, os.W_OK])
def test_a_file_that_may_not_be_written_to_or_read(file: Path, monkeypatch: pytest.MonkeyPatch, denied: int) -> None:
    assert place.hindrance(file) is None
    deny(monkeypatch, file, denied)
    assert place.hindrance(file) == ("file", file)


@pytest.mark.parametrize("denied", [os.X_OK, os.W_OK])
def test_a_folder_in_which_nothing_may_be_made(file: Path, monkeypatch: pytest.MonkeyPatch, denied: int) -> None:
    deny(monkeypatch, file.parent, denied)
    assert place.hindrance(file) == ("folder", file.parent)
    assert place.hindrance(file.parent / "new" / "folder" / "file") == ("folder", file.parent)


def test_what_is_another_users_is_theirs_to_change(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deny(monkeypatch, file, os.W_OK)
    monkeypatch.setattr(os, "getuid", lambda: file.stat().st_uid + 1)
    assert place.hindrance(file) == ("others", file)


def test_a_disk_that_can_only_be_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "statvfs", lambda path: SimpleNamespace(f_flag=os.ST_RDONLY))
    assert place.hindrance(file) == ("disk", file.parent)


def test_a_write_that_is_refused_says_why(database_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_database(database_path) as database:
        database.driver.execute("PRAGMA query_only=ON")
        deny(monkeypatch, database_path, os.W_OK)
        with pytest.raises(DatabaseError) as caught, writing(database, 0, UUID(int=1)):
            pass
    assert (caught.value.code, caught.value.values["why"]) == ("db_readonly", "file")
    assert sentence(caught.value.code, caught.value.values) == (
        f"{database_path} cannot be written to: its permissions forbid it. Allow it: chmod u+rw {database_path}"
    )
