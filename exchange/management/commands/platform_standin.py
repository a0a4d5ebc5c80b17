"""Run the stand-in platform: a separate process with a store of its own, for the demo, the tests and integrators."""

from __future__ import annotations

import os
import signal
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from exchange.standin.cleaning import Cleaner
from exchange.standin.gate import Gate
from exchange.standin.server import Platform
from exchange.standin.store import Store


class Command(BaseCommand):
    """Serve the stand-in until INT or TERM."""

    help = "Run the stand-in of the provincial platform on its own port with its own store."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("--port", type=int, default=8099)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--data", default="", help="folder of its store (default: platform/ in the state folder)")
        parser.add_argument("--callback", default="", help="address of the portal's /api/v1/receipts/")

    def handle(self, *args: Any, **options: Any) -> None:
        """Start, say where, serve, stop in order."""
        folder = Path(options["data"] or settings.STATE_DIR / "platform")
        store = Store(folder / "platform.sqlite3")
        gate = Gate(settings.PLATFORM_CLIENT, settings.PLATFORM_SECRET)
        platform = Platform((options["host"], options["port"]), store=store, gate=gate)
        cleaner = Cleaner(store, gate, options["callback"])

        def stop(_number: int, _frame: FrameType | None) -> None:
            platform.stopping.set()
            cleaner.stopping.set()
            raise KeyboardInterrupt

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        cleaner.start()
        self.stdout.write(f"stand-in platform http://{options['host']}:{platform.server_port} pid {os.getpid()}")
        self.stdout.flush()
        try:
            platform.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            platform.server_close()
