"""Handing in: the subject drafts and submits online, an officer registers what came on paper, either supplements or withdraws."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts.models import User
from ledger import acts
from ledger.refusals import Conflict, Invalid, NotAllowed, Refused
from records import words
from records.models import Attachment, CreditRepair, DishonestyRecord, Objection, ObjectionState, RepairState
from records.services import attachments, remarks
from records.services.objections import marks, timing
from records.workflow import writing
from records.workflow.objections import clocks, guards
from records.workflow.objections import filing as statements
from records.workflow.objections.filing import Statement
from records.workflow.objections.machine import OBJECTION, OPEN_DRAFT, REGISTER
from records.workflow.objections.preparing import HANDLER
from rules import deadlines
from rules.clock import local_day
from rules.numbers import serials
from rules.workflow import Arrow, GuardContext, hands

SERIAL = "objection"
AUTHORISATION, EVIDENCE = "authorisation", "evidence"


def open_draft(
    *,
    actor: User,
    key: UUID,
    record: DishonestyRecord,
    statement: Statement,
    now: datetime,
    repair: CreditRepair | None = None,
) -> Objection:
    """
    Keep the draft of an objection; this will show it to the subject's side only.

    `key` becomes its id: the same form sent twice by the same person gives the first draft back.

    :param repair: the refused repair whose result the objection is about (国办发〔2025〕22号)

    :raises NotAllowed: the actor does not speak for the subject of the record
    :raises Conflict: the record is gone, or an objection to it is open or being drafted
    """
    if first := _drafted_before(key, actor):
        return first
    if repair is not None and (repair.record_id != record.pk or repair.state != RepairState.REFUSED):
        raise Conflict(_("只能对这条记录不予修复的结果提出异议"))
    objection = _blank(record, key=key, actor=actor)
    objection.repair = repair
    with acts.act(kind="objection.open", actor=actor, role="subject", now=now) as act:
        _check(objection, OPEN_DRAFT, actor, now)
        _refuse(guards.record_stands(GuardContext(objection, actor, now)))
        _refuse(guards.one_at_a_time(GuardContext(objection, actor, now)))
        _check_no_draft(objection)
        _fill(objection, statement)
        objection.save(force_insert=True)
        act.about(objection)
        hands.lay(actor=actor, obj=objection, part="filer", noun=str(OBJECTION.noun), now=now)
    return objection


def _drafted_before(key: UUID, actor: User) -> Objection | None:
    first: Objection | None = Objection.objects.filter(pk=key).first()
    if first is not None and first.filed_by_id != actor.person_id:
        raise Conflict(_("这张表已经由别人用过，请重新打开"))
    return first


def _blank(record: DishonestyRecord, *, key: UUID, actor: User) -> Objection:
    return Objection(
        id=key,
        record=record,
        subject_department=record.subject_department,
        subject_official=record.subject_official,
        subject_name=record.subject_name,
        office=record.lead,
        filed_by_id=actor.person_id,
    )


def _check(objection: Objection, arrow: Arrow, actor: User, now: datetime) -> None:
    if why := OBJECTION.standing_of(objection, actor, now).refusal(arrow, None, now, arrow.roles):
        raise NotAllowed(why)


def _refuse(said: str | Refused | None) -> None:
    if isinstance(said, Refused):
        raise said
    if said:
        raise Conflict(said)


def _check_no_draft(objection: Objection) -> None:
    drafted = Objection.objects.filter(record=objection.record_id, state=ObjectionState.DRAFT, is_paper=False).first()
    if drafted is not None:
        raise Conflict(_("这条记录已有一份异议草稿，请接着写那一份"), link=guards.address(drafted))


def _fill(objection: Objection, statement: Statement) -> None:
    for field, value in statements.columns(statement).items():
        setattr(objection, field, value)


def edit(*, actor: User, objection: Objection, statement: Statement, version: int, now: datetime) -> Objection:
    """Save a draft again."""
    content = statements.columns(statement)
    return OBJECTION.perform("edit", objection, actor=actor, now=now, version=version, **content)


def submit(*, actor: User, objection: Objection, version: int, now: datetime) -> Objection:
    """
    Hand the draft in; this will number it and start the period for acceptance.

    Where the office has nobody without a part in the record, the case moves to the superior one in the same act.

    :raises Invalid: ground, facts or the wanted outcome are missing
    :raises Conflict: another objection to the record is open, or the record is gone
    """

    try:
        with acts.act(kind="objection.hand_in", actor=actor, role="subject", obj=objection, now=now):
            number = serials.take(department=objection.office, kind=SERIAL, year=local_day(now).year)
            return OBJECTION.perform(
                "submit",
                objection,
                actor=actor,
                now=now,
                version=version,
                number=number,
                filed_on=local_day(now),
                then=lambda handed_in: timing.hand_up(handed_in, now=now),
            )
    except IntegrityError:
        # Two were handed in at once: the other one won, and this one has rolled back.
        _refuse(guards.one_at_a_time(GuardContext(objection, actor, now)))
        raise


def register(
    *,
    actor: User,
    key: UUID,
    record: DishonestyRecord,
    statement: Statement,
    agent_name: str,
    received_on: date,
    proof: UploadedFile[bytes] | None,
    papers: Iterable[UploadedFile[bytes]] = (),
    now: datetime,
) -> Objection:
    """
    Register an objection that came on paper; this will count the period for acceptance from the day it came in.

    Where the office has nobody without a part in the record, the superior one registers it.

    :param proof: the agent's authorisation, needed where an agent handed it in
    :raises NotAllowed: the actor is not of the office, had a part in the record, or is tied to its subject
    :raises Invalid: something is missing, or the day is not possible
    """
    if first := _drafted_before(key, actor):
        return first
    agent = writing.clean(agent_name, field="agent_name", label=_("代理人"), limit=100)
    if agent and proof is None:
        raise Invalid(_("由代理人提出的，请上传授权委托书"), field="proof")
    if not words.settled(record.recognised_on) <= received_on <= local_day(now):
        raise Invalid(_("收到日期应在记录认定之日与今天之间"), field="received_on")
    objection = _blank(record, key=key, actor=actor)
    objection.is_paper, objection.agent_name = True, agent
    objection.received_on, objection.filed_on = received_on, local_day(now)
    objection.state = ObjectionState.SUBMITTED
    objection.office = guards.able_office(objection, now=now) or objection.office
    _fill(objection, statement)
    try:
        _enter(objection, actor=actor, proof=proof, papers=papers, now=now)
    except IntegrityError:
        # An online filing was handed in at the same moment: it won, and this one has rolled back.
        _refuse(guards.one_at_a_time(GuardContext(objection, actor, now)))
        raise
    return objection


def _enter(
    objection: Objection,
    *,
    actor: User,
    proof: UploadedFile[bytes] | None,
    papers: Iterable[UploadedFile[bytes]],
    now: datetime,
) -> None:
    """Write a paper filing with its number, hand, clock and papers in one act."""
    with acts.act(kind="objection.register", actor=actor, role="appeals", now=now) as act:
        if objection.office_id != objection.record.lead_id:  # of whoever serves below, say where it is handled now
            _refuse(guards.independent(GuardContext(objection, actor, now)))
        _check(objection, REGISTER, actor, now)
        for guard in (guards.independent, guards.record_stands, guards.filled_in, guards.one_at_a_time):
            _refuse(guard(GuardContext(objection, actor, now)))
        objection.number = serials.take(department=objection.office, kind=SERIAL, year=local_day(now).year)
        objection.save(force_insert=True)
        act.about(objection)
        hands.lay(actor=actor, obj=objection, part=HANDLER, noun=str(OBJECTION.noun), now=now)
        _start_acceptance(objection, words.settled(objection.received_on), now)
        _keep_papers(objection, actor=actor, proof=proof, papers=papers, now=now)


def _start_acceptance(objection: Objection, received_on: date, now: datetime) -> None:
    deadlines.start(
        obj=objection,
        rule=clocks.ACCEPT,
        started_on=received_on,
        owner_role="appeals",
        owner_department=objection.office,
        now=now,
    )


def _keep_papers(
    objection: Objection,
    *,
    actor: User,
    proof: UploadedFile[bytes] | None,
    papers: Iterable[UploadedFile[bytes]],
    now: datetime,
) -> None:
    uploads = [(EVIDENCE, paper) for paper in papers]
    for kind, upload in [(AUTHORISATION, proof), *uploads] if proof is not None else uploads:
        if upload is not None:
            attachments.add(actor=actor, role="appeals", obj=objection, kind=kind, upload=upload, now=now)


def supplement(
    *, actor: User, objection: Objection, statement: Statement, note: str, version: int, now: datetime
) -> Objection:
    """
    Hand in what was missing; this will start the period for acceptance anew, and no second notice can follow.

    :raises Conflict: the case does not wait for a supplement
    """
    told = remarks.clean(note, field="note")
    content = statements.columns(statement)

    def then(again: Objection) -> None:
        remarks.note(again, actor=actor, action="supplement", text=told, now=now)
        timing.hand_up(again, now=now)

    return OBJECTION.perform(
        "supplement",
        objection,
        actor=actor,
        now=now,
        version=version,
        reason=told,
        edition=objection.edition + 1,
        then=then,
        **content,
    )


def withdraw(*, actor: User, objection: Objection, note: str, version: int, now: datetime) -> Objection:
    """Take the objection back; this will take the mark off the record, which stays as it is."""
    told = remarks.clean(note, field="note")

    def then(withdrawn: Objection) -> None:
        remarks.note(withdrawn, actor=actor, action="withdraw", text=told, now=now)
        marks.close(withdrawn, now=now)
        marks.show_again(withdrawn, now=now)

    return OBJECTION.perform(
        "withdraw",
        objection,
        actor=actor,
        now=now,
        version=version,
        reason=told,
        closed_on=local_day(now),
        then=then,
    )


def attach(*, actor: User, objection: Objection, upload: UploadedFile[bytes], now: datetime) -> None:
    """
    Add a piece of evidence to a draft or a supplement.

    :raises NotAllowed: the actor does not speak for the subject, nor registered it on paper
    :raises Conflict: it is past the step at which the applicant adds files
    """
    arrow = OBJECTION.arrows["edit" if objection.state == ObjectionState.DRAFT else "supplement"]
    with acts.act(kind="objection.attach", actor=actor, role="subject", obj=objection, now=now):
        locked = OBJECTION.lock(objection)
        _check(locked, arrow, actor, now)
        OBJECTION.check_state(arrow, locked)
        if arrow.action == "supplement":
            _refuse(guards.paper_if_officer(GuardContext(locked, actor, now)))
        attachments.add(actor=actor, role="subject", obj=locked, kind=EVIDENCE, upload=upload, now=now)


def detach(*, actor: User, objection: Objection, item: Attachment, now: datetime) -> None:
    """
    Take a piece of evidence out of a draft again.

    :raises Conflict: the objection is handed in, or the file was taken out before
    """
    arrow = OBJECTION.arrows["edit"]
    with acts.act(kind="objection.detach", actor=actor, role="subject", obj=objection, now=now):
        locked = OBJECTION.lock(objection)
        _check(locked, arrow, actor, now)
        OBJECTION.check_state(arrow, locked)
        attachments.remove(actor=actor, role="subject", item=item, now=now)
