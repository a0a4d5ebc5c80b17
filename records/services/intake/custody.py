"""The custody of identities and originals: sealed to a key whose passphrase only the custodian knows, opened for one asker and a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from ledger import acts
from ledger.refusals import Conflict, Invalid, Missing, NotAllowed
from ledger.suites import seal, sealed_box
from records.models import (
    Complaint,
    ComplaintFile,
    ComplaintIdentity,
    CustodianKey,
    IdentityRequest,
    IdentityRequestState,
)
from records.services.intake import originals
from records.workflow import writing
from records.workflow.intake.identity import ASKED, IDENTITY
from rules import parameters
from rules.clock import local_day
from rules.workflow import hands

OPEN_DAYS = "complaint.identity_open_days"
LEAST_PASSPHRASE = 12
REASON = 500


@dataclass(frozen=True)
class Identity:
    """Who complained, as he gave it."""

    name: str
    contact: str


def key_in_use() -> CustodianKey | None:
    """This will give the key that seals today, or None where no custodian has made one: then no contact can be taken."""
    return CustodianKey.objects.filter(retired_on=None).first()


def make_key(*, actor: User, passphrase: str, now: datetime) -> CustodianKey:
    """
    Make the key pair of the custody; this will retire the one before, which still opens what it sealed.

    :raises Invalid: the passphrase is too short; nobody can recover a lost one
    :raises NotAllowed: the actor is no custodian
    """
    _check_custodian(actor, now)
    if len(passphrase) < LEAST_PASSPHRASE:
        raise Invalid(_("保管口令至少 %d 个字符") % LEAST_PASSPHRASE, field="passphrase")
    public, locked = sealed_box.pair(passphrase)
    with acts.act(kind="custody.make_key", actor=actor, role="custodian", now=now) as act:
        former = CustodianKey.objects.select_for_update().filter(retired_on=None).first()
        if former is not None:
            former.retired_on = local_day(now)
            former.save()
        made = CustodianKey(
            public_key=public, private_locked=locked, made_by_id=actor.person_id, made_on=local_day(now)
        )
        made.save()
        act.about(made)
    return made


def keep(*, complaint: Complaint, name: str, contact: str, now: datetime) -> ComplaintIdentity:
    """
    Seal an identity inside the open act; from here on nobody on this side can read it without the passphrase.

    :raises Invalid: there is no key to seal to
    """
    key = key_in_use()
    if key is None:
        raise Invalid(_("现在不能收联系方式，请匿名提交，或拨打 12345"), field="contact")
    told = json.dumps({"name": name, "contact": contact}, ensure_ascii=False).encode()
    held = ComplaintIdentity(
        complaint=complaint,
        key=key,
        sealed=sealed_box.put(key.public_key, told, purpose=f"identity {complaint.pk}"),
        kept_on=local_day(now),
    )
    held.save()
    return held


def ask(
    *, actor: User, complaint: Complaint, reason: str, now: datetime, file: ComplaintFile | None = None
) -> IdentityRequest:
    """
    Ask to see who complained, or a file as it was sent; this will wait for a custodian until the request lapses.

    :param file: the file whose sealed original is wanted; none = the identity
    :raises NotAllowed: the actor does not handle this complaint
    :raises Missing: the complaint is not his to see
    :raises Conflict: it is anonymous, what is asked for was erased or never sealed, or he has asked already
    :raises Invalid: no reason is given
    """
    if not Complaint.objects.visible_to(actor, now).filter(pk=complaint.pk).exists():
        raise Missing(_("没有这件投诉"))
    if not any(grant.role == "handler" for grant in actor.grants(now)):
        raise NotAllowed(_("不能由您办：只有办理人可以申请查看身份或附件原件"))
    plain = writing.required(reason, field="reason", label=_("理由"), limit=REASON, least=10)
    kind = "original.ask" if file else "identity.ask"
    with acts.act(kind=kind, actor=actor, role="handler", obj=complaint, now=now, reason=plain):
        if file is not None:
            originals.check_held(complaint, file)
        elif not ComplaintIdentity.objects.filter(complaint=complaint, erased_on=None).exists():
            raise Conflict(_("这是匿名投诉，没有身份可看"))
        open_ones = (IdentityRequestState.ASKED, IdentityRequestState.RELEASED)
        mine = IdentityRequest.objects.filter(complaint=complaint, asked_by=actor.person, file=file)
        if mine.filter(state__in=open_ones).exists():
            raise Conflict(_("您已经申请过，请等保管人决定"))
        request = IdentityRequest(
            complaint=complaint,
            file=file,
            department=complaint.department,
            reason=plain,
            asked_by_id=actor.person_id,
            asked_at=now,
        )
        request.save()
        hands.lay(actor=actor, obj=request, part=ASKED, now=now)
    return request


def release(
    *, actor: User, request: IdentityRequest, passphrase: str, reason: str, now: datetime, version: int | None = None
) -> IdentityRequest:
    """
    Open what is asked for with the passphrase and hand it to the asker for some days; this will show the custodian no part of the case.

    Of an original the asker is handed the key of this one file; the file itself stays sealed where it lies.

    :raises Invalid: the passphrase does not fit, or no reason is given
    :raises NotAllowed: the actor is no custodian, asked himself, or has a hand in the case
    :raises Conflict: the request is decided or has lapsed, or the identity or the original was erased meanwhile
    """
    if request.complaint.identity_erased_on is not None:
        raise Conflict(_("身份和附件原件已到期删除"))
    _check_custodian(actor, now)
    told = _opened(request.complaint.identity, passphrase) if request.file is None else _key(request.file, passphrase)
    days = int(parameters.value(OPEN_DAYS, on=local_day(now)))
    changes: dict[str, Any] = {
        "decided_by_id": actor.person_id,
        "decided_at": now,
        "decision": writing.required(reason, field="reason", label=_("理由"), limit=REASON),
        "released_sealed": seal.seal(told, table=_place(request), column="released"),
        "open_until": now + timedelta(days=days),
    }
    return IDENTITY.perform("release", request, actor=actor, now=now, reason=reason, version=version, **changes)


def refuse(
    *, actor: User, request: IdentityRequest, reason: str, now: datetime, version: int | None = None
) -> IdentityRequest:
    """
    Refuse to open an identity; this will show the asker the reason.

    :raises NotAllowed: the actor is no custodian, asked himself, or has a hand in the case
    :raises Conflict: the request is decided or has lapsed
    """
    decision = writing.required(reason, field="reason", label=_("理由"), limit=REASON)
    changes: dict[str, Any] = {"decided_by_id": actor.person_id, "decided_at": now, "decision": decision}
    return IDENTITY.perform("refuse", request, actor=actor, now=now, reason=decision, version=version, **changes)


def view(*, actor: User, request: IdentityRequest, now: datetime) -> Identity:
    """
    Show a released identity to the one who asked; this will write an entry each time.

    :raises Missing: the request is another's
    :raises Conflict: it was not released, or the time is over
    """
    if actor.person_id != request.asked_by_id:
        raise Missing(_("没有这项申请"))
    if request.file_id is not None:
        raise Missing(_("没有这项申请"))
    told = json.loads(_released(actor, request, "identity.view", now))
    return Identity(told["name"], told["contact"])


def read_original(*, actor: User, request: IdentityRequest, now: datetime) -> bytes:
    """
    Give a released original as it was sent to the one who asked; this will write an entry each time.

    :raises Missing: the request is another's or for something else, or the file is not there
    :raises Conflict: it was not released, the time is over, or it was erased meanwhile
    """
    if actor.person_id != request.asked_by_id or request.file is None:
        raise Missing(_("没有这项申请"))
    originals.check_held(request.complaint, request.file)
    box = originals.box_of(request.file)
    key = _released(actor, request, "original.read", now)
    return originals.opened(request.file, box, bytes.fromhex(key))


def _released(actor: User, request: IdentityRequest, kind: str, now: datetime) -> str:
    """Note the look and give what was released, while the time runs and the case is still open to the asker."""
    with acts.act(kind=kind, actor=actor, role="handler", obj=request, now=now):
        held = IDENTITY.lock(request)
        if held.state != IdentityRequestState.RELEASED or not held.released_sealed:
            raise Conflict(_("没有同意查看，或已收回"))
        if held.open_until is None or now >= held.open_until:
            raise Conflict(_("查看期限已过，已收回"))
        if not Complaint.objects.visible_to(actor, now).filter(pk=held.complaint_id).exists():
            raise Missing(_("没有这项申请"))
    return seal.unseal(held.released_sealed, table=_place(held), column="released")


def _opened(held: ComplaintIdentity, passphrase: str) -> str:
    try:
        private = sealed_box.unlock(held.key.private_locked, passphrase)
    except sealed_box.WrongPassphrase as wrong:
        raise Invalid(_("保管口令不对"), field="passphrase") from wrong
    return sealed_box.take(private, held.sealed, purpose=f"identity {held.complaint_id}").decode()


def _key(file: ComplaintFile, passphrase: str) -> str:
    return originals.key_of(file, passphrase).hex()


def _check_custodian(actor: User, now: datetime) -> None:
    if not any(grant.role == "custodian" for grant in actor.grants(now)):
        raise NotAllowed(_("不能由您办：这一步属于身份保管人"))


def _place(request: IdentityRequest) -> str:
    return f"identity request {request.pk}"
