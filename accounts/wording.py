"""How days, moments, sums and spans are said on every page; words from the house style, never from the caller."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def as_day(value: date | datetime | None) -> date | None:
    """This will give the local (Asia/Shanghai) day of a day or an aware moment."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def weekday(value: date | datetime | None) -> str:
    """This will say the day of the week, 周一 to 周日."""
    day_ = as_day(value)
    return _(WEEKDAYS[day_.weekday()]) if day_ else ""


def day(value: date | datetime | None) -> str:
    """This will say a day in full: 2026年5月11日."""
    day_ = as_day(value)
    return _("%(y)d年%(m)d月%(d)d日") % {"y": day_.year, "m": day_.month, "d": day_.day} if day_ else ""


def day_plain(value: date | datetime | None, today: date | None = None) -> str:
    """This will say a day for running text: 5月11日, with the year in front when it is not this year."""
    day_ = as_day(value)
    if not day_:
        return ""
    if day_.year != (today or timezone.localdate()).year:
        return day(day_)
    return _("%(m)d月%(d)d日") % {"m": day_.month, "d": day_.day}


def day_short(value: date | datetime | None, today: date | None = None) -> str:
    """This will say a day for a table: 5月11日 周一, with the year in front when it is not this year."""
    return f"{day_plain(value, today)} {weekday(value)}" if value else ""


def moment(value: datetime | None) -> str:
    """This will say a moment in full: 2026年5月11日 10:32, in local time."""
    return f"{day(value)} {timezone.localtime(value):%H:%M}" if value else ""


def moment_short(value: datetime | None, today: date | None = None) -> str:
    """This will say a moment the short way: 今天 10:32, or 5月11日 10:32."""
    if not value:
        return ""
    same_day = as_day(value) == (today or timezone.localdate())
    spoken = _("今天") if same_day else day_plain(value, today)
    return f"{spoken} {timezone.localtime(value):%H:%M}"


def working_days(left: int | None) -> str:
    """This will say how many working days are left (negative: how many too late)."""
    if left is None:
        return ""
    if left < 0:
        return _("逾期 %(n)d 个工作日") % {"n": -left}
    if left == 0:
        return _("今天到期")
    return _("剩 %(n)d 个工作日") % {"n": left}


def calendar_days(left: int) -> str:
    """This will say how many calendar days are left; never mixed with working days."""
    if left < 0:
        return _("已过 %(n)d 天") % {"n": -left}
    return _("还有 %(n)d 天") % {"n": left} if left else _("今天是最后一天")


def money(value: Decimal | int | str | None) -> str:
    """This will say a sum in yuan with thousands parted and two decimals: 1,286,400.00 元."""
    if value in (None, ""):
        return ""
    return _("%(sum)s 元") % {"sum": f"{Decimal(str(value)):,.2f}"}


def size(octets: int | None) -> str:
    """This will say a file size in KB or MB, one decimal from 1 MB."""
    if octets is None:
        return ""
    if octets < 1024 * 1024:
        return f"{max(1, round(octets / 1024))} KB"
    return f"{octets / 1024 / 1024:.1f} MB"


def shortened(text: str, keep: int = 40) -> str:
    """This will keep the two ends of a long unchanged stretch, so that the change is not buried."""
    return text if len(text) <= 2 * keep + 2 else f"{text[:keep]}……{text[-keep:]}"
