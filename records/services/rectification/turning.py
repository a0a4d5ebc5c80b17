"""What the clock does to rectifications: overdue at the turn of the day, with the drafts that follow; and their end with their cause."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Department
from ledger.actors import SYSTEM
from ledger.refusals import Refused
from records import report as reporting
from records import words
from records.models import RUNNING, DishonestyRecord, Rectification, RectificationState
from records.services import drafting, following
from records.services.rectification import followers
from records.workflow.duties import OVERDUE_DRAFTS
from records.workflow.duties.rectification import RECTIFICATION
from rules import parameters
from rules.clock import local_day

SOURCE, CRITICISM = "RECTIFY_OVERDUE", "PUBLIC_CRITICISM"
CLOSABLE = (*RUNNING, RectificationState.SUBMITTED, RectificationState.OVERDUE, RectificationState.REFUSED)


def overdue_due(*, now: datetime) -> int:
    """
    Call every rectification overdue whose limit has passed; this will do nothing the second time. Return how many.

    In the same act a record of the unit is drafted with 通报批评 proposed, and one of the person who answers for it, or only
    one of the two, as ``rectify.overdue_drafts`` says (粤府〔2017〕140号 三（八）); drafts go nowhere by themselves.
    """
    due = Rectification.objects.filter(state__in=RUNNING, due_on__lt=local_day(now))
    return sum(_overdue(each, now=now) for each in due.order_by("due_on", "number"))


def _overdue(rectification: Rectification, *, now: datetime) -> bool:
    record = rectification.record
    before = reporting.rectification_state(record) if record else ""

    def then(held: Rectification) -> None:
        draft_records(held, now=now)
        following.rectification(held.record, before=before, now=now)
        followers.overdue(held, now)

    try:
        RECTIFICATION.perform(
            "overdue",
            rectification,
            actor=SYSTEM,
            now=now,
            then=then,
            overdue_on=rectification.overdue_on or local_day(now),
        )
    except Refused:  # handed in or ended since the list was read; the refusal stands in the log
        return False
    return True


def draft_records(held: Rectification, *, now: datetime) -> list[DishonestyRecord]:
    """
    Draft what follows from an overdue rectification, inside the open act: the unit's record, and the person's.

    Where only persons are recorded and nobody answers for the order, the unit is, so that no default goes unrecorded.
    Nothing follows where the source drafts the default itself: one event gives one draft (docs/decisions, 25).
    """
    keeper = keeper_of(held.department)
    if keeper is None or followers.drafts_itself(held):
        return []
    person = held.responsible or held.department.head_on(held.due_on)
    whose = parameters.value(OVERDUE_DRAFTS, on=local_day(now))
    drafts = []
    if whose != "official" or person is None:
        drafts.append(_draft(held, keeper, now=now))
    if whose != "unit" and person is not None:
        drafts.append(_draft(held, keeper, now=now, official=person))
    return drafts


def _draft(held: Rectification, keeper: Department, *, now: datetime, official: object = None) -> DishonestyRecord:
    points = "；".join(held.items.order_by("place").values_list("text", flat=True))
    facts = _("整改通知 %(number)s 责令%(unit)s于%(due)s前完成整改，到期没有完成。要求：%(points)s")
    told = {"number": held.number, "unit": held.department.name, "due": words.day(held.due_on), "points": points}
    return drafting.open_draft(
        actor=SYSTEM,
        department=keeper,
        subject_department=held.department,
        subject_official=official,  # type: ignore[arg-type]
        source_type=SOURCE,
        facts=facts % told,
        severity="general",
        sanctions=("AWARD_RESTRICT",) if official else (CRITICISM,),
        origin=held,
        now=now,
    )


def keeper_of(unit: Department) -> Department | None:
    """Return the credit lead office that keeps such drafts; about a credit lead office itself, the next one above."""
    lead = unit.credit_lead()
    if lead is not None and lead.pk == unit.pk and unit.parent and unit.parent.parent:
        return unit.parent.parent.credit_lead() or lead
    return lead


def close_for(record: DishonestyRecord, *, because: str, now: datetime) -> None:
    """End the rectifications ordered for a record that should not have been, inside the act that undoes it."""
    for each in record.rectifications.filter(state__in=CLOSABLE):
        RECTIFICATION.perform("close", each, actor=SYSTEM, now=now, closed_because=because)
