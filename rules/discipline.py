"""How long a disciplinary measure has effect (公务员法 第六十四条, 公职人员政务处分法 第八条; domain 2.3)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from ledger.refusals import Invalid
from rules import calendar
from rules.models import DisciplinePeriod


def measure(code: str, *, on: date) -> DisciplinePeriod:
    """
    This will give the row of a measure that holds on the day of the decision.

    :raises Invalid: no such measure on that day
    """
    found = DisciplinePeriod.objects.on(on).filter(code=code).first()
    if found is None:
        raise Invalid(_("没有“%(code)s”这种处分") % {"code": code}, field="sanction")
    return found


def effect_ends_on(code: str, *, decided_on: date) -> date | None:
    """
    This will give the last day of effect, counted in calendar months from the decision; None = permanent or no period.

    :raises Invalid: no such measure on that day
    """
    held = measure(code, on=decided_on)
    return calendar.add_months(decided_on, held.months) if held.months else None
