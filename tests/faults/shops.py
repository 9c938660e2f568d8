"""How fault tests start the program: the real command, as a process, with a fixed salt."""

from __future__ import annotations

import os
import sys

RETURNS = (sys.executable, "-m", "returns_cli")
ENVIRONMENT = {**os.environ, "RETURNS_SALT": "flow"}
