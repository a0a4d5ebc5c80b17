"""更正公告 of a record two approvers withdrew: what was wrong in public is put right in public (domain 4.2, 国发〔2016〕76号)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from records import words
from records.models import CorrectionNotice, DishonestyRecord
from records.services.objections import notices
from records.services.objections.notices import Ground
from records.workflow import endings
from records.workflow.record import RECORD
from rules import codes


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
        ground = Ground(
            number=withdrawn.number,
            organ=withdrawn.lead_name,
            day=words.settled(withdrawn.ended_on),
            event=_("记录撤销"),
            basis=_("公示过的失信记录有误，公布更正，消除影响"),
        )
        notice = notices.show(
            record=withdrawn, title=title, text=text, ground=ground, actor=actor, now=now, withdrawn=withdrawn
        )
        made.append(notice)

    RECORD.perform("publish_notice", record, actor=actor, now=now, version=version, then=then)
    return made[0]


def wording(record: DishonestyRecord) -> tuple[str, str]:
    """Return title and text of the notice: that the record was withdrawn and on which ground, nothing of the old content."""
    who = notices.who(record)
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
