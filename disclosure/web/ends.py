"""How an end is said."""

from django.utils.translation import gettext_lazy as _

SHORT = {
    "withdrawn": _("撤销"),
    "expired": _("期满"),
    "repaired": _("修复"),
    "stopped": _("异议成立"),
    "delisted": _("法院移出名单"),
}
NAMES = {
    "withdrawn": _("认定已撤销"),
    "expired": _("公示期满"),
    "repaired": _("信用修复获准"),
    "stopped": _("依异议处理决定停止公示"),
    "delisted": _("法院已移出名单"),
}
EXPLAINED = {
    "withdrawn": _("据以认定的文件被撤销、异议成立，或者记错了单位。这条记录自始不应再被引用。"),
    "expired": _("法定的公示期限已满，依规定停止公示。"),
    "repaired": _("被记录单位已履行义务并通过审核，依规定停止公示。"),
    "stopped": _("异议成立，公示提前结束。"),
    "delisted": _("这条记录照录法院的失信被执行人名单；法院已将它移出名单，依规定停止公示。"),
}
