"""Files that come with the program: sample policies, example exports, tables and texts.

``policies/`` and ``examples/`` stand at the top level of the source tree, where people edit and
read them; a wheel carries them inside this package. :func:`shipped` finds them in both.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

_INSTALLED = Path(__file__).parent
_CHECKOUT = _INSTALLED.parent.parent
_TOP_LEVEL = frozenset({"policies", "examples"})


def shipped(name: str) -> Path:
    """Where a shipped file or folder lies, in a checkout as well as in an installed wheel.

    Args:
        name: its place with forward slashes, ``policies/standard.yaml`` or ``examples``;
            anything else lies in this package itself.

    Raises:
        ValueError: the name leads out of the shipped files.
        FileNotFoundError: no such file; a name that is wrong, or a damaged installation.

    >>> shipped("policies").is_dir()
    True
    """
    place = PurePosixPath(name)
    if not place.parts or place.is_absolute() or ".." in place.parts or "\\" in name:
        raise ValueError(f"{name!r} is not the name of a shipped file")
    bases = [_INSTALLED]
    if place.parts[0] in _TOP_LEVEL:
        bases.append(_CHECKOUT)
    for base in bases:
        if (found := base / place).exists():
            return found
    raise FileNotFoundError(f"the shipped file {name!r} is missing; install returns-cli again")
