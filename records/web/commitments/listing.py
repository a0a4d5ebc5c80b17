"""The list of promises, with how many of those due were kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import policy, scope
from accounts.models import Department
from records import words
from records.selectors.commitments import rates
from records.web.cases.lists import CaseList
from records.workflow.commitments.kind import KIND
from records.workflow.commitments.progress import of
from rules import clock

RATED = frozenset({"clerk", "reviewer", "head"})


class CommitmentList(CaseList):
    """The promises a person may open."""

    kind = KIND
    template_name = "staff/commitments/list.html"
    heading = gettext_lazy("承诺")
    summary = gettext_lazy("本单位的全部；信用牵头部门看本地区的；督导员看下级已经作出的。最新的在前。")
    order = ("-registered_on", "-id")
    columns = (gettext_lazy("到期"), gettext_lazy("进度"))

    def rows(self) -> Any:
        """This will load the milestones with the rows."""
        return super().rows().prefetch_related("milestones")

    def cells(self, case: Any) -> list[Any]:
        """This will give the due date and the progress."""
        done = of(step for step in case.milestones.all() if step.removed_on is None)
        return [words.day(case.due_on) or "—", _("%d%%") % done.done if done.has_steps else "—"]

    def extra(self) -> dict[str, Any]:
        """This will add the rate of the reader's own department this year, and the way to the form."""
        now = clock.now()
        user, today = self.request.user, clock.local_day(now)
        homes = scope.departments(user=user, now=now, roles_wanted=RATED).order_by("path")
        home: Department | None = homes.first()
        return {
            "may_file": policy.allows(user=user, name="commitments:new", now=now).allowed,
            "rate": rates.of(home, date(today.year, 1, 1), today) if home else None,
            "rate_of": home,
            "year": today.year,
        }
