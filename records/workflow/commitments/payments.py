"""The machine of a payment: owed until recorded as paid; what the details say of it moves it, nobody presses a button."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from records.models import Commitment, PaymentNode, PaymentState
from records.workflow.lazily import lazily as _
from rules import deadlines
from rules.details.checks import SME_DAYS
from rules.details.derived import NODE
from rules.models import Deadline
from rules.workflow import Arrow, Machine

S = PaymentState
RULES = (SME_DAYS, NODE)

ARROWS = (
    Arrow(
        "move",
        _("改付款节点"),
        frozenset({S.DUE, S.PAID}),
        None,
        ("system",),
        consequence=_("专项信息改了交付日期、金额或付款期限，最后付款日随之重算。"),
    ),
    Arrow(
        "settle",
        _("登记付清"),
        frozenset({S.DUE}),
        S.PAID,
        ("system",),
        closes=RULES,
        consequence=_("专项信息登记了付清日期和金额，付款期限办结。"),
        law=_("保障中小企业款项支付条例 第九条"),
    ),
    Arrow(
        "reopen",
        _("更正为未付清"),
        frozenset({S.PAID}),
        S.DUE,
        ("system",),
        consequence=_("登记有误，付款期限从原来的起算日重新计时。"),
    ),
    Arrow(
        "remove",
        _("撤下付款节点"),
        frozenset({S.DUE, S.PAID}),
        None,
        ("system",),
        closes=RULES,
        consequence=_("专项信息不再列这笔付款，或承诺已依法变更、改由新的承诺计。"),
    ),
)

PAYMENT: Machine[PaymentNode] = Machine(
    PaymentNode,
    ARROWS,
    name="payment",
    label=_("承诺付款"),
    noun=_("付款节点"),
    department_of=lambda node: node.commitment.department,
)


def listed(promise: Commitment) -> QuerySet[PaymentNode]:
    """Return the payments the details name today, in their order."""
    return PaymentNode.objects.filter(commitment=promise, removed_on=None).order_by("form", "place")


def owed(promise: Commitment) -> QuerySet[PaymentNode]:
    """Return those of them that are not paid in full."""
    return listed(promise).filter(state=S.DUE)


def overdue(promise: Commitment, *, on: date) -> list[Deadline]:
    """Return the deadlines of payments whose last day is over, the oldest first."""
    keys = [str(key) for key in owed(promise).values_list("pk", flat=True)]
    held = deadlines.open_on(PaymentNode, keys) if keys else Deadline.objects.none()
    return [each for each in held if each.due_on is not None and each.due_on < on]
