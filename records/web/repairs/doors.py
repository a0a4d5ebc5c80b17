"""From a record to its repairs: the subject asks, an officer enters paper, the court's word is passed on."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import User
from records.models import IN_FORCE, CreditRepair, DishonestyRecord
from records.services.repairs import court
from records.web.door import Door
from records.workflow import guards, source, subjects
from records.workflow.record import RECORD
from records.workflow.repairs import eligibility
from records.workflow.repairs.kind import KIND
from rules.workflow import GuardContext


def of(record: DishonestyRecord, user: User, now: datetime) -> list[Door]:
    """This will offer the way to a repair to the subject and the office, and the cases already there."""
    return [*_ask(record, user, now), *_delist(record, user, now), *_there(record, user, now)]


def _ask(record: DishonestyRecord, user: User, now: datetime) -> list[Door]:
    """The page before is open to both sides whatever stands in the way: it says what, and from when it does not."""
    if record.state not in IN_FORCE or not (speaks(record, user, now) or enters(record, user, now)):
        return []
    first = eligibility.of(record, now=now).first_unmet
    text = _("现在可以申请，不收费。") if first is None else first.said
    return [Door("repair", _("看条件，申请修复"), text, reverse("repairs:before", args=[record.pk]), True)]


def _delist(record: DishonestyRecord, user: User, now: datetime) -> list[Door]:
    if not may_delist(record, user, now):
        return []
    told = _("法院已把它移出失信被执行人名单的，登记后本记录随即结束。")
    return [Door("delist", _("登记法院移出名单"), told, reverse("repairs:delist", args=[record.pk]), True)]


def _there(record: DishonestyRecord, user: User, now: datetime) -> list[Door]:
    held = CreditRepair.objects.visible_to(user, now).filter(record=record).order_by("-opened_on", "-number")
    return [
        Door(f"repair-{each.number}", _("看修复 %s") % each.number, each.get_state_display(), KIND.address(each), True)
        for each in held[:5]
    ]


def speaks(record: DishonestyRecord, user: User, now: datetime) -> bool:
    """This will say whether the reader speaks for the subject of the record."""
    official = record.subject_official if record.is_person else None
    return subjects.speaks_for(
        actor=user, grants=user.grants(now), department=record.subject_department, official=official
    )


def enters(record: DishonestyRecord, user: User, now: datetime) -> bool:
    """This will say whether the reader enters paper for the department that recognised the record."""
    return scope.covers(user=user, role="appeals", department=record.lead, now=now)


def may_delist(record: DishonestyRecord, user: User, now: datetime) -> bool:
    """This will say whether the reader may pass on the court's word about this record."""
    if record.state not in IN_FORCE or not source.facts(record).get("is_mirror"):
        return False
    stands = RECORD.standing_of(record, user, now)
    if stands.role_for(court.TELLERS, now) is None or stands.tie:
        return False
    return guards.impartial(GuardContext(record, user, now)) is None
