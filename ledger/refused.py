"""Refusals leave a trace of their own: one entry per person, object and action a minute, after everything else was undone."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction

from ledger import appending
from ledger.drafts import Draft, Ref
from ledger.models import Entry

KIND = "refused"
QUIET = timedelta(minutes=1)


def note(draft: Draft) -> bool:
    """
    Write that the act of this draft was refused, unless the same was written within the minute before it.

    :returns: whether an entry was written
    """
    trace = Draft(
        kind=KIND,
        person=draft.person,
        role=draft.role,
        at=draft.at,
        request_id=draft.request_id,
        reason="",
        object_type=draft.object_type,
        object_id=draft.object_id,
        refs=[Ref("refused.action", draft.kind, "")],
    )
    with transaction.atomic():
        _one_at_a_time(trace)
        if _is_written(trace):
            return False
        appending.append([trace])
    return True


def _one_at_a_time(trace: Draft) -> None:
    told = f"{trace.person}|{trace.object_type}|{trace.object_id}|{trace.refs[0].key}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [told])


def _is_written(trace: Draft) -> bool:
    return Entry.objects.filter(
        kind=KIND,
        person=trace.person,
        object_type=trace.object_type,
        object_id=trace.object_id,
        refs=[trace.refs[0].told()],
        at__gt=trace.at - QUIET,
        at__lt=trace.at + QUIET,
    ).exists()
