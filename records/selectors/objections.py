"""What the subject may object to, said before anybody types a word; and what an objection changed or would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from records.models import ON_RECORD, UNDER_WAY, DishonestyRecord, Objection, ObjectionState
from records.models.querysets import SERVED
from records.workflow import subjects
from records.workflow.objections import clocks
from records.workflow.objections.machine import OBJECTION
from rules import parameters
from rules.clock import local_day


@dataclass(frozen=True)
class Eligibility:
    """Whether a person may object to a record now, why not, the case in the way, and the last public day."""

    record: DishonestyRecord
    may: bool
    why: str = ""
    objection: Objection | None = None
    until: date | None = None


def speaks(*, user: User, record: DishonestyRecord, now: datetime) -> bool:
    """Say whether the user speaks for the subject of the record."""
    return subjects.speaks_for(
        actor=user,
        grants=user.grants(now),
        department=record.subject_department,
        official=record.subject_official,
    )


def eligibility(*, user: User, record: DishonestyRecord, now: datetime) -> Eligibility:
    """Return whether the user may object to the record now; this will name the case that stands in the way."""
    until = record.public_until
    if not speaks(user=user, record=record, now=now):
        return Eligibility(record, False, _("不能由您办：异议由被记录的单位或者本人提出"), until=until)
    if record.state not in ON_RECORD:
        return Eligibility(record, False, _gone(record), until=until)
    rows = Objection.objects.filter(record=record)
    first = rows.filter(state__in=UNDER_WAY).first()
    if first is not None:
        return Eligibility(record, False, _("已有一件异议 %s 正在处理") % first.number, first, until)
    drafted = rows.filter(state=ObjectionState.DRAFT).first()
    if drafted is not None:
        return Eligibility(record, False, _("已有一份草稿，可以接着写"), drafted, until)
    return Eligibility(record, True, until=until)


def _gone(record: DishonestyRecord) -> str:
    if record.state in ("withdrawn", "archived"):
        return _("记录处于“%s”，已经不再公示、共享和使用") % record.get_state_display()
    return _("记录还没有认定生效；现在可以对告知书提出陈述申辩")


def own_records(*, user: User, now: datetime) -> list[Eligibility]:
    """Return every record about the user's unit or himself that was served, the newest first, with what can be done."""
    mine: Q = subjects.rows(user, user.grants(now))
    rows = DishonestyRecord.objects.filter(mine, state__in=SERVED).with_names().select_related("subject_official")
    return [
        eligibility(user=user, record=record, now=now) for record in rows.order_by("-registered_on", "-number")[:200]
    ]


def promised(*, now: datetime) -> list[tuple[str, str]]:
    """Return the days the applicant may count on, as the form tells them before he applies."""
    today = local_day(now)
    return [
        (_("是否受理"), _working(clocks.ACCEPT, today)),
        (_("作出决定"), _working(clocks.DECIDE, today)),
        (_("不服决定申请复核"), _working(clocks.APPLY_FOR_REVIEW, today)),
        (_("复核决定"), _working(clocks.REVIEW, today)),
    ]


def _working(key: str, on: date) -> str:
    return _("%d 个工作日内") % int(parameters.value(key, on=on))


def is_officer(*, user: User, objection: Objection, now: datetime) -> bool:
    """Say whether a person reads an objection as one who handles cases, not as its applicant."""
    return not OBJECTION.standing_of(objection, user, now).is_subject and any(
        grant.role in ("appeals", "approver") or (grant.role == "head" and grant.department_id == objection.office_id)
        for grant in user.grants(now)
    )
