"""Says in words and draws day by day why a deadline falls on its day; the same words wherever a deadline is shown."""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from accounts import wording
from rules import clock, parameters
from rules.calendar import WEEKDAYS, weekday
from rules.calendar_loading import MAKE_UP
from rules.derivation import COUNTED, OFF, PAUSED, ROLLED, START, Derivation, Step
from rules.models import Parameter, Unit

MONTHS_AND_YEARS = (Unit.MONTHS, Unit.YEARS)
LONG = 16
PLACE = re.compile(r"\{([a-z_]+\.[a-z0-9_]+)\}")  # a number of the rules in a sentence: {objection.supplement_days}


def strip(derivation: Derivation, *, today: date | None = None) -> list[dict[str, str]]:
    """
    This will give the cells of the day strip: day, mark, name, kind (start, off, now, last or empty).

    A period of months shows its first and last days only; what lies between counts without exception.
    """
    steps = derivation.steps
    if derivation.unit in MONTHS_AND_YEARS and len(steps) > LONG:
        paused = [each for each in steps[3:-6] if each.kind == PAUSED]
        first, last = [*steps[:3], *paused], steps[-6:]
        gap = {"day": "……", "mark": "……", "name": _("逐日计入"), "kind": "off"}
        return [*_cells(first, derivation, today), gap, *_cells(last, derivation, today)]
    return _cells(steps, derivation, today)


def _cells(steps: list[Step], derivation: Derivation, today: date | None) -> list[dict[str, str]]:
    return [_cell(each, derivation, today) for each in steps]


def sentence(derivation: Derivation) -> str:
    """This will say in one or two sentences how the day comes about; own and design numbers are never called law."""
    parts = [_rule(derivation), _("起算日不计")]
    parts += _skipped(derivation)
    parts += [
        _("%(day)s%(weekday)s调休上班，计入") % {"day": _day(each.day), "weekday": weekday(each.day)}
        for each in derivation.steps
        if each.kind == COUNTED and each.why == MAKE_UP
    ]
    if derivation.due_on is None:
        return (
            "；".join(parts) + "。" + _("计时已暂停：%(why)s。恢复后给出到期日。") % {"why": derivation.paused_because}
        )
    end = _("所以到%(day)s 24 时为止。") % {"day": wording.day(derivation.due_on)}
    return (
        "；".join(parts)
        + "。"
        + end
        + (_("其中有日历尚未公布的日子，到期日是暂定的。") if derivation.provisional else "")
    )


def ground(derivation: Derivation) -> str:
    """This will name where the number comes from: the instrument, or that it is the platform's own."""
    if derivation.is_law:
        return derivation.source
    return _("待核实的通行做法") if derivation.mark == "own" else _("平台约定")


def amount(derivation: Derivation) -> str:
    """This will say the number with its unit: 7 个工作日."""
    return f"{derivation.amount} {Unit(derivation.unit).label}"


def filled(sentence: str) -> str:
    """
    This will put the numbers of today's rules, with their units, where a sentence names their rows in braces.

    :raises UnknownParameter: the sentence names a row that does not exist
    """
    today = clock.local_day(clock.now())
    return PLACE.sub(lambda found: _number(parameters.row(found[1], on=today)), str(sentence))


filling: Any = lazy(filled, str)
"""The same for words that are read at import: the numbers are looked up whenever the sentence is shown."""


def _number(row: Parameter) -> str:
    """Several days of one row (before a due day) go without a unit, which the sentence gives."""
    if isinstance(row.value, list):
        return "、".join(str(each) for each in row.value)
    return f"{row.value} {Unit(row.unit).label}"


def _rule(derivation: Derivation) -> str:
    return _("%(label)s：自%(start)s起 %(amount)s内（%(ground)s）") % {
        "label": derivation.label,
        "start": wording.day(derivation.started_on),
        "amount": amount(derivation),
        "ground": ground(derivation),
    }


def _skipped(derivation: Derivation) -> list[str]:
    """The stretches that did not count, with how many days each took."""
    told = []
    stretches = groupby(derivation.steps, key=lambda each: (each.kind, each.why if _is_named(each) else ""))
    for (kind, why), steps in stretches:
        days = list(steps)
        if kind == PAUSED:
            told.append(_("%(why)s暂停 %(n)d 天不计") % {"why": why, "n": len(days)})
        elif kind == OFF and why:
            told.append(_("%(why)s放假 %(n)d 天不计") % {"why": why, "n": len(days)})
        elif kind == ROLLED:
            told.append(_("末日不是工作日，顺延到%(day)s") % {"day": _day(days[-1].day)})
    return told


def _is_named(each: Step) -> bool:
    return each.kind == PAUSED or (each.kind == OFF and each.why not in WEEKDAYS)


def _cell(each: Step, derivation: Derivation, today: date | None) -> dict[str, str]:
    is_last = each.day == derivation.due_on
    marks: dict[str, Any] = {
        START: _("起"),
        COUNTED: str(each.number or ""),
        OFF: _("不计"),
        PAUSED: _("暂停"),
        ROLLED: _("顺延"),
    }
    name = _("截止") if is_last else _("今天") if each.day == today else _("调休") if each.why == MAKE_UP else each.why
    return {
        "day": f"{each.day.month}/{each.day.day}",
        "mark": str(marks[each.kind]),
        "name": name,
        "kind": _kind(each, is_last=is_last, is_now=each.day == today),
    }


def _kind(each: Step, *, is_last: bool, is_now: bool) -> str:
    if is_last:
        return "last"
    if is_now:
        return "now"
    return {START: "start", OFF: "off", PAUSED: "off"}.get(each.kind, "")


def _day(day: date) -> str:
    return _("%(m)d月%(d)d日") % {"m": day.month, "d": day.day}
