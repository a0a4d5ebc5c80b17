"""What a record still lacks before it may be handed in (domain 4.2, first arrow; 001 §三(二)1 for loss and impact)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from records.models import DishonestyRecord, EvidenceKind
from records.workflow.filing import FACTS_LEAST

NEEDED: tuple[str, ...] = (
    "source_type",
    "document_name",
    "document_number",
    "decided_on",
    "facts",
    "basis_codes",
    "severity_proposed",
    "economic_loss_yuan",
    "social_impact",
    "in_duty",
)


def _sentences() -> dict[str, str]:
    return {
        "source_type": _("请选择失信来源类型"),
        "document_name": _("请填写认定文书名称"),
        "document_number": _("请填写文号"),
        "decided_on": _("请填写认定日期"),
        "facts": _("请写明事实：时间、约定、实际、后果"),
        "basis_codes": _("请选择认定依据"),
        "severity_proposed": _("请选择建议等级"),
        "economic_loss_yuan": _("请填写经济损失；没有损失填 0"),
        "social_impact": _("请选择社会影响"),
        "in_duty": _("请声明：该行为发生在履行职责过程中"),
        "evidence": _("请上传来源文书"),
    }


def _is_blank(value: object) -> bool:
    return value is None or value is False or value == "" or value == []


def missing(record: DishonestyRecord) -> dict[str, str]:
    """Return what is still missing, field by field with a sentence; this will ask whether a source document is attached."""
    told = _sentences()
    lacking = {field: told[field] for field in NEEDED if _is_blank(getattr(record, field))}
    if record.facts and len(record.facts) < FACTS_LEAST:
        lacking["facts"] = _("“事实”至少 %d 字") % FACTS_LEAST
    if not record.evidence.filter(kind=EvidenceKind.SOURCE, removed_at=None).exists():
        lacking["evidence"] = told["evidence"]
    return lacking
