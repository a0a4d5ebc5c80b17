"""A promise as the provincial platform is told of it: neutral field names, one version per report (domain 3.5, CN_)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from exchange import reporting
from records import words
from records.models import Commitment
from records.report import end_of
from records.workflow.commitments.completeness import is_restricted
from records.workflow.commitments.document import public_state
from rules.clock import local_day
from rules.deadlines import derive

RESOURCE = "CN"
DUE_RULES = {"C": "push.record_create_days", "U": "push.update_days"}


def tell(promise: Commitment, *, op: str, now: datetime) -> None:
    """
    Report a promise as one version further, inside the open act; the caller saves it.

    One about the selection of cadres is restricted data and is told to nobody (row 51).

    :raises ledger.acts.NoActOpen: no act is open
    """
    if is_restricted(promise):
        return
    promise.report_version += 1
    today = local_day(now)
    reporting.report(
        resource=RESOURCE,
        subject_id=promise.id,
        version=promise.report_version,
        op=op,
        decided_on=words.settled(promise.activated_on),
        due_at=end_of(derive(DUE_RULES[op], today).due_on or today),
        fields=fields(promise, today=today),
        department=promise.department,
        now=now,
    )


def fields(promise: Commitment, *, today: date) -> dict[str, Any]:
    """Return what every reader of the report may see; persons are not named."""
    head = promise.department.head_on(today)
    return {
        "subject_name": promise.department_name,
        "subject_code": promise.department.uscc,
        "kind": promise.kind,
        "key_areas": list(promise.key_areas),
        "title": promise.title,
        "content": promise.content,
        "to_whom": promise.to_whom,
        "measure": promise.measure,
        "starts_on": promise.starts_on,
        "due_on": promise.due_on,
        "state": public_state(promise),
        "performed_on": promise.performed_on if promise.judged_on and promise.score is not None else None,
        "proof": promise.verdict_note,
        "is_late": promise.is_late,
        "score": "" if promise.score is None else str(promise.score),
        "change_reason": promise.change_reason if promise.state == "changed" else "",
        "disclosure_mode": promise.disclosure_mode,
        "source_name": promise.department_name,
        "source_code": promise.department.uscc,
        "responsible": head.person.name if head else "",
        "division_code": promise.department.division_code,
    }
