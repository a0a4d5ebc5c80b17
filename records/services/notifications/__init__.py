"""Telling people: ``notify`` for any room, escalation of deadlines, morning mails."""

from records.services.notifications.sending import notify

__all__ = ["notify"]
