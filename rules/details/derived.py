"""What follows from the details on a day: a payment's last day, the share of tasks done, a stage in default; never typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts import wording
from rules import calendar, codes, parameters
from rules.derivation import ROLL_FORWARD
from rules.details.checks import SME_DAYS, SME_MOST
from rules.details.shapes import Form

OK, WARN, BAD = "ok", "warn", "bad"
NODE = "payment.node"  # the rule of a payment whose day the contract names
PAID = frozenset({"paid_on", "paid_amount", "delay", "delay_note"})
"""The fields in which a payment is recorded, and why it was late; the rest says what is owed."""


@dataclass(frozen=True)
class Told:
    """One derived fact: its label, its sentence, how it stands, and the law it rests on where it rests on one."""

    label: str
    text: str
    tone: str = ""
    source: str = ""


@dataclass(frozen=True)
class Payment:
    """The last day on which a small firm is to be paid, and why."""

    due_on: date
    days: int
    is_agreed: bool
    source: str


@dataclass(frozen=True)
class Bill:
    """One payment the details name: to whom, how much, counted from which day under which rule, and when it was paid in full."""

    payee: str
    amount: Decimal
    rule: str
    started_on: date
    days: int | None  # where the contract agreed on another number than the rule's
    paid_on: date | None


def told(form: Form, values: Mapping[str, Any], *, on: date) -> list[Told]:
    """This will give the derived facts of a form on a day, in the order of the description."""
    return [each for item in form.derived for each in RUN[item.name](values, item.facts, on)]


def payment(values: Mapping[str, Any]) -> Payment | None:
    """
    This will derive the last day to pay a small firm: delivery + 30 days, or what the contract agreed.

    Calendar days; a last day of rest moves to the next worked day while ``deadline.roll_forward`` is on.
    """
    if not values.get("delivered_on"):
        return None
    delivered = date.fromisoformat(values["delivered_on"])
    row = parameters.row(SME_DAYS, on=delivered)
    days = int(values.get("agreed_days") or row.value)
    due = delivered + timedelta(days=days)
    if parameters.value(ROLL_FORWARD, on=delivered):
        due = calendar.next_workday(due).day
    return Payment(due, days, bool(values.get("agreed_days")), row.source)


def bills(form: Form, values: Mapping[str, Any]) -> list[Bill]:
    """This will give the payments of a form in their order, paid ones included; a form without payments gives none."""
    found = [BILLS[item.name](values, item.facts) for item in form.derived if item.name in BILLS]
    return [bill for each in found for bill in each]


def _sme_bill(values: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[Bill]:
    if not values.get("delivered_on"):
        return
    days = values.get("agreed_days")
    yield Bill(
        payee=values.get("creditor_name", ""),
        amount=Decimal(values.get("amount", "0")),
        rule=SME_DAYS,
        started_on=date.fromisoformat(values["delivered_on"]),
        days=int(days) if days else None,
        paid_on=_paid_in_full(values),
    )


def _row_bills(values: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[Bill]:
    for row in values.get(facts["rows"], []):
        if row.get("due_on"):
            yield Bill(
                payee=values.get("supplier_name", ""),
                amount=Decimal(row.get("amount", "0")),
                rule=NODE,
                started_on=date.fromisoformat(row["due_on"]),
                days=None,
                paid_on=_paid_in_full(row),
            )


def _paid_in_full(values: Mapping[str, Any]) -> date | None:
    if not values.get("paid_on") or Decimal(values.get("paid_amount", "0")) < Decimal(values.get("amount", "0")):
        return None
    return date.fromisoformat(values["paid_on"])


def _sme_payment(values: Mapping[str, Any], facts: Mapping[str, Any], on: date) -> Iterator[Told]:
    found = payment(values)
    if found is None:
        return
    ground = _("合同约定 %(days)d 日") if found.is_agreed else _("交付之日起 %(days)d 日")
    text = _("%(day)s止（%(ground)s）") % {"day": wording.day(found.due_on), "ground": ground % {"days": found.days}}
    yield Told(_("应付款日"), text, source=found.source)
    yield _paid(values, found, on)
    usual = parameters.row(SME_DAYS, on=date.fromisoformat(values["delivered_on"]))
    most = parameters.row(SME_MOST, on=date.fromisoformat(values["delivered_on"]))
    if found.days > int(most.value):
        words = {"most": int(most.value), "law": values.get("by_law", "")}
        yield Told(_("提醒"), _("付款期限超过 %(most)d 日，依据：%(law)s") % words, WARN, most.source)
    elif found.days > int(usual.value):
        words = {"usual": int(usual.value), "most": int(most.value)}
        text = _("付款期限超过 %(usual)d 日，须有合同约定；最长不得超过 %(most)d 日") % words
        yield Told(_("提醒"), text, WARN, most.source)


def _paid(values: Mapping[str, Any], found: Payment, on: date) -> Told:
    amount, paid = Decimal(values.get("amount", "0")), Decimal(values.get("paid_amount", "0"))
    paid_on = _paid_in_full(values)
    if paid_on is not None:
        late = (paid_on - found.due_on).days
        return Told(_("付款情况"), _("已付清，晚 %(n)d 天") % {"n": late}, BAD) if late > 0 else Told(
            _("付款情况"), _("已按期付清"), OK
        )  # fmt: skip
    left = (found.due_on - on).days
    words = {"sum": wording.money(amount - paid), "n": abs(left)}
    if left < 0:
        return Told(_("付款情况"), _("拖欠 %(sum)s，已逾期 %(n)d 天") % words, BAD)
    return Told(_("付款情况"), _("待付 %(sum)s，还有 %(n)d 天") % words, WARN if left <= 10 else "")


def _unpaid(values: Mapping[str, Any], facts: Mapping[str, Any], on: date) -> Iterator[Told]:
    """Rows of payments: how much was due until today, how much of it was paid."""
    rows = values.get(facts["rows"], [])
    if not rows:
        return
    due = [row for row in rows if row.get("due_on", "") <= on.isoformat()]
    owed = sum((Decimal(row.get("amount", "0")) for row in due), Decimal(0))
    paid = sum((Decimal(row.get("paid_amount", "0")) for row in rows if row.get("paid_on")), Decimal(0))
    words = {"owed": wording.money(owed), "paid": wording.money(paid)}
    late = owed > paid
    yield Told(_("付款情况"), _("到今天应付 %(owed)s，已付 %(paid)s") % words, BAD if late else OK)


def _progress(values: Mapping[str, Any], facts: Mapping[str, Any], on: date) -> Iterator[Told]:
    """Items done of all items, and which are late: the share is counted, never typed."""
    rows = values.get(facts["rows"], [])
    if not rows:
        return
    done = [row for row in rows if row.get("done_on")]
    late = [row for row in rows if not row.get("done_on") and row.get("due_on", "9999") < on.isoformat()]
    words = {"all": len(rows), "done": len(done), "share": len(done) * 100 // len(rows), "late": len(late)}
    text = _("共 %(all)d 项，完成 %(done)d 项（%(share)d%%）") % words
    if late:
        text += _("，逾期 %(late)d 项") % words
    yield Told(str(facts.get("label") or _("任务进度")), text, BAD if late else OK if len(done) == len(rows) else "")


def _stages(values: Mapping[str, Any], facts: Mapping[str, Any], on: date) -> Iterator[Told]:
    """Where a project stands, whose stage it is, and every stage in default with the one who answered for it."""
    today = on.isoformat()
    for row in values.get(facts["rows"], []):
        stage = codes.label(facts["list"], row["stage"], on)
        owner = (row.get("owner") or {}).get("name", "")
        words = {"stage": stage, "owner": owner or _("未登记"), "until": _until(row)}
        if row.get("result") == "DEFAULTED":
            yield Told(_("违约"), _("%(stage)s阶段违约，当时的责任人：%(owner)s") % words, BAD)
        elif not row.get("done_on") and row.get("to_on", "9999") < today:
            yield Told(_("预警"), _("%(stage)s阶段已过%(until)s，没有完成；责任人：%(owner)s") % words, WARN)
        elif not row.get("done_on") and row.get("from_on", "9999") <= today:
            yield Told(_("当前阶段"), _("%(stage)s，责任人：%(owner)s") % words)


def _until(row: Mapping[str, Any]) -> str:
    return wording.day(date.fromisoformat(row["to_on"])) if row.get("to_on") else ""


def _review(values: Mapping[str, Any], facts: Mapping[str, Any], on: date) -> Iterator[Told]:
    """政策审查: what was promised without the review of legality or fair competition stands out."""
    lacking = [str(words) for key, words in facts["flags"].items() if values.get(key) != "yes"]
    if lacking:
        yield Told(_("提醒"), _("承诺作出前没有通过：%(what)s") % {"what": "、".join(lacking)}, WARN)


RUN: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any], date], Iterator[Told]]] = {
    "sme_payment": _sme_payment, "unpaid": _unpaid, "progress": _progress, "stages": _stages, "review": _review,
}  # fmt: skip
BILLS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Iterator[Bill]]] = {
    "sme_payment": _sme_bill, "unpaid": _row_bills,
}  # fmt: skip
