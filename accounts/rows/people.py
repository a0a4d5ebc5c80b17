"""Signing in, people, departments, clients and the log."""

from django.utils.translation import gettext_lazy as _

from accounts.access import ANONYMOUS, PLACE, SIGNED_IN, SUBJECT
from accounts.rows.making import ALL_ROLES, OFFICIALS_READERS, REVEALERS, api, page

ROWS = (
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
    page("people:recode_department", {"secadmin"}, _("统一社会信用代码由一名安全管理员提出更正、另一名复核")),
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
