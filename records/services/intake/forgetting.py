"""What the night forgets of complaints that are over: who sent them and the originals of files, later what was said.

The rows stay and the log names their columns, which proves the deletion; every case is treated alike, so that no entry tells
whether there was a name. Files go after the act: where the night is cut off between, the next one takes them away.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from ledger import acts
from ledger.actors import SYSTEM
from records.models import (
    Complaint,
    ComplaintFile,
    ComplaintIdentity,
    ComplaintKey,
    IdentityRequest,
    IdentityRequestState,
)
from records.models.complaint import ENDED
from records.models.complaint_thread import folder
from records.workflow.complaints import keeping
from records.workflow.intake.identity import IDENTITY
from rules.clock import local_day

OPEN_REQUESTS = (IdentityRequestState.ASKED, IdentityRequestState.RELEASED)
AT_ONCE = 500  # names of files looked up in one query


def erase_identities(*, now: datetime) -> int:
    """
    Erase who sent the cases that ended long enough ago, and take back what was released; this will do nothing twice.

    Return how many cases were treated, whether or not they held a name.
    """
    done = _each(keeping.IDENTITY, "custody.erase", {"identity_erased_on": None}, _forget_sender, now)
    erase_files()
    return done


def erase_contents(*, now: datetime) -> int:
    """
    Destroy the keys of the cases that ended long enough ago: text, messages, findings and files open never again.

    State, days, outcome and receipts stay. Return how many cases were treated.
    """

    def forget(complaint: Complaint, today: date, moment: datetime) -> None:
        if complaint.identity_erased_on is None:
            _forget_sender(complaint, today, moment)
        complaint.content_erased_on = today
        complaint.save()
        for held in ComplaintKey.objects.filter(complaint=complaint).order_by("id"):
            held.wrapped = b""
            held.save()

    done = _each(keeping.CONTENT, "complaint.erase", {"content_erased_on": None}, forget, now)
    erase_files()
    return done


def erase_files() -> int:
    """Take away the files of what was erased; this will say how many there were, none where a night before had done it."""
    gone = 0
    lying = _lying()
    for start in range(0, len(lying), AT_ONCE):
        for name in _forgotten(lying[start : start + AT_ONCE]):
            (folder() / name).unlink(missing_ok=True)
            gone += 1
    return gone


def _lying() -> list[str]:
    return sorted(path.name for path in folder().iterdir()) if folder().is_dir() else []


def _forgotten(names: list[str]) -> list[str]:
    cleaned = ComplaintFile.objects.filter(stored_as__in=names, complaint__content_erased_on__isnull=False)
    originals = ComplaintFile.objects.filter(original_as__in=names, complaint__identity_erased_on__isnull=False)
    return [*cleaned.values_list("stored_as", flat=True), *(str(each.original_as) for each in originals)]


def _each(
    rule: str,
    kind: str,
    undone: dict[str, None],
    forget: Callable[[Complaint, date, datetime], None],
    now: datetime,
) -> int:
    today = local_day(now)
    term = keeping.term(rule, on=today)
    ended = Complaint.objects.filter(state__in=ENDED, closed_on__lt=today, **undone).order_by("id")
    done = 0
    for complaint in list(ended.select_related("merged_into")):
        over_on = keeping.over_on(complaint)
        if over_on is None or today <= term.last_day(over_on):
            continue
        with acts.act(kind=kind, actor=SYSTEM, role="system", obj=complaint, now=now):
            forget(Complaint.objects.select_for_update().get(pk=complaint.pk), today, now)
        done += 1
    return done


def _forget_sender(complaint: Complaint, today: date, now: datetime) -> None:
    complaint.identity_erased_on = today
    complaint.save()
    for held in ComplaintIdentity.objects.filter(complaint=complaint, erased_on=None):
        held.sealed, held.erased_on = b"", today
        held.save()
    for request in IdentityRequest.objects.filter(complaint=complaint, state__in=OPEN_REQUESTS):
        IDENTITY.perform("lapse", request, actor=SYSTEM, now=now, released_sealed=None)
