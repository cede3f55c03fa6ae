"""Where a database lies: on what kind of file system, and what there is in the way of writing to it.

Locks and syncs do not hold on most file systems that are reached over a network.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

MOUNTS: Final = Path("/proc/self/mountinfo")

NETWORK: Final = frozenset(
    {
        "9p", "acfs", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "davfs2", "fuse.ceph",
        "fuse.curlftpfs",
        "fuse.davfs", "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.nfs", "fuse.rclone",
        "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "glusterfs", "gpfs", "lustre", "macfuse", "ncpfs", "nfs", "nfs4",
        "ocfs2", "orangefs", "osxfuse", "panfs", "smb2", "smb3", "smbfs", "webdav",
    }
)  # fmt: skip
"""Kinds by the names Linux and macOS give them. What is not known is held to be a disk: no warning without a reason."""

_ESCAPED: Final = re.compile(rb"\\([0-7]{3})")


def kind_in(table: bytes, path: Path) -> str | None:
    """The kind of the file system that `path` (absolute, without links) lies on, by the mount table of Linux.

    table: as /proc/self/mountinfo has it, see proc(5). Of several at one place the last one counts, for it hides the
    others. None where the table does not say.
    """
    where = os.fsencode(path)
    best: tuple[int, str] | None = None
    for line in table.splitlines():
        before, dash, after = line.partition(b" - ")
        fields = before.split(b" ")
        if not dash or len(fields) < 5 or not after.split():
            continue
        mount = _ESCAPED.sub(lambda found: bytes([int(found[1], 8)]), fields[4]).rstrip(b"/")
        if (where == mount or where.startswith(mount + b"/")) and (best is None or len(mount) >= best[0]):
            best = len(mount), os.fsdecode(after.split()[0])
    return None if best is None else best[1]


def network_kind(path: Path) -> str | None:
    """The kind of network file system that `path` lies on; None for a disk, and where nobody can tell."""
    real = Path(os.path.realpath(path))
    kind = None
    try:
        kind = _kind_on_macos(real.parent) if sys.platform == "darwin" else kind_in(MOUNTS.read_bytes(), real)
    except OSError:
        return None
    return kind if kind in NETWORK else None


class Why(StrEnum):
    """What is in the way of this user. A file or folder that is somebody else's only that one can change."""

    FILE = "file"
    FOLDER = "folder"
    OTHERS = "others"
    DISK = "disk"


class Hindrance(NamedTuple):
    """where: the file or folder whose permissions are in the way."""

    why: Why
    where: Path


def hindrance(path: Path) -> Hindrance | None:
    """What keeps this user from writing to the file at `path` or making others beside it; None where nothing is seen.

    A file or folder that is not there yet is no hindrance: the nearest folder that is has to let it be made.
    """
    try:
        return _hindrance(path)
    except OSError:  # moved meanwhile, or a disk that fails
        return None


def _hindrance(path: Path) -> Hindrance | None:
    real = Path(os.path.realpath(path))
    above = [*reversed(real.parents)]
    for folder in above:  # from the root on: what lies in one that may not be gone through cannot be asked about
        if os.path.lexists(folder) and not os.access(folder, os.X_OK):
            return _denied(folder, Why.FOLDER)
    folder = [one for one in above if one.exists()][-1]
    if hasattr(os, "statvfs") and os.statvfs(folder).f_flag & os.ST_RDONLY:
        return Hindrance(Why.DISK, folder)
    if real.exists() and not os.access(real, os.R_OK | os.W_OK):
        return _denied(real, Why.FOLDER if real.is_dir() else Why.FILE)
    return None if os.access(folder, os.W_OK) else _denied(folder, Why.FOLDER)


def _denied(where: Path, why: Why) -> Hindrance:
    mine = not hasattr(os, "getuid") or where.stat().st_uid == os.getuid()
    return Hindrance(why if mine else Why.OTHERS, where)


def _kind_on_macos(folder: Path) -> str | None:
    """f_fstypename of statfs(2): 16 bytes behind 72 of numbers, in the layout with 64-bit inodes."""
    answer = ctypes.create_string_buffer(4096)
    library = ctypes.CDLL(None)
    statfs = getattr(library, "statfs$INODE64", None) or library.statfs
    if statfs(os.fsencode(folder), answer) != 0:
        return None
    return os.fsdecode(answer.raw[72:88].split(b"\0")[0])
