"""Reconciliation: what should be live on the platform against what it says it holds, by id and version (domain 4.8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.models import HOLDING, Delivery, DeliveryState, Operation, Reconciliation
from exchange.relay import CHANNEL
from exchange.transports import Holding, Transport, configured

KINDS = {
    "unknown_here": gettext_lazy("平台有，我方没有"),
    "missing_there": gettext_lazy("我方有，平台没有"),
    "live_there": gettext_lazy("我方已结束，平台仍在库"),
    "ended_there": gettext_lazy("我方有效，平台已结束"),
    "version": gettext_lazy("版本不同"),
    "rejected": gettext_lazy("新版没有被平台收下"),
}
ENDING = frozenset({Operation.WITHDRAW, Operation.REPAIR, Operation.EXPIRE})
NEVER_SENT = (DeliveryState.SUPERSEDED, DeliveryState.CANCELLED)
KEPT = 500  # differences written into one report; the count of the rest is told in its last line


def reconcile(*, now: datetime, transport: Transport | None = None) -> Reconciliation:
    """
    Compare and write a report; this changes no delivery and nothing on the platform.

    :raises exchange.transports.Unreachable: the platform cannot be asked; nothing is written
    """
    theirs = {held.subject_id: held for held in (transport or configured()).holdings()}
    ours = _latest()
    found = [line for key in sorted(ours.keys() | theirs.keys()) if (line := _compared(key, ours.get(key), theirs))]
    return Reconciliation.objects.create(
        ran_at=now,
        ours=sum(_is_live(delivery) for delivery in ours.values()),
        theirs=sum(held.is_live for held in theirs.values()),
        differences=found[:KEPT],
    )


def _latest() -> dict[str, Delivery]:
    """The newest version of every subject that was to be sent at all."""
    rows = Delivery.objects.filter(channel=CHANNEL).exclude(state__in=NEVER_SENT)
    newest = rows.order_by("subject_id", "-version").distinct("subject_id").defer("payload")
    return {str(delivery.subject_id): delivery for delivery in newest}


def _is_live(delivery: Delivery) -> bool:
    return delivery.operation not in ENDING


def _compared(key: str, ours: Delivery | None, theirs: dict[str, Holding]) -> dict[str, Any] | None:
    held = theirs.get(key)
    if ours is None:
        return _line("unknown_here", key, None, held, _("我方没有报送过这条记录")) if held and held.is_live else None
    if held is None:
        return _line("missing_there", key, ours, None, _why(ours)) if _is_live(ours) else None
    if _is_live(ours) != held.is_live:
        return _line("live_there" if held.is_live else "ended_there", key, ours, held, _why(ours))
    if ours.version != held.version and ours.state != DeliveryState.REJECTED:
        return _line("version", key, ours, held, _why(ours))
    return _line("rejected", key, ours, held, _why(ours)) if ours.version != held.version else None


def _line(kind: str, key: str, ours: Delivery | None, held: Holding | None, why: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": key,
        "delivery": str(ours.pk) if ours else None,
        "ours": ours.version if ours else None,
        "theirs": held.version if held else None,
        "why": why,
    }


def _why(delivery: Delivery) -> str:
    if delivery.state == DeliveryState.DEAD:
        return _("最新一版自动重试已停，等人处理")
    if delivery.state == DeliveryState.REJECTED:
        return _("最新一版数据不合规，等更正")
    if delivery.state in HOLDING:
        return _("最新一版还在路上（%(state)s）") % {"state": DeliveryState(delivery.state).label}
    return _("我方已收到入库回执，平台清单里却对不上，请向平台查询")
