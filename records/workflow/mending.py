"""How a field the platform refused is put right: what a correction may change, what the register holds, what needs a new record.

The fields are the neutral ones of the report; each of them has a way, so that no officer is told to change what no page changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exchange.subjects import ASK, CORRECT, Stage, Way
from records.models import CommitmentState
from records.workflow import corrections
from records.workflow.commitments.promise import AMENDABLE
from records.workflow.lazily import lazily as _

REPORTED_AS = {
    "document_name": "document_name", "document_number": "document_number", "facts": "facts", "basis_codes": "basis",
    "economic_loss_yuan": "loss_yuan", "social_impact": "social_impact", "key_areas": "key_areas",
}  # fmt: skip
"""What the report calls the columns a correction may change; the office that issued the document is not reported."""

ANEW: Way = (Stage(_("撤销后另行登记"), on_subject=True),)
PERSON: Way = (Stage(_("由人事重新登记该人员")), Stage(_("撤销本记录，另行登记"), on_subject=True))
ANOTHER: Way = (Stage(_("依法变更，另作承诺"), on_subject=True),)
AMEND: Way = (Stage(_("修订承诺，出第 %(n)d 版"), on_subject=True),)
HEAD: Way = (
    Stage(_("由人事登记本单位第一责任人"), unit="source_code"),
    Stage(_("撤销本记录，另行登记"), on_subject=True),
)
HEAD_OF_PROMISE: Way = (
    Stage(_("由人事登记本单位第一责任人"), unit="source_code"),
    Stage(_("随下一次报送（修订、履行、变更）带上"), on_subject=True),
)


def _corrected_at(unit: str, then: Stage) -> Way:
    return (Stage(_("由安全管理员到部门登记中更正代码"), unit=unit, until_corrected=True), then)


def _renamed_at(unit: str, then: Stage) -> Way:
    return (Stage(_("核对部门登记的名称，有误的先改名"), unit=unit), then)


_NEW_RECORD = Stage(_("撤销本记录，按正确的名称另行登记"), on_subject=True)
_NEW_PROMISE = Stage(_("依法变更，按正确的名称另作承诺"), on_subject=True)
_BY_ITSELF = Stage(_("由系统自动报第 %(n)d 版"))

RECORD: Mapping[str, Way] = {
    **{REPORTED_AS[column]: CORRECT for column in corrections.CORRECTABLE if column in REPORTED_AS},
    "subject_code": _corrected_at("subject_code", Stage(_("在记录里更正，出第 %(n)d 版"), on_subject=True)),
    "recogniser_code": _corrected_at("recogniser_code", _BY_ITSELF),
    "source_code": _corrected_at("source_code", _BY_ITSELF),
    "subject_name": _renamed_at("subject_code", _NEW_RECORD),
    "recogniser_name": _renamed_at("recogniser_code", _NEW_RECORD),
    "source_name": _renamed_at("source_code", _NEW_RECORD),
    "responsible": HEAD,
    **dict.fromkeys(("is_person", "person_post", "source_type", "severity", "recognised_on", "sanctions"), ANEW),
    **dict.fromkeys(("person_name", "person_id_number"), PERSON),
    **dict.fromkeys(
        (
            "", "division_code", "is_public", "public_from", "public_until", "rectification_state", "repair_state",
            "repaired_on", "repair_number", "is_objected", "withdrawn_because",
        ),
        ASK,
    ),
}  # fmt: skip
"""Of a record: what it tells of itself is corrected or registered anew, codes follow the register, the rest is made here."""

PROMISE: Mapping[str, Way] = {
    **dict.fromkeys(AMENDABLE, AMEND),
    "subject_code": _corrected_at("subject_code", _BY_ITSELF),
    "source_code": _corrected_at("source_code", _BY_ITSELF),
    "subject_name": _renamed_at("subject_code", _NEW_PROMISE),
    "source_name": _renamed_at("source_code", _NEW_PROMISE),
    "responsible": HEAD_OF_PROMISE,
    **dict.fromkeys(("kind", "starts_on", "disclosure_mode"), ANOTHER),
    **dict.fromkeys(
        ("", "division_code", "state", "performed_on", "proof", "is_late", "score", "change_reason"), ASK
    ),
}  # fmt: skip
"""Of a promise that is running; what an amendment may move, a lawful change otherwise."""


def of_record(field: str, _told: Mapping[str, Any]) -> Way:
    """Return what is to be done about a refused field of a record."""
    return RECORD.get(field, ASK)


def of_promise(field: str, told: Mapping[str, Any]) -> Way:
    """Return what is to be done about a refused field of a promise; one that is over is amended by nobody."""
    way = PROMISE.get(field, ASK)
    state = told.get("state")
    if way is AMEND and state != CommitmentState.ACTIVE:
        way = ANOTHER
    if (way is ANOTHER or _NEW_PROMISE in way) and state not in (CommitmentState.ACTIVE, CommitmentState.OVERDUE):
        return ASK
    return way
