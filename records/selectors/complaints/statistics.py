"""How complaints were answered, by department: what was never answered shows, too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts import scope
from accounts.models import User
from records.models import Complaint, ComplaintRating, ComplaintState
from records.models.complaint_querysets import shut_out
from rules.clock import local_day
from rules.models import Deadline

S = ComplaintState
ANSWERED = (S.ANSWERED, S.RATED, S.CLOSED)
UNHEARD = (S.NOT_ACCEPTED,)
GONE = (S.MERGED, S.WITHDRAWN)
READERS = frozenset({"approver", "supervisor"})


@dataclass(frozen=True)
class Line:
    """The complaints about one department in a year; ``late`` are open past their day."""

    department_id: int
    name: str
    received: int
    answered: int
    not_accepted: int
    late: int
    upheld: int
    satisfied: int
    rated: int

    @property
    def never(self) -> int:
        """How many nobody has answered."""
        return self.received - self.answered - self.not_accepted


def by_department(*, user: User, year: int, now: datetime) -> list[Line]:
    """
    Return a line for every department within the reader's reach that was complained about in a year.

    Complaints joined to another or taken back do not count. The reader's own department is never among them.
    """
    rows = _rows(user, year, now)
    grouped = rows.values("object_department_id", "object_department__name").annotate(
        received=Count("pk"),
        answered=Count("pk", filter=Q(state__in=ANSWERED)),
        not_accepted=Count("pk", filter=Q(state__in=UNHEARD)),
        upheld=Count("pk", filter=Q(outcome__in=("true", "partial"))),
    )
    late = _late(rows, local_day(now))
    said = _said(rows)
    return [
        _line(each, late, said) for each in grouped.order_by("-received", "object_department__path")
    ]  # fmt: skip


def years(*, user: User, now: datetime) -> list[int]:
    """Return the years in which something came that the reader may count, the latest first."""
    held = _reach(user, now).dates("received_on", "year")
    return sorted({local_day(now).year, *(day.year for day in held)}, reverse=True)


def by_channel(*, user: User, year: int, now: datetime) -> list[tuple[str, int]]:
    """Return how many came by which channel."""
    rows = _rows(user, year, now).values("channel").annotate(n=Count("pk")).order_by("-n", "channel")
    return [(row["channel"], row["n"]) for row in rows]


def _reach(user: User, now: datetime) -> QuerySet[Complaint]:
    """What a reader may count: complaints about departments in his reach, never about those he serves."""
    places = scope.departments(user=user, now=now, roles_wanted=READERS).values("pk")
    rows: QuerySet[Complaint] = Complaint.objects.filter(object_department__in=places)
    return rows.exclude(object_department_id__in=shut_out(user, now))


def _rows(user: User, year: int, now: datetime) -> QuerySet[Complaint]:
    within = Q(received_on__gte=date(year, 1, 1), received_on__lte=date(year, 12, 31))
    return _reach(user, now).filter(within).exclude(state__in=GONE)


def _late(rows: QuerySet[Complaint], today: date) -> dict[int, int]:
    """Open complaints with a day passed, by the department they concern: two queries."""
    running = dict(rows.exclude(state__in=(*ANSWERED, *UNHEARD)).values_list("pk", "object_department_id"))
    keys = {str(key): unit for key, unit in running.items()}
    passed = Deadline.objects.filter(
        object_type=Complaint._meta.label_lower, object_id__in=keys, closed_on=None, due_on__lt=today
    )
    return _counted(keys[key] for key in set(passed.values_list("object_id", flat=True)))


def _said(rows: QuerySet[Complaint]) -> dict[int, tuple[int, int]]:
    """Ratings by department: how many were satisfied, of how many."""
    held = ComplaintRating.objects.filter(complaint__in=rows.values("pk"))
    grouped = held.values("complaint__object_department_id").annotate(
        rated=Count("pk"), satisfied=Count("pk", filter=Q(is_satisfied=True))
    )
    return {row["complaint__object_department_id"]: (row["satisfied"], row["rated"]) for row in grouped}


def _counted(units: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for unit in units:
        found[unit] = found.get(unit, 0) + 1
    return found


def _line(row: Mapping[str, Any], late: dict[int, int], said: dict[int, tuple[int, int]]) -> Line:
    unit: int = row["object_department_id"]
    satisfied, rated = said.get(unit, (0, 0))
    return Line(
        department_id=unit,
        name=row["object_department__name"],
        received=row["received"],
        answered=row["answered"],
        not_accepted=row["not_accepted"],
        late=late.get(unit, 0),
        upheld=row["upheld"],
        satisfied=satisfied,
        rated=rated,
    )
