"""How an end is said."""

from django.utils.translation import gettext_lazy as _

SHORT = {
    "withdrawn": _("撤销"),
    "expired": _("期满"),
    "repaired": _("修复"),
    "stopped": _("异议成立"),
    "delisted": _("法院移出名单"),
    "suspended": _("异议处理"),
}
NAMES = {
    "withdrawn": _("认定已撤销"),
    "expired": _("公示期满"),
    "repaired": _("信用修复获准"),
    "stopped": _("依异议处理决定停止公示"),
    "delisted": _("法院已移出名单"),
    "suspended": _("异议处理期间暂停公示"),
}
EXPLAINED = {
    "withdrawn": _("据以认定的文件被撤销、异议成立，或者记错了单位。这条记录自始不应再被引用。"),
    "expired": _("法定的公示期限已满，依规定停止公示。"),
    "repaired": _("被记录单位已履行义务并通过审核，依规定停止公示。"),
    "stopped": _("异议成立，公示提前结束。"),
    "delisted": _("这条记录照录法院的失信被执行人名单；法院已将它移出名单，依规定停止公示。"),
    "suspended": _(
        "被记录的一方对这条记录提出的异议已经受理，处理期间不公示。办结以后记录仍然成立、公示期没有满的，在本页恢复公示，公示期不延长。"
    ),
}
SUSPENDED = "suspended"  # the one end that is none yet
