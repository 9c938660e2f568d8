"""What kind of disk a folder lies on: a store is not safe on one that is reached over a network."""

from __future__ import annotations

from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_POINT = 4  # which field of a line is the mount point
_NETWORK = frozenset(
    "afs beegfs ceph cifs davfs fuse.ceph fuse.davfs2 fuse.glusterfs fuse.rclone fuse.s3fs"
    " fuse.sshfs glusterfs lustre ncpfs nfs nfs4 smb2 smb3 smbfs".split()
)  # not 9p, which is also how local folders reach virtual machines


def network_disk(folder: Path, mounts: Path = _MOUNTS) -> str | None:
    """The kind of the network file system that a folder lies on; None for a disk of this machine.

    Args:
        folder: may not exist yet; its nearest existing parent decides.
        mounts: Linux's list of mounts (proc(5), ``mountinfo``); None is answered where there is
            no such list.
    """
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None  # another system: nothing is known of its mounts
    place = folder.resolve()
    found: tuple[int, str] = (-1, "")
    for line in lines:
        left, separator, right = line.partition(" - ")
        fields = left.split(" ")
        if not separator or len(fields) <= _POINT:
            continue
        point = Path(_unescaped(fields[_POINT]))
        depth = len(point.parts)
        if depth >= found[0] and (point == place or point in place.parents):
            found = (depth, right.split(" ")[0])  # of two mounts on one point the later one shows
    return found[1] if found[1] in _NETWORK else None


def _unescaped(text: str) -> str:
    """A mount point as it is called: the kernel writes blanks and backslashes in octal."""
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, sign)
    return text
