"""What stands against a subject on a day, as far as one purpose and one asker may know, and what it comes to (row 23)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import Department, Official
from records.models import CADRE, IN_FORCE, ON_RECORD, DishonestyRecord, RecordState, Sanction, SanctionState, Verdict
from records.workflow import endings, source
from rules import codes

PURPOSES, SANCTIONS, SEVERITIES = "credit_check_purpose", "sanction", ("minor", "general", "serious")


@dataclass(frozen=True)
class Subject:
    """Whom a check is about: an official, or a unit where none is named."""

    department: Department
    official: Official | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes two lines of a list the same subject."""
        return ("official", str(self.official.pk)) if self.official else ("unit", str(self.department.pk))


@dataclass(frozen=True)
class Finding:
    """The answer about one subject: plain values only, so that it can be kept as it was."""

    verdict: str
    severity: str = ""
    hits: list[dict[str, Any]] = field(default_factory=list)
    restrictions: list[dict[str, Any]] = field(default_factory=list)


def find(*, subjects: Iterable[Subject], purpose: str, public_only: bool, on: date) -> dict[tuple[str, str], Finding]:
    """
    Return the finding of every subject, in two queries whatever their number.

    ``public_only`` keeps what the public may read on that day. A measure restricts the purposes the list names for it; for
    a purpose the list calls strict, a serious record in force restricts by itself. All else that is found is a notice.
    """
    asked = list(subjects)
    held = _records(asked, public_only=public_only, on=on)
    measures = _measures([record for rows in held.values() for record in rows], on=on)
    row = codes.find(PURPOSES, purpose, on)
    facts: Mapping[str, Any] = row.facts if row else {}
    return {each.key: _finding(held.get(each.key, []), measures, purpose=purpose, facts=facts, on=on) for each in asked}


def sees_public_only(purpose: str, *, by_client: bool, about_person: bool, on: date) -> bool:
    """Say whether a purpose reads public records only: for units, every client does, and people where the list says so."""
    if about_person:
        return False
    row = codes.find(PURPOSES, purpose, on)
    return by_client or row is None or row.facts.get("sees", "public") == "public"


def _records(subjects: list[Subject], *, public_only: bool, on: date) -> dict[tuple[str, str], list[DishonestyRecord]]:
    units = [each.department.pk for each in subjects if each.official is None]
    officials = [each.official.pk for each in subjects if each.official is not None]
    whom = Q(is_person=False, subject_department__in=units) | Q(is_person=True, subject_official__in=officials)
    shown = Q(state=RecordState.DISCLOSED, public_from__lte=on, public_until__gte=on)
    rows = DishonestyRecord.objects.filter(whom, shown if public_only else shown | _in_force(on))
    found: dict[tuple[str, str], list[DishonestyRecord]] = {}
    for record in rows.order_by("-recognised_on", "id"):
        key = (
            ("official", str(record.subject_official_id))
            if record.is_person
            else ("unit", str(record.subject_department_id))
        )
        found.setdefault(key, []).append(record)
    return found


def _in_force(on: date) -> Q:
    """In force without being shown; and ended, where a measure on it runs on by its own basis."""
    kept = Q(state=RecordState.EFFECTIVE) & (Q(period_until=None) | Q(period_until__gte=on))
    running = Sanction.objects.filter(_binding(on), record=OuterRef("pk"), outlasts=True)
    return kept | Q(Exists(running), state__in=ON_RECORD)


def _binding(on: date) -> Q:
    return Q(Q(ends_on=None) | Q(ends_on__gte=on), state=SanctionState.ACTIVE, starts_on__lte=on)


def _measures(records: list[DishonestyRecord], *, on: date) -> dict[Any, list[Sanction]]:
    """The sanctions that bind on the day, by their record."""
    rows = Sanction.objects.filter(_binding(on), record__in=records)
    found: dict[Any, list[Sanction]] = {}
    for measure in rows.order_by("starts_on", "code"):
        found.setdefault(measure.record_id, []).append(measure)
    return found


def _finding(
    records: list[DishonestyRecord],
    measures: dict[Any, list[Sanction]],
    *,
    purpose: str,
    facts: Mapping[str, Any],
    on: date,
) -> Finding:
    if not records:
        return Finding(Verdict.CLEAR)
    restrictions = [
        _restriction(measure, record, purpose, on) for record in records for measure in measures.get(record.pk, [])
    ]
    severity = max((record.severity for record in records), key=_weight)
    strict = bool(facts.get("serious_restricts"))
    causes = {each["record"] for each in restrictions if each["restricts"]}
    causes |= {str(each.pk) for each in records if strict and each.severity == "serious" and _stands(each, on)}
    return Finding(
        Verdict.RESTRICTED if causes else Verdict.NOTICE,
        severity,
        [_hit(record, purpose, on, restricts=str(record.pk) in causes) for record in records],
        restrictions,
    )


def _stands(record: DishonestyRecord, on: date) -> bool:
    """In force within its period: a measure that runs on by its own basis keeps the record in the answer, not in force."""
    return record.state in IN_FORCE and not endings.is_over(record, on=on)


def _weight(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else -1


def _hit(record: DishonestyRecord, purpose: str, on: date, *, restricts: bool) -> dict[str, Any]:
    """One record as the answer keeps it; of a restricted source only that it stands, unless cadres are asked for."""
    until = record.public_until or record.period_until
    told: dict[str, Any] = {
        "record": str(record.pk),
        "severity": record.severity,
        "until": until.isoformat() if until else "",
        "restricts": restricts,
        "is_objected": record.is_objected,
        "is_withheld": bool(source.facts(record).get("is_restricted")) and purpose != CADRE,
    }
    if told["is_withheld"]:
        return told
    return told | {
        "number": record.number,
        "source": codes.label("source_type", record.source_type, on),
        "document_number": record.document_number,
        "recognised_on": record.recognised_on.isoformat() if record.recognised_on else "",
    }


def _restriction(measure: Sanction, record: DishonestyRecord, purpose: str, on: date) -> dict[str, Any]:
    row = codes.find(SANCTIONS, measure.code, on)
    listed = list(row.facts.get("restricts", [])) if row else []
    return {
        "code": measure.code,
        "label": codes.label(SANCTIONS, measure.code, on),
        "basis": row.basis if row else "",
        "record": str(record.pk),
        "until": measure.ends_on.isoformat() if measure.ends_on else "",
        "restricts": purpose in listed,
    }
