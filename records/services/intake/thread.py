"""The thread between a reporter and the offices: messages under the case's key, ordered by number, dated by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from ledger import acts
from ledger.actors import Actor
from ledger.refusals import Conflict
from ledger.suites import seal
from records.models import (
    Complaint,
    ComplaintFile,
    ComplaintMessage,
    ComplaintRating,
    ComplaintReceipt,
    ComplaintState,
    ComplaintWithdrawal,
    MessageKind,
)
from records.services.intake import papers
from records.workflow import writing
from records.workflow.complaints.keeping import main_of
from records.workflow.complaints.machine import COMPLAINT
from records.workflow.intake import receipts, vault
from rules.clock import local_day

MOST = 3000
OVER = frozenset({ComplaintState.CLOSED, ComplaintState.WITHDRAWN, ComplaintState.RATED})
WITHDRAWABLE = COMPLAINT.arrows["withdraw"].sources
"""The states before the verdict: from here a reporter may take his complaint back."""
ANSWERED = frozenset({ComplaintState.ANSWERED, ComplaintState.RATED})


@dataclass(frozen=True)
class Said:
    """One message as a page prints it."""

    kind: str
    label: str
    text: str
    on: date
    is_from_reporter: bool
    files: list[ComplaintFile] = field(default_factory=list)


def find(*, number: str, code: str) -> ComplaintReceipt | None:
    """This will give the receipt these two belong to, or None; an unknown number costs as much time as a wrong code."""
    slip = receipts.read(number, code)
    held = ComplaintReceipt.objects.filter(number_lookup=receipts.lookup(slip)).select_related("complaint").first()
    return held if receipts.fits(slip, held.code_hash if held else None) else None


def supplement(
    *,
    receipt: ComplaintReceipt,
    text: str,
    uploads: Sequence[UploadedFile[bytes]] = (),
    nonce: bytes,
    now: datetime,
) -> bool:
    """
    Add what a reporter has to say; this will write no entry before the night, and nothing where the form was sent before.

    :returns: whether it was kept now
    :raises Invalid: the text is missing or not clean, or a file is not acceptable
    :raises Conflict: the case is over
    """
    form = seal.lookup(nonce.hex(), purpose="complaint.message")
    if ComplaintMessage.objects.filter(form_lookup=form).exists():
        return False
    plain = writing.required(text, field="text", label=_("补充说明"), limit=MOST, least=2)
    judged = papers.judge(uploads)
    try:
        with papers.shelf() as written, acts.quietly(now=now):
            case = _locked(main_of(receipt.complaint))
            if case.state in OVER:
                raise Conflict(_("这件投诉已经办结，不能再补充；有新的情况请另外提交"))
            message = _write(case, MessageKind.SUPPLEMENT, plain, receipt=receipt, now=now, form=form)
            for paper in judged:
                papers.keep(complaint=case, paper=paper, written=written, message=message, now=now)
    except IntegrityError:
        if ComplaintMessage.objects.filter(form_lookup=form).exists():
            return False
        raise
    return True


def rate(*, receipt: ComplaintReceipt, is_satisfied: bool, now: datetime) -> ComplaintRating:
    """
    Keep whether a receipt's holder is satisfied; this will move the case in the night, so that no entry tells the hour.

    :raises Conflict: there is no answer yet, or it was rated with this receipt before
    """
    with acts.quietly(now=now):
        case = _locked(main_of(receipt.complaint))
        if case.state not in ANSWERED:
            raise Conflict(_("还没有答复，不能评价"))
        if ComplaintRating.objects.filter(receipt=receipt).exists():
            raise Conflict(_("您已经评价过，只能评价一次"))
        rating = ComplaintRating(receipt=receipt, complaint=case, is_satisfied=is_satisfied, rated_on=local_day(now))
        rating.save()
    return rating


def may_withdraw(complaint: Complaint) -> bool:
    """Say whether its sender alone may end a case: before the verdict, and while nobody else's report hangs on it."""
    return complaint.state in WITHDRAWABLE and complaint.merged_into_id is None and not complaint.merged.exists()


def withdraw(*, receipt: ComplaintReceipt, now: datetime) -> ComplaintWithdrawal:
    """
    Keep that a receipt's holder takes his complaint back; this will end the case in the night, so that no entry tells the hour.

    :raises Conflict: it has been decided or ended, is dealt with together with others, or was taken back before
    """
    with acts.quietly(now=now):
        case = _locked(receipt.complaint)
        if ComplaintWithdrawal.objects.filter(receipt=receipt).exists():
            raise Conflict(_("您已经撤回，不用再提交"))
        if case.merged_into_id is not None or case.merged.exists():
            raise Conflict(
                _("这件投诉已与他人反映的同一件事并案办理，不能由您一人撤回；可以在“补充说明”里写明您的意思")
            )
        if case.state not in WITHDRAWABLE:
            raise Conflict(_("这件投诉已经有核查结论或者已经结束，不能再撤回"))
        asked = ComplaintWithdrawal(receipt=receipt, complaint=case, asked_on=local_day(now))
        asked.save()
    return asked


def say(
    *,
    actor: Actor,
    role: str,
    complaint: Complaint,
    kind: str,
    text: str,
    now: datetime,
    receipt: ComplaintReceipt | None = None,
) -> ComplaintMessage:
    """
    Say something to the reporter, or to every reporter of a merged case; this will join an open act or be one.

    :raises Invalid: the text is missing or not clean
    """
    plain = writing.required(text, field="text", label=_("内容"), limit=MOST, least=2)
    with acts.act(kind=f"complaint.say_{kind}", actor=actor, role=role, obj=complaint, now=now):
        case = _locked(complaint)
        return _write(case, kind, plain, receipt=receipt, author=actor, now=now)


def messages_of(complaint: Complaint) -> list[Said]:
    """This will give everything said on a case, for those who handle it."""
    return _told(ComplaintMessage.objects.filter(complaint=complaint))


def thread_of(receipt: ComplaintReceipt) -> list[Said]:
    """This will give what the holder of a receipt may read: what he said, and what was said to him or to all."""
    cases = {receipt.complaint_id, main_of(receipt.complaint).pk}
    mine = Q(receipt=receipt) | Q(receipt=None, author__isnull=False)
    return _told(ComplaintMessage.objects.filter(mine, complaint_id__in=cases))


def _told(rows: QuerySet[ComplaintMessage]) -> list[Said]:
    held = rows.filter(complaint__content_erased_on=None).select_related("complaint").order_by("sent_on", "sequence")
    held = held.prefetch_related(Prefetch("files", ComplaintFile.objects.order_by("id")))
    found = {}
    for row in held:
        if row.complaint_id not in found:
            found[row.complaint_id] = vault.key_of(row.complaint)
    return [
        Said(
            kind=row.kind,
            label=row.get_kind_display(),
            text=vault.words(row, key=found[row.complaint_id]),
            on=row.sent_on,
            is_from_reporter=row.author_id is None,
            files=list(row.files.all()),
        )
        for row in held
    ]


def _write(
    case: Complaint,
    kind: str,
    text: str,
    *,
    receipt: ComplaintReceipt | None,
    now: datetime,
    author: Actor | None = None,
    form: bytes | None = None,
) -> ComplaintMessage:
    last = ComplaintMessage.objects.filter(complaint=case).aggregate(last=Max("sequence"))["last"]
    message = ComplaintMessage(
        complaint=case,
        sequence=(last or 0) + 1,
        kind=kind,
        body_sealed=vault.seal_text(case, text, vault.MESSAGE),
        receipt=receipt,
        author_id=author.person_id if author else None,
        sent_on=local_day(now),
        form_lookup=form,
    )
    message.save()
    return message


def _locked(complaint: Complaint) -> Complaint:
    return Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
