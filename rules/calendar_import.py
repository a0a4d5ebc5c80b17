"""
A new year enters the calendar: previewed, confirmed by a person, and every deadline it moves is listed old → new.

The preview writes nothing. The confirmation repeats it on the rows as they then are, and refuses where it would do anything
the person did not see.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.services.permission import permitted
from ledger import memory
from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid
from rules import calendar_loading, deadlines, notices
from rules.calendar import Day, weekday
from rules.clock import local_day
from rules.models import CalendarDay

PERMISSION = "rules:import_calendar"
FARTHEST = 3


@dataclass(frozen=True)
class Preview:
    """What a notice would do: the days that change, the deadlines that move, and a digest of both."""

    year: int
    source: str
    is_new: bool
    exceptions: list[Day]
    changed: list[CalendarDay]
    moves: list[deadlines.Move]
    digest: str


def preview(*, text: str, year: int, source: str, now: datetime) -> Preview:
    """
    This will show what a pasted notice would change, writing nothing.

    :raises Invalid: the notice cannot be read, its source is not named, or the year is out of reach
    """
    today = local_day(now).year
    if not today - FARTHEST <= year <= today + FARTHEST:
        raise Invalid(_("只能导入前后三年内的日历"), field="year")
    if not source.strip():
        raise Invalid(_("请填写依据，如“国办发明电〔2026〕×号”"), field="source")
    exceptions = notices.parse(text, year=year)
    held = {each.day: each for each in CalendarDay.objects.filter(day__year=year)}
    wanted = calendar_loading.year_days(year, exceptions)
    changed = [each for each in wanted if _differs(each, held.get(each.day))]
    for each in changed:
        each.source = source.strip()[:120]
    moves = deadlines.recompute({each.day: _day(each) for each in changed})
    shown = [_day(each) for each in wanted if each.day in exceptions]
    return Preview(year, source.strip()[:120], not held, shown, changed, moves, _digest(changed, moves))


def confirm(*, actor: Actor, text: str, year: int, source: str, digest: str, now: datetime) -> Preview:
    """
    This will write the days and the moves of a previewed notice in one act, the old due dates kept beside the new.

    :raises NotAllowed: the policy does not let the actor
    :raises Conflict: what it would do is no longer what was shown, or it would do nothing
    :raises Invalid: as ``preview``
    """
    with permitted(kind="calendar.import", actor=actor, name=PERMISSION, now=now, reason=source):
        seen = preview(text=text, year=year, source=source, now=now)
        if not seen.changed:
            raise Conflict(_("日历已经是这样，没有要写的"))
        if seen.digest != digest:
            raise Conflict(_("预览之后有期限变动，请看新的清单后再确认"))
        _write(seen)
        memory.forget()
        because = _("导入 %(year)d 年日历（%(source)s）") % {"year": year, "source": seen.source}
        deadlines.keep_moves(actor=actor, moves=seen.moves, because=because[:200], now=now)
    return seen


def _write(seen: Preview) -> None:
    if seen.is_new:
        CalendarDay.objects.bulk_create(seen.changed)
        return
    for each in seen.changed:
        each.save()


def _differs(wanted: CalendarDay, held: CalendarDay | None) -> bool:
    return held is None or (wanted.is_workday, wanted.name) != (held.is_workday, held.name)


def _day(row: CalendarDay) -> Day:
    return Day(row.day, row.is_workday, row.name or weekday(row.day), True)


def _digest(changed: list[CalendarDay], moves: list[deadlines.Move]) -> str:
    told = [
        [[each.day.isoformat(), each.is_workday, each.name] for each in changed],
        [[str(each.deadline.pk), _iso(each.deadline.due_on), _iso(each.kept_due_on)] for each in moves],
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
