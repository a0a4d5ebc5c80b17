"""A source document under reconsideration or lawsuit is annotated; where its effect is suspended, nothing is recognised."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from records.models import IN_FORCE, DishonestyRecord
from records.services import correction, remarks
from records.workflow.record import RECORD


def flag(
    *, actor: User, record: DishonestyRecord, suspended: bool, reason: str, version: int, now: datetime
) -> DishonestyRecord:
    """
    Annotate a record (深圳经济特区社会信用条例 art. 43); this will show the annotation and tell the platform at once.

    :param suspended: the effect of the document is suspended, so recognition must wait
    :raises Conflict: it is annotated already
    """
    words = remarks.clean(reason)
    return RECORD.perform(
        "flag_litigation",
        record,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        under_litigation=True,
        effect_suspended=suspended,
        then=lambda flagged: _follow(
            flagged,
            actor=actor,
            action="flag_litigation",
            text=words,
            what=_("加注：来源文书正在复议或诉讼中"),
            now=now,
        ),
    )


def clear(*, actor: User, record: DishonestyRecord, reason: str, version: int, now: datetime) -> DishonestyRecord:
    """
    Take the annotation off; this will tell public and platform at once.

    :raises Conflict: there is none
    """
    words = remarks.clean(reason)
    return RECORD.perform(
        "clear_litigation",
        record,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        under_litigation=False,
        effect_suspended=False,
        then=lambda cleared: _follow(
            cleared, actor=actor, action="clear_litigation", text=words, what=_("去掉复议诉讼加注"), now=now
        ),
    )


def _follow(record: DishonestyRecord, *, actor: User, action: str, text: str, what: str, now: datetime) -> None:
    remarks.keep(record, actor=actor, action=action, text=text, now=now)
    if record.state in IN_FORCE:
        correction.tell(record, what=what, now=now)
