"""Answering as the second person."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles
from accounts.models import AdminProposal
from accounts.scopes import SCOPES
from accounts.services import proposals
from accounts.web.acts import ActPage


class _OfProposal(ActPage):
    """An answer to one proposal."""

    proposal: AdminProposal

    def load(self) -> None:
        """Find the proposal by its key."""
        rows = AdminProposal.objects.select_related("person", "department", "proposed_by", "client")
        self.proposal = get_object_or_404(rows, pk=self.kwargs["pk"])

    def cancel_url(self) -> str:
        """Back to what waits."""
        return reverse("people:proposals")

    def more(self) -> dict[str, Any]:
        """What is asked for, by whom, and why."""
        row = self.proposal
        facts = [
            (_("事项"), row.get_kind_display()),
            (_("当事人"), row.person.name if row.person else ""),
            (_("角色"), roles.label(str(row.facts.get("role", "")))),
            (_("部门"), row.department.name if row.department else ""),
            (_("新的上级"), row.facts.get("parent_name", "")),
            (_("现在的代码"), row.facts.get("former_code", "")),
            (_("更正为"), row.facts.get("code", "")),
            (_("客户端"), row.facts.get("name", "")),
            (_("授权范围"), "；".join(str(SCOPES.get(name, name)) for name in row.facts.get("scopes", []))),
            (_("用途"), row.facts.get("purpose", "")),
            (_("提出人"), row.proposed_by.name),
            (_("理由"), row.reason),
        ]
        return {"facts": [(label, value) for label, value in facts if value]}


class Confirm(_OfProposal):
    """Agree; it takes effect at once."""

    heading = gettext_lazy("复核并同意")
    lead = gettext_lazy("同意后立即生效。您和提出人都写进日志，不能删改。")
    verb = gettext_lazy("同意并生效")

    def perform(self, facts: dict[str, Any]) -> str:
        """Confirm, and say what follows."""
        row = proposals.confirm(actor=self.me(), proposal=self.proposal, now=self.now())
        messages.success(self.request, _("已生效"))
        return reverse("people:client", args=[row.client_id]) if row.client_id else reverse("people:proposals")


class Decline(_OfProposal):
    """Say no; nothing changes."""

    heading = gettext_lazy("不同意")
    lead = gettext_lazy("不会有任何变化；提出人可以补充理由后重新提出。")
    verb = gettext_lazy("不同意")

    def perform(self, facts: dict[str, Any]) -> str:
        """Decline."""
        proposals.decline(actor=self.me(), proposal=self.proposal, now=self.now())
        messages.success(self.request, _("已答复不同意"))
        return self.cancel_url()
