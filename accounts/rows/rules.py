"""Calendar, parameters, policies and code lists."""

from django.utils.translation import gettext_lazy as _

from accounts.rows.making import ALL_ROLES, page

_RULES = _("参数、政策、代码表和工作日日历向全体工作人员开放")
ROWS = (
    *(page(f"rules:{name}", ALL_ROLES, _RULES) for name in ("calendar", "calendar_year", "parameters", "parameter", "policies", "codes")),
    page("rules:deadline", ALL_ROLES, _("期限的算法向管辖范围内的工作人员说明")),
    page("rules:import_calendar", {"sysadmin", "approver"}, _("新一年的日历由系统管理员或信用牵头部门认定人核对后导入")),
    page("rules:change_parameter", {"approver"}, _("参数由信用牵头部门认定人修改，原来的值留在历史里")),
)  # fmt: skip
