"""Notifications, reminders and delegation."""

from accounts.access import Row

ROWS: tuple[Row, ...] = ()
