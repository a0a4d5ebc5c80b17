"""Settings of ``make run``: the demo on one machine, with the accounts it tells you about."""

from integrity import env
from integrity.settings.base import *  # noqa: F403
from integrity.settings.base import EMAIL_HOST

DEMO = True
# What the demo guards everybody may know; at the strength of production its accounts and receipts would take ten seconds.
PASSWORD_HASHERS = ["integrity.passwords.QuickArgon2Hasher"]
RECEIPT_COST = {"time_cost": 1, "memory_cost": 1024, "parallelism": 1}
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", False)
# Files are served as they lie in the tree; compressing Bootstrap would take longer than the whole start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
