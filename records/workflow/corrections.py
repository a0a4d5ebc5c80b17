"""What a correction may change, and the rule that an objection never makes a record heavier (公务员法 art. 96 by analogy)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Department
from records import words
from records.models import DishonestyRecord
from rules import codes

CORRECTABLE: tuple[str, ...] = (
    "document_name",
    "document_number",
    "document_number_original",
    "issuer_name",
    "facts",
    "basis_codes",
    "economic_loss_yuan",
    "social_impact",
    "key_areas",
)
"""What any correction may change: another subject, source type or severity needs a withdrawal and a new record."""

CODE = "subject_code"
"""The subject's credit code: the same subject's, as the register has corrected it, and never any other."""

LIGHTER: tuple[str, ...] = ("severity", "sanctions", "period_until")
"""What an upheld objection may change besides, downwards only."""


def registered_code(record: DishonestyRecord) -> str:
    """Return the credit code the register gives the subject now, where the record bears a former one; else nothing."""
    code: str = Department.objects.values_list("uscc", flat=True).get(pk=record.subject_department_id)
    return "" if code == record.subject_code else code


def typed(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return corrected content, kept as JSON, with the types of the columns."""
    told = dict(content)
    if told.get("economic_loss_yuan") is not None:
        told["economic_loss_yuan"] = Decimal(str(told["economic_loss_yuan"]))
    if isinstance(told.get("period_until"), str):
        told["period_until"] = date.fromisoformat(told["period_until"])
    return told


def heavier(record: DishonestyRecord, content: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the field and the sentence of the first change that would make the record heavier, or None."""
    new = typed(content)
    if "economic_loss_yuan" in new and (new["economic_loss_yuan"] or 0) > (record.economic_loss_yuan or 0):
        return "economic_loss_yuan", _("异议处理不得加重：经济损失不能改得比现在大")
    for field, label in (("social_impact", _("社会影响")), ("severity", _("失信等级"))):
        if field in new and _rank(field, new[field]) > _rank(field, getattr(record, field)):
            return field, _("异议处理不得加重：%s不能改得比现在重") % label
    if added := set(new.get("sanctions", ())) - set(record.sanctions):
        on = words.settled(record.recognised_on)
        return "sanctions", _("异议处理不得加重：不能增加惩戒措施“%s”") % words.named("sanction", sorted(added), on)
    if "period_until" in new and record.period_until is not None and new["period_until"] > record.period_until:
        return "period_until", _("异议处理不得加重：公示期不能改得比现在长")
    return None


def _rank(list_name: str, code: str) -> int:
    """The place of a code in its list, which goes from light to heavy; an unknown one is heavier than all."""
    order = [each.code for each in codes.rows(list_name)]
    return order.index(code) if code in order else len(order)
