"""Completion as the shells ask for it: in this process, and in real shells where they are."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from returns_cli.cli.completing import FILES, answer, candidates
from returns_cli.cli.shell_scripts import SCRIPTS
from returns_cli.operations.record_refund import RefundRequest, record_refund
from returns_cli.operations.shop import Shop
from returns_cli.store.beginnings import QUERIES, query_for
from tests.cli.conftest import Run
from tests.operations.desk import inspected, opened, received, small_shop, sold

EVIL = "$(touch pwned);x"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A shop with one return of order 1001, and the folder that the shell stands in."""
    made = small_shop(tmp_path)
    monkeypatch.delenv("RETURNS_SHOP", raising=False)
    monkeypatch.chdir(tmp_path)
    return made


@pytest.fixture
def rma(shop: Shop) -> str:
    return opened(shop, "1001", "1=itchy", "2=itchy")


def found(*words: str) -> list[str]:
    return [name for name, _ in candidates(words) or ()]


@pytest.mark.parametrize(
    ("words", "some"),
    [
        pytest.param(("",), {"init", "orders", "stock", "--shop"}, id="nothing yet"),
        pytest.param(("ord",), {"orders"}, id="a group"),
        pytest.param(("orders", "im"), {"import"}, id="a command of a group"),
        pytest.param(("list", "--ov"), {"--overdue"}, id="an option"),
        pytest.param(("show", "x", "--js"), {"--json"}, id="a global option"),
        pytest.param(("list", "--state", "in_"), {"in_review", "in_transit"}, id="a word"),
        pytest.param(("stock", "export", "--as=s"), {"--as=shopify"}, id="a word behind ="),
        pytest.param(("journal", "export", "--as", "b"), {"beancount"}, id="of this command"),
        pytest.param(("--json", "orders", "sh"), {"show"}, id="behind a global option"),
        pytest.param(("help", "orders", "sh"), {"show"}, id="help on a command"),
        pytest.param(("completion", "f"), {"fish"}, id="a shell"),
        pytest.param(("list", "--limit", "5", "--op"), {"--open"}, id="behind an option's value"),
        pytest.param(("--format", "js"), {"json", "jsonl"}, id="the value of a global option"),
        pytest.param(("status", "x", "y"), set(), id="no place is left"),
        pytest.param(("nonsense", "x"), set(), id="no command"),
        pytest.param(("list", "--limit", "1"), set(), id="a number"),
    ],
)
def test_commands_options_and_words_are_completed(words: tuple[str, ...], some: set[str]) -> None:
    names = set(found(*words))
    assert some <= names
    assert all(name.startswith(words[-1]) for name in names)
    assert bool(some) == bool(names)


@pytest.mark.parametrize(
    "words",
    [
        ("orders", "import", ""),
        ("receive", "--file", "re"),
        ("label", "x", "-o", ""),
        ("--shop", ""),
        ("stock", "export", "--template=in"),
    ],
    ids=" ".join,
)
def test_files_are_left_to_the_shell(words: tuple[str, ...]) -> None:
    assert candidates(words) is None
    assert answer(["zsh", *words]) == f"{FILES}\n"


def test_returns_orders_refunds_and_lines_are_completed(shop: Shop, rma: str) -> None:
    assert found("show", "") == [rma]
    assert found("show", "rma-") == [rma]
    assert found("show", "RMA-Z") == []
    assert found("show", rma, "") == []
    assert found("open", "100") == ["1001", "1002", "1003", "1004", "1005", "1006"]
    assert found("find", "RM") == [rma]
    assert found("receive", rma, "--item", "") == ["1", "2", "MUG", "TEE"]
    assert found("open", "1001", "--item", "T") == ["TEE"]
    received(shop, rma)
    inspected(shop, rma, "1=new")
    refund = str(record_refund(shop, RefundRequest(rma))["refund"])
    assert found("refunds", "show", "") == [refund]
    assert candidates(["show", ""]) == [(rma, "order 1001")]


def test_an_order_is_completed_with_and_without_its_sign(shop: Shop) -> None:
    sold(shop, "#2042,1,MUG,1,5.00")
    assert found("open", "20") == ["2042"]
    assert found("open", "#20") == ["#2042"]


def test_a_named_shop_is_asked(
    shop: Shop, rma: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert found("show", "") == []
    assert found("--shop", str(tmp_path), "show", "") == [rma]
    assert found(f"--shop={tmp_path}", "show", "") == [rma]
    monkeypatch.setenv("RETURNS_SHOP", str(tmp_path))
    assert found("show", "") == [rma]


def test_without_a_shop_or_with_a_broken_store_it_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert found("show", "") == []
    (tmp_path / "shop.yaml").touch()
    assert found("show", "") == []
    assert not (tmp_path / "returns.db").exists()
    (tmp_path / "returns.db").write_bytes(b"no store")
    assert found("show", "") == []
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert found("show", "") == []


def test_it_never_waits_and_never_writes(shop: Shop, rma: str, tmp_path: Path) -> None:
    path = tmp_path / "returns.db"
    before = path.read_bytes()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert found("show", "") == []
        other.execute("ROLLBACK")
    assert found("show", "") == [rma]
    assert path.read_bytes() == before


def test_an_id_of_a_file_is_escaped_for_bash_and_never_breaks_a_line(shop: Shop) -> None:
    sold(shop, f"{EVIL},1,MUG,1,5.00", "21 a'b,1,MUG,1,5.00")
    assert answer(["bash", "open", "$"]) == "\\$\\(touch\\ pwned\\)\\;x\n"
    assert answer(["bash", "open", "21"]) == "21\\ a\\'b\n"
    assert answer(["zsh", "open", "$"]) == f"{EVIL}\tdefault\n"


def test_words_that_bash_cut_are_put_together(shop: Shop) -> None:
    sold(shop, "web:7,1,MUG,1,5.00")
    assert answer(["bash", "open", "web", ":", "7"]) == "web\\:7\n"
    assert answer(["bash", "stock", "export", "--as", "="]) == ("--as\\=generic\n--as\\=shopify\n")
    assert "init\n" in answer(["bash"])
    assert "init\t" in answer([])


def test_an_id_that_a_terminal_could_not_show_is_left_out(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [("a\x1b[31m", ""), ("a\nb", ""), ("", ""), ("ab", "x\ty")]
    monkeypatch.setattr("returns_cli.store.beginnings.begin_with", lambda *a, **k: names)
    assert answer(["zsh", "open", "a"]) == "ab\txy\n"


def test_the_program_prints_the_scripts(run_cli: Run) -> None:
    for shell, script in SCRIPTS.items():
        assert run_cli("completion", shell) == (0, script, "")
    assert run_cli("completion", "tcsh").code == 2


def test_it_imports_almost_nothing(shop: Shop, rma: str) -> None:
    code = (
        "import sys; from returns_cli.__main__ import main; main(sys.argv[1:]); print(*sys.modules)"
    )
    done = _python("-c", code, "__complete", "zsh", "show", "")
    assert rma in done
    loaded = set(done.split())
    assert not loaded & {"typer", "yaml", "rich", "sqlite_utils", "hashlib", "json"}


def _python(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/nowhere", "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.stderr == ""
    return done.stdout


def shell(name: str, script: str, folder: Path) -> list[str]:
    """What a real shell prints that finds the program on its path."""
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed")
    bin_folder = folder / "bin"
    bin_folder.mkdir(exist_ok=True)
    returns = bin_folder / "returns"
    returns.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m returns_cli "$@"\n')
    returns.chmod(0o755)
    flags = {"zsh": ["-f"], "fish": ["--no-config"], "bash": ["--norc", "--noprofile"]}[name]
    done = subprocess.run(
        [program, *flags, "-c", script],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        env={
            "PATH": f"{bin_folder}:{os.environ['PATH']}",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
        },
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


BASH_ASKS = """
eval "$(returns completion bash)"
COMP_WORDS=({words})
COMP_CWORD={last}
COMP_LINE={line}
COMP_POINT=${{#COMP_LINE}}
_returns_complete returns
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("words", "line", "shown"),
    [
        pytest.param(["ord"], "returns ord", ["orders"], id="a group"),
        pytest.param(["open", "100"], "returns open 100", None, id="orders"),
        pytest.param(
            ["stock", "export", "--as", "=", "g"],
            "returns stock export --as=g",
            ["generic"],
            id="a value that bash cut off",
        ),
        pytest.param(["open", "$"], "returns open $", ["\\$\\(touch\\ pwned\\)\\;x"], id="evil"),
    ],
)
def test_bash_completes(
    shop: Shop, tmp_path: Path, words: list[str], line: str, shown: list[str] | None
) -> None:
    sold(shop, f"{EVIL},1,MUG,1,5.00")
    script = BASH_ASKS.format(
        words=" ".join(f"'{word}'" for word in ["returns", *words]),
        last=len(words),
        line=f"'{line}'",
    )
    expected = shown or [f"100{n}" for n in range(1, 7)]
    assert shell("bash", script, tmp_path) == expected
    assert not (tmp_path / "pwned").exists()


def test_zsh_completes(shop: Shop, rma: str, tmp_path: Path) -> None:
    sold(shop, f"{EVIL},1,MUG,1,5.00")
    script = """
autoload -Uz compinit && compinit -u
eval "$(returns completion zsh)"
compadd() { print -r -- "${(P@)argv[-1]}" }
words=(returns show '') CURRENT=3 _returns
words=(returns open '$') CURRENT=3 _returns
"""
    assert shell("zsh", script, tmp_path) == [rma, EVIL]
    assert not (tmp_path / "pwned").exists()


def test_fish_completes(shop: Shop, rma: str, tmp_path: Path) -> None:
    sold(shop, f"{EVIL},1,MUG,1,5.00")
    script = """
returns completion fish | source
complete -C 'returns show '
complete -C 'returns stock export --as '
complete -C 'returns open \\\\$'
"""
    assert shell("fish", script, tmp_path) == [
        f"{rma}\torder 1001",
        "generic",
        "shopify",
        f"{EVIL}\tdefault",
    ]
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("kind", ["rma", "refund"])
def test_the_newest_of_very_many_come_without_sorting_them_all(shop: Shop, kind: str) -> None:
    bounds = {"from": "", "to": "z", "limit": 60}
    with closing(sqlite3.connect(shop.folder / "returns.db")) as store:
        plan = store.execute(f"EXPLAIN QUERY PLAN {query_for(kind, '')}", bounds).fetchall()
    assert [row for row in plan if "TEMP B-TREE" in row[3]] == []
    assert query_for(kind, "RMA-7F") == QUERIES[kind]
