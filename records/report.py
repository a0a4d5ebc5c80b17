"""A record as the provincial platform is told of it: neutral field names, one version per report, restricted apart."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from accounts import sealed
from exchange import reporting
from records import words
from records.models import DishonestyRecord, RecordState, RectificationState, RepairState, SanctionState
from records.workflow import source
from rules import parameters
from rules.clock import ZONE, local_day
from rules.deadlines import derive

DUE_RULES: dict[str, str] = {
    "C": "push.record_create_days",
    "U": "push.update_days",
    "E": "push.expire_days",
    "R": "push.repair_sync_days",
    "W": "push.withdraw_days",
}
CORRECTED = "record.correction_days"
"""The rule of an update that puts other words in force (domain 4.2); any other update has that of `DUE_RULES`."""

_STATE = RectificationState
RECTIFICATION_TOLD: dict[str, str] = {
    _STATE.ORDERED: "ordered",
    _STATE.RECEIVED: "in_progress",
    _STATE.IN_PROGRESS: "in_progress",
    _STATE.EXTENSION_REQUESTED: "in_progress",
    _STATE.SUBMITTED: "in_progress",
    _STATE.RETURNED: "in_progress",
    _STATE.ACCEPTED: "accepted",
    _STATE.CLOSED: "accepted",
    _STATE.OVERDUE: "overdue",
    _STATE.REFUSED: "refused",
}


def tell(record: DishonestyRecord, *, op: str, now: datetime, rule: str = "") -> None:
    """
    Report the record to the platform as one version further, inside the open act; the caller saves the record.

    A source type that is restricted (Party discipline) is never told to anybody (domain 2.5).

    :param rule: the parameter that says until when, where it is not that of the operation
    :raises ledger.acts.NoActOpen: no act is open
    """
    if source.facts(record).get("is_restricted"):
        return
    record.report_version += 1
    reporting.report(
        resource="SX",
        subject_id=record.id,
        version=record.report_version,
        op=op,
        decided_on=words.settled(record.decided_on),
        due_at=due_at(record, op=op, now=now, rule=rule),
        fields=fields(record),
        restricted=restricted(record),
        department=record.department,
        now=now,
    )


def due_at(record: DishonestyRecord, *, op: str, now: datetime, rule: str = "") -> datetime:
    """
    Return until when the platform must know (domain 4.8): the end of the last working day, Asia/Shanghai.

    A creation counts from the day of the document, defaults and arrears within minutes of the act; marks at once.
    """
    today = local_day(now)
    if op in ("M", "N"):
        return now
    if op == "C" and source.facts(record).get("is_realtime"):  # 发改财金〔2023〕1103号: shared in real time
        return now + timedelta(minutes=int(parameters.value("push.default_realtime_minutes", on=today)))
    start = record.decided_on if op == "C" and record.decided_on else today
    return end_of(derive(rule or DUE_RULES[op], start).due_on or start)


def end_of(day: date) -> datetime:
    """Return the last second of a day in Shanghai, so that pages name the day itself."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=ZONE)


def fields(record: DishonestyRecord) -> dict[str, Any]:
    """Return what every reader of the report may see."""
    public = record.state == RecordState.DISCLOSED
    return {
        "subject_name": record.subject_unit_name,
        "subject_code": record.subject_code,
        "is_person": record.is_person,
        "source_type": record.source_type,
        "key_areas": list(record.key_areas),
        "document_name": record.document_name,
        "document_number": record.document_number,
        "facts": record.facts,
        "basis": words.named("legal_basis", record.basis_codes, record.recognised_on or record.registered_on),
        "severity": record.severity,
        "loss_yuan": str(record.economic_loss_yuan if record.economic_loss_yuan is not None else "0.00"),
        "social_impact": record.social_impact,
        "recognised_on": record.decided_on,  # 认定日期 is that of the recognising document
        "recogniser_name": record.lead_name,
        "recogniser_code": record.lead.uscc,
        "sanctions": sanctions_in_force(record),
        "is_public": public,
        "public_from": record.public_from if public else None,
        "public_until": record.public_until if public else None,
        "rectification_state": rectification_state(record),
        "repair_state": repair_state(record),
        "repaired_on": record.ended_on if record.state == RecordState.REPAIRED else None,
        "repair_number": record.repair_number,
        "is_objected": record.is_objected,
        "withdrawn_because": record.withdrawn_because,
        "source_name": record.department_name,
        "source_code": record.department.uscc,
        "responsible": record.responsible_name,
        "division_code": record.subject_department.division_code,
    }


def sanctions_in_force(record: DishonestyRecord) -> list[str]:
    """Return the codes of the measures that bind today, in the order they were decided."""
    active = set(record.measures.filter(state=SanctionState.ACTIVE).values_list("code", flat=True))
    return [code for code in record.sanctions if code in active]


def rectification_state(record: DishonestyRecord) -> str:
    """Return the state of the newest order to put things right, or that none was needed."""
    newest = record.rectifications.order_by("-ordered_on", "-number").values_list("state", flat=True).first()
    return RECTIFICATION_TOLD.get(newest or "", "none")


def repair_state(record: DishonestyRecord) -> str:
    """Return whether the record is repaired, was and is no longer, or neither."""
    if record.state == RecordState.REPAIRED:
        return "repaired"
    return "revoked" if record.repairs.filter(state=RepairState.REVOKED).exists() else "none"


def restricted(record: DishonestyRecord) -> dict[str, Any] | None:
    """Return what names a natural person; it is sealed at once and sent only where the resource allows persons."""
    if not record.is_person or record.subject_official is None:
        return None
    return {
        "person_name": record.subject_name,
        "person_id_number": sealed.open_id_number(record.subject_official.person),
        "person_post": record.subject_post,
    }
