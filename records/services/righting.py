"""更正公告 of a record two approvers withdrew: what was wrong in public is put right in public (domain 4.2, 国发〔2016〕76号)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.utils.translation import gettext as _

from accounts import masking
from accounts.models import User
from disclosure import publishing
from disclosure.publishing import PublicDocument
from records import words
from records.models import CorrectionNotice, DishonestyRecord
from records.services.objections import notices
from records.workflow import endings
from records.workflow.record import RECORD
from rules import codes, parameters
from rules.clock import local_day


def publish(*, actor: User, record: DishonestyRecord, version: int, now: datetime) -> CorrectionNotice:
    """
    Publish the correction notice of a withdrawn record; this will show it at once, for the days the rules give.

    The clock ends it with the notices of objections.

    :raises Conflict: the record was never public, an objection withdrew it, or the notice stands already
    :raises NotAllowed: the actor is tied to the unit recorded
    """
    made: list[CorrectionNotice] = []

    def then(withdrawn: DishonestyRecord) -> None:
        title, text = wording(withdrawn)
        today = local_day(now)
        notice = CorrectionNotice(
            id=uuid4(),
            withdrawn=withdrawn,
            title=title,
            text=text,
            requested_by_id=actor.person_id,
            shown_from=today,
            shown_until=today + timedelta(days=int(parameters.value(notices.DAYS, on=today))),
        )
        notice.save()
        publishing.publish(document=_document(notice, withdrawn), now=now)
        made.append(notice)

    RECORD.perform("publish_notice", record, actor=actor, now=now, version=version, then=then)
    return made[0]


def wording(record: DishonestyRecord) -> tuple[str, str]:
    """Return title and text of the notice: that the record was withdrawn and on which ground, nothing of the old content."""
    who = record.subject_unit_name
    if record.is_person:
        who += masking.name(record.subject_name)
    title = _("关于撤销%(who)s失信记录的更正公告") % {"who": who}
    text = _(
        "%(office)s曾于%(on)s起公示关于%(who)s的失信记录（编号 %(number)s）。因%(ground)s，该记录于%(day)s撤销。\n"
        "该记录自始不应被引用，据此采取的惩戒措施已经解除。请转载、引用过的单位和个人一并更正，消除影响。"
    ) % {
        "office": record.lead_name,
        "on": words.day(record.public_from),
        "who": who,
        "number": record.number,
        "ground": codes.label(endings.GROUNDS, record.withdrawn_ground, record.ended_on),
        "day": words.day(record.ended_on),
    }
    return title, text


def _document(notice: CorrectionNotice, record: DishonestyRecord) -> PublicDocument:
    unit, ended_on = record.subject_department, words.settled(record.ended_on)
    return PublicDocument(
        id=notice.id,
        version=1,
        kind=notices.KIND,
        number=record.number,
        title=notice.title,
        department_uscc=record.subject_code,
        department_name=record.subject_unit_name,
        division_code=unit.division_code,
        ancestors=(*(above.uscc for above in unit.ancestors()), unit.uscc),
        areas=(),
        source_type="",
        severity="",
        decided_on=ended_on,
        visible_from=notice.shown_from,
        visible_until=notice.shown_until,
        fields={
            "organ": record.lead_name,
            "paragraphs": notice.text.split("\n"),
            "points": [],
            "history": [{"day": ended_on.isoformat(), "title": _("记录撤销"), "note": ""}],
        },
        why={
            "basis": _("公示过的失信记录有误，公布更正，消除影响"),
            "clause": _("从公布之日起 %d 天") % (notice.shown_until - notice.shown_from).days,
            "start": notice.shown_from.isoformat(),
            "last_day": notice.shown_until.isoformat(),
            "decided_by": record.lead_name,
            "repair_from": "",
            "ends_earlier": "",
        },
        is_person=record.is_person,
    )
