"""Coverage: how many serving officials have an archive, by department; who is missing, for their own personnel only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts import charts, policy, scope
from accounts.models import RoleGrant, User
from records.selectors.archives import coverage
from records.selectors.archives.coverage import Coverage
from records.web.pages import StaffRequest
from rules import clock, parameters

TARGET = "archive.coverage_target"
BARS = 20
MISSING = 200


class CoveragePage(TemplateView):
    """The figure, its departments, and the list of the missing."""

    request: StaffRequest
    template_name = "staff/archives/coverage.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will count, within the reader's reach."""
        now, user = clock.now(), self.request.user
        today, grants = clock.local_day(now), user.grants(now)
        seers = policy.POLICY["archives:coverage"].roles
        reach = scope.departments(user=user, now=now, roles_wanted=seers, grants=grants)
        kept = scope.departments(user=user, now=now, roles_wanted=frozenset({"personnel"}), grants=grants)
        rows = coverage.by_department(departments=reach, on=today)
        whole = coverage.together(rows)
        lists = any(grant.role == "personnel" for grant in grants)
        context = {
            "today": today,
            "target": f"{float(parameters.value(TARGET, on=today)) * 100:g}",
            "whole": whole,
            "rows": rows,
            "figures": _figures(whole, _people_url(user, grants, now)),
            "chart": _chart(rows, whole) if rows else None,
            "lists_missing": lists,
            "missing": list(coverage.missing(departments=kept, on=today)[:MISSING]) if lists else [],
        }
        return super().get_context_data(**context, **more)


def _people_url(user: User, grants: list[RoleGrant], now: datetime) -> str:
    """The list of officials, for whoever may open it."""
    opens = policy.allows(user=user, name="people:officials", now=now, grants=grants).allowed
    return reverse("people:officials") if opens else ""


def _figures(whole: Coverage, people_url: str) -> list[dict[str, Any]]:
    percent = _("%s %%") % whole.percent if whole.percent is not None else _("没有在职人员")
    note = _("有档案 %(archived)d / 在职 %(serving)d") % {"archived": whole.archived, "serving": whole.serving}
    return [
        {"label": _("档案覆盖率"), "value": percent, "note": note},
        {"label": _("在职人员"), "value": whole.serving, "url": people_url},
        {"label": _("缺档"), "value": whole.missing, "url": "#missing"},
    ]


def _chart(rows: list[Coverage], whole: Coverage) -> dict[str, Any]:
    told = [
        (each.department.name, (each.archived, each.missing)) for each in rows[:BARS] if each.department is not None
    ]
    say = _("在职 %(serving)d 人，%(archived)d 人有档案。") % {"serving": whole.serving, "archived": whole.archived}
    if len(rows) > BARS:
        say += _("图中是覆盖率最低的 %d 个部门，全部在下表。") % BARS
    return charts.bars(
        title=_("各部门档案覆盖"),
        say=say,
        label=_("各部门有档案和缺档的在职人数"),
        of=_("部门"),
        legend=(_("有档案"), _("缺档")),
        rows=told,
    )
