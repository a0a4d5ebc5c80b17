"""The dishonesty record as one kind of case."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.marks import MARKS
from records.models import PriorNotice, RecordState
from records.workflow import subjects, titles
from records.workflow.clocks import HEARING, REPORTING, REVIEW
from records.workflow.kinds import Ask, CaseKind
from records.workflow.record import RECORD

S = RecordState
NOTIFIED_NOW = Q(Exists(PriorNotice.objects.filter(record=OuterRef("pk"), edition=OuterRef("edition"))))

KIND = CaseKind(
    machine=RECORD,
    page="records:record",
    list_page="records:list",
    edit_page="records:edit",
    title=titles.title,
    number=lambda record: record.number,
    second=lambda record: record.document_number,
    lead=lambda record: record.lead_name or record.lead.name,
    asks=(
        Ask((S.DRAFT,), "clerk", _("接手补全后提交初审"), where=Q(filer=None), edits=True),
        Ask((S.RETURNED,), "clerk", _("补正后重新提交"), edits=True),
        Ask((S.PENDING_REVIEW,), "reviewer", _("初审"), action="pass_on"),
        Ask((S.NOTIFIED,), "clerk", _("送达告知书"), where=~NOTIFIED_NOW),
        Ask((S.NOTIFIED,), "reviewer", _("送达告知书"), where=~NOTIFIED_NOW),
        Ask((S.PENDING_APPROVAL,), "approver", _("认定"), action="recognise"),
        Ask((S.EFFECTIVE,), "approver", _("处理扫描命中并公示"), action="publish", where=Q(publication_waits=True)),
        Ask((S.NOTIFIED,), "subject", _("陈述申辩"), where=NOTIFIED_NOW),
    ),
    marks=MARKS["record"],
    department="department",
    tied=("department", "subject_department"),
    person="subject_official__person",
    subject_rows=lambda user, grants, now: subjects.rows(user, grants),
    clocks={
        S.DRAFT: (REPORTING,),
        S.RETURNED: (REPORTING,),
        S.PENDING_REVIEW: (REVIEW, REPORTING),
        S.NOTIFIED: (HEARING, REPORTING),
        S.PENDING_APPROVAL: (REVIEW, REPORTING),
    },
    related=("department", "lead", "subject_department", "filer", "reviewer", "approver"),
)
