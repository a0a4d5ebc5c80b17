"""How many records reached the platform in time, by department, over twelve months."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts import charts
from exchange.models.delivery import DeliveryQuerySet

YEAR = timedelta(days=365)
MOST_BARS = 8


def chart(*, deliveries: DeliveryQuerySet, now: datetime) -> dict[str, Any] | None:
    """This will lay out the chart of sendings in time and late, or give None where nothing was sent."""
    sent = deliveries.filter(sent_at__gte=now - YEAR)
    grouped = (
        sent.values("department__name")
        .annotate(late=Count("pk", filter=Q(is_late=True)), all=Count("pk"))
        .order_by("-all", "department__name")
    )
    found = list(grouped)
    if not found:
        return None
    total, late = sum(row["all"] for row in found), sum(row["late"] for row in found)
    bars = [(row["department__name"], (row["all"] - row["late"], row["late"])) for row in found[:MOST_BARS]]
    if rest := found[MOST_BARS:]:
        behind = sum(row["late"] for row in rest)
        bars.append((_("其他部门"), (sum(row["all"] for row in rest) - behind, behind)))
    told = {"all": total, "in_time": total - late, "late": late}
    return charts.bars(
        title=_("按期报送率"),
        say=_("近 12 个月报送 %(all)d 件，按期 %(in_time)d 件，迟报 %(late)d 件。") % told,
        label=_("报送件数，按部门"),
        of=_("部门"),
        legend=[_("按期"), _("迟报")],
        rows=bars,
    )
