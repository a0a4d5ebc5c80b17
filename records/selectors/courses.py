"""The course of any case: what the log tells of it with the reasons people wrote, and the days to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts import act_names
from ledger import reading
from records.models import CaseRemark
from records.selectors import people
from rules import deadlines
from rules.clock import local_day
from rules.references import reference


@dataclass(frozen=True)
class Step:
    """One line of a course; a future one is a day to come and nobody's act yet."""

    day: date
    title: str
    note: str = ""
    who: str = ""
    at: datetime | None = None
    is_future: bool = False


def course(case: Any, *, now: datetime, hides_persons: bool = False, quiet: frozenset[str] = frozenset()) -> list[Step]:
    """
    Return what happened to a case, oldest first, then its running deadlines; persons are named unless hidden.

    ``quiet`` are the kinds of acts this reader is not told of.
    """
    return [*_past(case, hides_persons, quiet | {"refused"}), *_future(case, now)]


def _past(case: Any, hides_persons: bool, quiet: frozenset[str]) -> list[Step]:
    entries = [entry for entry in reading.history_of(*reference(case)) if entry.kind not in quiet]
    notes = dict(CaseRemark.objects.filter(**reference(case)._asdict()).values_list("entry", "text"))
    names = {} if hides_persons else people.names(entries)
    return [
        Step(
            day=local_day(entry.at),
            at=entry.at,
            title=act_names.name(entry.kind),
            note=notes.get(entry.id, ""),
            who=(people.who(entry, names) or _("经办人")) if entry.person else _("系统"),
        )
        for entry in entries
    ]


def _future(case: Any, now: datetime) -> list[Step]:
    today = local_day(now)
    return [
        Step(clock.due_on, _("%s到期") % clock.label, _("暂定") if clock.provisional else "", is_future=True)
        for clock in deadlines.open_for(case)
        if clock.due_on is not None and clock.due_on >= today
    ]
