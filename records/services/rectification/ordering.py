"""Ordering a rectification: points, limit, who answers for it; the receipt is owed first (domain 4.6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import Department, Official, User
from ledger import acts
from ledger.actors import Actor
from ledger.refusals import Invalid
from records import words
from records.models import IN_FORCE, DishonestyRecord, Rectification, RectificationItem
from records.services.notifications import tell
from records.workflow import guards, writing
from records.workflow.duties import RECEIPT, RECTIFY
from rules import deadlines
from rules.clock import local_day
from rules.models import Deadline
from rules.numbers import serials
from rules.references import reference
from rules.workflow import GuardContext

SERIAL = "rectification"
ITEM_LIMIT, MOST_ITEMS, LONGEST_DAYS = 500, 30, 366


def order(
    *,
    actor: Actor,
    source: Model,
    department: Department,
    requirements: Sequence[str],
    now: datetime,
    limit_days: int | None = None,
    person: Official | None = None,
) -> Rectification:
    """
    Order a unit to put things right because of a case; this will start its receipt and its limit and tell its head.

    May run inside the caller's act; who may order is the caller's rule.

    :param source: the record, complaint, commitment or other case it is ordered for
    :param requirements: the points, each judged by itself later
    :param limit_days: calendar days; ``rectify.default_days`` where none is given
    :param person: who answers for it; the head of the day where none is given
    :raises Invalid: no point, a point that is not clean, or a limit out of reason
    """
    points = _points(requirements)
    if limit_days is not None and not 1 <= limit_days <= LONGEST_DAYS:
        raise Invalid(_("整改期限应在 1 到 %d 天之间") % LONGEST_DAYS, field="limit_days")
    role = "system" if actor.person_id is None else "supervisor"
    with acts.act(kind="rectification.order", actor=actor, role=role, now=now) as act:
        held = _written(source, department, points, limit_days, actor=actor, now=now)
        held.responsible = person or department.head_on(local_day(now))
        held.save(force_insert=True)
        act.about(held)
        for place, text in enumerate(points, start=1):
            RectificationItem(rectification=held, place=place, text=text).save()
        receipt = _start(held, limit_days, now=now)
        tell(
            "rectification.ordered",
            places={"unit": department},
            case=held,
            words={"number": held.number, "receipt": words.day(receipt.due_on), "until": words.day(held.due_on)},
            now=now,
        )
    return held


def _points(requirements: Sequence[str]) -> list[str]:
    label = _("整改要求")
    cleaned = [
        writing.required(each, field="requirements", label=label, limit=ITEM_LIMIT, lines=True)
        for each in requirements
        if each.strip()
    ]
    if not cleaned:
        raise Invalid(_("请至少写一项整改要求"), field="requirements")
    if len(cleaned) > MOST_ITEMS:
        raise Invalid(_("整改要求最多 %d 项") % MOST_ITEMS, field="requirements")
    return cleaned


def _written(
    source: Model, department: Department, points: list[str], limit_days: int | None, *, actor: Actor, now: datetime
) -> Rectification:
    today, named = local_day(now), reference(source)
    due = deadlines.derive(RECTIFY, today, amount=limit_days)
    return Rectification(
        record=source if isinstance(source, DishonestyRecord) else None,
        source_type=named.object_type,
        source_id=named.object_id,
        number=serials.take(department=department.credit_lead() or department, kind=SERIAL, year=today.year),
        department=department,
        ordered_by=_orderer(actor, department, now),
        orderer_id=actor.person_id,
        requirements="\n".join(points),
        ordered_on=today,
        due_on=words.settled(due.due_on),
        due_provisional=due.provisional,
    )


def _orderer(actor: Actor, department: Department, now: datetime) -> Department:
    """The office that will judge: the supervisor's own where one orders, else the superior, else the credit lead office."""
    grants = getattr(actor, "grants", None)
    held = grants(now) if grants and actor.person_id is not None else []
    mine = [each.department for each in held if each.role == "supervisor" and scope.reaches(each, department)]
    if mine:
        return max(mine, key=lambda each: len(each.path))
    return department.parent or department.credit_lead() or department


def _start(held: Rectification, limit_days: int | None, *, now: datetime) -> Deadline:
    """Start both clocks; return that of the receipt."""
    owner: dict[str, Any] = {"owner_role": "head", "owner_department": held.department, "now": now}
    deadlines.start(obj=held, rule=RECTIFY, started_on=held.ordered_on, amount=limit_days, **owner)
    return deadlines.start(obj=held, rule=RECEIPT, started_on=held.ordered_on, **owner)


def refusal(*, actor: User, record: DishonestyRecord, now: datetime) -> str | None:
    """Say why somebody may not order a rectification for a record himself, or None; the page asks it for its button."""
    if record.state not in IN_FORCE:
        return _("记录没有生效，不能据以责令整改")
    if any(grant.department_id == record.subject_department_id for grant in actor.grants(now)):
        return _("不能由您办：您是本事项所涉单位的人员")
    if not scope.covers(user=actor, role="supervisor", department=record.subject_department, now=now):
        return _("不能由您办：限期整改由上级督导员下达")
    tied = guards.impartial(GuardContext(record, actor, now))
    return str(tied) if tied else None
