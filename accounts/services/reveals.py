"""Showing a sealed number in clear: for a typed reason, a limited number of times an hour, and never without an entry."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts import sealed
from accounts.models import Official, Reveal
from accounts.models.user import User
from accounts.services.permission import permitted
from ledger.refusals import Invalid, Missing, Refused

PER_HOUR = 20
"""How many numbers one person may look at within an hour."""
SHORTEST_REASON = 4


class TooMany(Refused):
    """The person has looked at as many numbers as an hour allows."""

    status = 429
    code = "too_many"


def reveal(*, actor: User, official: Official, field: str, reason: str, now: datetime) -> str:
    """Return the full `id_number` or `phone` of an official and write down who looked and why.

    :raises Invalid: without a reason of at least 4 characters. :raises TooMany: past 20 looks an hour.
    :raises Missing: where the number is not on file. :raises NotAllowed: as the policy says.
    """
    with permitted(
        kind=f"accounts.reveal_{field}",
        actor=actor,
        name=f"official.{field}.reveal",
        obj=official,
        department=official.department,
        subject_person_id=official.person_id,
        now=now,
        reason=reason,
    ):
        _check_reason(reason)
        _check_rate(actor, now)
        value = sealed.open_phone(official.person) if field == "phone" else sealed.open_id_number(official.person)
        if not value:
            raise Missing(_("没有登记这一项"))
        Reveal(official=official, viewer_id=actor.person_id, field=field, reason=reason.strip(), revealed_at=now).save()
    return value


def _check_reason(reason: str) -> None:
    text = reason.strip()
    if len(text) < SHORTEST_REASON:
        raise Invalid(_("请写明查看理由，至少 4 个字；理由和查看人记入日志，不能删改"), field="reason")
    if len(text) > 200:
        raise Invalid(_("理由最多 200 字"), field="reason")


def _check_rate(actor: User, now: datetime) -> None:
    since = now - timedelta(hours=1)
    if (
        Reveal.objects.filter(viewer_id=actor.person_id, revealed_at__gt=since, revealed_at__lte=now).count()
        >= PER_HOUR
    ):
        raise TooMany(_("一小时内最多查看 %(limit)d 次，请稍后再试") % {"limit": PER_HOUR})
