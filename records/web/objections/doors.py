"""From a record to its objections: the subject objects, an officer registers paper, both find the cases there are."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from records.models import ON_RECORD, DishonestyRecord, Objection
from records.selectors import objections
from records.web.door import Door
from records.workflow.objections.kind import KIND


def of(record: DishonestyRecord, user: User, now: datetime) -> list[Door]:
    """This will offer the objection to the subject, the registration to the office, and the cases already there."""
    return [*_object(record, user, now), *_register(record, user, now), *_there(record, user, now)]


def _object(record: DishonestyRecord, user: User, now: datetime) -> list[Door]:
    if record.state not in ON_RECORD or not objections.speaks(user=user, record=record, now=now):
        return []
    able = objections.eligibility(user=user, record=record, now=now)
    told = _("认为记录有误、超期或不该公示的，可以提出；不收费，结果不会更重。")
    url = reverse("objections:new", args=[record.pk])
    return [Door("object", _("提出异议"), told if able.may else able.why, url, able.may)]


def _register(record: DishonestyRecord, user: User, now: datetime) -> list[Door]:
    office = any(grant.role == "appeals" and grant.department_id == record.lead_id for grant in user.grants(now))
    if not office or record.state not in ON_RECORD:
        return []
    told = _("当事人送来或者寄来的异议，由您代为登记。")
    return [Door("register", _("登记纸面异议"), told, reverse("objections:register", args=[record.pk]), True)]


def _there(record: DishonestyRecord, user: User, now: datetime) -> list[Door]:
    held = Objection.objects.visible_to(user, now).filter(record=record).exclude(number="").order_by("-number")
    return [
        Door(
            f"objection-{each.number}", _("看异议 %s") % each.number, each.get_state_display(), KIND.address(each), True
        )
        for each in held[:5]
    ]
