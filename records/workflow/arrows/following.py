"""What happens to a record because of something else: its rectification moved, its sanctions were lightened, an office's code."""

from __future__ import annotations

from records.models import IN_FORCE
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow

ARROWS = (
    Arrow(
        "follow_duties",
        _("更新整改、惩戒和经办单位代码"),
        frozenset(IN_FORCE),
        None,
        ("system",),
        public=_("措施有变的，换成变更后的文字"),
        reported="U",
        consequence=_("整改状态、惩戒措施有变，或者填报、认定单位的代码在部门登记中更正，报省信用平台。"),
    ),
)
