"""The morning mails: written down first, sent outside any transaction, marked as sent; one a person a day."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from accounts.models import User
from ledger import acts
from ledger.actors import SYSTEM
from records.models import DigestMail, MailPreference
from records.selectors.notifications import digest
from records.selectors.notifications.digest import Digest
from records.services.notifications import mails
from rules import calendar
from rules.clock import local_day

ATTEMPTS = 3
log = logging.getLogger(__name__)


def send_due(*, now: datetime) -> int:
    """
    Send today's mail to everybody who wants it and has something to do; this will send nothing on a day of rest.

    Safe to repeat: who was sent his mail today is left out, one the mail server refused is tried three times.
    """
    today = local_day(now)
    if not calendar.is_workday(today):
        return 0
    closed = DigestMail.objects.filter(day=today).exclude(sent_at=None, attempts__lt=ATTEMPTS).values("person_id")
    wanting = MailPreference.objects.filter(wants_digest=True).exclude(address_sealed=None).exclude(person__in=closed)
    return sum(_send(preference, now) for preference in wanting.select_related("person").order_by("person_id"))


def _send(preference: MailPreference, now: datetime) -> bool:
    user = User.objects.filter(person_id=preference.person_id, is_active=True).order_by("username").first()
    mail = digest.compose(user=user, site=settings.SITE_URL, now=now) if user is not None else None
    if mail is None:
        return False
    row = _written(preference, mail, now)
    try:
        EmailMessage(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mails.address_of(preference)]).send()
    except (SMTPException, OSError) as error:
        log.warning("morning mail not taken: %s", type(error).__name__)
        return False
    _mark_sent(row, now)
    return True


def _written(preference: MailPreference, mail: Digest, now: datetime) -> DigestMail:
    """The row before the mail: a crash in between may send a mail twice, never lose the trace of one."""
    today = local_day(now)
    with acts.act(kind="notification.digest", actor=SYSTEM, role="system", now=now) as opened:
        row = DigestMail.objects.select_for_update().filter(person_id=preference.person_id, day=today).first()
        row = row or DigestMail(person_id=preference.person_id, day=today)
        row.items, row.attempts = mail.items, row.attempts + 1
        row.sha256 = hashlib.sha256(mail.text.encode()).hexdigest()
        row.save()
        opened.about(row)
    return row


def _mark_sent(row: DigestMail, now: datetime) -> None:
    with acts.act(kind="notification.digest", actor=SYSTEM, role="system", obj=row, now=now):
        row.sent_at = now
        row.save()
