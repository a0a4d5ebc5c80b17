"""Deliveries to the platform and what it may ask."""

from django.utils.translation import gettext_lazy as _

from accounts.access import ANONYMOUS, PLACE
from accounts.rows.making import CASEWORK, api, page

DELIVERIES = CASEWORK | {"auditor"}
_DELIVERIES = _("报送情况向经办、审核、认定、督导和审计人员开放，只列管辖范围内的")
ROWS = (
    page("exchange:deliveries", DELIVERIES, _DELIVERIES),
    page("exchange:delivery", DELIVERIES, _DELIVERIES),
    page("exchange:resend", {"approver"}, _("停下的报送由信用牵头部门认定人写明理由后重送"), PLACE),
    page("exchange:reconciliation", DELIVERIES, _("对账结果向经办、审核、认定、督导和审计人员开放")),
    page("exchange:reconcile", {"approver"}, _("临时对账由信用牵头部门认定人发起")),
    api("exchange_api:reports", {"client:reports:read"}, _("报送内容只供授权范围含 reports:read 的客户端")),
    api("exchange_api:receipts", {ANONYMOUS}, _("回执凭平台的签名收，不凭账号")),
)
