"""What changed between two texts of a record, field by field, and inside a text by characters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from records import words
from records.models import DishonestyRecord, LastLook
from records.workflow import contents
from records.workflow.filing import LABELS
from rules import codes

LISTED = {
    "source_type": "source_type",
    "severity_proposed": "severity",
    "severity": "severity",
    "social_impact": "social_impact",
    "basis_codes": "legal_basis",
    "key_areas": "key_area",
    "sanctions_proposed": "sanction",
    "sanctions": "sanction",
}
SAME, DELETED, INSERTED = "same", "del", "ins"


@dataclass(frozen=True)
class Change:
    """One field that reads differently; `pieces` joins to the old text by same+del and to the new one by same+ins."""

    field: str
    label: str
    old: str
    new: str
    pieces: tuple[tuple[str, str], ...]


def since_last_look(*, user: User, record: DishonestyRecord) -> list[Change]:
    """Return what changed since the person last looked; nothing for who has never looked."""
    look = LastLook.objects.filter(record=record, person_id=user.person_id).first()
    return between(look.content, contents.of(record)) if look else []


def of_editions(*, record: DishonestyRecord, old: int, new: int) -> list[Change]:
    """Return what changed from one kept edition to another; nothing where one of them was never kept."""
    kept = dict(record.editions.filter(edition__in=(old, new)).values_list("edition", "content"))
    return between(kept[old], kept[new]) if {old, new} <= kept.keys() else []


def between(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Return the fields that read differently in two contents, in the order of the form."""
    changes = []
    for field in DishonestyRecord.CONTENT:
        before, after = spoken(field, old.get(field)), spoken(field, new.get(field))
        if before != after:
            changes.append(Change(field, label(field), before, after, pieces(before, after)))
    return changes


def label(field: str) -> str:
    """Return what a field is called on pages."""
    names = {
        "subject_name": _("主体名称"),
        "subject_unit_name": _("单位名称"),
        "subject_code": _("统一社会信用代码"),
        "subject_post": _("职务"),
        "severity": _("认定等级"),
        "sanctions": _("惩戒措施"),
        "period_until": _("最长公示到"),
        "is_person": _("个人记录"),
        "prior_hearing_by_source": _("来源机关已听取陈述"),
        "needs_rectification": _("须限期整改"),
        "is_repairable": _("可以修复"),
    }
    return str(names.get(field) or LABELS.get(field, field))


def spoken(field: str, value: Any) -> str:
    """Return a value in words: labels for codes, 是 or 否, days and amounts as pages write them."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if field in LISTED:
        values = value if isinstance(value, list) else [value]
        return "、".join(codes.label(LISTED[field], each) for each in values)
    if field in ("decided_on", "period_until"):
        return words.day(date.fromisoformat(str(value)))
    if field == "economic_loss_yuan":
        return words.money(Decimal(str(value)))
    return str(value)


def pieces(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """
    Return the two texts as one run of same, deleted and inserted pieces, compared by characters.

    Chinese has no spaces between words, so characters are the words here; long texts differ in few places, and the
    matcher's guess about popular characters is off because every character counts.
    """
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append((SAME, old[a:b]))
            continue
        if b > a:
            found.append((DELETED, old[a:b]))
        if d > c:
            found.append((INSERTED, new[c:d]))
    return tuple(found)
