"""The portal itself: health, support, schema."""

from django.utils.translation import gettext_lazy as _

from accounts.access import ANONYMOUS
from accounts.rows.making import api, page

ROWS = (
    page("healthz", {ANONYMOUS}, _("只回答平台是否在运行")),
    page("readyz", {ANONYMOUS}, _("只回答平台是否在运行")),
    page("admin:*", {"sysadmin"}, _("技术支持页只供系统管理员查看配置与运行数据，任何人都不能改")),
    api("schema", {ANONYMOUS}, _("接口说明面向公众")),
)
