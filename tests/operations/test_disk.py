from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.operations.disk import network_disk

MOUNTS = """\
22 27 0:21 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:44 / /srv/shops rw,relatime - nfs4 10.0.0.2:/shops rw,vers=4.2
24 23 0:45 / /srv/shops/local rw,relatime - xfs /dev/sdb1 rw
25 22 0:46 / /mnt/my\\040share rw,relatime - cifs //server/share rw
26 22 0:47 / /mnt/over rw,relatime - nfs 10.0.0.2:/x rw
27 22 0:48 / /mnt/over rw,relatime - ext4 /dev/sdc1 rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        pytest.param("/home/shop", None, id="the machine's own disk"),
        pytest.param("/srv/shops", "nfs4", id="the mount point itself"),
        pytest.param("/srv/shops/a/new", "nfs4", id="below it, not there yet"),
        pytest.param("/srv/shops/local/a", None, id="a disk mounted within it"),
        pytest.param("/srv/shops2", None, id="a name that only begins so"),
        pytest.param("/mnt/my share/a", "cifs", id="a blank in the mount point"),
        pytest.param("/mnt/over/a", None, id="a later mount on the same point shows"),
    ],
)
def test_the_nearest_mount_decides(tmp_path: Path, folder: str, kind: str | None) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert network_disk(Path(folder), mounts) == kind


def test_nothing_is_known_where_the_system_lists_no_mounts(tmp_path: Path) -> None:
    assert network_disk(tmp_path, tmp_path / "missing") is None


def test_a_list_that_cannot_be_understood_says_nothing(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text("odd\n\n1 2 3\n", encoding="utf-8")
    assert network_disk(tmp_path, mounts) is None
