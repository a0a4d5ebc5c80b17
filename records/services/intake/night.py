"""What the night does for complaints: numbers and clocks, the day's batch of entries, ratings, and requests that ran out."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db.models import Q

from ledger import acts, batches
from ledger.actors import SYSTEM
from records.models import (
    Complaint,
    ComplaintFile,
    ComplaintRating,
    ComplaintState,
    IdentityRequest,
    IdentityRequestState,
)
from records.models.complaint_thread import folder
from records.services.intake import papers
from records.workflow.complaints import clocks
from records.workflow.complaints.machine import COMPLAINT
from records.workflow.intake import offices
from records.workflow.intake.identity import IDENTITY, has_lapsed
from rules.clock import local_day
from rules.numbers import serials

SERIAL = "complaint"
BLURRED_DAYS = 2  # the night touches the files of the day before, and of the one before in case a night was missed


def register_due(*, now: datetime) -> int:
    """
    Give numbers and clocks to what came until yesterday, and write the batch; this will do nothing where it was done.

    Numbers are given in shuffled order, so that they do not tell who came first. It says how many were numbered.
    """
    until = local_day(now) - timedelta(days=1)
    covered = batches.covered_until()
    unnumbered = Complaint.objects.filter(number=None, received_on__lte=until)
    if covered is not None and covered >= until and not unnumbered.exists():
        return 0
    with acts.batch(until=until, now=now):
        waiting = list(unnumbered.select_related("object_department", "department").select_for_update(of=("self",)))
        secrets.SystemRandom().shuffle(waiting)
        for complaint in waiting:
            _register(complaint, now)
    return len(waiting)


def _register(complaint: Complaint, now: datetime) -> None:
    office = complaint.lead or offices.receiving(complaint.object_department)
    complaint.number = serials.take(department=office, kind=SERIAL, year=complaint.received_on.year)
    complaint.version += 1
    complaint.save()
    if complaint.state in (ComplaintState.RECEIVED, ComplaintState.SCREENING):
        clocks.received(complaint, now=now)


def blur_files(*, now: datetime) -> int:
    """Touch the files of the last days, so that not even the file system's own times tell the hour they came."""
    since = local_day(now) - timedelta(days=BLURRED_DAYS)
    touched = 0
    for item in ComplaintFile.objects.filter(added_on__gte=since, added_on__lt=local_day(now)).order_by("id"):
        for name in filter(None, (item.stored_as, item.original_as)):
            if (path := folder() / name).is_file():
                papers.blur(path, now - timedelta(days=(local_day(now) - item.added_on).days))
                touched += 1
    return touched


def lapse_requests(*, now: datetime) -> int:
    """Close requests nobody decided in time, and take back what was shown for some days."""
    open_ones = IdentityRequest.objects.filter(
        Q(state=IdentityRequestState.ASKED) | Q(state=IdentityRequestState.RELEASED, open_until__lte=now)
    )
    due = [each for each in open_ones if each.state == IdentityRequestState.RELEASED or has_lapsed(each, now)]
    for request in due:
        IDENTITY.perform("lapse", request, actor=SYSTEM, now=now, released_sealed=None)
    return len(due)


def carry_ratings(*, now: datetime) -> int:
    """Move the cases whose answer was rated since last night; the first rating moves a case, later ones only count."""
    rated = ComplaintRating.objects.filter(complaint__state=ComplaintState.ANSWERED)
    cases = list(Complaint.objects.filter(pk__in=rated.values("complaint_id")).order_by("id"))
    for complaint in cases:
        COMPLAINT.perform("rate", complaint, actor=SYSTEM, now=now)
    return len(cases)
