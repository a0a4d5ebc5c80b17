"""How many serving officials have their archive, by department, and who has none (row 19: the target is all of them)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.models import Department, Official, Post
from accounts.models.department import holding_on
from rules import codes

WHOLE, STEP = Decimal(100), Decimal("0.01")


@dataclass(frozen=True)
class Coverage:
    """One department, or several together: serving officials, and those of them with an archive."""

    serving: int
    archived: int
    department: Department | None = None

    @property
    def missing(self) -> int:
        """How many have none."""
        return self.serving - self.archived

    @property
    def percent(self) -> Decimal | None:
        """The rate in percent with two decimals, rounded, but never up to 100; none where nobody serves."""
        if not self.serving:
            return None
        exact = WHOLE * self.archived / self.serving
        rounded = exact.quantize(STEP, ROUND_HALF_UP)
        return exact.quantize(STEP, ROUND_DOWN) if rounded == WHOLE and self.missing else rounded


def serving(*, on: date) -> QuerySet[Official]:
    """Return the officials who hold a post on a day and are of a kind that the list counts."""
    counted = [row.code for row in codes.current("personnel_kind", on) if row.facts.get("counts_for_coverage")]
    holds = Post.objects.filter(holding_on(on, start="held_from", end="held_to"), official=OuterRef("pk"))
    return Official.objects.filter(Exists(holds), personnel_kind__in=counted)


def by_department(*, departments: QuerySet[Department], on: date) -> list[Coverage]:
    """Return the coverage of each department in which somebody serves, the worst first, in two queries."""
    rows = (
        serving(on=on)
        .filter(department__in=departments)
        .values("department")
        .annotate(serving=Count("pk"), archived=Count("archive"))
    )
    counted = {row["department"]: row for row in rows.order_by()}
    units = Department.objects.filter(pk__in=counted)
    found = [Coverage(counted[unit.pk]["serving"], counted[unit.pk]["archived"], unit) for unit in units]
    return sorted(found, key=lambda each: (each.percent or WHOLE, each.department.path if each.department else ""))


def together(rows: Iterable[Coverage]) -> Coverage:
    """Return the coverage of several departments as one figure."""
    told = list(rows)
    return Coverage(sum(each.serving for each in told), sum(each.archived for each in told))


def missing(*, departments: QuerySet[Department], on: date) -> QuerySet[Official]:
    """Return the serving officials of these departments who have no archive; for their personnel only."""
    rows = serving(on=on).filter(department__in=departments, archive=None)
    return rows.select_related("person", "department").order_by("department__path", "id")
