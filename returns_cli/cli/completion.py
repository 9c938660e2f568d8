"""``returns completion``: for whoever types commands, at each press of the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from returns_cli.cli.context import invocation_of
from returns_cli.domain.errors import UsageError
from returns_cli.domain.nearest import nearest_or_all

if TYPE_CHECKING:
    from returns_cli.cli.options import Context
    from returns_cli.cli.script_options import ShellArgument


def completion(context: Context, shell: ShellArgument) -> None:
    """Print the script by which a shell completes commands, options, returns and orders.

    bash and zsh: put eval "$(returns completion bash)" into the start file of the shell. fish:
    returns completion fish > ~/.config/fish/completions/returns.fish
    """
    from returns_cli.cli.shell_scripts import SCRIPTS

    if shell not in SCRIPTS:
        raise UsageError(
            "E-USAGE",
            f"There is no completion for {shell[:40]!r}.",
            where="SHELL",
            hint=nearest_or_all(shell, SCRIPTS),
        )
    invocation_of(context).output.write(SCRIPTS[shell])
