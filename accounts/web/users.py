"""Accounts and roles: the list, one account with its grants, and what waits for a second person."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views import View

from accounts import policy, roles
from accounts.models import AdminProposal, RoleGrant, SecondFactor, User
from accounts.paging import page
from accounts.roles import Role

PER_PAGE = 50


class FilterForm(forms.Form):
    """Which accounts to list."""

    q = forms.CharField(label=gettext_lazy("账号或姓名"), required=False, max_length=64)
    role = forms.ChoiceField(
        label=gettext_lazy("角色"), required=False, choices=[("", gettext_lazy("全部")), *Role.choices]
    )


class UsersPage(View):
    """Accounts, each with the roles of its person."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them."""
        now = timezone.now()
        filters = FilterForm(request.GET)
        rows = User.objects.select_related("person")
        if filters.is_valid():
            text, role = filters.cleaned_data["q"].strip(), filters.cleaned_data["role"]
            if text:
                rows = rows.filter(username__contains=text) | rows.filter(person__name__contains=text)
            if role:
                rows = rows.filter(person__in=RoleGrant.objects.in_force(now).filter(role=role).values("person"))
        found, following = page(
            rows, order=("username",), limit=PER_PAGE, cursor=request.GET.get("cursor", ""), kind="people.users"
        )
        context = {
            "rows": [{"user": user, "grants": held} for user, held in _with_grants(found, now)],
            "next_cursor": following,
            "filters": filters,
            "may_register": _may(request, "people:register_user"),
            "waiting": waiting(now).count(),
        }
        return render(request, "staff/accounts/users.html", context)


class UserPage(View):
    """One account: its person, grants with their history, proposals, and the acts on it."""

    def get(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Draw it."""
        account = get_object_or_404(User.objects.select_related("person"), pk=pk)
        now = timezone.now()
        grants = RoleGrant.objects.filter(person=account.person).select_related(
            "department", "granted_by", "confirmed_by"
        )
        context = {
            "account": account,
            "others": User.objects.filter(person=account.person).exclude(pk=account.pk).order_by("username"),
            "running": grants.in_force(now).order_by("role", "id"),
            "ended": grants.filter(valid_to__lte=now).order_by("-valid_to"),
            "waiting": waiting(now).filter(person=account.person),
            "has_factor": SecondFactor.objects.filter(user=account, confirmed=True).exists(),
            "may_change": _may(request, "people:propose_grant"),
        }
        return render(request, "staff/accounts/user.html", context)


class ProposalsPage(View):
    """What waits for a second person, and what was answered lately."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """List both."""
        now = timezone.now()
        rows = AdminProposal.objects.select_related(
            "person", "department", "proposed_by", "decided_by", "client"
        ).order_by("-proposed_at")
        open_rows = waiting(now)
        context = {
            "waiting": [_told(row, request) for row in open_rows],
            "answered": [_told(row, request) for row in rows.exclude(pk__in=[row.pk for row in open_rows])[:50]],
            "may_answer": _may(request, "people:confirm"),
        }
        return render(request, "staff/accounts/proposals.html", context)


def waiting(now: Any) -> Any:
    """Return the proposals that can still be answered at `now`, oldest first."""
    return (
        AdminProposal.objects.filter(state=AdminProposal.State.OPEN, lapses_at__gt=now)
        .select_related("person", "department", "proposed_by", "client")
        .order_by("proposed_at")
    )


def _told(row: AdminProposal, request: HttpRequest) -> dict[str, Any]:
    assert isinstance(request.user, User)  # noqa: S101  the middleware let nobody else through
    lapsed = row.state == AdminProposal.State.OPEN and row.lapses_at <= timezone.now()
    return {
        "row": row,
        "role": roles.label(str(row.facts.get("role", ""))),
        "state": AdminProposal.State.LAPSED if lapsed else row.state,
        "is_mine": row.proposed_by_id == request.user.person_id,
        "is_about_me": row.person_id == request.user.person_id,
    }


def _with_grants(users: list[User], now: Any) -> list[tuple[User, list[RoleGrant]]]:
    people = [user.person_id for user in users]
    held: dict[Any, list[RoleGrant]] = {}
    for grant in RoleGrant.objects.in_force(now).filter(person__in=people).select_related("department").order_by("id"):
        held.setdefault(grant.person_id, []).append(grant)
    return [(user, held.get(user.person_id, [])) for user in users]


def _may(request: HttpRequest, name: str) -> bool:
    assert isinstance(request.user, User)  # noqa: S101  the middleware let nobody else through
    return policy.allows(user=request.user, name=name, now=timezone.now()).allowed
