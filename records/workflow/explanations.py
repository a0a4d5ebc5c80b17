"""Why a record is shown, and for how long, in words a citizen can check."""

from __future__ import annotations

from django.utils.translation import gettext as _

from records.models import DishonestyRecord
from rules import codes
from rules.disclosure_policy import Policy


def months(count: int | None) -> str:
    """Return a number of months in words."""
    if count is None:
        return _("处分影响期")
    return _("%d 个月") % count


def period(record: DishonestyRecord, policy: Policy) -> str:
    """Return the sentence on class and period; the source is named only where it was read in the law itself."""
    severity = codes.label("severity", record.severity, record.recognised_on)
    parts = [_("等级为“%s”") % severity]
    if policy.until_performed:
        parts.append(_("履行完毕并经确认即可申请修复"))
    elif policy.min_months:
        parts.append(_("最短%s") % months(policy.min_months))
    parts.append(_("最长%s，从文书日期起算") % months(policy.max_months))
    sentence = "，".join(parts) + "。"
    return f"{sentence}（{policy.source}）" if policy.is_law else sentence
