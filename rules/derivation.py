"""
How a deadline comes about, day by day.

Day 0 is the day of the event; the deadline is 24:00 of day N (domain 2.4). Suspended days never count. A period in
calendar days or months that ends on a day of rest moves to the next worked day, while ``deadline.roll_forward`` is on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from rules import parameters
from rules.calendar import ONE_DAY, Table, add_months, weekday
from rules.models import Mark, Parameter, Unit

ROLL_FORWARD = "deadline.roll_forward"
START, COUNTED, OFF, PAUSED, ROLLED = "start", "counted", "off", "paused", "rolled"


@dataclass(frozen=True)
class Pause:
    """Days that do not count, both ends included; no end = the clock still stands."""

    from_on: date
    to_on: date | None = None
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Whether a day falls into the pause."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True)
class Step:
    """One day of the strip: its kind, its number where it counts, and why where it does not."""

    day: date
    kind: str
    number: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Derivation:
    """A deadline with the reasons for it; ``due_on`` is None while an open pause holds the clock."""

    rule: str
    label: str
    amount: int
    unit: str
    started_on: date
    due_on: date | None
    provisional: bool
    steps: list[Step] = field(default_factory=list)
    source: str = ""
    mark: str = ""
    note: str = ""
    holder: str = ""
    paused_because: str = ""

    @property
    def is_law(self) -> bool:
        """Whether a page may name the source as the ground of the number."""
        return self.mark in ("source", "seed")

    def as_json(self) -> dict[str, Any]:
        """This will give the derivation as it is kept beside the deadline: texts, numbers and ISO days only."""
        facts = asdict(self)
        facts["started_on"] = self.started_on.isoformat()
        facts["due_on"] = self.due_on.isoformat() if self.due_on else None
        facts["steps"] = [[each.day.isoformat(), each.kind, each.number, each.why] for each in self.steps]
        return facts


def from_json(facts: dict[str, Any]) -> Derivation:
    """This will read a kept derivation back."""
    steps = [Step(date.fromisoformat(day), kind, number, why) for day, kind, number, why in facts["steps"]]
    due = date.fromisoformat(facts["due_on"]) if facts["due_on"] else None
    return Derivation(**{**facts, "started_on": date.fromisoformat(facts["started_on"]), "due_on": due, "steps": steps})


def derive(
    rule: str,
    started_on: date,
    profile: str | None = None,
    suspensions: Iterable[Pause] = (),
    *,
    amount: int | None = None,
    table: Table | None = None,
) -> Derivation:
    """
    This will derive the deadline of a rule (a parameter key in wd, d, m or y) for an event on ``started_on``.

    The number is the one that held on the day of the event, or ``amount`` where the act itself set another: then the rule
    gives the unit only. ``table`` may show another calendar than today's.

    :raises UnknownParameter: no such rule on that day
    :raises ValueError: the parameter does not count days, months or years
    """
    row = parameters.row(rule, on=started_on, profile=profile)
    number = int(row.value) if amount is None else amount
    walk = _Walk(started_on, list(suspensions), table or Table())
    if row.unit == Unit.WORKING_DAYS:
        walk.count_working(number)
    else:
        walk.count_calendar(_days(row, number, started_on))
        if walk.due is not None and parameters.value(ROLL_FORWARD, on=started_on, profile=profile):
            walk.roll()
    return Derivation(
        rule,
        row.label,
        number,
        row.unit,
        started_on,
        walk.due,
        walk.provisional,
        walk.steps,
        row.source if amount is None else "",
        row.mark if amount is None else Mark.DESIGN.value,
        row.note if amount is None else _("天数由本件决定写明"),
        row.holder,
        walk.paused_because,
    )


def _days(row: Parameter, number: int, started_on: date) -> int:
    """The calendar days a rule spans from its start; months keep the day of month."""
    if row.unit == Unit.DAYS:
        return number
    if row.unit in (Unit.MONTHS, Unit.YEARS):
        months = number * (12 if row.unit == Unit.YEARS else 1)
        return (add_months(started_on, months) - started_on).days
    raise ValueError(f"{row.key} counts {row.unit}, not days")


class _Walk:
    """Walks the days after the start, one step a day."""

    def __init__(self, start: date, pauses: list[Pause], table: Table) -> None:
        self.pauses, self.table = pauses, table
        self.day = start
        self.due: date | None = start
        self.provisional = False
        self.paused_because = ""
        self.steps = [Step(start, START, None, weekday(start))]

    def count_working(self, n: int) -> None:
        """Count n working days; a result that leans on an assumed day is provisional."""
        counted = 0
        while counted < n and self._move():
            if pause := self._pause():
                self._stand(pause)
                continue
            held = self.table.day(self.day)
            self.provisional |= not held.official
            counted += held.is_workday
            kind, number = (COUNTED, counted) if held.is_workday else (OFF, None)
            self.steps.append(Step(self.day, kind, number, held.name))

    def count_calendar(self, n: int) -> None:
        """Count n calendar days."""
        counted = 0
        while counted < n and self._move():
            if pause := self._pause():
                self._stand(pause)
                continue
            counted += 1
            self.steps.append(Step(self.day, COUNTED, counted, weekday(self.day)))

    def roll(self) -> None:
        """Go on from a day of rest to the next worked day."""
        held = self.table.day(self.day)
        self.provisional |= not held.official
        while not held.is_workday:
            self.day += ONE_DAY
            held = self.table.day(self.day)
            self.provisional |= not held.official
            self.steps.append(Step(self.day, ROLLED if held.is_workday else OFF, None, held.name))
        self.due = self.day

    def _move(self) -> bool:
        """Go one day on; False where an open pause holds the clock for good."""
        ahead = self.day + ONE_DAY
        stop = next((each for each in self.pauses if each.to_on is None and each.covers(ahead)), None)
        if stop is not None:
            self.due, self.paused_because = None, stop.reason or _("计时已暂停")
            return False
        self.day = self.due = ahead
        return True

    def _pause(self) -> Pause | None:
        return next((each for each in self.pauses if each.covers(self.day)), None)

    def _stand(self, pause: Pause) -> None:
        self.steps.append(Step(self.day, PAUSED, None, pause.reason or _("暂停")))
