"""Typed details for the promises of the demo that touch a key area: filled in by the clerk of each department."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from accounts.models import Department, Post, RoleGrant, User
from records.demo.playing import Cast
from records.models import Commitment
from records.services.commitments import details
from records.workflow.commitments.details import WRITE
from rules.clock import local_day
from rules.details import reading


def play(cast: Cast) -> None:
    """Fill every form that suits a promise still open to it; call it after the promises were made."""
    today = local_day(cast.now)
    promises = Commitment.objects.filter(state__in=WRITE.sources).select_related("department").order_by("number")
    for promise in promises:
        clerk, post = _clerk(cast, promise.department), _post(promise.department, today)
        if clerk is None or post is None:
            continue
        for form in reading.suiting(areas=promise.key_areas, kind=promise.kind, on=today):
            values = FILLED[form.code](promise, str(post.pk), today)
            told = [_before_payment(values), values] if form.code == "PROCUREMENT" else [values]
            for version, each in enumerate(told):
                details.write(
                    actor=clerk, commitment=promise, form=form.code, values=each, version=version, now=cast.now
                )


def _before_payment(values: dict[str, Any]) -> dict[str, Any]:
    """The same contract while nothing is paid: a payment is recorded by filling in its day and sum."""
    nodes = [{"due_on": node["due_on"], "amount": node["amount"]} for node in values["payments"]]
    return {**values, "payments": nodes}


def _clerk(cast: Cast, department: Department) -> User | None:
    held = RoleGrant.objects.in_force(cast.now).filter(role="clerk", department=department).values("person_id")
    return User.objects.filter(person_id__in=held).order_by("username").first()


def _post(department: Department, today: date) -> Post | None:
    held = Post.objects.filter(department=department, held_from__lte=today, held_to=None)
    return held.order_by("leadership_code", "id").first()


def _day(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()


def _policy(promise: Commitment, post: str, today: date) -> dict[str, Any]:
    return {
        "document_number": promise.document_number or "安府〔2026〕18号", "document_name": promise.title,
        "issuer": promise.department.uscc, "starts_on": _day(today, -120), "replaces": "安府〔2023〕9号",
        "handover": "旧办法下已受理的申请按旧标准办完，不重复提交材料。",
        "tasks": [
            {"item": "印发申报指南", "owner": post, "due_on": _day(today, -90), "progress": "DONE",
             "done_on": _day(today, -95), "safeguard": "专班每周调度"},
            {"item": "集中受理和审核", "owner": post, "due_on": _day(today, -3), "progress": "RUNNING",
             "safeguard": "抽调三人集中审核"},
            {"item": "资金兑付到账", "owner": post, "due_on": _day(today, 40), "progress": "OPEN",
             "safeguard": "资金已列入年度预算"},
        ],
    }  # fmt: skip


def _procurement(promise: Commitment, post: str, today: date) -> dict[str, Any]:
    return {
        "project_name": promise.title, "method": "OPEN_TENDER", "responsible": post,
        "supplier_name": "安平智安科技有限公司", "contract_number": promise.document_number or "HT-2026-015",
        "amount": "1286400", "signed_on": _day(today, -150), "accepted_on": _day(today, -40), "acceptance": "PASSED",
        "payments": [
            {"due_on": _day(today, -140), "amount": "386400", "paid_on": _day(today, -141), "paid_amount": "386400"},
            {"due_on": _day(today, -5), "amount": "900000"},
        ],
    }  # fmt: skip


def _sme(promise: Commitment, post: str, today: date) -> dict[str, Any]:
    return {
        "creditor_name": "安平惠民印务有限公司", "object": "GOODS", "contract_number": promise.document_number or "HT-2026-031",
        "amount": "58000", "delivered_on": _day(today, -34), "agreed_days": "45", "paid_amount": "20000",
    }  # fmt: skip


def _stages(codes: tuple[str, ...], post: str, today: date) -> list[dict[str, Any]]:
    done, late, *ahead = codes
    return [
        {"stage": done, "duties": "完成论证和报批", "owner": post, "from_on": _day(today, -300), "to_on": _day(today, -200),
         "done_on": _day(today, -205), "result": "KEPT"},
        {"stage": late, "duties": "按合同提供场地和配套", "owner": post, "from_on": _day(today, -190), "to_on": _day(today, -10),
         "result": "RUNNING"},
        *({"stage": each, "duties": "按进度支付和验收", "owner": post, "from_on": _day(today, 30), "to_on": _day(today, 200)}
          for each in ahead),
    ]  # fmt: skip


def _ppp(promise: Commitment, post: str, today: date) -> dict[str, Any]:
    return {
        "project_name": promise.title, "implementer": promise.department.uscc, "partner": "安平水务投资有限公司",
        "amount": "230000000", "signed_on": _day(today, -200), "years": "25",
        "stages": _stages(("PREPARATION", "FINANCING", "IMPLEMENTATION"), post, today),
    }  # fmt: skip


def _project(promise: Commitment, post: str, today: date) -> dict[str, Any]:
    return {
        "project_name": promise.title, "owner_unit": promise.department.uscc, "responsible": post, "amount": "46000000",
        "starts_on": _day(today, -190), "ends_on": _day(today, 260),
        "stages": _stages(("APPROVAL", "CONSTRUCTION", "ACCEPTANCE"), post, today),
    }  # fmt: skip


def _investment(promise: Commitment, post: str, today: date) -> dict[str, Any]:
    return {
        "investor": "安平绿能科技有限公司", "agreement_number": promise.document_number or "ZS-2026-004",
        "signed_on": _day(today, -100), "amount": "120000000", "legality": "yes", "fair_competition": "no",
        "reviewer": promise.department.uscc, "reviewed_on": _day(today, -110),
        "promises": [
            {"item": "完成厂区外道路", "owner": post, "due_on": _day(today, -20), "progress": "DONE",
             "done_on": _day(today, -22)},
            {"item": "提供一百亩工业用地指标", "owner": post, "due_on": _day(today, 60), "progress": "RUNNING"},
        ],
    }  # fmt: skip


FILLED: dict[str, Callable[[Commitment, str, date], dict[str, Any]]] = {
    "POLICY": _policy, "PROCUREMENT": _procurement, "SME_PAYMENT": _sme, "PPP": _ppp, "PROJECT": _project,
    "INVESTMENT": _investment,
}  # fmt: skip
