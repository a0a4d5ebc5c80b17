"""Words the pages of duties share."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts import wording
from records.models import CLAIM_GRANTED, DishonestyRecord, Sanction, SanctionState
from records.web.content import Fact
from rules import codes

RECORD = "records.dishonestyrecord"


def causes() -> dict[str, str]:
    """This will say why a measure ended."""
    return {
        "withdrawn": _("记录撤销"),
        "repaired": _("信用修复"),
        "expired": _("公示期满"),
        "term": _("期限届满"),
        "mitigated": _("从轻或免于惩戒"),
        "delisted": _("法院移出名单"),
    }


def cause(measure: Sanction) -> str:
    """This will say why one measure ended; nothing while it runs."""
    return causes().get(measure.ended_because, measure.ended_because)


def until(measure: Sanction) -> str:
    """This will give the last day of a measure, or that its basis names none."""
    if measure.state == SanctionState.ENDED:
        return wording.day(measure.ended_on)
    return wording.day(measure.ends_on) or _("依据未定截止日")


def about(record: DishonestyRecord | None, *, seen: bool) -> Fact:
    """
    This will name the record a duty comes from, for whoever may see it.

    Any other source stays unnamed: that a complaint exists is nobody's to learn from an order.
    """
    if record is None or not seen:
        return Fact(_("来由"), _("上级督办"))
    return Fact(_("来由"), _("失信记录"), code=record.number, note=record.document_name)


def mitigation_note(record: DishonestyRecord) -> str:
    """This will give the note a granted claim leaves on its record."""
    granted = record.mitigation_claims.filter(state__in=CLAIM_GRANTED).order_by("decided_on", "number")
    return "；".join(
        _("%(day)s %(outcome)s惩戒（%(grounds)s，%(number)s）")
        % {
            "day": wording.day(claim.decided_on),
            "outcome": claim.get_state_display(),
            "grounds": "、".join(codes.label("mitigation_ground", ground) for ground in claim.grounds),
            "number": claim.number,
        }
        for claim in granted
    )
