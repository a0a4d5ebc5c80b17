"""Settings of the suite: the same portal with quick password hashing and plain static files."""

from integrity.settings.base import *  # noqa: F403
from integrity.settings.base import DATABASES

DEMO = True
SECOND_FACTOR_REQUIRED = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
RECEIPT_COST = {"time_cost": 1, "memory_cost": 64, "parallelism": 1}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
for _login in DATABASES.values():
    _login["CONN_MAX_AGE"] = 0  # a kept connection would block dropping the test's database
