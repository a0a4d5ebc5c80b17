"""How far the random walks go: a few examples in every run, many in `make matrix`, the same ones each time."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

FAR = "FAR_WALKS" in os.environ


def examples(few: int, *, many: int) -> settings:
    """Give the settings of a walk over cases built by the services."""
    return settings(
        max_examples=many if FAR else few,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
