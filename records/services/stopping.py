"""Stopping disclosure early on an upheld objection: the page ends, the record stays in force and on file."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from disclosure import publishing
from ledger.actors import SYSTEM
from records import report
from records.models import DishonestyRecord
from records.services import remarks
from records.workflow import publicity
from records.workflow.record import RECORD
from rules.clock import local_day


def stop_on_objection(*, record: DishonestyRecord, number: str, now: datetime) -> DishonestyRecord:
    """
    Take a record off the public site for good; this will tell the platform that it is no longer public.

    :param number: document number of the decision
    :raises Conflict: the record is not public, or no upheld decision of today stands behind it
    """

    def then(stopped: DishonestyRecord) -> None:
        told = _("异议成立，依%s停止公示") % number
        remarks.keep(stopped, actor=SYSTEM, action="stop_on_objection", text=told, now=now)
        report.tell(stopped, op="U", now=now)
        stopped.save()
        publishing.end(document_id=stopped.id, version=stopped.report_version, kind="stopped", now=now)

    return RECORD.perform(
        "stop_on_objection",
        record,
        actor=SYSTEM,
        now=now,
        then=then,
        public_until=local_day(now),
        ended_on=local_day(now),
        ended_as=publicity.STOPPED,
        publication_waits=False,
    )
