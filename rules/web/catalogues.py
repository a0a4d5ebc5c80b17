"""Catalogues: disclosure policies with discipline periods, and the code lists with their legal bases."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views import View

from rules import clock
from rules.models import Code, DisciplinePeriod, DisclosurePolicy, SchemeOfSource

LISTS = {
    "source_type": gettext_lazy("失信来源类型"), "legal_basis": gettext_lazy("认定依据目录"),
    "sanction": gettext_lazy("惩戒措施清单"), "severity": gettext_lazy("失信等级"),
    "severity_default": gettext_lazy("等级建议规则"), "social_impact": gettext_lazy("社会影响程度"),
    "key_area": gettext_lazy("重点领域"), "withdrawal_reason": gettext_lazy("撤销事由"),
    "correction_reason": gettext_lazy("更正事由"), "responsibility": gettext_lazy("责任类别"),
    "mitigation_ground": gettext_lazy("从轻或免于惩戒的情形"), "refused_excuse": gettext_lazy("不得作为违约理由"),
    "channel": gettext_lazy("投诉举报渠道"), "objection_ground": gettext_lazy("异议理由"),
    "commitment_kind": gettext_lazy("承诺种类"), "disclosure_mode": gettext_lazy("公开方式"),
    "personnel_kind": gettext_lazy("人员类别"), "credit_check_purpose": gettext_lazy("信用核查用途"),
    "serial_kind": gettext_lazy("编号种类"), "procurement_method": gettext_lazy("采购方式"),
    "acceptance_result": gettext_lazy("验收结果"), "contract_object": gettext_lazy("合同标的"),
    "payment_delay": gettext_lazy("逾期付款的原因"), "ppp_stage": gettext_lazy("政府和社会资本合作阶段"),
    "project_stage": gettext_lazy("项目建设阶段"), "stage_result": gettext_lazy("阶段结果"),
    "task_progress": gettext_lazy("任务进展"), "policy_evaluation": gettext_lazy("政策评估结论"),
}  # fmt: skip


class PoliciesPage(View):
    """How long a record of each class is shown, past and present, and how long each measure has effect."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Draw the tables."""
        policies = list(DisclosurePolicy.objects.order_by("-valid_from", "scheme", "max_months"))
        context = {
            "policies": policies,
            "special": {
                row.source_type: row.get_family_display() for row in SchemeOfSource.objects.filter(valid_to=None)
            },
            "measures": DisciplinePeriod.objects.filter(valid_to=None).order_by("is_restricted", "months", "label"),
        }
        return render(request, "staff/rules/policies.html", context)


class CodesPage(View):
    """One code list at a time: what is on it, on what basis, from when to when."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Draw the chosen list, the source types where none is chosen."""
        chosen = request.GET.get("list", "source_type")
        chosen = chosen if chosen in LISTS else "source_type"
        today = clock.local_day(clock.now())
        rows = Code.objects.filter(list_name=chosen).order_by("place", "code", "-valid_from")
        context: dict[str, Any] = {
            "lists": [
                {"label": label, "url": f"?list={name}", "is_current": name == chosen} for name, label in LISTS.items()
            ],
            "title": LISTS[chosen],
            "rows": [
                {
                    "row": row,
                    "is_over": row.valid_to is not None and row.valid_to < today,
                    "is_ahead": row.valid_from > today,
                }
                for row in rows
            ],
        }
        return render(request, "staff/rules/codes.html", context)
