"""The register of channels (监督渠道, domain row 13): what the public page says about where to turn to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import Department, User
from ledger import acts
from ledger.refusals import Conflict, Invalid, NotAllowed
from records.models import ReportChannel
from records.workflow import writing
from rules import codes
from rules.clock import local_day
from rules.workflow import checks

KEEPERS = ("approver", "head")


@dataclass(frozen=True)
class Way:
    """What a channel says of itself."""

    code: str
    name: str
    contact: str
    hours: str
    is_active: bool = True


def open_channel(
    *, actor: User, department: Department, way: Way, now: datetime, key: UUID | None = None
) -> ReportChannel:
    """
    Put a channel on the register; this will show it to the public at once.

    `key` becomes its id: the same form sent twice gives the first one back.

    :raises NotAllowed: the actor keeps no channels for this department
    :raises Invalid: a field is missing or not clean
    :raises Conflict: the department has such a channel already
    """
    if key and (first := ReportChannel.objects.filter(pk=key, edited_by=actor.person_id).first()):
        return first
    role = _role(actor, department, now)
    columns = _columns(way, now)
    try:
        with acts.act(kind="channel.open", actor=actor, role=role, now=now) as act:
            held = ReportChannel(
                id=key or uuid4(),
                department=department,
                edited_on=local_day(now),
                edited_by_id=actor.person_id,
                **columns,
            )
            held.save(force_insert=True)
            act.about(held)
    except IntegrityError as clash:
        raise Conflict(_("这个单位已经登记过这个渠道"), field="name") from clash
    return held


def change(*, actor: User, channel: ReportChannel, way: Way, version: int, now: datetime) -> ReportChannel:
    """
    Change what a channel says of itself, or close it; this will be on the public page at once.

    :raises Stale: somebody changed it since
    """
    role = _role(actor, channel.department, now)
    columns = _columns(way, now)
    with acts.act(kind="channel.change", actor=actor, role=role, obj=channel, now=now):
        held = ReportChannel.objects.select_for_update().get(pk=channel.pk)
        checks.version(held, version)
        for name, value in columns.items():
            setattr(held, name, value)
        held.version += 1
        held.edited_on, held.edited_by_id = local_day(now), actor.person_id
        held.save()
    return held


def _role(actor: User, department: Department, now: datetime) -> str:
    for role in KEEPERS:
        if scope.covers(user=actor, role=role, department=department, now=now):
            return role
    raise NotAllowed(_("不能由您办：渠道由该单位主要负责人或信用牵头部门登记"))


def _columns(way: Way, now: datetime) -> dict[str, object]:
    if codes.find("channel", way.code, local_day(now)) is None:
        raise Invalid(_("请选择渠道"), field="code")
    return {
        "code": way.code,
        "name": writing.required(way.name, field="name", label=_("名称"), limit=80, lines=False),
        "contact": writing.required(way.contact, field="contact", label=_("联系方式"), limit=200, lines=False),
        "hours": writing.required(way.hours, field="hours", label=_("受理时间"), limit=120, lines=False),
        "is_active": way.is_active,
    }
