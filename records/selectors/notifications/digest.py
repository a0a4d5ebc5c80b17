"""The morning mail of one person: what waits for him, by working days left, from the very lists of his start page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import User
from records.models import Notification
from records.selectors import inbox
from records.selectors.inbox import Waiting
from records.selectors.notifications.matters import Matter
from rules.clock import local_day

MOST = 30


@dataclass(frozen=True)
class Digest:
    """Subject and text of one mail, and how many items it counts."""

    subject: str
    text: str
    items: int


def compose(*, user: User, site: str, now: datetime) -> Digest | None:
    """Return the mail of today, or None where nothing waits and nothing is unread."""
    mine = inbox.inbox(user=user, now=now).mine
    unread = Notification.objects.filter(person_id=user.person_id, read_at=None).count()
    if not mine and not unread:
        return None
    today = local_day(now)
    subject = _("%(day)s：%(n)d 件等您办") % {"day": wording.day_plain(today, today), "n": len(mine)}
    return Digest(subject, "\n".join(_lines(mine, unread, today, site)), len(mine) + unread)


def _lines(mine: list[Waiting], unread: int, today: date, site: str) -> list[str]:
    late = sum(1 for each in mine if each.days_left is not None and each.days_left < 0)
    words = {"day": wording.day(today), "week": wording.weekday(today), "n": len(mine), "late": late, "unread": unread}
    head = _("%(day)s %(week)s，有 %(n)d 件等您办，其中 %(late)d 件逾期；%(unread)d 条提醒未读。") % words
    rows = [line(each) for each in mine[:MOST]]
    if len(mine) > MOST:
        rows.append(_("……还有 %(n)d 件，见工作台。") % {"n": len(mine) - MOST})
    foot = [_("工作台：%(site)s/staff/") % {"site": site}] if site else []
    why = _("您收到这封邮件，是因为在“提醒”页打开了每日邮件；在那里可以关掉。")
    return [head, "", *rows, "", *foot, why]


def line(each: Waiting) -> str:
    """Return one item: days left first, then what to do, then what the mail may call it."""
    left = _("暂停计时") if each.paused else wording.working_days(each.days_left) or _("不限期")
    return f"· {left}  {each.task}  {Matter(each.kind, each.case).mailed}"
