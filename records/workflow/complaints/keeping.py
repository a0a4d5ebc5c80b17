"""How long a complaint is kept once it is over, and by which rule: who sent it first, what was said later (security 2.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from records.models import Complaint
from records.models.complaint import ENDED
from rules import parameters
from rules.calendar import ONE_DAY, add_months
from rules.models import Unit

IDENTITY, CONTENT = "complaint.identity_keep_days", "complaint.content_keep_years"


@dataclass(frozen=True)
class Term:
    """How long something is kept after the end, as the rule stood on a day."""

    rule: str
    label: str
    amount: int
    unit: str

    def last_day(self, over_on: date) -> date:
        """Return the last day on which it is kept; the day of the end is day 0."""
        if self.unit == Unit.YEARS:
            return add_months(over_on, 12 * self.amount)
        return over_on + self.amount * ONE_DAY

    def words(self) -> str:
        """Return the rule as a page names it."""
        length = _("%(n)d 年") if self.unit == Unit.YEARS else _("%(n)d 天")
        return f"{self.label} {length % {'n': self.amount}}"


def term(rule: str, *, on: date) -> Term:
    """Return a rule of retention as it stands on a day."""
    row = parameters.row(rule, on=on)
    return Term(rule, row.label, int(row.value), row.unit)


def over_on(complaint: Complaint) -> date | None:
    """Return the day from which the terms count; a case joined to another is over when that one is."""
    days = []
    for case in (complaint, main_of(complaint)):
        if case.state not in ENDED or case.closed_on is None:
            return None
        days.append(case.closed_on)
    return max(days)


def main_of(complaint: Complaint) -> Complaint:
    """Return the case a complaint was merged into, or itself."""
    seen = {complaint.pk}
    while complaint.merged_into is not None and complaint.merged_into_id not in seen:
        complaint = complaint.merged_into
        seen.add(complaint.pk)
    return complaint
