"""Property tests judge results, never the machine's speed.

A fast run draws the same examples each time, so that it says the same of the same code; a soak
(``RETURNS_SOAK_SECONDS``) draws new ones.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "patient",
    deadline=None,
    derandomize="RETURNS_SOAK_SECONDS" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("patient")
