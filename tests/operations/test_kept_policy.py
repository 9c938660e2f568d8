from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from returns_cli.operations.kept_policy import kept_policy
from returns_cli.store.policies import keep_policy_text
from tests.operations.desk import POLICY, small_shop


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(POLICY, "plain", id="one that stands for itself"),
        pytest.param("policy: x\nextends: plain\n", None, id="one that hangs on another file"),
        pytest.param(None, None, id="one that nobody kept"),
    ],
)
def test_a_kept_text_is_read_again(tmp_path: Path, text: str | None, found: str | None) -> None:
    shop = small_shop(tmp_path)
    sha256 = hashlib.sha256((text or "").encode()).hexdigest()
    with shop.open_store() as store:
        if text is not None:
            with store.writing():
                keep_policy_text(store, sha256, "plain", "policies/plain.yaml", text.encode())
        policy = kept_policy(store, sha256)
        assert (policy.id if policy else None) == found
        assert kept_policy(store, None) is None
