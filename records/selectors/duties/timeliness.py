"""How many situation reports came on time: the number indicator E2 stands on, with the rows that make it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import Department
from records.models import SituationReport, SituationReportState


@dataclass(frozen=True)
class Timeliness:
    """Reports due in a period, and those handed in by their day."""

    due: int
    on_time: int

    @property
    def rate(self) -> float | None:
        """On time per due, 0 to 1; None where nothing was due."""
        return self.on_time / self.due if self.due else None


def counted(department: Department, *, first: date, last: date, today: date) -> QuerySet[SituationReport]:
    """Return the reports a department's rate counts: due in the period, handed in or past their day, not cancelled."""
    settled = Q(submitted_on__isnull=False) | Q(due_on__lt=today)
    rows: QuerySet[SituationReport] = SituationReport.objects.filter(
        settled, department=department, due_on__gte=first, due_on__lte=last
    ).exclude(state=SituationReportState.CANCELLED)
    return rows


def on_time(department: Department, *, first: date, last: date, today: date) -> Timeliness:
    """Return how many reports were due in a period, and how many of them came by their day."""
    rows = counted(department, first=first, last=last, today=today)
    return Timeliness(rows.count(), rows.filter(submitted_on__isnull=False, missed_on=None).count())
