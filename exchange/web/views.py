"""Staff pages of the exchange: health first, then what needs a hand, then the rest."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from accounts import paging, policy
from accounts.models import User
from accounts.paging import BadParameter
from exchange import reconciling, resending, subjects
from exchange.models import Delivery, Reconciliation
from exchange.models.delivery import DeliveryQuerySet
from exchange.selectors import health, punctuality, rows, story
from exchange.transports import Unreachable
from exchange.web.forms import Conditions, ResendForm
from ledger.refusals import Refused
from rules import clock

PAGE = 50
LISTS = {
    "open": gettext_lazy("未完成与最近"),
    "hand": gettext_lazy("要人处理"),
    "late": gettext_lazy("迟报"),
    "all": gettext_lazy("全部"),
}
ORDERS = {
    "open": ("due_at", "id"),
    "hand": ("due_at", "id"),
    "late": ("-created_at", "-id"),
    "all": ("-created_at", "-id"),
}


class StaffRequest(HttpRequest):
    """A request of a person who works here; the policy middleware lets nobody else through."""

    user: User  # type: ignore[assignment]


def delivery_for(user: User, key: UUID, now: datetime) -> Delivery:
    """
    This will give a delivery the person may see, with what rows need.

    :raises Http404: it does not exist, or is not for him; both look the same
    """
    found = rows.with_waiting(Delivery.objects.visible_to(user, now)).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def leads(user: User, now: datetime) -> bool:
    """This will say whether the pages lead the reader on to the records: auditors see deliveries, not contents."""
    return policy.allows(user=user, name="record.open", now=now).allowed


def may_resend(user: User, now: datetime, delivery: Delivery | None = None) -> bool:
    """This will tell whether the person may resend this delivery, or any at all."""
    place = delivery.department if delivery else None
    return policy.allows(user=user, name=resending.ACT, now=now, department=place).allowed


class Deliveries(TemplateView):
    """The list, by filters in the address."""

    request: StaffRequest
    template_name = "staff/exchange/deliveries.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """This will read one page of the list, its counts, the health and the chart."""
        now, user = clock.now(), self.request.user
        mine = Delivery.objects.visible_to(user, now)
        chosen = self.request.GET.get("list", "open")
        chosen = chosen if chosen in LISTS else "open"
        counted = health.counts(deliveries=mine, now=now)
        form = Conditions(self.request.GET)
        found = rows.with_waiting(_conditioned(_listed(mine, chosen, now), form))
        page, cursor = self._page(found, chosen)
        return super().get_context_data(
            **kwargs,
            opening=health.opening(counted["hand"]),
            health=health.health(deliveries=mine, now=now),
            chips=[_chip(name, counted[name], chosen) for name in LISTS],
            conditions=_conditions_on(self.request, form),
            form=form,
            rows=rows.rows(deliveries=page, now=now, may_resend=may_resend(user, now), leads=leads(user, now)),
            next_cursor=cursor,
            first_url=f"?list={chosen}" if self.request.GET.get("cursor") else "",
            chart=punctuality.chart(deliveries=mine, now=now),
        )

    def _page(self, found: DeliveryQuerySet, chosen: str) -> tuple[list[Delivery], str | None]:
        given = self.request.GET.get("cursor", "")
        try:
            return paging.page(found, order=ORDERS[chosen], limit=PAGE, cursor=given, kind=f"deliveries.{chosen}")
        except BadParameter as fault:
            raise Http404 from fault


class DeliveryPage(TemplateView):
    """One delivery: its story, its attempts, its receipts, and the fields as they were frozen."""

    request: StaffRequest
    template_name = "staff/exchange/delivery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """This will load the delivery, or answer 404."""
        now, user = clock.now(), self.request.user
        delivery = delivery_for(user, self.kwargs["pk"], now)
        may = may_resend(user, now, delivery)
        attempts = list(delivery.sendings.order_by("epoch"))
        return super().get_context_data(
            **kwargs,
            delivery=delivery,
            row=rows.row(delivery=delivery, now=now, may_resend=may, leads=leads(user, now)),
            may_resend=may,
            events=story.events(delivery, attempts=attempts),
            attempts=attempts,
            receipts=delivery.receipts.order_by("received_at", "pk"),
            fields=story.fields(delivery),
            alarms=delivery.alarms.filter(cleared_at=None),
            subject_url=subjects.address(delivery.resource, delivery.subject_id) if leads(user, now) else "",
        )


class Resend(FormView):  # type: ignore[type-arg]
    """Send a stopped delivery again, with a reason."""

    request: StaffRequest
    form_class = ResendForm
    template_name = "staff/exchange/resend.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will load the delivery, or answer 404."""
        super().setup(request, *args, **kwargs)
        self.now = clock.now()
        if isinstance(request.user, User):
            self.delivery = delivery_for(request.user, kwargs["pk"], self.now)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """This will add the row and the way back."""
        line = rows.row(delivery=self.delivery, now=self.now, may_resend=True)
        return super().get_context_data(**kwargs, row=line, back=self.get_success_url())

    def form_valid(self, form: ResendForm) -> HttpResponse:
        """This will resend, or show the refusal on the form."""
        try:
            resending.resend(
                actor=self.request.user, delivery=self.delivery, reason=form.cleaned_data["reason"], now=self.now
            )
        except Refused as refusal:
            form.add_error("reason" if refusal.field else None, str(refusal))
            response = self.form_invalid(form)
            response.status_code = refusal.status
            return response
        messages.success(self.request, _("已放回队列，马上重送"))
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        """This will give the delivery's page."""
        return reverse("exchange:delivery", kwargs={"pk": self.delivery.pk})


class ReconciliationPage(TemplateView):
    """The last reconciliation and its differences, those of the reader's own scope linked."""

    request: StaffRequest
    template_name = "staff/exchange/reconciliation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """This will load the last run."""
        now, user = clock.now(), self.request.user
        last = Reconciliation.objects.order_by("-ran_at").first()
        lines = last.differences if last else []
        keys = [line["delivery"] for line in lines if line["delivery"]]
        mine = Delivery.objects.visible_to(user, now).filter(pk__in=keys).values_list("pk", flat=True)
        seen = {str(key) for key in mine}
        may = policy.allows(user=user, name="exchange:reconcile", now=now).allowed
        shown = [{**line, "word": reconciling.KINDS[line["kind"]]} for line in lines if line["delivery"] in seen or may]
        return super().get_context_data(**kwargs, last=last, lines=shown, seen=seen, may_run=may)


class Reconcile(View):
    """Run a reconciliation now."""

    request: StaffRequest
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """This will compare and say what was found; an unreachable platform changes nothing."""
        try:
            report = reconciling.reconcile(now=clock.now())
        except Unreachable:
            messages.error(request, _("没有对成：现在连不上平台。什么也没有改动，稍后再试"))
        else:
            told = {"ours": report.ours, "theirs": report.theirs, "n": len(report.differences)}
            messages.success(request, _("对账完成：我方有效 %(ours)d 条，平台 %(theirs)d 条，差 %(n)d 条") % told)
        return redirect("exchange:reconciliation")


def _listed(mine: DeliveryQuerySet, chosen: str, now: datetime) -> DeliveryQuerySet:
    if chosen == "hand":
        return mine.needing_a_hand()
    if chosen == "late":
        return mine.filter(is_late=True)
    return mine if chosen == "all" else mine.unfinished_or_recent(now - health.RECENT)


def _conditioned(found: DeliveryQuerySet, form: Conditions) -> DeliveryQuerySet:
    kept = form.cleaned_data if form.is_valid() else {}
    for name in ("state", "operation"):
        if kept.get(name):
            found = found.filter(**{name: kept[name]})
    if kept.get("department"):
        found = found.filter(department__name__contains=kept["department"])
    return found


def _chip(name: str, count: int, chosen: str) -> dict[str, Any]:
    return {"label": LISTS[name], "url": f"?list={name}", "count": count, "is_current": name == chosen}


def _conditions_on(request: HttpRequest, form: Conditions) -> list[dict[str, str]]:
    kept = form.cleaned_data if form.is_valid() else {}
    on = []
    for name, value in kept.items():
        if value:
            query = request.GET.copy()
            query.pop(name, None)
            query.pop("cursor", None)
            field = form.fields[name]
            word = dict(getattr(field, "choices", [])).get(value, value)
            on.append({"label": f"{field.label}：{word}", "url": f"?{query.urlencode()}"})
    return on
