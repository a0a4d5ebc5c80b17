"""Transports carry frozen bytes to a platform and bring its words back; they know nothing of states (GB/T 39443-2020)."""

from __future__ import annotations

from django.conf import settings

from exchange.transports.files import FileTransport
from exchange.transports.http import HttpTransport
from exchange.transports.interface import Answer, Holding, Message, Transport, Unreachable, Word

__all__ = ["Answer", "Holding", "Message", "Transport", "Unreachable", "Word", "configured"]


def configured() -> Transport:
    """This will give the transport the settings name: HTTP service, or file drop."""
    if settings.PLATFORM_TRANSPORT == "file":
        return FileTransport(folder=settings.PLATFORM_FILE_DIR, secret=settings.PLATFORM_SECRET)
    return HttpTransport(
        url=settings.PLATFORM_URL,
        client=settings.PLATFORM_CLIENT,
        secret=settings.PLATFORM_SECRET,
        timeout=settings.PLATFORM_TIMEOUT_SECONDS,
    )
