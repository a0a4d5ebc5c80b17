"""What brings a record back, or closes it from outside: a revoked repair, and the court's own list."""

from __future__ import annotations

from records.models import IN_FORCE, RecordState
from records.workflow import endings
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow

S = RecordState

ARROWS = (
    Arrow(
        "restore_after_repair",
        _("修复被撤销，再次公示"),
        frozenset({S.REPAIRED}),
        S.DISCLOSED,
        ("system",),
        guards=(endings.days_remain,),
        public=_("按剩余期限再次公示"),
        reported="U",
        consequence=_("修复被撤销：按剩余期限再次公示，惩戒措施恢复。"),
        law=_("信用修复管理办法（发改委令第36号）"),
    ),
    Arrow(
        "restore_unshown",
        _("修复被撤销，恢复效力"),
        frozenset({S.REPAIRED}),
        S.EFFECTIVE,
        ("system",),
        guards=(endings.no_longer_over,),
        reported="U",
        consequence=_("修复被撤销：原来不公示的记录恢复效力和惩戒措施，仍不公示。"),
        law=_("信用修复管理办法（发改委令第36号）"),
    ),
    Arrow(
        "restore_expired",
        _("修复被撤销，期限已满"),
        frozenset({S.REPAIRED}),
        S.EXPIRED,
        ("system",),
        guards=(endings.period_over,),
        reported="E",
        consequence=_("修复被撤销时公示期已满：不再公示。"),
        law=_("信用修复管理办法（发改委令第36号）"),
    ),
    Arrow(
        "delist",
        _("法院移出名单"),
        frozenset(IN_FORCE),
        S.EXPIRED,
        ("system",),
        guards=(endings.mirrored,),
        public=_("撤下"),
        reported="E",
        consequence=_("记录照录法院名单，法院移出之后随即结束，惩戒措施解除。"),
        law=_("最高人民法院关于公布失信被执行人名单信息的若干规定"),
    ),
)
