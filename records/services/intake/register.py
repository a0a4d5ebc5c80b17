"""Taking a complaint in: from the public without an account, or by staff from telephone, letter box and counter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts.models import Department, User
from ledger import acts
from ledger.refusals import Conflict, Invalid
from ledger.suites import case_key
from records.models import Complaint, ComplaintKind, ComplaintReceipt
from records.services.intake import custody, keys, papers
from records.workflow import writing
from records.workflow.intake import offices, receipts, vault
from records.workflow.intake.receipts import Slip
from rules import codes
from rules.clock import local_day

PUBLIC_CHANNEL = "CREDIT_SITE"
LEAST, MOST = 10, 5000
SHORT, CONTACT = 60, 120
READERS = ("handler", "approver")
"""Who at the receiving office gets a key at once."""


@dataclass(frozen=True)
class Intake:
    """What a complaint brings with it; ``received_on`` empty = today."""

    object_department: Department
    content: str
    kind: str = ComplaintKind.GENERAL
    channel: str = PUBLIC_CHANNEL
    happened: str = ""
    name: str = ""
    contact: str = ""
    key_areas: Sequence[str] = ()
    uploads: Sequence[UploadedFile[bytes]] = field(default=())
    about_type: str = ""
    about_id: str = ""
    received_on: date | None = None


@dataclass(frozen=True)
class Received:
    """A complaint taken in, with the receipt to be shown once; ``is_repeat`` = this form had been sent before."""

    complaint: Complaint
    slip: Slip
    is_repeat: bool = False

    @property
    def number(self) -> str:
        """The receipt number."""
        return self.slip.number

    @property
    def code(self) -> str:
        """The query code."""
        return self.slip.code


def receive(
    *, actor: User | None, facts: Intake, now: datetime, role: str = "handler", nonce: bytes | None = None
) -> Received:
    """
    Take a complaint in; this will give its receipt, which nobody can find out again.

    Without an actor it comes from the public: no entry tells the hour, the row waits for the night's batch. The same
    ``nonce`` sent again gives the first complaint and its receipt, and keeps nothing.

    :raises Invalid: content, kind, channel, contact or a file is not acceptable
    :raises Conflict: no office can receive complaints about this department
    """
    nonce = nonce or receipts.new_nonce()
    slip = receipts.of(nonce)
    if held := _held(slip):
        return held
    checked, judged = _checked(facts, now), papers.judge(facts.uploads)
    opened: Any = (
        acts.quietly(now=now) if actor is None else acts.act(kind="complaint.register", actor=actor, role=role, now=now)
    )
    try:
        with papers.shelf() as written, opened as act:
            complaint = _write(checked, slip, actor, now)
            if actor is not None:
                act.about(complaint)
            _keep_files(complaint, judged, written, actor, now)
    except IntegrityError:
        if again := _held(slip):  # the same form arrived twice at the same time
            return again
        raise
    return Received(complaint, slip)


def _held(slip: Slip) -> Received | None:
    found = ComplaintReceipt.objects.filter(number_lookup=receipts.lookup(slip)).select_related("complaint").first()
    return Received(found.complaint, slip, is_repeat=True) if found else None


def _checked(facts: Intake, now: datetime) -> dict[str, Any]:
    today = local_day(now)
    day = facts.received_on or today
    if day > today:
        raise Invalid(_("收到日期不能晚于今天"), field="received_on")
    if facts.kind not in ComplaintKind.values:
        raise Invalid(_("请选择是哪一类事情"), field="kind")
    known = [each.code for each in codes.current("channel", day)]
    office = offices.receiving(facts.object_department)
    if office.pk == facts.object_department.pk:
        raise Conflict(_("没有能受理这个部门投诉的上级，请拨打 12345 反映"))
    return {
        "object_department": facts.object_department,
        "department": office,
        "kind": facts.kind,
        "channel": writing.codes([facts.channel], field="channel", label=_("渠道"), known=known)[0],
        "key_areas": writing.codes(
            facts.key_areas,
            field="key_areas",
            label=_("重点领域"),
            known=[each.code for each in codes.current("key_area", day)],
        ),
        "content": writing.required(facts.content, field="content", label=_("把事情说清楚"), limit=MOST, least=LEAST),
        "happened": writing.clean(facts.happened, field="happened", label=_("什么时候发生的"), limit=SHORT),
        "name": writing.clean(facts.name, field="name", label=_("怎么称呼您"), limit=SHORT),
        "contact": writing.clean(facts.contact, field="contact", label=_("联系方式"), limit=CONTACT),
        "about_type": facts.about_type,
        "about_id": facts.about_id,
        "received_on": day,
    }


def _write(checked: dict[str, Any], slip: Slip, actor: User | None, now: datetime) -> Complaint:
    told = vault.Content(checked.pop("content"), checked.pop("happened"))
    name, contact = checked.pop("name"), checked.pop("contact")
    key = case_key.new()
    complaint = Complaint(
        **checked,
        object_name=checked["object_department"].name,
        lead=checked["department"],
        recorded_by_id=actor.person_id if actor else None,
    )
    complaint.content_sealed = vault.content_sealed(complaint, told, key=key)
    complaint.save()
    keys.give(complaint=complaint, role=vault.REPORTER, department=None, now=now, key=key)
    for role in READERS:
        keys.give(complaint=complaint, role=role, department=complaint.department, now=now, key=key)
    ComplaintReceipt(
        complaint=complaint,
        number_lookup=receipts.lookup(slip),
        code_hash=receipts.slow_hash(slip),
        issued_on=local_day(now),
    ).save()
    if name or contact:
        custody.keep(complaint=complaint, name=name, contact=contact, now=now)
    return complaint


def _keep_files(
    complaint: Complaint, judged: list[papers.Paper], written: list[Path], actor: User | None, now: datetime
) -> None:
    for paper in judged:
        papers.keep(
            complaint=complaint,
            paper=paper,
            written=written,
            added_by_id=actor.person_id if actor else None,
            now=now,
        )
