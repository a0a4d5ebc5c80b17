"""Where a person wants the morning mail."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.models import User
from ledger import acts
from ledger.refusals import Invalid
from ledger.suites import seal
from records.models import MailPreference

TABLE, COLUMN = "records_mailpreference", "address_sealed"


def address_of(preference: MailPreference) -> str:
    """Return the address in clear, empty where there is none."""
    sealed = preference.address_sealed
    return seal.unseal(bytes(sealed), table=TABLE, column=COLUMN) if sealed else ""


def prefer(*, actor: User, address: str, wants_digest: bool, now: datetime) -> MailPreference:
    """
    Keep where one's own mail goes and whether one wants it; this will replace what was kept.

    :raises Invalid: it is no address, lies outside the domains allowed for mails, or is missing though mails are wanted
    """
    plain = address.strip()
    _check(plain, wants_digest)
    with acts.act(kind="notification.prefer", actor=actor, role="", now=now) as opened:
        kept = MailPreference.objects.select_for_update().filter(person_id=actor.person_id).first()
        kept = kept or MailPreference(person_id=actor.person_id)
        kept.address_sealed = seal.seal(plain, table=TABLE, column=COLUMN) if plain else None
        kept.wants_digest, kept.changed_at = wants_digest, now
        kept.save()
        opened.about(kept)
    return kept


def _check(address: str, wants_digest: bool) -> None:
    if wants_digest and not address:
        raise Invalid(_("要收每日邮件，请填写邮箱"), field="address")
    if not address:
        return
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid(_("这不是一个邮箱地址"), field="address") from None
    allowed: list[str] = settings.MAIL_DOMAINS
    if allowed and address.rpartition("@")[2].lower() not in allowed:
        raise Invalid(_("只能用工作邮箱：%(domains)s") % {"domains": "、".join(allowed)}, field="address")
