"""Handling: who investigates, what was found, and more time where it is needed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.refusals import Conflict, NotAllowed
from records.models import Attachment, Complaint, ComplaintState, MessageKind
from records.services import attachments, remarks
from records.services.complaints import telling
from records.workflow import writing
from records.workflow.complaints import clocks
from records.workflow.complaints.machine import COMPLAINT
from records.workflow.intake import vault
from rules.clock import local_day

FINDINGS_LIMIT = 10_000  # characters
EVIDENCE = "findings"
ROLE = "handler"


def assign(*, actor: User, complaint: Complaint, handler_id: UUID, version: int, now: datetime) -> Complaint:
    """
    Name who investigates; this will close the case to every other handler.

    :raises Invalid: the person is no handler of the department, serves the one complained about, or has a tie to it
    """
    return COMPLAINT.perform("assign", complaint, actor=actor, now=now, version=version, handler_id=handler_id)


def investigate(*, actor: User, complaint: Complaint, version: int, now: datetime) -> Complaint:
    """
    Begin to investigate; this will leave the handler's hand, so that he can never sign as reviewer.

    :raises NotAllowed: somebody else was named for the case
    """
    started = complaint.kind == "sme_payment" and complaint.transferred_on is None

    def then(begun: Complaint) -> None:
        if started:  # the lead office handles the payment itself: the result's days count from today
            clocks.given(begun, now=now)

    return COMPLAINT.perform(
        "investigate", complaint, actor=actor, now=now, version=version, then=then, handler_id=actor.person_id
    )


def note_findings(*, actor: User, complaint: Complaint, text: str, version: int, now: datetime) -> Complaint:
    """
    Keep what was found, sealed with the case's key; an open proposal lapses with it.

    :raises Invalid: it is empty or longer than 10,000 characters
    """
    found = writing.required(text, field="text", label=_("核查情况"), limit=FINDINGS_LIMIT, least=10)
    return COMPLAINT.perform(
        "note_findings",
        complaint,
        actor=actor,
        now=now,
        version=version,
        findings_sealed=vault.seal_text(complaint, found, "findings"),
    )


def add_evidence(*, actor: User, complaint: Complaint, upload: UploadedFile[bytes], now: datetime) -> Attachment:
    """
    Keep a file the investigation brought to light; this will be an act of its own.

    :raises NotAllowed: the actor does not handle this case
    :raises Conflict: it is not under investigation
    :raises Invalid: the file is not acceptable
    """
    _may_note(actor, complaint, now)
    return attachments.add(actor=actor, role=ROLE, obj=complaint, kind=EVIDENCE, upload=upload, now=now)


def _may_note(actor: User, complaint: Complaint, now: datetime) -> None:
    offers = COMPLAINT.offers(complaint, actor=actor, now=now)
    offer = next(each for each in offers if each.arrow.action == "note_findings")
    if not offer.open:
        raise NotAllowed(offer.why) if complaint.state == ComplaintState.INVESTIGATING else Conflict(offer.why)


def extend(*, actor: User, complaint: Complaint, reason: str, version: int, now: datetime) -> Complaint:
    """
    Lengthen the result's clock once, before it has run out; this will tell the reporter why.

    :raises Conflict: extended before, or the day has passed
    :raises Invalid: no reason
    """
    text = remarks.clean(reason)

    def then(extended: Complaint) -> None:
        clocks.extended(extended, now=now)
        said = _("情况复杂，办理期限延长。理由：%(why)s") % {"why": text}
        telling.tell(extended, actor=actor, role="head", kind=MessageKind.NOTICE, text=said, now=now)

    return COMPLAINT.perform(
        "extend",
        complaint,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=telling.noted(actor=actor, action="extend", text=text, now=now, then=then),
        extended_on=local_day(now),
    )


def make_ordinary(*, actor: User, complaint: Complaint, reason: str, version: int, now: datetime) -> Complaint:
    """
    Say that a case accepted as simple is not; this will give it the ordinary term from acceptance, and tell the reporter why.

    :raises Conflict: it is not simple, was turned before, or its day has passed
    :raises Invalid: no reason
    """
    text = remarks.clean(reason)

    def then(turned: Complaint) -> None:
        clocks.made_ordinary(turned, now=now)
        said = _("这件事不能当场办结，转为普通程序核查。理由：%(why)s") % {"why": text}
        telling.tell(turned, actor=actor, role=ROLE, kind=MessageKind.NOTICE, text=said, now=now)

    return COMPLAINT.perform(
        "make_ordinary",
        complaint,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=telling.noted(actor=actor, action="make_ordinary", text=text, now=now, then=then),
        is_simple=False,
        ordinary_on=local_day(now),
    )
