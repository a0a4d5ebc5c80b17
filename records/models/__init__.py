"""Schema of the casework."""

from records.models.accountability import (
    AccountabilityCase,
    AccountabilityPerson,
    AccountabilityRecord,
    AccountabilityState,
)
from records.models.archive import IntegrityArchive, RestrictedKind, RestrictedPart, RestrictedReading
from records.models.attachment import Attachment
from records.models.check import CADRE, CheckRun, CreditCheck, CreditReport, Verdict
from records.models.commitment import (
    BINDING,
    GIVEN,
    UNGIVEN,
    Commitment,
    CommitmentState,
    DisclosureMode,
)
from records.models.commitment_parts import (
    ChangeState,
    CommitmentChange,
    CommitmentReminder,
    CommitmentVersion,
    Milestone,
    MilestoneState,
)
from records.models.commitment_payment import PaymentNode, PaymentState
from records.models.complaint import VERIFIED, Complaint, ComplaintKey, ComplaintKind, ComplaintOutcome, ComplaintState
from records.models.complaint_identity import ComplaintIdentity, CustodianKey, IdentityRequest, IdentityRequestState
from records.models.complaint_thread import (
    ComplaintFile,
    ComplaintMessage,
    ComplaintRating,
    ComplaintReceipt,
    ComplaintWithdrawal,
    MessageKind,
)
from records.models.detail import CommitmentDetail
from records.models.edition import LastLook, RecordEdition
from records.models.evidence import Evidence, EvidenceKind
from records.models.hearing import NoticeMethod, PriorNotice, StatementKind, SubjectStatement
from records.models.honour import Honour, HonourState, IncentiveMeasure, IncentiveState
from records.models.media_clue import MediaClue
from records.models.mitigation import CLAIM_GRANTED, OPEN_CLAIM, MitigationClaim, MitigationState
from records.models.notification import DigestMail, Escalation, Level, MailPreference, NoticeKind, Notification
from records.models.objection import (
    FIRST_DECISIONS,
    MARKING,
    REVIEWED,
    UNDER_WAY,
    UPHELD,
    Objection,
    ObjectionState,
    Outcome,
)
from records.models.objection_step import (
    CorrectionNotice,
    DecisionService,
    InquiryState,
    ObjectionDecision,
    ObjectionEscalation,
    ObjectionSupplement,
    ProviderInquiry,
)
from records.models.record import IN_FORCE, ON_RECORD, RECOGNISED, UNDECIDED, DishonestyRecord, RecordState
from records.models.rectification import RUNNING, ItemVerdict, Rectification, RectificationItem, RectificationState
from records.models.remark import CaseRemark, Remark
from records.models.repair import BEFORE_DECISION, DECIDED, GRANTED, CreditRepair, RepairState
from records.models.repair_papers import (
    CourtDelisting,
    DecisionOutcome,
    MaterialState,
    RepairDecision,
    RepairMaterial,
    RepairRevocation,
    SupplementNotice,
)
from records.models.report_channel import ReportChannel
from records.models.responsibility import RecordResponsibility, ResponsibilityState
from records.models.sanction import Sanction, SanctionState
from records.models.scanning import ScanAcknowledgement
from records.models.situation_report import OWED, SituationReport, SituationReportState
from records.models.social_supervisor import SocialSupervisor

__all__ = [
    "BEFORE_DECISION",
    "DECIDED",
    "GRANTED",
    "CreditRepair",
    "RepairState",
    "CourtDelisting",
    "DecisionOutcome",
    "MaterialState",
    "RepairDecision",
    "RepairMaterial",
    "RepairRevocation",
    "SupplementNotice",
    "MediaClue",
    "ReportChannel",
    "SocialSupervisor",
    "VERIFIED",
    "BINDING",
    "GIVEN",
    "CADRE",
    "CheckRun",
    "CreditCheck",
    "CreditReport",
    "Honour",
    "HonourState",
    "IncentiveMeasure",
    "IncentiveState",
    "IntegrityArchive",
    "RestrictedKind",
    "RestrictedPart",
    "RestrictedReading",
    "Verdict",
    "FIRST_DECISIONS",
    "MARKING",
    "REVIEWED",
    "UNDER_WAY",
    "UPHELD",
    "Objection",
    "ObjectionState",
    "Outcome",
    "CorrectionNotice",
    "DecisionService",
    "InquiryState",
    "ObjectionDecision",
    "ObjectionEscalation",
    "ProviderInquiry",
    "ObjectionSupplement",
    "IN_FORCE",
    "ON_RECORD",
    "RECOGNISED",
    "UNDECIDED",
    "UNGIVEN",
    "ChangeState",
    "Commitment",
    "CommitmentChange",
    "CommitmentReminder",
    "CommitmentDetail",
    "CommitmentState",
    "CommitmentVersion",
    "DisclosureMode",
    "Complaint",
    "ComplaintFile",
    "ComplaintIdentity",
    "ComplaintKey",
    "ComplaintKind",
    "ComplaintMessage",
    "ComplaintOutcome",
    "ComplaintRating",
    "ComplaintReceipt",
    "ComplaintState",
    "ComplaintWithdrawal",
    "CustodianKey",
    "Attachment",
    "CaseRemark",
    "DigestMail",
    "Escalation",
    "Level",
    "MailPreference",
    "NoticeKind",
    "Notification",
    "DishonestyRecord",
    "Evidence",
    "EvidenceKind",
    "IdentityRequest",
    "IdentityRequestState",
    "LastLook",
    "Milestone",
    "MilestoneState",
    "MessageKind",
    "NoticeMethod",
    "PaymentNode",
    "PaymentState",
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
    "AccountabilityCase",
    "AccountabilityPerson",
    "AccountabilityRecord",
    "AccountabilityState",
    "CLAIM_GRANTED",
    "ItemVerdict",
    "MitigationClaim",
    "MitigationState",
    "OPEN_CLAIM",
    "OWED",
    "RUNNING",
    "RecordResponsibility",
    "RectificationItem",
    "ResponsibilityState",
]
