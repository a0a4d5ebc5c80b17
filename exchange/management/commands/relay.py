"""Relay and deliver without Celery or Redis."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from exchange import delivery, receipts, relay
from rules import clock


class Command(BaseCommand):
    """Turn the log into deliveries and send what is due."""

    help = "Relay reports to the platform; --once does one round and ends, otherwise one round every 30 seconds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one round, or rounds until stopped."""
        self._round()
        while not options["once"]:
            time.sleep(30)
            self._round()

    def _round(self) -> None:
        made = relay.relay(clock.now())
        sent = delivery.deliver_due(clock.now())
        told = receipts.poll(clock.now())
        self.stdout.write(f"relayed {made}, sent {sent}, receipts {told}")
