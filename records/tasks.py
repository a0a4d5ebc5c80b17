"""What the clock does to records: one task a day, each call safe to repeat."""

from __future__ import annotations

from celery import shared_task

from records.services import duties, ending, notice, recoding
from records.services.archives import opening
from records.services.commitments import paying as promises_paid
from records.services.commitments import publication as promises_shown
from records.services.commitments import turning as promises
from records.services.complaints import ending as complaint_ending
from records.services.intake import forgetting, night
from records.services.notifications import alarms, digests, escalation
from records.services.objections import nightly
from records.services.repairs import checking as repairs_checked
from records.services.repairs import following as repairs_followed
from rules import clock


@shared_task
def turn_day() -> dict[str, int]:
    """Do for every workflow what the new day brings: expire, lapse, remind, number, archive, and tell; beat runs it at 00:05."""
    now = clock.now()
    return {
        "expired": ending.expire_due(now=now),
        "heard": notice.close_due(now=now),
        "duties": duties.turn(now=now),
        "archived": ending.archive_due(now=now),
        "promises_overdue": promises.lapse_due(now=now),
        "promises_reminded": promises.remind_due(now=now),
        "payments_opened": promises_paid.open_missing(now=now),
        "payments_reminded": promises_paid.remind_due(now=now),
        "promises_retired": promises_shown.retire_due(now=now),
        "complaints": night.register_due(now=now),
        "complaints_closed": complaint_ending.close_due(now=now),
        "complaints_rated": night.carry_ratings(now=now),
        "complaints_withdrawn": complaint_ending.carry_withdrawals(now=now),
        "complaint_files": night.blur_files(now=now),
        "identities_erased": forgetting.erase_identities(now=now),
        "complaints_erased": forgetting.erase_contents(now=now),
        "identity_requests": night.lapse_requests(now=now),
        "opened": opening.open_missing(now=now),
        "repairs_forwarded": repairs_checked.forward_due(now=now),
        "repairs_lapsed": repairs_checked.lapse_due(now=now),
        "repairs_synced": repairs_followed.sync_due(now=now),
        "objections": nightly.turn(now=now),
        # Last: what the calls above closed or let expire is told to nobody.
        "escalated": escalation.escalate_due(now=now),
    }


@shared_task
def send_mails() -> int:
    """Send the morning mails that are due; beat runs it on working mornings, more than once."""
    return digests.send_due(now=clock.now())


@shared_task
def follow_receipts() -> int:
    """Note which repairs the platform has stored; beat runs it each minute, after the receipts were fetched."""
    return repairs_followed.sync_due(now=clock.now())


@shared_task
def follow_codes() -> int:
    """Tell the platform anew of what reads a corrected credit code from the register; beat runs it soon after the correction."""
    return recoding.follow_due(now=clock.now())


@shared_task
def tell_alarms() -> int:
    """Tell the credit lead offices what the exchange cannot mend itself; beat runs it after each watch, and in between."""
    return alarms.tell_open(now=clock.now())
