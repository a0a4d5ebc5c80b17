"""
Reads the holiday arrangement of a year as pasted or uploaded: one line a day or span, ``日期,休|班,名称``.

``2027-02-05至2027-02-11,休,春节`` and ``2027-02-14,班`` are lines; a heading line is skipped. Only days that differ from
Monday to Friday need a line.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ledger.refusals import Invalid
from rules.calendar import fixed_holidays

LONGEST = 20_000
ONE_DAY = timedelta(days=1)
PARTS = re.compile(r"[,\t;、|]+")
SPAN = re.compile(r"\s*(?:至|到|~|—+|–)\s*")
DAY = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$", re.ASCII)
OFF, WORKED = {"休", "放假", "休息", "否", "0"}, {"班", "上班", "调休上班", "补班", "是", "1"}
MAKE_UP = "调休上班"

Exceptions = dict[date, tuple[bool, str]]


def parse(text: str, *, year: int) -> Exceptions:
    """
    This will read the days of a notice that differ from Monday to Friday: worked or not, and the name.

    :raises Invalid: a line cannot be read (it is named), a day lies outside the year or stands there twice, or a fixed
        holiday of that year is missing, which a pasted notice never lacks
    """
    if len(text) > LONGEST:
        raise Invalid(_("内容太长：一年的安排不超过 %(most)d 字") % {"most": LONGEST}, field="text")
    days: Exceptions = {}
    for number, line in enumerate(unicodedata.normalize("NFKC", text).splitlines(), start=1):
        if not line.strip() or (number == 1 and line.strip().lstrip("\ufeff").startswith("日期")):
            continue
        for day, worked, name in _line(line, number, year):
            if day in days:
                raise _wrong(number, _("%(day)s 写了两次") % {"day": day.isoformat()})
            days[day] = (worked, name)
    _check_whole(days, year)
    return days


def _line(line: str, number: int, year: int) -> list[tuple[date, bool, str]]:
    parts = [each.strip() for each in PARTS.split(line.strip().lstrip("\ufeff"))]
    if len(parts) < 2:
        raise _wrong(number, _("应写“日期,休或班,名称”"))
    if parts[1] not in OFF | WORKED:
        raise _wrong(number, _("“%(text)s”应为“休”或“班”") % {"text": parts[1][:20]})
    worked = parts[1] in WORKED
    name = parts[2][:40] if len(parts) > 2 and parts[2] else (MAKE_UP if worked else _("放假"))
    return [(day, worked, name) for day in _days(parts[0], number, year)]


def _days(text: str, number: int, year: int) -> list[date]:
    """One day, or every day of a span."""
    ends = [_day(each, number) for each in SPAN.split(text, maxsplit=1)]
    first, last = ends[0], ends[-1]
    if first.year != year or last.year != year:
        raise _wrong(number, _("不在 %(year)d 年内") % {"year": year})
    if last < first:
        raise _wrong(number, _("止日早于起日"))
    return [first + place * ONE_DAY for place in range((last - first).days + 1)]


def _day(text: str, number: int) -> date:
    found = DAY.match(text.strip())
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise _wrong(number, _("日期“%(text)s”看不懂，请写成 2027-02-05") % {"text": text[:20]})


def _check_whole(days: Exceptions, year: int) -> None:
    for (month, day), name in fixed_holidays(year).items():
        held = date(year, month, day)
        if days.get(held, (True, ""))[0]:
            raise Invalid(
                _("缺 %(day)s %(name)s：通知里应写明放假，请核对是否贴全") % {"day": held.isoformat(), "name": name},
                field="text",
            )


def _wrong(number: int, what: str) -> Invalid:
    return Invalid(_("第 %(number)d 行：%(what)s") % {"number": number, "what": what}, field="text")
