"""The health of the way to the platform in one sentence, and the counts behind the filters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import wording
from exchange.models import Channel, DeliveryState, Reconciliation
from exchange.models.delivery import DeliveryQuerySet
from exchange.relay import CHANNEL
from rules import clock

RECENT = timedelta(days=7)
STALE = timedelta(hours=1)


@dataclass(frozen=True)
class Health:
    """One bold line, one sentence, and the last reconciliation."""

    tone: str
    title: str
    text: str
    reconciliation: Reconciliation | None


def health(*, deliveries: DeliveryQuerySet, now: datetime) -> Health:
    """This will say how the channel is, what went out and came in today, and how the last reconciliation ended."""
    channel = Channel.objects.filter(name=CHANNEL).first()
    tone, title = _state(channel, deliveries, now)
    since = now.astimezone(clock.ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    today = deliveries.aggregate(
        sent=Count("pk", filter=Q(sent_at__gte=since)), stored=Count("pk", filter=Q(stored_at__gte=since))
    )
    told = [_("今天送出 %(sent)d 件，入库 %(stored)d 件。") % today]
    if channel and channel.last_ok_at:
        told.insert(0, _("最近一次成功：%(at)s。") % {"at": wording.moment_short(channel.last_ok_at)})
    if channel and channel.opened_at and channel.probe_at:
        told.append(_("下一次试连：%(at)s，期间没有丢失任何一件。") % {"at": wording.moment_short(channel.probe_at)})
    return Health(tone, title, "".join(told), Reconciliation.objects.order_by("-ran_at").first())


def _state(channel: Channel | None, deliveries: DeliveryQuerySet, now: datetime) -> tuple[str, str]:
    if channel is None:
        return "info", _("还没有报送过")
    if channel.opened_at:
        return "bad", _("连不上平台，自 %(at)s 起") % {"at": wording.moment_short(channel.opened_at)}
    if channel.failures:
        return "warn", _("与平台的连接不稳：最近 %(n)d 次没有成功") % {"n": channel.failures}
    waiting = deliveries.filter(state=DeliveryState.QUEUED, next_attempt_at__lt=now - STALE).heads_of_line().count()
    if waiting:
        return "warn", _("有 %(n)d 件排队超过 1 小时，自动报送可能没有在运行") % {"n": waiting}
    return "ok", _("与平台连接正常")


def counts(*, deliveries: DeliveryQuerySet, now: datetime) -> dict[str, int]:
    """This will count the rows of each filter."""
    return {
        "all": deliveries.count(),
        "open": deliveries.unfinished_or_recent(now - RECENT).count(),
        "hand": deliveries.needing_a_hand().count(),
        "late": deliveries.filter(is_late=True).count(),
    }


def opening(hands: int) -> str:
    """This will give the sentence under the heading."""
    if not hands:
        return _("每一次变化都报省信用平台。没有要人处理的，其余自动进行。")
    return ngettext(
        "每一次变化都报省信用平台。%(n)d 件要人处理，其余自动进行。",
        "每一次变化都报省信用平台。%(n)d 件要人处理，其余自动进行。",
        hands,
    ) % {"n": hands}
