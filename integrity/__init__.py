"""The wiring of the portal: settings, addresses, Celery, logs; nothing imports it from below."""

from integrity.celery import app as celery_app

__all__ = ["celery_app"]
