"""Settings of the suite: the same portal, quick password hashing, plain static files."""

from integrity.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DEMO = True
SECOND_FACTOR_REQUIRED = False
