"""The unit's own clocks stand while the superior examines what it handed in, and run on when it is sent back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models

from rules import deadlines
from rules.clock import local_day


def pause(obj: models.Model, *, rules: Iterable[str], reason: str, now: datetime) -> None:
    """Let the running clocks of these rules stand from today; one already over stays over."""
    today, wanted = local_day(now), set(rules)
    for clock in deadlines.open_for(obj).filter(rule__in=wanted, due_on__gte=today):
        deadlines.suspend(obj=obj, rule=clock.rule, from_on=today, reason=reason)


def go_on(obj: models.Model, *, rules: Iterable[str], now: datetime) -> dict[str, date]:
    """Let the standing clocks run on from tomorrow; return the last day of each rule still open."""
    wanted = set(rules)
    for clock in list(deadlines.open_for(obj).filter(rule__in=wanted, due_on=None)):
        deadlines.resume(obj=obj, rule=clock.rule, to_on=local_day(now))
    found = deadlines.open_for(obj).filter(rule__in=wanted)
    return {clock.rule: clock.due_on for clock in found if clock.due_on is not None}
