"""Applying: the subject, or the office from paper, opens an application, hands it in, completes it, takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts.models import User
from ledger import acts
from ledger.refusals import Conflict, Invalid, NotAllowed
from records import words
from records.models import CreditRepair, DishonestyRecord
from records.services import remarks
from records.services.repairs import checklist
from records.workflow import writing
from records.workflow.repairs import eligibility, pledge
from records.workflow.repairs.machine import OPEN, REPAIR
from rules import codes
from rules.clock import local_day
from rules.numbers import serials
from rules.workflow import hands

SERIAL = "repair"
GROUNDS_LIMIT = 3000  # characters
NAME_LIMIT = 100


@dataclass(frozen=True)
class Application:
    """What an applicant writes: what was done, by which measures, and who acts for him."""

    grounds: str = ""
    measures: tuple[str, ...] = ()
    agent_name: str = ""


def open_draft(
    *,
    actor: User,
    key: UUID,
    record: DishonestyRecord,
    typed: Application,
    now: datetime,
    is_paper: bool = False,
) -> CreditRepair:
    """
    Open an application about a record; this will lay out its checklist and number it, and move nothing of the record.

    ``key`` becomes its id: the same form sent twice gives the first application back.

    :param is_paper: an officer of the deciding department enters what was handed in on paper
    :raises NotAllowed: the actor neither speaks for the subject nor enters paper
    :raises Conflict: the record is not repaired here, or an application about it is open already
    :raises Invalid: what was written is not acceptable
    """
    first = CreditRepair.objects.filter(pk=key).first()
    if first is not None:
        return _same(first, actor)
    try:
        return _open(actor=actor, key=key, record=record, typed=typed, now=now, is_paper=is_paper)
    except IntegrityError as error:
        if first := CreditRepair.objects.filter(pk=key).first():
            return _same(first, actor)
        if "repair_one_open_per_record" in str(error):
            raise Conflict(_("已有一件修复申请在办")) from None
        raise


def _same(first: CreditRepair, actor: User) -> CreditRepair:
    if first.filer_id != actor.person_id:
        raise Conflict(_("这张表已经由别人用过，请重新打开申请页"))
    return first


def _open(
    *, actor: User, key: UUID, record: DishonestyRecord, typed: Application, now: datetime, is_paper: bool
) -> CreditRepair:
    role = "appeals" if is_paper else "subject"
    with acts.act(kind="repair.open", actor=actor, role=role, now=now) as act:
        repair = _new(key, record, actor, is_paper=is_paper, now=now)
        if why := REPAIR.standing_of(repair, actor, now).refusal(OPEN, role, now, (role,)):
            raise NotAllowed(why)
        _check_open_to_all(record, now)
        _assign(repair, columns(typed, now=now))
        repair.number = serials.take(department=repair.department, kind=SERIAL, year=local_day(now).year)
        repair.save(force_insert=True)
        act.about(repair)
        checklist.lay_out(repair, now=now)
        part = "officer" if is_paper else "filer"
        hands.lay(actor=actor, obj=repair, part=part, noun=str(REPAIR.noun), now=now)
    return repair


def _new(key: UUID, record: DishonestyRecord, actor: User, *, is_paper: bool, now: datetime) -> CreditRepair:
    return CreditRepair(
        id=key,
        record=record,
        department=record.lead,
        department_name=record.lead_name or record.lead.name_on(local_day(now)),
        applicant_department=record.subject_department,
        applicant_official=record.subject_official if record.is_person else None,
        applicant_name=pledge.applicant_name(record),
        filer_id=actor.person_id,
        is_paper=is_paper,
        opened_on=local_day(now),
    )


def _check_open_to_all(record: DishonestyRecord, now: datetime) -> None:
    """Refuse at once what waiting will not change, and a second application; the rest is asked at the submission."""
    for each in eligibility.of(record, now=now).unmet:
        if each.never or each.key == "no_other":
            raise Conflict(f"{each.said}；{each.elsewhere}" if each.elsewhere else each.said)


def _assign(repair: CreditRepair, content: dict[str, Any]) -> None:
    for field, value in content.items():
        setattr(repair, field, value)


def columns(typed: Application, *, now: datetime) -> dict[str, Any]:
    """
    Return what was written, clean, as columns.

    :raises Invalid: it is too long, holds hidden characters, or names a measure that is not on the list
    """
    known = [each.code for each in codes.current("repair_measure", local_day(now))]
    return {
        "grounds": writing.clean(
            typed.grounds, field="grounds", label=_("履行和纠正的情况"), limit=GROUNDS_LIMIT, lines=True
        ),
        "measures": writing.codes(typed.measures, field="measures", label=_("已采取的措施"), known=known),
        "agent_name": writing.clean(typed.agent_name, field="agent_name", label=_("代理人"), limit=NAME_LIMIT),
    }


def edit(*, actor: User, repair: CreditRepair, typed: Application, version: int, now: datetime) -> CreditRepair:
    """
    Write an application anew; this will ask for the agent's authority where there is an agent now.

    :raises Conflict: it has been handed in
    """
    content = columns(typed, now=now)
    return REPAIR.perform(
        "edit",
        repair,
        actor=actor,
        now=now,
        version=version,
        then=lambda edited: checklist.follow_agent(edited, now=now),
        **content,
    )


def submit(
    *,
    actor: User,
    repair: CreditRepair,
    pledge_by: str,
    version: int,
    now: datetime,
    received_on: date | None = None,
    request_key: str = "",
) -> CreditRepair:
    """
    Hand in an application with its signed pledge; this will start the check (1 working day) and the answer (10).

    :param pledge_by: who signed the 信用承诺书; empty = not signed
    :param received_on: for paper, the day it was handed in; else it is today
    :raises Conflict: the record cannot be repaired yet, with the first day and its rule, or materials are missing
    :raises Invalid: nothing is written, or the pledge is not signed
    """
    signed = writing.clean(pledge_by, field="pledge", label=_("承诺书签署人"), limit=NAME_LIMIT)
    received = _received(repair, received_on, now)
    return REPAIR.perform(
        "submit",
        repair,
        actor=actor,
        now=now,
        version=version,
        request_key=request_key,
        then=lambda handed: checklist.note_pledge(handed, on=received),
        received_on=received,
        pledge_by=signed,
        pledge_on=received if signed else None,
        pledge_text=pledge.text(repair.record, now=now) if signed else "",
    )


def _received(repair: CreditRepair, received_on: date | None, now: datetime) -> date:
    today = local_day(now)
    if not repair.is_paper or received_on is None:
        return today
    if received_on > today:
        raise Invalid(_("收到日期不能晚于今天"), field="received_on")
    if received_on < words.settled(repair.record.recognised_on):
        raise Invalid(_("收到日期不能早于认定日期"), field="received_on")
    return received_on


def supply(*, actor: User, repair: CreditRepair, version: int, now: datetime) -> CreditRepair:
    """
    Hand in what was missing; this will count the answer's 10 working days from today, the first day it is complete.

    :raises Conflict: something told in the notice is still missing
    """
    return REPAIR.perform("supply", repair, actor=actor, now=now, version=version, supplied_on=local_day(now))


def withdraw(*, actor: User, repair: CreditRepair, reason: str, version: int, now: datetime) -> CreditRepair:
    """Take an application back; this will leave the record as it is, and the subject free to ask again."""
    said = remarks.clean(reason)
    return REPAIR.perform(
        "withdraw",
        repair,
        actor=actor,
        now=now,
        version=version,
        reason=said,
        then=lambda back: remarks.note(back, actor=actor, action="withdraw", text=said, now=now),
        withdrawn_because=said,
        ended_on=local_day(now),
    )
