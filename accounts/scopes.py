"""The scopes an API client can be given, with what each opens."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

SCOPES = MappingProxyType(
    {
        "disclosures:read": _("读取公示文书的完整字段和变更流"),
        "reports:read": _("读取报送内容和回执状态"),
        "receipts:write": _("回传报送回执"),
        "records:read": _("读取政务失信记录（内部字段）"),
        "records:write": _("以本单位名义填报政务失信记录草稿"),
        "checks:write": _("为业务办理发起信用核查，读取自己的核查结果"),
        "officials:read": _("读取公职人员的非敏感信息"),
    }
)
"""Scope to its Chinese description; a client gets a token for its own scopes only, and none by default."""
