"""A channel is one way to one platform: its breaker, its last success, and how far the readers have come."""

from __future__ import annotations

from django.db import models


class Channel(models.Model):
    """The health of the way to the platform; an open breaker lets one probe through at ``probe_at``."""

    name = models.CharField(max_length=16, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    probe_at = models.DateTimeField(null=True)
    last_ok_at = models.DateTimeField(null=True)
    last_failure_at = models.DateTimeField(null=True)
    last_failure = models.CharField(max_length=300, blank=True)
    results_cursor = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """How far a named reader of the ledger has come."""

    name = models.CharField(max_length=32, primary_key=True)
    position = models.BigIntegerField(default=-1)

    def __str__(self) -> str:
        return f"{self.name} @ {self.position}"
