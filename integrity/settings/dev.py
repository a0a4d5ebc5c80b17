"""Settings of ``make run``: the demo on one machine."""

from integrity.settings.base import *  # noqa: F403

DEMO = True
SECOND_FACTOR_REQUIRED = False
