"""The rate of promises kept (indicator B1): due in the period, kept late counts half, lawfully changed does not count."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from accounts.models import Department
from records.models import Commitment, CommitmentState
from records.models.commitment import BINDING

S = CommitmentState
FAILED = (S.OVERDUE, S.BREACHED)
ZERO, WHOLE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Rate:
    """
    How many promises were due and what they count; every number is the length of a list of commitments.

    ``kept`` and ``failed`` make the denominator; those not decided yet, running or lawfully changed stand beside it. A
    successor counts for the promise it replaced.
    """

    kept: list[Commitment] = field(default_factory=list)
    failed: list[Commitment] = field(default_factory=list)
    undecided: list[Commitment] = field(default_factory=list)
    still_running: list[Commitment] = field(default_factory=list)
    replaced: list[Commitment] = field(default_factory=list)

    @property
    def due(self) -> int:
        """Give the denominator."""
        return len(self.kept) + len(self.failed)

    @property
    def counted(self) -> Decimal:
        """Give the numerator: 1 for each kept in time, half for each kept late."""
        return sum((promise.value or ZERO for promise in self.kept), ZERO)

    @property
    def late(self) -> int:
        """Give how many were kept late."""
        return sum(promise.is_late for promise in self.kept)

    @property
    def share(self) -> Decimal | None:
        """Give the rate from 0 to 1, or None where nothing was due."""
        return self.counted / self.due if self.due else None

    @property
    def running(self) -> int:
        """Give how many run and are not due yet."""
        return len(self.still_running)

    @property
    def changed(self) -> int:
        """Give how many were lawfully changed."""
        return len(self.replaced)


def of(department: Department, first: date, last: date) -> Rate:
    """Return the rate of one department for the promises due in the period, both days included; one query."""
    rows = Commitment.objects.filter(department=department).due_between(first, last)
    return _sorted(list(rows.filter(state__in=[*BINDING, S.FULFILLED, S.BREACHED, S.CHANGED]).order_by("due_on")))


def below(department: Department, first: date, last: date) -> dict[int, Rate]:
    """Return the rate of every department in a subtree that had promises due in the period, by its key; one query."""
    rows = Commitment.objects.filter(department__path__startswith=department.path).due_between(first, last)
    found: dict[int, list[Commitment]] = {}
    for promise in rows.filter(state__in=[*BINDING, S.FULFILLED, S.BREACHED, S.CHANGED]).order_by("due_on"):
        found.setdefault(promise.department_id, []).append(promise)
    return {key: _sorted(promises) for key, promises in found.items()}


def _sorted(promises: list[Commitment]) -> Rate:
    rate = Rate()
    lists = {S.FULFILLED: rate.kept, S.ACTIVE: rate.still_running, S.CHANGED: rate.replaced}
    for promise in promises:
        wanted = rate.failed if promise.state in FAILED else lists.get(S(promise.state), rate.undecided)
        wanted.append(promise)
    return rate
