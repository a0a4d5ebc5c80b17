"""What happens to a record because of what it set going: its rectification moved, its sanctions were lightened."""

from __future__ import annotations

from records.models import IN_FORCE
from records.workflow.lazily import lazily as _
from rules.workflow import Arrow

ARROWS = (
    Arrow(
        "follow_duties",
        _("更新整改和惩戒情况"),
        frozenset(IN_FORCE),
        None,
        ("system",),
        public=_("措施有变的，换成变更后的文字"),
        reported="U",
        consequence=_("整改状态或惩戒措施有变，报省信用平台。"),
    ),
)
