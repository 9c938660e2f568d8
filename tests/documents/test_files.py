from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from returns_cli.documents import file_name, write_file
from returns_cli.domain.errors import Exit, OutputError


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_written_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "label.pdf"
    write_file(target, b"one")
    assert target.read_bytes() == b"one"
    assert mode(target) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_an_older_file_is_replaced_and_narrowed(tmp_path: Path) -> None:
    target = tmp_path / "label.pdf"
    target.write_bytes(b"old and longer")
    target.chmod(0o644)
    write_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert mode(target) == 0o600


def test_a_planted_link_is_replaced_and_its_target_untouched(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    target = tmp_path / "label.pdf"
    target.symlink_to(victim)
    write_file(target, b"label")
    assert victim.read_bytes() == b"precious"
    assert not target.is_symlink()
    assert target.read_bytes() == b"label"


def test_a_missing_folder_is_an_output_error_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        write_file(tmp_path / "nowhere" / "label.pdf", b"x")
    error = caught.value
    assert (error.code, error.exit) == ("E-OUTPUT-FILE", Exit.OUTPUT)
    assert error.message == "Cannot write label.pdf: its folder does not exist."
    assert "run again" in (error.hint or "")


def test_a_folder_in_the_way_stays_and_nothing_is_left_behind(tmp_path: Path) -> None:
    target = tmp_path / "label.pdf"
    target.mkdir()
    with pytest.raises(OutputError, match="a folder of this name is in the way"):
        write_file(target, b"x")
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_device_is_an_output_error() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    with pytest.raises(OutputError, match="no space left"):
        write_file(Path("/dev/full"), b"x")
    assert stat.S_ISCHR(Path("/dev/full").lstat().st_mode)  # and it is still a device


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_file(pipe, b"label")
        assert os.read(reader, 10) == b"label"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


def test_a_name_below_dev_leads_to_its_pipe_and_not_to_a_new_file() -> None:
    if not Path("/dev/fd").exists():
        pytest.skip("no /dev/fd on this system")
    reader, writer = os.pipe()
    try:
        write_file(Path(f"/dev/fd/{writer}"), b"label")
        assert os.read(reader, 10) == b"label"
    finally:
        os.close(reader)
        os.close(writer)


@pytest.mark.parametrize(
    ("rma", "name"),
    [
        pytest.param("RMA-7F3K2QX", "RMA-7F3K2QX-label.pdf", id="a return"),
        pytest.param("../../etc/x", "______etc_x-label.pdf", id="a way out of the folder"),
        pytest.param("-rf", "rf-label.pdf", id="never an option"),
        pytest.param("", "return-label.pdf", id="nothing"),
        pytest.param("a\x00b\nș", "a_b__-label.pdf", id="controls and other signs"),
        pytest.param("A" * 300, "A" * 60 + "-label.pdf", id="too long for a file system"),
    ],
)
def test_a_name_is_made_of_the_number_and_the_kind(rma: str, name: str) -> None:
    assert file_name(rma, "label") == name


def test_parts_of_a_batch_are_numbered() -> None:
    assert file_name("labels", "4x6", part=1) == "labels-4x6-001.pdf"
