"""Compare what should be on the platform with what it says it holds."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange import reconciling
from exchange.transports import Unreachable
from rules import clock


class Command(BaseCommand):
    """Reconcile and list the differences; the exit status is 1 where there are any."""

    help = "Reconcile our live records with the platform's, by SX_ID and version."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one reconciliation."""
        try:
            report = reconciling.reconcile(now=clock.now())
        except Unreachable as failure:
            raise CommandError(f"没连上平台：{failure}。什么也没有改动。") from failure
        self.stdout.write(f"ours {report.ours}, theirs {report.theirs}, differences {len(report.differences)}")
        for difference in report.differences:
            self.stdout.write("  {kind} {id} ours={ours} theirs={theirs} {why}".format(**difference))
        if report.differences:
            raise SystemExit(1)
