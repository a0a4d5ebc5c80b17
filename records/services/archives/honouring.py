"""Honours: registered by a clerk or personnel, checked before they are proposed, granted by another person (rows 24, 73)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts import policy
from accounts.models import Department, User
from ledger import acts
from ledger.refusals import Conflict, Invalid, NotAllowed
from records.models import Honour, IncentiveMeasure, IncentiveState
from records.services import remarks
from records.services.archives import checks
from records.workflow import writing
from records.workflow.archives import guards
from records.workflow.archives.honour import HONOUR
from records.workflow.archives.restricting import Subject
from rules import codes
from rules.clock import local_day
from rules.numbers import document_number, serials
from rules.workflow import hands

SERIAL = "honour"


@dataclass(frozen=True, kw_only=True)
class Award:
    """What the form of an honour says."""

    subject: Subject
    title: str
    level: str
    granted_by: str
    document_number: str
    granted_on: date
    valid_to: date | None = None
    incentives: tuple[str, ...] = field(default_factory=tuple)


def register(*, actor: User, key: UUID, department: Department, award: Award, now: datetime) -> Honour:
    """
    Keep a draft; `key` becomes its id, so that a form sent twice makes one honour.

    :raises NotAllowed: the actor keeps no honours of this department, or the one honoured is outside it
    :raises Invalid: a field is not acceptable
    """
    if first := _registered_before(key, actor):
        return first
    try:
        return _register(actor=actor, key=key, department=department, award=award, now=now)
    except IntegrityError:
        # Two copies of the form ran at once: the other one won, and this one has rolled back.
        if first := _registered_before(key, actor):
            return first
        raise


def _registered_before(key: UUID, actor: User) -> Honour | None:
    first: Honour | None = Honour.objects.filter(pk=key).first()
    if first is not None and first.filer_id != actor.person_id:
        raise Conflict(_("这张表已经由别人用过，请重新打开登记页"))
    return first


def _register(*, actor: User, key: UUID, department: Department, award: Award, now: datetime) -> Honour:
    verdict = policy.allows(user=actor, name="archives:new_honour", now=now, department=department)
    with acts.act(kind="honour.register", actor=actor, role=verdict.role, now=now) as act:
        if not verdict.allowed:
            raise NotAllowed(verdict.reason)
        honour = Honour(id=key, department=department, filer_id=actor.person_id, **_columns(award, department, now=now))
        honour.number = serials.take(department=department, kind=SERIAL, year=local_day(now).year)
        honour.department_name, honour.registered_on = department.name, local_day(now)
        honour.save(force_insert=True)
        act.about(honour)
        hands.lay(actor=actor, obj=honour, part=hands.FILER, noun=str(HONOUR.noun), now=now)
    return honour


def edit(*, actor: User, honour: Honour, award: Award, version: int, now: datetime) -> Honour:
    """
    Replace the content of a draft.

    :raises Stale: it has moved on since the form was opened
    :raises Invalid: a field is not acceptable
    """
    changes = _columns(award, honour.department, now=now)
    return HONOUR.perform("edit", honour, actor=actor, now=now, version=version, **changes)


def propose(*, actor: User, honour: Honour, version: int, now: datetime) -> Honour:
    """
    Check the one honoured for awards and hand the honour in; this will keep the check even where it stops the award.

    :raises Conflict: the check comes to "限制"
    """
    HONOUR.check_state(HONOUR.arrows["propose"], honour)
    question = checks.Question(
        subjects=[guards.subject_of(honour)],
        purpose=guards.AWARD,
        legal_basis=_basis(now),
        business_ref=honour.number,
    )
    asked = checks.run(actor=actor, key=uuid4(), department=honour.department, question=question, now=now)
    return HONOUR.perform("propose", honour, actor=actor, now=now, version=version, check_run=asked)


def send_back(*, actor: User, honour: Honour, reason: str, version: int, now: datetime) -> Honour:
    """
    Return a proposed honour to whoever registered it.

    :raises Invalid: no reason
    """
    words = remarks.clean(reason)
    return HONOUR.perform(
        "send_back",
        honour,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        then=lambda returned: remarks.note(returned, actor=actor, action="send_back", text=words, now=now),
    )


def grant(*, actor: User, honour: Honour, version: int, now: datetime) -> Honour:
    """
    Grant; this will start the incentives, to the last day of the honour.

    :raises NotAllowed: the actor registered it, or is the one honoured
    :raises Conflict: something in force restricts awards today
    """
    today = local_day(now)

    def then(granted: Honour) -> None:
        for code in granted.incentives:
            basis = codes.entry("incentive", code, today).basis
            IncentiveMeasure(honour=granted, code=code, basis=basis, starts_on=today, ends_on=granted.valid_to).save()

    return HONOUR.perform(
        "grant",
        honour,
        actor=actor,
        now=now,
        version=version,
        then=then,
        granter_id=actor.person_id,
        decided_on=today,
    )


def withdraw(*, actor: User, honour: Honour, reason: str, version: int, now: datetime) -> Honour:
    """
    Withdraw a granted honour with the reason; this will stop its incentives.

    :raises Invalid: no reason
    """
    words, today = remarks.clean(reason), local_day(now)

    def then(withdrawn: Honour) -> None:
        for measure in withdrawn.measures.filter(state=IncentiveState.ACTIVE):
            measure.state, measure.ended_on, measure.ended_because = IncentiveState.ENDED, today, "withdrawn"
            measure.save()
        remarks.note(withdrawn, actor=actor, action="withdraw", text=words, now=now)

    return HONOUR.perform(
        "withdraw",
        honour,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        then=then,
        withdrawn_on=today,
        withdrawn_because=words,
    )


def _basis(now: datetime) -> str:
    """The legal basis of checks for awards, as the list of purposes gives it."""
    return codes.entry("credit_check_purpose", guards.AWARD, local_day(now)).basis


def _columns(award: Award, department: Department, *, now: datetime) -> dict[str, Any]:
    today, subject = local_day(now), award.subject
    if not subject.department.is_within(department):
        raise NotAllowed(_("只能登记本单位及下属单位、人员的荣誉"))
    if codes.find("honour_level", award.level, today) is None:
        raise Invalid(_("请选择荣誉级别"), field="level")
    if award.granted_on > today:
        raise Invalid(_("表彰日期不能晚于今天"), field="granted_on")
    if award.valid_to is not None and award.valid_to < award.granted_on:
        raise Invalid(_("有效期早于表彰日期"), field="valid_to")
    number = writing.required(award.document_number, field="document_number", label=_("文号"), limit=128, lines=False)
    return {
        "official": subject.official,
        "subject_department": subject.department,
        "subject_name": subject.official.person.name if subject.official else subject.department.name,
        "title": writing.required(award.title, field="title", label=_("荣誉名称"), limit=100, lines=False),
        "level": award.level,
        "granted_by": writing.required(
            award.granted_by, field="granted_by", label=_("授予机关"), limit=200, lines=False
        ),
        "document_number": document_number.normalise(number).shown,
        "granted_on": award.granted_on,
        "valid_to": award.valid_to,
        "incentives": writing.codes(
            award.incentives,
            field="incentives",
            label=_("激励措施"),
            known=[row.code for row in codes.current("incentive", today)],
        ),
    }
