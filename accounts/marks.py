"""The marks that stand for a state: its words (exactly the official ones), its icon shape and its colour class."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Mark:
    """One badge: ``tone`` is draft|wait|active|shown|back|dispute|done|ended|fail, ``icon`` the shape."""

    tone: str
    icon: str
    word: str | Promise


MARKS: dict[str, dict[str, Mark]] = {
    "record": {
        "draft": Mark("draft", "dashed", _("草稿")),
        "pending_review": Mark("wait", "ring", _("待初审")),
        "returned": Mark("back", "back", _("退回")),
        "notified": Mark("wait", "clock", _("已告知")),
        "pending_approval": Mark("wait", "half", _("待认定")),
        "rejected": Mark("ended", "stop", _("不予认定")),
        "effective": Mark("active", "dot", _("已生效")),
        "disclosed": Mark("shown", "dot", _("公示中")),
        "objected": Mark("dispute", "flag", _("异议处理中")),
        "litigation": Mark("dispute", "flag", _("复议或诉讼中")),
        "repaired": Mark("done", "check", _("已修复")),
        "expired": Mark("ended", "stop", _("公示期满")),
        "withdrawn": Mark("ended", "cross", _("已撤销")),
        "archived": Mark("ended", "file", _("归档")),
    },
    "delivery": {
        "queued": Mark("wait", "ring", _("排队")),
        "sending": Mark("active", "half", _("正在送出")),
        "sent": Mark("active", "half", _("已送达")),
        "stored": Mark("done", "check", _("平台已入库")),
        "retry_wait": Mark("back", "clock", _("等待重试")),
        "rejected": Mark("fail", "cross", _("数据不合规")),
        "dead": Mark("fail", "warn", _("人工处理")),
        "superseded": Mark("ended", "stop", _("已被替代")),
        "cancelled": Mark("ended", "cross", _("已取消")),
    },
    "duty": {
        "owed": Mark("wait", "ring", _("应办")),
        "due": Mark("wait", "ring", _("应办")),
        "done": Mark("done", "check", _("已办")),
        "late": Mark("fail", "warn", _("逾期")),
        "lifted": Mark("ended", "stop", _("已解除")),
    },
    "grant": {
        "active": Mark("active", "dot", _("有效")),
        "waiting": Mark("wait", "ring", _("待确认")),
        "ended": Mark("ended", "stop", _("已停用")),
    },
}

SEVERITIES: dict[str, str | Promise] = {"minor": _("轻微"), "general": _("一般"), "serious": _("严重")}


def register(kind: str, marks: dict[str, Mark]) -> None:
    """Tell the badges of a workflow's states; a room above does so when it starts."""
    MARKS[kind] = marks


def mark(kind: str, code: str) -> Mark:
    """
    This will give the badge of a state.

    An unknown code shows itself in the plainest badge, so that a page never breaks over a new state.
    """
    return MARKS.get(kind, {}).get(code, Mark("wait", "ring", code))
