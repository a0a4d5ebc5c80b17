"""One valid filling of every described form; ``OFFICIAL`` and ``UNIT`` stand for a post and a unit of the test's tree."""

from __future__ import annotations

from typing import Any

OFFICIAL, UNIT = "<official>", "<unit>"

STAGE = {
    "duties": "组织前期论证，落实用地", "owner": OFFICIAL, "from_on": "2026年1月5日", "to_on": "2026-06-30",
    "done_on": "2026-04-30", "result": "KEPT", "default": "",
}  # fmt: skip
EXAMPLES: dict[str, dict[str, Any]] = {
    "POLICY": {
        "document_number": "安府〔2026〕8号",
        "document_name": "关于支持中小企业稳岗的若干措施",
        "issuer": UNIT,
        "starts_on": "2026年1月1日",
        "ends_on": "2027-12-31",
        "replaces": "安府〔2023〕12号",
        "handover": "旧政策下已受理的申请按旧标准办完。",
        "tasks": [
            {"item": "印发申报指南", "unit": UNIT, "owner": OFFICIAL, "due_on": "2026-02-01", "progress": "DONE",
             "done_on": "2026-01-28", "safeguard": "专班每周调度"},
            {"item": "兑付首批补贴", "unit": "", "owner": OFFICIAL, "due_on": "2026-05-01", "progress": "RUNNING",
             "done_on": "", "safeguard": "资金已列入年度预算"},
        ],
        "evaluations": [{"evaluated_on": "2026-05-01", "result": "KEEP", "note": "企业反映良好"}],
    },
    "PROCUREMENT": {
        "project_name": "视频监控设备采购",
        "project_number": "AP-2026-015",
        "method": "OPEN_TENDER",
        "responsible": OFFICIAL,
        "supplier_name": "安平智安科技有限公司",
        "supplier_code": "",
        "contract_number": "HT-2026-015",
        "amount": "1,286,400.00",
        "signed_on": "2026-01-15",
        "accepted_on": "2026-04-20",
        "acceptance": "CONDITIONAL",
        "defects": "两台设备更换后合格。",
        "payments": [
            {"due_on": "2026-02-01", "amount": "386400", "paid_on": "2026-01-30", "paid_amount": "386400"},
            {"due_on": "2026-05-20", "amount": "900000", "paid_on": "", "paid_amount": ""},
        ],
    },
    "SME_PAYMENT": {
        "creditor_name": "安平惠民印务有限公司",
        "creditor_code": "",
        "object": "GOODS",
        "contract_number": "HT-2026-031",
        "amount": "58000",
        "delivered_on": "2026-04-10",
        "agreed_days": "45",
        "by_law": "",
        "paid_on": "",
        "paid_amount": "20000",
        "delay": "DISPUTED",
        "delay_note": "一批次印刷错误，双方正在核对数量。",
    },
    "PPP": {
        "project_name": "城北污水处理厂",
        "implementer": UNIT,
        "partner": "安平水务投资有限公司",
        "partner_code": "",
        "amount": "230000000",
        "signed_on": "2026-03-01",
        "years": "25",
        "stages": [{"stage": "PREPARATION", **STAGE}, {"stage": "IMPLEMENTATION", **STAGE, "done_on": "", "result": "RUNNING"}],
    },
    "PROJECT": {
        "project_name": "环城路改造工程",
        "project_code": "2026-449901-48-01-000001",
        "approval_number": "安发改〔2026〕3号",
        "owner_unit": UNIT,
        "responsible": OFFICIAL,
        "amount": "46000000.5",
        "starts_on": "2026-03-01",
        "ends_on": "2027-06-30",
        "effect": "早高峰通行时间缩短。",
        "stages": [{"stage": "APPROVAL", **STAGE}, {"stage": "CONSTRUCTION", **STAGE, "result": "DEFAULTED", "default": "停工四个月"}],
    },
    "INVESTMENT": {
        "investor": "安平绿能科技有限公司",
        "investor_code": "",
        "agreement_number": "ZS-2026-004",
        "signed_on": "2026-03-20",
        "amount": "120000000",
        "legality": "yes",
        "fair_competition": "no",
        "reviewer": UNIT,
        "reviewed_on": "2026-03-10",
        "promises": [
            {"item": "提供一百亩工业用地指标", "owner": OFFICIAL, "due_on": "2026-09-30", "progress": "RUNNING", "done_on": "", "note": ""},
            {"item": "完成厂区道路", "owner": OFFICIAL, "due_on": "2026-04-30", "progress": "DONE", "done_on": "2026-04-28", "note": ""},
        ],
    },
}  # fmt: skip


def filled(value: Any, *, official: str, unit: str) -> Any:
    """This will put a post and a unit into an example, however deep they stand."""
    if isinstance(value, dict):
        return {key: filled(each, official=official, unit=unit) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, official=official, unit=unit) for each in value]
    return {OFFICIAL: official, UNIT: unit}.get(value, value)
