"""第一责任人: one per department at a time, each with the days he answered for it."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.models import Department, FirstResponsiblePerson, Official
from accounts.services import tree
from accounts.services.permission import permitted
from ledger.actors import Actor
from ledger.refusals import Invalid


def appoint(
    *, actor: Actor, department: Department, official: Official, held_from: date, now: datetime
) -> FirstResponsiblePerson:
    """Make an official the first responsible person from a day on; this will end the former one's time that day.

    :raises Invalid: where the day is not after the former one's first day, or it is the same official.
    """
    with permitted(
        kind="accounts.appoint_head",
        actor=actor,
        name="people:appoint_head",
        obj=department,
        department=department,
        now=now,
    ):
        tree.lock()
        last = FirstResponsiblePerson.objects.filter(department=department, held_to__isnull=True).first()
        if last is not None:
            _end(last, official, held_from)
        head = FirstResponsiblePerson(department=department, official=official, held_from=held_from)
        head.save()
    return head


def _end(last: FirstResponsiblePerson, official: Official, held_from: date) -> None:
    if last.official_id == official.pk:
        raise Invalid(_("该人现在就是第一责任人"), field="official")
    if held_from <= last.held_from:
        raise Invalid(
            _("任职日期应晚于现任的任职日期（%(day)s）") % {"day": last.held_from.isoformat()}, field="held_from"
        )
    last.held_to = held_from
    last.save()
