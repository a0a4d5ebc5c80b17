"""How the exchange runs, to look at on the support site: no contents, no persons."""

from django.contrib import admin

from accounts.support import ReadOnly
from exchange.models import Alarm, Channel, Position, Reconciliation


@admin.register(Channel)
class ChannelTable(ReadOnly):
    """The breaker of each channel."""

    list_display = ("name", "failures", "opened_at", "probe_at", "last_ok_at", "last_failure")
    ordering = ("name",)


@admin.register(Position)
class PositionTable(ReadOnly):
    """How far the relay has read the log."""

    list_display = ("name", "position")
    ordering = ("name",)


@admin.register(Alarm)
class AlarmTable(ReadOnly):
    """Alarms raised and cleared."""

    list_display = ("kind", "raised_at", "cleared_at")
    ordering = ("-raised_at",)
    fields = ("kind", "raised_at", "cleared_at")


@admin.register(Reconciliation)
class ReconciliationTable(ReadOnly):
    """Runs of the reconciliation, by their counts."""

    list_display = ("ran_at", "ours", "theirs")
    ordering = ("-ran_at",)
    fields = ("ran_at", "ours", "theirs")
