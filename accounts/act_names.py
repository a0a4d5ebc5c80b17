"""What the kinds of log entries are called in Chinese; each room names its own acts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_names: dict[str, str | Promise] = {
    "refused": gettext_lazy("被拒绝"),
    "end": gettext_lazy("公示结束"),
    "accounts.sign_in": gettext_lazy("登录"),
    "accounts.sign_in_failed": gettext_lazy("登录失败"),
    "accounts.sign_out": gettext_lazy("退出"),
    "accounts.switch_demo_account": gettext_lazy("切换演示账号"),
    "accounts.found": gettext_lazy("初始化管理员"),
    "accounts.register_person": gettext_lazy("登记自然人"),
    "accounts.change_phone": gettext_lazy("更改手机号码"),
    "accounts.establish_department": gettext_lazy("登记部门"),
    "accounts.rename_department": gettext_lazy("部门改名"),
    "accounts.appoint_head": gettext_lazy("登记第一责任人"),
    "accounts.register_official": gettext_lazy("登记公职人员"),
    "accounts.read_official": gettext_lazy("查看公职人员"),
    "accounts.add_post": gettext_lazy("登记任职"),
    "accounts.end_post": gettext_lazy("登记免职"),
    "accounts.reveal_phone": gettext_lazy("查看完整手机号码"),
    "accounts.reveal_id_number": gettext_lazy("查看完整身份号码"),
    "accounts.open_account": gettext_lazy("开立账号"),
    "accounts.open_account_for": gettext_lazy("开立账号"),
    "accounts.switch_account": gettext_lazy("停用或启用账号"),
    "accounts.reset_password": gettext_lazy("重置口令"),
    "accounts.change_password": gettext_lazy("修改口令"),
    "accounts.enrol_second_factor": gettext_lazy("启用动态口令"),
    "accounts.stop_second_factor": gettext_lazy("停用动态口令"),
    "accounts.reset_second_factor": gettext_lazy("代为停用动态口令"),
    "accounts.propose_grant": gettext_lazy("提出授予角色"),
    "accounts.confirm_grant": gettext_lazy("复核授予角色"),
    "accounts.decline_grant": gettext_lazy("不同意授予角色"),
    "accounts.propose_revoke": gettext_lazy("提出收回角色"),
    "accounts.confirm_revoke": gettext_lazy("复核收回角色"),
    "accounts.decline_revoke": gettext_lazy("不同意收回角色"),
    "accounts.propose_move": gettext_lazy("提出调整隶属关系"),
    "accounts.confirm_move": gettext_lazy("复核调整隶属关系"),
    "accounts.decline_move": gettext_lazy("不同意调整隶属关系"),
    "accounts.propose_client": gettext_lazy("提出接口客户端"),
    "accounts.confirm_client": gettext_lazy("复核接口客户端"),
    "accounts.decline_client": gettext_lazy("不同意接口客户端"),
    "accounts.renew_secret": gettext_lazy("更换接口密钥"),
    "accounts.stop_client": gettext_lazy("停用接口客户端"),
    "accounts.issue_token": gettext_lazy("领取接口令牌"),
    "accounts.declare_recusal": gettext_lazy("申报回避"),
    "accounts.end_recusal": gettext_lazy("终止回避"),
}


def register(names: Mapping[str, str | Promise]) -> None:
    """Add the names of a room's acts; call it when the room starts."""
    _names.update(names)


def name(kind: str) -> str:
    """Return the Chinese name of a kind, or the kind itself where nobody named it."""
    if kind.startswith("open."):
        return _("打开 %(page)s") % {"page": kind.removeprefix("open.")}
    return str(_names.get(kind, kind))


def choices() -> list[tuple[str, str]]:
    """Return every named kind, for a filter."""
    return [(kind, str(text)) for kind, text in sorted(_names.items())]
