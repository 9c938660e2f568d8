"""Which command reads a file, told by its first lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from returns_cli.intake.telling_command import telling_command

REQUESTS = b"order_id,line_no,reason\n1042,1,too_small\n"


@pytest.mark.parametrize(
    ("data", "command"),
    [
        pytest.param(REQUESTS, "requests import", id="our own requests"),
        pytest.param(b"\xef\xbb\xbf" + REQUESTS, "requests import", id="with a BOM"),
        pytest.param(b"rma,line_no,quantity,grade\n", "inspect --file", id="inspections"),
        pytest.param(b"order_id,nothing\n", None, id="columns that nobody knows"),
        pytest.param(b"", None, id="nothing"),
        pytest.param(b"order_id,line_no,reason\n1,1,caf\xe9\n", None, id="another encoding"),
        pytest.param(
            REQUESTS + b"x" * (65_535 - len(REQUESTS)) + "é".encode(),
            "requests import",
            id="a letter that the look cuts in two",
        ),
    ],
)
def test_a_file_is_told_by_its_header(tmp_path: Path, data: bytes, command: str | None) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(data)

    assert telling_command(path) == command
