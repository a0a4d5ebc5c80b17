"""Settings of ``make run``: the demo on one machine, with the accounts it tells you about."""

from integrity import env
from integrity.settings.base import *  # noqa: F403
from integrity.settings.base import EMAIL_HOST

DEMO = True
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", False)
# Files are served as they lie in the tree; compressing Bootstrap would take longer than the whole start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
