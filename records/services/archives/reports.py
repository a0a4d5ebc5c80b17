"""Reports of credit agencies beside a check (第三方信用报告, row 33): who gave it, its number, until when, and the file's digest."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import User
from ledger import acts
from ledger.refusals import Conflict, Invalid
from records.models import CreditCheck, CreditReport
from records.services import attachments
from records.workflow import writing
from records.workflow.archives import asking
from rules.clock import local_day

KIND = "credit_report"


def add(
    *,
    actor: User,
    check: CreditCheck,
    agency: str,
    number: str,
    issued_on: date,
    valid_to: date,
    upload: UploadedFile[bytes],
    now: datetime,
) -> CreditReport:
    """
    Lay a report beside a check, with its file.

    :raises NotAllowed: the check was made by another department
    :raises Invalid: a field or the file is not acceptable, or the report is no longer valid
    :raises Conflict: the same report is there already
    """
    role = asking.role_for(actor, department=check.run.department, purpose=check.run.purpose, now=now)
    with acts.act(kind="check.add_report", actor=actor, role=role, obj=check.run, now=now):
        CreditCheck.objects.select_for_update(of=("self",)).get(
            pk=check.pk
        )  # one report at a time, so none comes twice
        asking.insist_on_keeper(actor, check.run, now=now)
        today = local_day(now)
        if issued_on > today:
            raise Invalid(_("出具日期不能晚于今天"), field="issued_on")
        if valid_to < max(issued_on, today):
            raise Invalid(_("报告已过有效期，不能采用"), field="valid_to")
        report = CreditReport(
            credit_check=check,
            agency=writing.required(agency, field="agency", label=_("出具机构"), limit=200, lines=False),
            number=writing.required(number, field="number", label=_("报告编号"), limit=100, lines=False),
            issued_on=issued_on,
            valid_to=valid_to,
            added_by_id=actor.person_id,
            added_at=now,
        )
        same = CreditReport.objects.filter(credit_check=check, agency=report.agency, number=report.number)
        if same.exists():
            raise Conflict(_("这份报告已经登记"), field="number")
        report.save()
        attachments.add(actor=actor, role=role, obj=report, kind=KIND, upload=upload, now=now)
    return report
