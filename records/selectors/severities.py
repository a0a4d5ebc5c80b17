"""Which severity a record should have by the default table (domain 4.2): a proposal with its reason, never a decision."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from records.models import RECOGNISED, DishonestyRecord
from rules import calendar, codes, parameters
from rules.clock import local_day

TABLE = "severity_default"
REPEAT_MONTHS, REPEAT_COUNT = "severity.repeat_months", "severity.repeat_count"


@dataclass(frozen=True)
class Suggestion:
    """A proposed class and why."""

    severity: str
    label: str
    why: str


@dataclass(frozen=True)
class Circumstances:
    """What the default table asks about."""

    source_type: str
    discipline: str
    loss: Decimal | None
    impact: str
    marks: Collection[str] = ()


def suggest(subject: Any, *, now: datetime, marks: Collection[str] = ()) -> Suggestion | None:
    """
    Return the class the default table proposes for a record or a filing, with the row that says so.

    This will count earlier records of the subject: so many within so many months (``severity.repeat_*``) are serious. None
    where nothing is known yet.

    :param marks: what a form knows beside the record: fraud, casualties, refused, corrected
    """
    if not subject.source_type:
        return None
    today = local_day(now)
    known = set(marks) | ({"repeated"} if _is_repeated(subject, today) else set())
    held = Circumstances(subject.source_type, subject.discipline, _loss(subject), subject.social_impact, known)
    for row in codes.rows(TABLE):
        if (
            row.valid_from <= today
            and (row.valid_to is None or today <= row.valid_to)
            and _fits(row.facts["when"], held)
        ):
            severity = row.facts["severity"]
            return Suggestion(severity, codes.label("severity", severity, today), _("默认分级：%s") % row.label)
    return None


def _loss(subject: Any) -> Decimal | None:
    value = subject.economic_loss_yuan
    try:
        return Decimal(value) if value not in (None, "") else None
    except ArithmeticError:
        return None


def _fits(when: dict[str, Any], held: Circumstances) -> bool:
    asked = (
        ("source_types", lambda wanted: held.source_type in wanted),
        ("measures", lambda wanted: held.discipline in wanted),
        ("impacts", lambda wanted: held.impact in wanted),
        ("marks", lambda wanted: bool(set(wanted) & set(held.marks))),
        ("loss", lambda wanted: held.loss is not None and (held.loss > 0) == wanted),
    )
    return all(test(when[key]) for key, test in asked if key in when)


def _is_repeated(subject: Any, today: date) -> bool:
    """Whether this would be the last record the rules allow for within the months they look back."""
    since = calendar.add_months(today, -int(parameters.value(REPEAT_MONTHS, on=today)))
    earlier = DishonestyRecord.objects.filter(state__in=RECOGNISED, recognised_on__gte=since).exclude(
        ended_as="withdrawn"
    )
    whom = {"subject_department": subject.subject_department, "is_person": False}
    if subject.subject_official is not None:
        whom = {"subject_official": subject.subject_official}
    earlier = earlier.filter(**whom)
    if isinstance(subject, DishonestyRecord):
        earlier = earlier.exclude(pk=subject.pk)
    return bool(earlier.count() >= int(parameters.value(REPEAT_COUNT, on=today)) - 1)
