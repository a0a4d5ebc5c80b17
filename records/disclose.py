"""A record as the public may read it: masked, dated, strings and integers only."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts import masking
from disclosure.publishing import PublicDocument
from records import report, words
from records.models import CLAIM_GRANTED, DishonestyRecord
from records.workflow import titles
from rules import codes
from rules.clock import local_day

CORRECTING = ("correct", "correct_on_objection")
"""The acts whose words the public page shows as a correction."""


def document(record: DishonestyRecord) -> PublicDocument:
    """
    Return the public copy of a record that is disclosed.

    An official appears as family name and star with unit and post (domain 2.5); ID numbers, telephones, the loss
    statement of third parties and the persons who filed and decided never appear.
    """
    unit = record.subject_department
    chain = (*(above.uscc for above in unit.ancestors()), unit.uscc)
    return PublicDocument(
        id=record.id,
        version=record.report_version,
        kind="dishonesty",
        number=record.document_number,
        title=titles.title(record),
        department_uscc=record.subject_code,
        department_name=record.subject_unit_name,
        division_code=unit.division_code,
        ancestors=chain,
        areas=tuple(record.key_areas),
        source_type=record.source_type,
        severity=record.severity,
        decided_on=words.settled(record.decided_on),
        visible_from=words.settled(record.public_from),
        visible_until=words.settled(record.public_until),
        fields=_fields(record),
        why=_why(record),
        is_person=record.is_person,
    )


def corrections(record: DishonestyRecord) -> list[tuple[date, str]]:
    """Return day and words of every correction made while the record could be read, oldest first."""
    if record.public_from is None:
        return []
    told = record.remarks.filter(action__in=CORRECTING).order_by("edition")
    return [(local_day(each.at), each.text) for each in told if local_day(each.at) >= record.public_from]


def _fields(record: DishonestyRecord) -> dict[str, Any]:
    return {
        "organ": record.lead_name,
        "paragraphs": [part.strip() for part in record.facts.split("\n") if part.strip()],
        "points": [{"label": label, "text": text} for label, text in _points(record) if text],
        "history": _history(record),
    }


def _points(record: DishonestyRecord) -> list[tuple[str, str]]:
    on = record.recognised_on or record.registered_on
    who = [(_("被记录单位"), f"{record.subject_unit_name}（{record.subject_code}）")]
    if record.is_person:
        person = f"{masking.name(record.subject_name)} {record.subject_post}".strip()
        who = [(_("被记录人"), person), (_("所在单位"), record.subject_unit_name)]
    return [
        *who,
        (_("记录编号"), record.number),
        (_("认定单位"), record.lead_name),
        (_("认定文书"), f"{record.document_name} {record.document_number}".strip()),
        (_("文书日期"), words.day(record.decided_on)),
        (_("制发机关"), record.issuer_name),
        (_("认定依据"), words.named("legal_basis", record.basis_codes, on)),
        (_("直接经济损失"), words.money(record.economic_loss_yuan)),
        (_("社会影响"), codes.label("social_impact", record.social_impact, on)),
        (_("采取措施"), words.named("sanction", report.sanctions_in_force(record), on)),
        (_("从轻免于惩戒"), _mitigated(record, on)),
        (_("复议诉讼"), _("来源文书正在复议或诉讼中") if record.under_litigation else ""),
    ]


def _mitigated(record: DishonestyRecord, on: date) -> str:
    """The note a granted claim leaves on the record (004 §三(四)): on which grounds, with which outcome."""
    granted = record.mitigation_claims.filter(state__in=CLAIM_GRANTED).order_by("decided_on", "number")
    return "；".join(
        f"{words.day(claim.decided_on)}{claim.get_state_display()}（{words.named('mitigation_ground', claim.grounds, on)}）"
        for claim in granted
    )


def _history(record: DishonestyRecord) -> list[dict[str, str]]:
    days: list[tuple[Any, str, str]] = [
        (record.decided_on, _("来源文书作出"), record.document_name),
        (record.recognised_on, _("认定生效"), _("填报、审核、认定由三人分别经手")),
    ]
    told = [(on, title, note) for on, title, note in days if on is not None]
    return [
        {"day": on.isoformat(), "title": title, "note": note}
        for on, title, note in sorted(told, key=lambda row: row[0])
    ]


def _why(record: DishonestyRecord) -> dict[str, Any]:
    on = record.recognised_on or record.registered_on
    ends = [_("异议成立，被更正或撤销"), _("据以认定的文书被撤销")]
    if record.is_repairable and record.repair_from:
        ends.insert(1, _("%s以后信用修复获准") % words.day(record.repair_from))
    return {
        "basis": words.named("legal_basis", record.basis_codes, on),
        "clause": record.period_reason,
        "start": words.settled(record.decided_on).isoformat(),
        "last_day": words.settled(record.public_until).isoformat(),
        "decided_by": record.lead_name,
        "repair_from": record.repair_from.isoformat() if record.is_repairable and record.repair_from else "",
        "ends_earlier": ends,
    }
