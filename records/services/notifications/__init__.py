"""Telling people: ``tell`` for every occasion of the table, ``tell_concerned`` for whom a case is about, escalation of deadlines, alarms, morning mails."""

from records.services.notifications.concerned import tell_concerned
from records.services.notifications.occasions import tell
from records.services.notifications.sending import notify

__all__ = ["notify", "tell", "tell_concerned"]
