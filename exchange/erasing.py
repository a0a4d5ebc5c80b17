"""Erasing: after receipt and retention the contents go; digests, attempts and receipts stay (design 5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from exchange.models import RELEASING, Delivery, Report
from ledger import acts
from ledger.actors import SYSTEM
from rules import clock, parameters

BATCH = 200
KIND = "exchange.erase"


def erase_old(now: datetime) -> int:
    """
    Erase the contents of reports whose delivery was closed ``retention.report_content_days`` ago or earlier.

    At most 200 a run, in one act; this will return how many. Personal data of a withdrawn record does not wait: once
    the platform has stored the withdrawal, every earlier version is erased at the next run.
    """
    days = int(parameters.value("retention.report_content_days", on=clock.local_day(now)))
    old = Delivery.objects.filter(state__in=RELEASING, closed_at__lt=now - timedelta(days=days), report__erased_at=None)
    gone = Delivery.objects.filter(state__in=RELEASING, report__erased_at=None).withdrawn()
    chosen = list((old | gone).distinct().order_by("position", "version")[:BATCH])
    if not chosen:
        return 0
    with acts.act(kind=KIND, actor=SYSTEM, role="system", now=now):
        for delivery in chosen:
            _erase(delivery, now)
    return len(chosen)


def _erase(delivery: Delivery, now: datetime) -> None:
    report = Report.objects.select_for_update().get(pk=delivery.report_id)
    report.fields, report.restricted, report.erased_at = {}, None, now
    report.save()
    Delivery.objects.filter(pk=delivery.pk).update(payload=None)
