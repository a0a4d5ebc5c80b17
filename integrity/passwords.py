"""Hashing of the demo's password, which everybody is told."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2Hasher(Argon2PasswordHasher):
    """Argon2 at its cheapest: thirty accounts share one password that stands on the start page, and it guards nothing."""

    time_cost = 1
    memory_cost = 1024
    parallelism = 1
