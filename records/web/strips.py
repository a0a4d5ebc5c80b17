"""Deadlines for the page: how many working days are left, and the strip that shows how the day came about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import User
from rules import calendar, deadlines
from rules.clock import local_day
from rules.derivation import COUNTED, OFF, PAUSED, START, Derivation, Step
from rules.models import Deadline

MOST_DAYS = 45


@dataclass(frozen=True)
class Strip:
    """One running deadline of a record."""

    rule: str
    label: str
    left: int | None
    due_on: date | None
    paused: str
    say: str
    url: str
    days: list[dict[str, str]] = field(default_factory=list)


def left(due_on: date | None, today: date) -> int | None:
    """This will count the working days left; negative once the day has passed, None while the clock stands."""
    if due_on is None:
        return None
    counted = calendar.working_days_between(today, due_on)
    return min(counted, -1) if due_on < today else counted


def of(record: Any, *, reader: User, now: datetime) -> list[Strip]:
    """This will give the running deadlines of a record, the nearest first, with a way on where the reader may go it."""
    held = list(deadlines.open_for(record))
    explained = deadlines.visible_to(held, user=reader, now=now) if reader.grants(now) else set()
    return [strip(each, today=local_day(now), is_explained=each.pk in explained) for each in held]


def strip(deadline: Deadline, *, today: date, is_explained: bool) -> Strip:
    """This will show one deadline day by day; ``is_explained`` = with a link to its derivation."""
    derived = deadlines.kept_derivation(deadline)
    return Strip(
        rule=deadline.rule, label=deadline.label, left=left(deadline.due_on, today), due_on=deadline.due_on,
        paused=derived.paused_because, say=_say(derived),
        url=reverse("rules:deadline", args=[deadline.pk]) if is_explained else "", days=_cells(derived, today),
    )  # fmt: skip


def _cells(derived: Derivation, today: date) -> list[dict[str, str]]:
    """A long strip keeps its start and its end, and says how many days it leaves out between them."""
    cells = [_cell(step, derived, today) for step in derived.steps]
    left_out = len(cells) - MOST_DAYS - 1
    if left_out <= 1:
        return cells
    gap = {"day": "…", "mark": "…", "name": _("略%d天") % left_out, "kind": "off"}
    return [cells[0], gap, *cells[-MOST_DAYS:]]


def _say(derived: Derivation) -> str:
    """The derivation in a sentence: the rule, what does not count, the last day."""
    units = {"wd": _("个工作日"), "d": _("天"), "m": _("个月"), "y": _("年")}
    said = _("自 %(start)s 起 %(n)d %(unit)s，起算日不计。") % {
        "start": wording.day(derived.started_on), "n": derived.amount, "unit": units.get(derived.unit, derived.unit),
    }  # fmt: skip
    skipped = list(
        dict.fromkeys(step.why for step in derived.steps if step.kind == OFF and not step.why.startswith("周"))
    )
    if skipped:
        said += _("%(names)s不计。") % {"names": "、".join(skipped)}
    if derived.due_on:
        said += _("所以到 %(day)s 24 时为止。") % {"day": wording.day(derived.due_on)}
    if derived.provisional:
        said += _("其中有的年份放假安排还没有公布，日子是暂定的。")
    return said + (_("依据：%(source)s。") % {"source": derived.source} if derived.is_law and derived.source else "")


def _cell(step: Step, derived: Derivation, today: date) -> dict[str, str]:
    is_last = step.day == derived.due_on
    kind = {START: "start", OFF: "off", PAUSED: "off"}.get(step.kind, "")
    kind = "now" if step.day == today and not is_last else "last" if is_last else kind
    mark = {START: _("起"), COUNTED: str(step.number or "")}.get(step.kind, _("不计"))
    name = _("截止") if is_last else _("今天") if step.day == today else step.why or wording.weekday(step.day)
    return {"day": f"{step.day.month}/{step.day.day}", "mark": mark, "name": name, "kind": kind}
