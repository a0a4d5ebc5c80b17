"""The page of one payment of a promise: to whom, how much, until when and why; recorded in the details."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import User
from records import words
from records.models import Commitment, PaymentNode, PaymentState
from records.web import strips
from records.web.cases import buttons
from records.web.cases.buttons import Button
from records.web.cases.pages import CasePage
from records.web.content import Fact
from records.workflow.commitments import details as writing
from records.workflow.commitments.kind import KIND, PAYMENT_KIND
from records.workflow.commitments.payments import listed
from rules import deadlines
from rules.clock import local_day
from rules.details import reading


@dataclass(frozen=True)
class Row:
    """One payment as the page of its promise prints it."""

    node: PaymentNode
    due_on: date | None
    left: int | None  # working days, negative once the day has passed
    explained: str  # the page that shows how the day came about, empty where the reader may not open it

    @property
    def title(self) -> str:
        """To whom and how much."""
        return PAYMENT_KIND.title(self.node)

    @property
    def url(self) -> str:
        """The page of the payment."""
        return PAYMENT_KIND.address(self.node)


def rows(promise: Commitment, *, reader: User, now: datetime) -> list[Row]:
    """This will give the payments of a promise with their days, in a fixed number of queries."""
    nodes = list(listed(promise))
    held = list(deadlines.open_on(PaymentNode, [str(node.pk) for node in nodes])) if nodes else []
    explained = deadlines.visible_to(held, user=reader, now=now) if held and reader.grants(now) else set()
    clocks = {each.object_id: each for each in held}
    told = []
    for node in nodes:
        clock = clocks.get(str(node.pk))
        due = clock.due_on if clock else None
        url = reverse("rules:deadline", args=[clock.pk]) if clock and clock.pk in explained else ""
        told.append(Row(node, due, strips.left(due, local_day(now)), url))
    return told


class PaymentPage(CasePage):
    """One payment, for whoever may see its promise; what moves it is the form of the details."""

    kind = PAYMENT_KIND
    template_name = "staff/commitments/milestone.html"

    def facts(self) -> list[Fact]:
        """This will say what is owed, and what was paid."""
        node = self.case
        told = [
            Fact(_("承诺"), node.commitment.title, code=node.commitment.number),
            Fact(_("收款单位"), node.payee),
            Fact(_("应付金额"), wording.money(node.amount)),
            Fact(_("起算日"), words.day(node.started_on)),
            Fact(_("合同约定的付款期限"), _("%(n)d 日") % {"n": node.days} if node.days else ""),
            Fact(_("付清日期"), words.day(node.paid_on)),
            Fact(_("不再列出"), words.day(node.removed_on)),
        ]
        return [fact for fact in told if fact.text]

    def extra(self) -> dict[str, Any]:
        """This will lead back to the promise, and on to the form in which the payment is recorded."""
        promise, here = self.case.commitment, self._record()
        return {
            "promise_url": KIND.address(promise),
            "commitment": promise,
            "arrows": here,
            "act_words": buttons.bar(here),
        }

    def _record(self) -> list[Button]:
        node = self.case
        form = reading.find(node.form, on=local_day(self.now))
        if node.state != PaymentState.DUE or node.removed_on is not None or form is None:
            return []
        refused = writing.refusal(node.commitment, actor=self.user, now=self.now)
        is_open = refused is None or node.form in writing.paying_forms(node.commitment)
        return [
            Button(
                action="record",
                label=_("登记付款"),
                target=str(PaymentState.PAID.label),
                text=_("在“%(form)s”里填付清日期和金额，期限随之办结。") % {"form": form.label}
                if is_open or refused is None
                else refused.message,
                url=reverse("commitments:details", args=[node.commitment_id, node.form]),
                is_open=is_open,
                is_main=is_open,
            )
        ]
