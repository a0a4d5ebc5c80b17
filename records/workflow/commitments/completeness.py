"""What a promise still lacks before it may be handed in (domain 4.1, first arrow)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from records.models import Commitment, DisclosureMode
from records.workflow.commitments import progress
from rules import codes

NEEDED: tuple[str, ...] = (
    "kind",
    "title",
    "content",
    "to_whom",
    "measure",
    "starts_on",
    "due_on",
    "origin",
    "responsible_official_id",
)
LEAST = 10  # characters of content and measure


def _sentences() -> dict[str, str]:
    return {
        "kind": _("请选择承诺类型"),
        "title": _("请填写标题"),
        "content": _("请写明承诺做什么"),
        "to_whom": _("请写明向谁承诺"),
        "measure": _("请写明可衡量的标准：到期时看什么、达到多少算兑现"),
        "starts_on": _("请填写起始日期"),
        "due_on": _("请填写到期日期"),
        "origin": _("请选择承诺来源"),
        "responsible_official": _("请选择责任人"),
    }


def missing(promise: Commitment) -> dict[str, str]:
    """Return what is still missing, field by field with a sentence; one query for the milestones."""
    told = _sentences()
    blank = [field.removesuffix("_id") for field in NEEDED if getattr(promise, field) in (None, "")]
    lacking = {field: told[field] for field in blank}
    for field in ("content", "measure"):
        if getattr(promise, field) and len(getattr(promise, field)) < LEAST:
            lacking[field] = _("至少写 %d 字，写清到能够核对") % LEAST
    lacking |= _kept_back(promise)
    planned = progress.steps_of(promise)
    total = sum(step.weight for step in planned)
    if planned and total != progress.WHOLE:
        lacking["milestones"] = _("各节点权重合计应为 100，现在是 %d") % total
    return lacking


def _kept_back(promise: Commitment) -> dict[str, str]:
    """以公开为常态、不公开为例外: what is not shown of itself says why and on what basis (row 11)."""
    if promise.disclosure_mode == DisclosureMode.PROACTIVE:
        return {"disclosure_mode": _("涉及干部选拔任用的承诺不得主动公开")} if is_restricted(promise) else {}
    lacking = {}
    if not promise.disclosure_reason:
        lacking["disclosure_reason"] = _("请写明不主动公开的理由")
    if not promise.disclosure_basis:
        lacking["disclosure_basis"] = _("请写明不主动公开的依据")
    return lacking


def is_restricted(promise: Commitment) -> bool:
    """Say whether a promise concerns the selection of cadres, whose data never leave the house (row 51)."""
    on = promise.registered_on
    found = (codes.find("key_area", area, on) for area in promise.key_areas)
    return any(entry and entry.facts.get("is_restricted") for entry in found)
