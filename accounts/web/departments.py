"""Departments: the tree, and one of them with its history."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts import divisions, policy, wording
from accounts.models import AdminProposal, Department, User
from accounts.selectors import tree


class DepartmentsPage(View):
    """The tree from the root or from one department, or the departments that match a text."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Draw it."""
        today = timezone.localdate()
        text = request.GET.get("q", "").strip()[:64].replace("\x00", "")
        context: dict[str, Any] = {
            "text": text,
            "total": Department.objects.existing_on(today).count(),
            "may_register": _may(request, "people:register_department"),
        }
        if text:
            context["found"] = tree.named_like(text, on=today)
        elif top := _top(request):
            context |= {"branch": tree.branch(top=top, on=today), "above": top.ancestors()}
        return render(request, "staff/accounts/departments.html", context)


class DepartmentPage(View):
    """One department: what it is, above and below it, who answers for it, what it was called and where it stood."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Draw it."""
        unit = get_object_or_404(Department.objects.select_related("parent").coded(code))
        if elsewhere := moved(request, unit):
            return elsewhere
        today = timezone.localdate()
        context = {
            "unit": unit,
            "division": divisions.name(unit.division_code),
            "ancestors": unit.ancestors(),
            "children": unit.children_today().existing_on(today),
            "lead": unit.credit_lead(),
            "heads": unit.heads.select_related("official__person").order_by("-held_from"),
            "names": unit.names.order_by("-valid_from"),
            "parents": unit.parents.select_related("parent").order_by("-valid_from"),
            "waiting": _waiting(unit),
            "events": _events(unit),
            "may_edit": _may(request, "people:edit_department"),
            "may_appoint": _may(request, "people:appoint_head", department=unit),
        }
        return render(request, "staff/accounts/department.html", context)


def moved(request: HttpRequest, unit: Department) -> HttpResponsePermanentRedirect | None:
    """Return the way to the same page under the present code, where the address bears one the department bore before."""
    match = request.resolver_match
    if match is None or match.kwargs["code"] == unit.uscc:
        return None
    place = reverse(match.view_name, args=[unit.uscc])
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{place}?{query}" if query else place)


def _waiting(unit: Department) -> list[dict[str, str]]:
    """What was asked for about the department and waits for a second security administrator."""
    asked = AdminProposal.objects.filter(
        department=unit, kind__in=("move", "code"), state="open", lapses_at__gt=timezone.now()
    )
    said = {"move": _("隶属关系待复核"), "code": _("代码更正待复核")}
    return [
        {"title": said[row.kind], "text": _asked(row) % {**row.facts, "until": wording.moment(row.lapses_at)}}
        for row in asked.order_by("proposed_at")
    ]


def _asked(row: AdminProposal) -> str:
    if row.kind == AdminProposal.Kind.MOVE:
        return _("拟改由%(parent_name)s管理，%(until)s前须由另一名安全管理员复核。")
    return _("拟由 %(former_code)s 更正为 %(code)s，%(until)s前须由另一名安全管理员复核。")


def _top(request: HttpRequest) -> Department | None:
    code = request.GET.get("under", "")
    return Department.objects.coded(code).first() if code else tree.top_of_tree()


def _may(request: HttpRequest, name: str, **place: Any) -> bool:
    assert isinstance(request.user, User)  # noqa: S101  the middleware let nobody else through
    return policy.allows(user=request.user, name=name, now=timezone.now(), **place).allowed


def _events(unit: Department) -> list[dict[str, Any]]:
    """What happened to the department, newest first, for the timeline."""
    names = [
        (row.valid_from, _("改名为%(name)s") % {"name": row.name}) for row in unit.names.order_by("valid_from")[1:]
    ]
    moves = [
        (row.valid_from, _("改由%(name)s管理") % {"name": row.parent.name if row.parent else "—"})
        for row in unit.parents.select_related("parent").order_by("valid_from")[1:]
    ]
    codes = [
        (timezone.localdate(row.ended_at), _("更正统一社会信用代码，以前登记为 %(code)s") % {"code": row.code})
        for row in unit.former_codes.order_by("ended_at")
    ]
    founded = [(unit.valid_from, _("设立"))]
    ended = [(unit.valid_to, _("撤销"))] if unit.valid_to else []
    facts = sorted(founded + names + moves + codes + ended, key=lambda fact: fact[0], reverse=True)
    return [{"phase": "past", "iso": day.isoformat(), "day": day, "title": title} for day, title in facts]
