"""委托代办: what I lent, what was lent to me, what waits for my confirmation; make, confirm, end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import roles, wording
from accounts.models import Delegation, Person, RoleGrant, User
from accounts.services import delegating
from accounts.web.acts import ActPage
from accounts.web.forms import RefusableForm
from records.services.notifications import standing_in
from records.web.forms.fields import Day, LongText, OneOf, SomeOf
from rules.clock import local_day


class DelegationForm(RefusableForm):
    """To whom, which of one's roles, for which days, why."""

    delegate = OneOf(label=gettext_lazy("委托给"), required=True)
    grants = SomeOf(label=gettext_lazy("委托哪些职责"), required=True)
    starts_on = Day(label=gettext_lazy("从哪天"), required=True)
    ends_on = Day(label=gettext_lazy("到哪天"), required=True, help_text=gettext_lazy("含这一天，最长 90 天。"))
    reason = LongText(label=gettext_lazy("事由"), rows=2, required=True)

    def __init__(self, *args: Any, people: list[Person], held: list[RoleGrant], **rest: Any) -> None:
        """This will offer colleagues and one's own roles."""
        super().__init__(*args, **rest)
        self.people = {str(person.pk): person for person in people}
        self.held = {str(grant.pk): grant for grant in held}
        chosen: Any = self.fields
        chosen["delegate"].choices = [("", _("请选择")), *((key, person.name) for key, person in self.people.items())]
        chosen["grants"].choices = [(key, _grant(grant)) for key, grant in self.held.items()]

    def clean_delegate(self) -> Person:
        """The person."""
        return self.people[self.cleaned_data["delegate"]]

    def clean_grants(self) -> list[RoleGrant]:
        """The grants."""
        return [self.held[key] for key in self.cleaned_data["grants"]]


def _grant(grant: RoleGrant) -> str:
    return f"{roles.label(grant.role)}（{grant.department.name}）"


def visible(user: User, now: datetime) -> Any:
    """This will give the delegations one may know of: one's own on either side, those of one's department as its head, all as 安全管理员."""
    own = [grant for grant in user.grants(now) if grant.person_id == user.person_id]
    rows = Delegation.objects.select_related("grantor", "delegate", "confirmed_by")
    if any(grant.role == "secadmin" for grant in own):
        return rows
    headed = [grant.department_id for grant in own if grant.role == "head"]
    mine = Q(grantor_id=user.person_id) | Q(delegate_id=user.person_id) | Q(lent__grant__department_id__in=headed)
    return rows.filter(mine).distinct()


class DelegationsPage(ActPage):
    """The list, and the form to make another."""

    form_class = DelegationForm
    heading = gettext_lazy("委托代办")
    lead = gettext_lazy(
        "休假期间请同单位的人代办。受托人只得到您选的职责，不能再转委托；双方的回避都算数，日志写明谁代谁办。由本单位主要负责人或安全管理员确认后生效，到期自动失效。"
    )
    verb = gettext_lazy("提出委托")
    template = "staff/notifications/delegations.html"

    def cancel_url(self) -> str:
        """Back to the notices."""
        return reverse("notifications:list")

    def form_arguments(self) -> dict[str, Any]:
        """Whom and what one may choose."""
        me, now = self.me(), self.now()
        return {"people": delegating.colleagues(me, now), "held": delegating.lendable(me, now)}

    def more(self) -> dict[str, Any]:
        """What was lent so far."""
        me, now = self.me(), self.now()
        found = visible(me, now).prefetch_related("lent__grant__department").order_by("-starts_on", "id")
        rows = [self._row(each, me, now) for each in found[:100]]
        return {"rows": rows, "may_lend": bool(delegating.lendable(me, now))}

    def _row(self, each: Delegation, me: User, now: datetime) -> dict[str, Any]:
        today = local_day(now)
        over = each.ends_on < today or each.ended_on is not None
        waits = each.confirmed_by_id is None and not over
        may_confirm = waits and delegating.may_confirm(user=me, delegation=each, now=now) is None
        return {
            "delegation": each,
            "lent": "、".join(_grant(lent.grant) for lent in each.lent.all()),
            "days": _("%(from)s至%(to)s") % {"from": wording.day(each.starts_on), "to": wording.day(each.ends_on)},
            "badge": _badge(each, over=over, waits=waits, holds=each.holds_on(today)),
            "confirm": reverse("notifications:confirm_delegation", args=[each.pk]) if may_confirm else "",
            "end": "" if over else reverse("notifications:end_delegation", args=[each.pk]),
        }

    def perform(self, facts: dict[str, Any]) -> str:
        """Make it."""
        standing_in.make(actor=self.me(), now=self.now(), **facts)
        messages.success(self.request, _("已提出，确认后从开始日起生效"))
        return reverse("notifications:delegations")


def _badge(each: Delegation, *, over: bool, waits: bool, holds: bool) -> tuple[str, str, str]:
    if over:
        return ("ended", "stop", _("已终止") if each.ended_on else _("已到期"))
    if waits:
        return ("wait", "clock", _("等确认"))
    return ("active", "check", _("生效中")) if holds else ("wait", "clock", _("未开始"))


class _OneDelegation(ActPage):
    """An act on one delegation."""

    delegation: Delegation

    def load(self) -> None:
        """Find it among those one may know of."""
        found = visible(self.me(), self.now()).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.delegation = found

    def cancel_url(self) -> str:
        """Back to the list."""
        return reverse("notifications:delegations")

    def more(self) -> dict[str, Any]:
        """Which one it is."""
        each = self.delegation
        lent = "、".join(_grant(row.grant) for row in each.lent.select_related("grant__department"))
        days = _("%(from)s至%(to)s") % {"from": wording.day(each.starts_on), "to": wording.day(each.ends_on)}
        return {
            "facts": [
                (_("委托人"), each.grantor.name), (_("受托人"), each.delegate.name), (_("职责"), lent), (_("期间"), days),
                (_("事由"), each.reason),
            ]
        }  # fmt: skip


class ConfirmDelegation(_OneDelegation):
    """A third person lets it have force."""

    heading = gettext_lazy("确认这项委托？")
    lead = gettext_lazy("确认后，受托人在这些天里可以以委托人的职责办理；委托人本人不能办的，受托人也不能办。")
    verb = gettext_lazy("确认委托")

    def perform(self, facts: dict[str, Any]) -> str:
        """Confirm it."""
        standing_in.confirm(actor=self.me(), delegation=self.delegation, now=self.now())
        messages.success(self.request, _("已确认"))
        return self.cancel_url()


class EndDelegation(_OneDelegation):
    """End it from today on."""

    heading = gettext_lazy("终止这项委托？")
    lead = gettext_lazy("立即失效，受托人下一次点击就不能再代办；历史保留。")
    verb = gettext_lazy("终止委托")

    def perform(self, facts: dict[str, Any]) -> str:
        """End it."""
        standing_in.end(actor=self.me(), delegation=self.delegation, now=self.now())
        messages.success(self.request, _("已终止"))
        return self.cancel_url()
