"""The payments of a promise follow its details: each unpaid one has a deadline, moved, closed and reminded of from there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts import wording
from ledger import acts
from ledger.actors import SYSTEM
from records.models import GIVEN, Commitment, CommitmentDetail, PaymentNode, PaymentState
from records.services.notifications import tell
from records.workflow.commitments.payments import PAYMENT, RULES, listed
from rules import calendar, deadlines, parameters
from rules.clock import local_day
from rules.details import derived, reading
from rules.details.derived import Bill
from rules.models import Deadline

WARNINGS = "payment.warn_before_days"
FACTS = ("payee", "amount", "rule", "started_on", "days")
COUNTED = ("rule", "started_on", "days")  # what the last day follows from


def follow(promise: Commitment, *, now: datetime) -> None:
    """
    Bring the payments of a promise up to its details, inside the open act; a promise not given yet owes nothing.

    A payment keeps its row while what is owed stays the same, wherever its line stands in the form.
    """
    if promise.state not in GIVEN:
        return
    held = list(listed(promise).select_related("commitment__department"))
    for detail in newest(promise):
        form = reading.kept(detail.form, valid_from=detail.form_from)
        nodes = [node for node in held if node.form == detail.form]
        _follow_form(promise, detail.form, nodes, derived.bills(form, detail.values), now)


def newest(promise: Commitment) -> list[CommitmentDetail]:
    """Return the version that holds of each form, in one query."""
    return list(promise.details.order_by("form", "-version").distinct("form"))


def _follow_form(promise: Commitment, form: str, nodes: list[PaymentNode], bills: list[Bill], now: datetime) -> None:
    pairs = _paired(nodes, bills)
    for node in nodes:
        if node not in [each for each, _place, _bill in pairs]:
            PAYMENT.perform("remove", node, actor=SYSTEM, now=now, removed_on=local_day(now))
    for held, place, bill in pairs:
        if held is None:
            _open(promise, form, place, bill, now)
        else:
            _move(held, place, bill, now)


def _paired(nodes: list[PaymentNode], bills: list[Bill]) -> list[tuple[PaymentNode | None, int, Bill]]:
    """Each line with its row: first those that owe the same, then by order; a line left over gets a new row."""
    free = list(nodes)
    taken: dict[int, PaymentNode] = {}
    for place, bill in enumerate(bills, start=1):
        same = next((node for node in free if _facts(node) == _facts(bill)), None)
        if same is not None:
            taken[place] = same
            free.remove(same)
    for place in range(1, len(bills) + 1):
        if place not in taken and free:
            taken[place] = free.pop(0)
    return [(taken.get(place), place, bill) for place, bill in enumerate(bills, start=1)]


def _facts(of: PaymentNode | Bill) -> tuple[Any, ...]:
    return tuple(getattr(of, name) for name in FACTS)


def _open(promise: Commitment, form: str, place: int, bill: Bill, now: datetime) -> None:
    node = PaymentNode(
        commitment=promise, form=form, place=place, **{name: getattr(bill, name) for name in FACTS},
        state=PaymentState.PAID if bill.paid_on else PaymentState.DUE, paid_on=bill.paid_on,
    )  # fmt: skip
    node.save()
    if node.state == PaymentState.DUE:
        _start(node, now)


def _move(node: PaymentNode, place: int, bill: Bill, now: datetime) -> None:
    was = node.state
    node = _write(node, place, bill, now)
    if was == PaymentState.DUE and bill.paid_on:
        PAYMENT.perform("settle", node, actor=SYSTEM, now=now, paid_on=bill.paid_on)
    elif was == PaymentState.PAID and not bill.paid_on:
        PAYMENT.perform("reopen", node, actor=SYSTEM, now=now, paid_on=None, then=lambda again: _start(again, now))


def _write(node: PaymentNode, place: int, bill: Bill, now: datetime) -> PaymentNode:
    changes = {"place": place, **{name: getattr(bill, name) for name in FACTS}}
    if node.state == PaymentState.PAID and bill.paid_on:
        changes["paid_on"] = bill.paid_on
    if all(getattr(node, name) == value for name, value in changes.items()):
        return node
    counts_anew = node.state == PaymentState.DUE and any(getattr(node, name) != changes[name] for name in COUNTED)

    def then(moved: PaymentNode) -> None:
        if counts_anew:
            _start(moved, now)

    return PAYMENT.perform("move", node, actor=SYSTEM, now=now, then=then, **changes)


def _start(node: PaymentNode, now: datetime) -> None:
    for rule in RULES:
        if rule != node.rule:
            deadlines.close(obj=node, rule=rule, now=now)
    deadlines.start(
        obj=node,
        rule=node.rule,
        started_on=node.started_on,
        amount=node.days,
        owner_role="clerk",
        owner_department=node.commitment.department,
        now=now,
    )


def hand_on(before: Commitment, after: Commitment, *, now: datetime) -> None:
    """
    Carry the details of a lawfully changed promise to its successor, inside the open act.

    What was owed under the old one is owed under the new one without a gap; the old one's payments end.
    """
    for detail in newest(before):
        CommitmentDetail(
            commitment=after, form=detail.form, form_from=detail.form_from, version=1, values=detail.values,
            why=_("由 %s 依法变更而来") % before.number, written_by_id=detail.written_by_id, written_at=now,
        ).save()  # fmt: skip
    for node in listed(before):
        PAYMENT.perform("remove", node, actor=SYSTEM, now=now, removed_on=local_day(now))
    follow(after, now=now)


def open_missing(*, now: datetime) -> int:
    """Open the payments of promises whose details were written before payments were counted; give how many promises."""
    given = Commitment.objects.filter(state__in=GIVEN, details__isnull=False, payments=None).distinct()
    return sum(_opened(promise, now) for promise in given.order_by("number"))


def _opened(promise: Commitment, now: datetime) -> bool:
    details = newest(promise)
    if not any(derived.bills(reading.kept(each.form, valid_from=each.form_from), each.values) for each in details):
        return False
    with acts.act(kind="payment.open", actor=SYSTEM, role="system", obj=promise, now=now):
        locked = Commitment.objects.select_for_update(of=("self",)).get(pk=promise.pk)
        if listed(locked).exists():  # written by somebody since the list was read
            return False
        follow(locked, now=now)
    return True


def remind_due(*, now: datetime) -> int:
    """
    Remind of payments whose day comes near, each person once a step; return how many notices were written.

    A step that was missed is made good on the next run; where several were missed, the nearest alone counts.
    """
    today = local_day(now)
    warnings = sorted(int(days) for days in parameters.value(WARNINGS, on=today))
    last = calendar.add_working_days(today, warnings[-1]).day
    running = Deadline.objects.filter(
        object_type=PaymentNode._meta.label_lower, closed_on=None, due_on__gte=today, due_on__lte=last
    )
    keys = {each.object_id: each for each in running}
    nodes = PaymentNode.objects.filter(pk__in=keys).select_related(
        "commitment__department", "commitment__responsible_official__person"
    )
    return sum(
        _remind(node, keys[str(node.pk)], warnings, now) for node in nodes.order_by("commitment__number", "place")
    )


def _remind(node: PaymentNode, deadline: Deadline, warnings: list[int], now: datetime) -> int:
    """The clerks of the department and the official who answers for the promise."""
    due = deadline.due_on
    if due is None:
        return 0
    left = calendar.working_days_between(local_day(now), due)
    step = next((days for days in warnings if left <= days), None)
    if step is None:
        return 0
    official = node.commitment.responsible_official
    made = tell(
        "payment.near",
        places={"unit": node.commitment.department},
        persons=[official.person] if official is not None else [],
        case=node,
        words={
            "payee": node.payee, "sum": wording.money(node.amount), "day": wording.day(due),
            "left": wording.working_days(left), "number": node.commitment.number,
        },
        now=now,
        once=f"payment:{node.pk}:{due}:{step}",
    )  # fmt: skip
    return len(made)
