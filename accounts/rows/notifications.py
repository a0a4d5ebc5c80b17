"""Notifications, reminders and delegation."""

from django.utils.translation import gettext_lazy as _

from accounts.access import SIGNED_IN, Row
from accounts.roles import LENDABLE
from accounts.rows.making import page

ROWS: tuple[Row, ...] = (
    page("notifications:list", {SIGNED_IN}, _("每个人只看到发给自己的提醒")),
    page("notifications:read", {SIGNED_IN}, _("每个人只看到发给自己的提醒")),
    page("notifications:mails", {SIGNED_IN}, _("每个人设置自己的每日邮件")),
    page(
        "notifications:delegations",
        {*LENDABLE, "secadmin"},
        _("委托代办由本人提出，只能委托本人现有的职责，由本单位主要负责人或安全管理员确认"),
    ),
    page(
        "notifications:confirm_delegation",
        {"head", "secadmin"},
        _("委托代办由本单位主要负责人或安全管理员确认，委托人和受托人不能确认"),
    ),
    page(
        "notifications:end_delegation",
        {*LENDABLE, "secadmin"},
        _("委托人、受托人、本单位主要负责人和安全管理员都可以终止委托"),
    ),
)
