"""Telling people: ``tell`` for every occasion of the table, escalation of deadlines, alarms, morning mails."""

from records.services.notifications.occasions import tell
from records.services.notifications.sending import notify

__all__ = ["notify", "tell"]
