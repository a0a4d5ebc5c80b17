"""Honours as the start page, lists and pages see them."""

from __future__ import annotations

from typing import Any

from accounts.marks import Mark
from records.models import HonourState
from records.workflow.archives.honour import HONOUR, REVIEW
from records.workflow.kinds import Ask, CaseKind
from records.workflow.lazily import lazily as _

S = HonourState


def _title(honour: Any) -> str:
    return str(honour.title)


def _number(honour: Any) -> str:
    return str(honour.number)


KIND = CaseKind(
    machine=HONOUR,
    page="archives:honour",
    list_page="archives:honours",
    title=_title,
    number=_number,
    asks=(
        Ask((S.PROPOSED,), "reviewer", _("授予荣誉"), action="grant"),
        Ask((S.PROPOSED,), "head", _("授予荣誉"), action="grant"),
    ),
    marks={
        S.DRAFT: Mark("draft", "dashed", _("草稿")),
        S.PROPOSED: Mark("wait", "ring", _("待授予")),
        S.GRANTED: Mark("active", "check", _("已授予")),
        S.WITHDRAWN: Mark("ended", "cross", _("已撤销")),
    },
    person="official__person",
    clocks={S.PROPOSED: (REVIEW,)},
    related=("department", "official__person"),
)
