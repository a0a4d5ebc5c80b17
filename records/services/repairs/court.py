"""The court's list: a record copied from it follows it, and closes by itself when the court takes the entry off."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import User
from ledger import acts
from ledger.refusals import Conflict, Invalid, NotAllowed
from records import words
from records.models import CourtDelisting, DishonestyRecord
from records.services import ending
from records.workflow import guards, writing
from records.workflow.record import RECORD
from rules.clock import local_day
from rules.workflow import GuardContext, checks

TELLERS = ("clerk", "approver")
"""Who may pass on what the court wrote: a clerk of the department that keeps the record, or the credit lead office."""


def delist(
    *, actor: User, record: DishonestyRecord, court: str, number: str, delisted_on: date, version: int, now: datetime
) -> DishonestyRecord:
    """
    Note that the court has taken an entry off its list; this will end the record in the same act, with no decision of ours.

    The public copy goes, sanctions end, the platform is told (最高人民法院关于公布失信被执行人名单信息的若干规定 art. 7).

    :param number: number of the court's document
    :raises NotAllowed: the actor neither keeps the record nor leads its region, or is tied to its subject
    :raises Conflict: the record is not one copied from the court's list, or has ended
    :raises Invalid: court, number or day are missing or cannot be
    """
    named = writing.required(court, field="court", label=_("法院"), limit=200, lines=False)
    shown = writing.required(number, field="number", label=_("法院文书编号"), limit=128, lines=False)
    with acts.act(kind="record.court_delisted", actor=actor, role="clerk", obj=record, now=now):
        locked = RECORD.lock(record)
        _check_teller(locked, actor, now)
        checks.version(locked, version)
        _check_day(locked, delisted_on, now)
        ended = ending.delist(record=locked, now=now)
        CourtDelisting(
            record=ended,
            court=named,
            document_number=shown,
            delisted_on=delisted_on,
            noted_on=local_day(now),
            noted_by_id=actor.person_id,
        ).save()
    return ended


def _check_teller(record: DishonestyRecord, actor: User, now: datetime) -> None:
    stands = RECORD.standing_of(record, actor, now)
    if stands.role_for(TELLERS, now) is None:
        raise NotAllowed(stands.no_role(TELLERS))
    if stands.tie:
        raise NotAllowed(stands.tie)
    if tied := guards.impartial(GuardContext(record, actor, now)):
        raise tied
    if CourtDelisting.objects.filter(record=record).exists():
        raise Conflict(_("法院移出名单已经登记过"))


def _check_day(record: DishonestyRecord, day: date, now: datetime) -> None:
    if day > local_day(now):
        raise Invalid(_("移出日期不能晚于今天"), field="delisted_on")
    if day < words.settled(record.decided_on):
        raise Invalid(_("移出日期不能早于列入名单的文书日期"), field="delisted_on")
