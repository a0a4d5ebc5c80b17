"""What the kinds of log entries are called in Chinese; workflow machines add the names of their arrows."""

from collections.abc import Mapping
from typing import cast

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_names: dict[str, str | Promise] = {
    "refused": gettext_lazy("被拒绝"),
    "end": gettext_lazy("公示结束"),
    "publish": gettext_lazy("公示"),
    "restore": gettext_lazy("再次公示"),
    "resume": gettext_lazy("恢复公示"),
    "renew": gettext_lazy("公开内容更新"),
    "correct": gettext_lazy("公示更正"),
    "mark": gettext_lazy("公示加注或去注"),
    "ledger.rows_noted": gettext_lazy("补记数据行"),
    "rules.load": gettext_lazy("载入规则"),
    "rules.change_parameter": gettext_lazy("修改参数"),
    "calendar.load": gettext_lazy("载入工作日历"),
    "calendar.import": gettext_lazy("导入工作日历"),
    "delivery.resend": gettext_lazy("重送报送"),
    "exchange.erase": gettext_lazy("到期清除报送内容"),
    "record.register": gettext_lazy("登记草稿"),
    "record.add_evidence": gettext_lazy("添加附件"),
    "record.remove_evidence": gettext_lazy("去掉附件"),
    "record.acknowledge": gettext_lazy("说明扫描命中"),
    "commitment.write_details": gettext_lazy("填写专项信息"),
    "commitment.register": gettext_lazy("登记承诺"),
    "commitment.remind": gettext_lazy("到期提醒"),
    "ledger.batch": gettext_lazy("每日汇总记入"),
    "complaint.register": gettext_lazy("登记投诉"),
    "complaint.say_question": gettext_lazy("向投诉人提问"),
    "complaint.say_notice": gettext_lazy("告知投诉人"),
    "complaint.say_answer": gettext_lazy("答复投诉人"),
    "custody.make_key": gettext_lazy("设立身份保管密钥"),
    "custody.erase": gettext_lazy("到期删除投诉人身份和附件原件"),
    "complaint.erase": gettext_lazy("到期删除投诉内容"),
    "original.ask": gettext_lazy("申请查看附件原件"),
    "original.read": gettext_lazy("下载附件原件"),
    "identity.ask": gettext_lazy("申请查看投诉人身份"),
    "identity.view": gettext_lazy("查看投诉人身份"),
    "channel.open": gettext_lazy("登记监督渠道"),
    "channel.change": gettext_lazy("修改监督渠道"),
    "corps.appoint": gettext_lazy("聘任社会监督员"),
    "corps.change_term": gettext_lazy("调整监督员聘期"),
    "clue.note": gettext_lazy("登记媒体线索"),
    "clue.clip": gettext_lazy("上传剪报"),
    "clue.check": gettext_lazy("核实媒体线索"),
    "clue.join": gettext_lazy("媒体线索并入投诉"),
    "complaint.read": gettext_lazy("查看投诉内容"),
    "attachment.add": gettext_lazy("添加附件"),
    "attachment.remove": gettext_lazy("去掉附件"),
    "accounts.delegate": gettext_lazy("提出委托代办"),
    "accounts.confirm_delegation": gettext_lazy("确认委托代办"),
    "accounts.end_delegation": gettext_lazy("终止委托代办"),
    "notification.send": gettext_lazy("发出提醒"),
    "notification.escalate": gettext_lazy("逾期上报"),
    "notification.prefer": gettext_lazy("更改邮件设置"),
    "notification.digest": gettext_lazy("发出每日邮件"),
    "accounts.sign_in": gettext_lazy("登录"),
    "accounts.sign_in_failed": gettext_lazy("登录失败"),
    "accounts.sign_out": gettext_lazy("退出"),
    "accounts.switch_demo_account": gettext_lazy("切换演示账号"),
    "accounts.found": gettext_lazy("初始化管理员"),
    "accounts.register_person": gettext_lazy("登记自然人"),
    "accounts.change_phone": gettext_lazy("更改手机号码"),
    "accounts.establish_department": gettext_lazy("登记部门"),
    "accounts.rename_department": gettext_lazy("部门改名"),
    "accounts.close_department": gettext_lazy("撤销部门"),
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
    "accounts.propose_code": gettext_lazy("提出更正统一社会信用代码"),
    "accounts.confirm_code": gettext_lazy("复核更正统一社会信用代码"),
    "accounts.decline_code": gettext_lazy("不同意更正统一社会信用代码"),
    "accounts.propose_client": gettext_lazy("提出接口客户端"),
    "accounts.confirm_client": gettext_lazy("复核接口客户端"),
    "accounts.decline_client": gettext_lazy("不同意接口客户端"),
    "accounts.renew_secret": gettext_lazy("更换接口密钥"),
    "accounts.stop_client": gettext_lazy("停用接口客户端"),
    "accounts.issue_token": gettext_lazy("领取接口令牌"),
    "accounts.declare_recusal": gettext_lazy("申报回避"),
    "accounts.end_recusal": gettext_lazy("终止回避"),
}


_SIGNED: dict[str, str | Promise] = {
    "": "{label}",
    ".propose": gettext_lazy("提议{label}"),
    ".sign": gettext_lazy("签署{label}"),
    ".decline": gettext_lazy("不同意{label}"),
}
"""What a machine writes after the name of an arrow that several persons sign, and how it is called."""


def register(names: Mapping[str, str | Promise]) -> None:
    """Add the names of a room's acts; call it when the room starts."""
    _names.update(names)


def register_arrows(machine: str, labels: Mapping[str, str | Promise]) -> None:
    """Name the acts of a workflow machine: each arrow, and its proposal, signature and refusal where it takes two."""
    for action, label in labels.items():
        kind = f"{machine}.{action}"
        for suffix, pattern in _SIGNED.items():
            _names[kind + suffix] = format_lazy(cast(str, pattern), label=label)


def name(kind: str) -> str:
    """Return the Chinese name of a kind, or the kind itself where nobody named it."""
    if kind.startswith("open."):
        return _("打开 %(page)s") % {"page": kind.removeprefix("open.")}
    return str(_names.get(kind, kind))


def choices() -> list[tuple[str, str]]:
    """Return every kind of act for a filter: those of two persons under the name of the act they lead to."""
    plain = {kind: text for kind, text in _names.items() if not kind.endswith((".propose", ".sign", ".decline"))}
    return [(kind, str(text)) for kind, text in sorted(plain.items())]
