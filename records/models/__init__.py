"""Schema of the casework."""

from records.models.duty import (
    Rectification,
    RectificationState,
    Sanction,
    SanctionState,
    ScanAcknowledgement,
    SituationReport,
    SituationReportState,
)
from records.models.edition import LastLook, RecordEdition
from records.models.evidence import Evidence, EvidenceKind
from records.models.hearing import NoticeMethod, PriorNotice, StatementKind, SubjectStatement
from records.models.record import IN_FORCE, ON_RECORD, RECOGNISED, UNDECIDED, DishonestyRecord, RecordState
from records.models.remark import Remark

__all__ = [
    "IN_FORCE",
    "ON_RECORD",
    "RECOGNISED",
    "UNDECIDED",
    "DishonestyRecord",
    "Evidence",
    "EvidenceKind",
    "LastLook",
    "NoticeMethod",
    "PriorNotice",
    "RecordEdition",
    "RecordState",
    "Remark",
    "Rectification",
    "RectificationState",
    "Sanction",
    "SanctionState",
    "ScanAcknowledgement",
    "SituationReport",
    "SituationReportState",
    "StatementKind",
    "SubjectStatement",
]
