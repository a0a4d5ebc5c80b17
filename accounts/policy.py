"""The access policy: ONE table that says who may open what, with the rule in words.

It is read by the middleware and the API (an address that is not in it is refused), by the code that shows restricted data,
by the page that explains access, and by a test that walks all of it. A name is the view name of an address
(`namespace:name`), or a class of data (`official.phone.reveal`). Add a row when you add an address.
"""

from collections.abc import Iterable
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import access, roles
from accounts.access import ANONYMOUS, ANYWHERE, PLACE, SIGNED_IN, SUBJECT, Row, Token, Verdict
from accounts.models.user import User

ALL_ROLES = frozenset(roles.NAMES)
CASEWORK = frozenset({"clerk", "reviewer", "head", "approver", "appeals", "supervisor"})
OFFICIALS_READERS = frozenset({"personnel", "clerk", "reviewer", "head", "approver", "handler"})
REVEALERS = frozenset({"personnel", "head", "approver"})


def page(name: str, audience: Iterable[str], rule: str | Promise, scope: str = ANYWHERE) -> Row:
    """Make a row for an address of a page."""
    return Row(name, frozenset(audience), rule, scope, "page")


def api(name: str, audience: Iterable[str], rule: str | Promise, scope: str = ANYWHERE) -> Row:
    """Make a row for an address of the API; clients by `client:<scope>`."""
    return Row(name, frozenset(audience), rule, scope, "api")


def data(name: str, audience: Iterable[str], rule: str | Promise, scope: str = PLACE) -> Row:
    """Make a row for a class of data or an act that has no address of its own."""
    return Row(name, frozenset(audience), rule, scope, "data")


_OPEN = _("面向公众，任何人都可以看")

WIRING = (
    page("healthz", {ANONYMOUS}, _("只回答平台是否在运行")),
    page("readyz", {ANONYMOUS}, _("只回答平台是否在运行")),
    page("admin:*", {"sysadmin"}, _("技术支持页只供系统管理员查看配置与运行数据，任何人都不能改")),
    api("schema", {ANONYMOUS}, _("接口说明面向公众")),
)

ACCOUNTS = (
    page("accounts:sign_in", {ANONYMOUS}, _("登录页面向所有人")),
    page("accounts:sign_out", {SIGNED_IN}, _("登录的人可以退出")),
    page("accounts:switch", {ANONYMOUS}, _("只在演示环境存在，正式环境一律答复 404")),
    page("accounts:second_factor", {SIGNED_IN}, _("本人管理自己的动态口令")),
    page("accounts:password", {SIGNED_IN}, _("本人修改自己的口令")),
    api("accounts_api:token", {ANONYMOUS}, _("凭客户端编号和密钥领取令牌")),
    api("accounts_api:officials", {"client:officials:read"}, _("公职人员信息只供授权范围含 officials:read 的客户端")),
    page("people:departments", ALL_ROLES, _("部门树向全体工作人员开放")),
    page("people:department", ALL_ROLES, _("部门树向全体工作人员开放")),
    page("people:register_department", {"secadmin"}, _("部门由安全管理员登记")),
    page("people:edit_department", {"secadmin"}, _("部门由安全管理员维护，改名保留历史")),
    page("people:close_department", {"secadmin"}, _("部门由安全管理员维护，撤销后历史保留")),
    page("people:move_department", {"secadmin"}, _("调整隶属关系由一名安全管理员提出、另一名复核")),
    page("people:appoint_head", {"personnel"}, _("第一责任人由本部门人事登记"), PLACE),
    page(
        "people:officials",
        OFFICIALS_READERS,
        _("公职人员信息供人事、填报、审核、负责人、投诉办理和牵头部门认定人在管辖范围内查看"),
        PLACE,
    ),
    page(
        "people:official",
        {*OFFICIALS_READERS, SUBJECT},
        _("公职人员信息供人事、填报、审核、负责人、投诉办理和牵头部门认定人在管辖范围内查看，本人可看自己的"),
        PLACE,
    ),
    page("people:register_official", {"personnel"}, _("公职人员由本部门人事登记"), PLACE),
    page("people:add_post", {"personnel"}, _("任职由本部门人事登记"), PLACE),
    page("people:end_post", {"personnel"}, _("免职由本部门人事登记"), PLACE),
    page("people:reveal", {*REVEALERS, SUBJECT}, _("查看完整号码须写明理由，记入日志，并限制次数"), PLACE),
    page("people:users", {"secadmin", "auditor"}, _("账号和角色由安全管理员管理，审计员可看")),
    page("people:user", {"secadmin", "auditor"}, _("账号和角色由安全管理员管理，审计员可看")),
    page("people:register_user", {"secadmin"}, _("账号由安全管理员开立")),
    page("people:switch_user", {"secadmin"}, _("账号由安全管理员停用或启用")),
    page("people:reset_password", {"secadmin"}, _("口令由安全管理员重置")),
    page("people:reset_second_factor", {"secadmin"}, _("动态口令由安全管理员在本人丢失手机时停用")),
    page("people:propose_grant", {"secadmin"}, _("授予角色由一名安全管理员提出、另一名复核")),
    page("people:propose_revoke", {"secadmin"}, _("收回角色由一名安全管理员提出、另一名复核")),
    page("people:proposals", {"secadmin", "auditor"}, _("待复核事项由安全管理员办理，审计员可看")),
    page("people:confirm", {"secadmin"}, _("复核由提出人以外的安全管理员作出")),
    page("people:decline", {"secadmin"}, _("复核由提出人以外的安全管理员作出")),
    page("people:recusals", {SIGNED_IN}, _("每个人申报和查看自己的回避")),
    page("people:end_recusal", {SIGNED_IN}, _("每个人申报和查看自己的回避")),
    page("people:audit", {"auditor"}, _("日志只供安全审计员查看，任何人都不能改")),
    page("people:explain", ALL_ROLES, _("为什么能（不能）看，向全体工作人员说明")),
    page(
        "people:clients",
        {"sysadmin", "secadmin", "auditor"},
        _("接口客户端由系统管理员登记、安全管理员复核，审计员可看"),
    ),
    page(
        "people:client",
        {"sysadmin", "secadmin", "auditor"},
        _("接口客户端由系统管理员登记、安全管理员复核，审计员可看"),
    ),
    page("people:register_client", {"sysadmin"}, _("接口客户端由系统管理员登记、安全管理员复核")),
    page("people:change_client", {"sysadmin"}, _("接口客户端由系统管理员登记、安全管理员复核")),
    page("people:renew_secret", {"sysadmin"}, _("密钥由系统管理员更换，只显示一次")),
    page("people:stop_client", {"sysadmin", "secadmin"}, _("系统管理员和安全管理员都可以立即停用客户端")),
)

DISCLOSURE = (
    *(
        page(f"public:{name}", {ANONYMOUS}, _OPEN)
        for name in (
            "home", "search", "document", "departments", "department", "verify", "verifier", "changes", "about", "terms",
            "accessibility", "appearance", "robots", "sitemap", "sitemap_part",
        )
    ),
    *(
        api(f"public_api:{name}", {ANONYMOUS}, _OPEN)
        for name in ("documents", "document", "document_proof", "heads", "consistency", "changes")
    ),
    api("public_api:export", {"client:disclosures:read"}, _("整批取走公示文书只供授权范围含 disclosures:read 的客户端")),
)  # fmt: skip

DELIVERIES = CASEWORK | {"auditor"}
_DELIVERIES = _("报送情况向经办、审核、认定、督导和审计人员开放，只列管辖范围内的")
EXCHANGE = (
    page("exchange:deliveries", DELIVERIES, _DELIVERIES),
    page("exchange:delivery", DELIVERIES, _DELIVERIES),
    page("exchange:resend", {"approver"}, _("停下的报送由信用牵头部门认定人写明理由后重送"), PLACE),
    page("exchange:reconciliation", DELIVERIES, _("对账结果向经办、审核、认定、督导和审计人员开放")),
    page("exchange:reconcile", {"approver"}, _("临时对账由信用牵头部门认定人发起")),
    api("exchange_api:reports", {"client:reports:read"}, _("报送内容只供授权范围含 reports:read 的客户端")),
    api("exchange_api:receipts", {ANONYMOUS}, _("回执凭平台的签名收，不凭账号")),
)

RECORDS = (
    page("records:inbox", {SIGNED_IN}, _("每个人只看到等自己办的事")),
    page("records:search", {SIGNED_IN}, _("只查得到自己能看的记录；个人不能按姓名查")),
    page(
        "records:list",
        {SIGNED_IN},
        _("本单位的全部；牵头部门看本地区的；被记录的看送达以后的；督导和异议处理看已认定的"),
    ),
    page(
        "records:record",
        {SIGNED_IN},
        _("本单位的全部；牵头部门看本地区的；被记录的看送达以后的；督导和异议处理看已认定的"),
    ),
    page("records:notice", {SIGNED_IN}, _("能看这条记录的人可以看告知书")),
    page("records:download", {SIGNED_IN}, _("能看这条记录的人可以下载它的附件")),
    page("records:state", {SIGNED_IN}, _("陈述申辩由当事人提出，或由填报人代为登记")),
    page("records:waive", {SIGNED_IN}, _("放弃陈述申辩由当事人声明，或由填报人代为登记")),
    page("records:new", {"clerk"}, _("登记失信记录属于填报人")),
    page("records:preview", {"clerk"}, _("登记失信记录属于填报人")),
    page("records:units", {"clerk"}, _("登记失信记录属于填报人")),
    page("records:edit", {"clerk"}, _("草稿和退回的记录由本单位填报人修改"), PLACE),
    page("records:submit", {"clerk"}, _("提交初审属于本单位填报人"), PLACE),
    page("records:recall", {"clerk"}, _("审核人打开之前，填报人本人可以收回"), PLACE),
    page("records:attach", {"clerk"}, _("附件由本单位填报人添加"), PLACE),
    page("records:remove", {"clerk"}, _("草稿的附件由本单位填报人去掉"), PLACE),
    page("records:pass_on", {"reviewer"}, _("初审由本单位另一人办理，不得审核本人填报的"), PLACE),
    page("records:send_back", {"reviewer"}, _("初审由本单位另一人办理，不得审核本人填报的"), PLACE),
    page("records:deliver", {"clerk", "reviewer"}, _("告知书由填报单位送达"), PLACE),
    page("records:recognise", {"approver"}, _("认定属于信用牵头部门，填报人和审核人不得认定"), PLACE),
    page("records:reject", {"approver"}, _("认定属于信用牵头部门，填报人和审核人不得认定"), PLACE),
    page("records:return_to_department", {"approver"}, _("认定属于信用牵头部门，填报人和审核人不得认定"), PLACE),
    page("records:publish", {"approver"}, _("公示由信用牵头部门认定人决定"), PLACE),
    page("records:acknowledge", {"approver"}, _("文字扫描的命中由认定人说明"), PLACE),
    page("records:mask", {"clerk", "approver"}, _("更正由填报单位提出、认定人签署"), PLACE),
    page("records:publish_official", {"approver"}, _("公示公职人员记录须有依据，并由两名认定人先后签署"), PLACE),
    page("records:correct", {"clerk", "approver"}, _("更正由填报单位提出、认定人签署"), PLACE),
    page("records:withdraw", {"approver"}, _("撤销由两名认定人先后签署"), PLACE),
    page("records:flag_litigation", {"clerk", "approver"}, _("复议诉讼由填报单位或牵头部门加注"), PLACE),
    page("records:clear_litigation", {"clerk", "approver"}, _("复议诉讼由填报单位或牵头部门加注"), PLACE),
    page("records:proposal", {"clerk", "approver"}, _("提议由能签署的人和提议人看"), PLACE),
    api(
        "records_api:records",
        {SIGNED_IN, "client:records:read"},
        _("工作人员只查得到自己能看的记录；客户端须有 records:read"),
    ),
    api(
        "records_api:record",
        {SIGNED_IN, "client:records:read"},
        _("工作人员只查得到自己能看的记录；客户端须有 records:read"),
    ),
    api(
        "records_api:act",
        {"clerk", "reviewer", "approver"},
        _("接口办理与页面办理同一规则，须由登录的自然人作出"),
        PLACE,
    ),
)

_RULES = _("参数、政策、代码表和工作日日历向全体工作人员开放")
RULES = (
    *(page(f"rules:{name}", ALL_ROLES, _RULES) for name in ("calendar", "calendar_year", "parameters", "parameter", "policies", "codes")),
    page("rules:deadline", ALL_ROLES, _("期限的算法向管辖范围内的工作人员说明")),
    page("rules:import_calendar", {"sysadmin", "approver"}, _("新一年的日历由系统管理员或信用牵头部门认定人核对后导入")),
    page("rules:change_parameter", {"approver"}, _("参数由信用牵头部门认定人修改，原来的值留在历史里")),
)  # fmt: skip

DATA = (
    data(
        "official.read",
        {*OFFICIALS_READERS, SUBJECT},
        _("公职人员信息供人事、填报、审核、负责人、投诉办理和牵头部门认定人在管辖范围内查看，本人可看自己的"),
    ),
    data("official.phone.reveal", {*REVEALERS, SUBJECT}, _("查看完整号码须写明理由，记入日志，并限制次数")),
    data("official.id_number.reveal", {*REVEALERS, SUBJECT}, _("查看完整号码须写明理由，记入日志，并限制次数")),
    data("record.open", CASEWORK, _("失信记录供办理和督导的人在管辖范围内查看；审计员看办了什么，不看内容")),
    data("ledger.read", {"auditor"}, _("日志只供安全审计员查看，任何人都不能改"), ANYWHERE),
)

POLICY: MappingProxyType[str, Row] = MappingProxyType(
    {row.name: row for row in (*WIRING, *ACCOUNTS, *DISCLOSURE, *EXCHANGE, *RECORDS, *RULES, *DATA)}
)
"""Every row by its name."""


def row_of(name: str | None) -> Row | None:
    """Return the row of a view name or class of data; a namespace may have one row for all (`admin:*`)."""
    if not name:
        return None
    return POLICY.get(name) or POLICY.get(f"{name.rpartition(':')[0]}:*")


def allows(
    *, user: User | AnonymousUser | None, name: str, now: datetime, client: Token | None = None, **place: Any
) -> Verdict:
    """Say whether the user or the API client may open `name`; `place` may hold department, subject_person_id, grants.

    This will refuse whatever has no row.
    """
    row = row_of(name)
    if row is None:
        return Verdict(False, str(_("访问规则里没有这一项，一律不开放")), "")
    return access.judge(row, user=user, now=now, client=client, **place)
