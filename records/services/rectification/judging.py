"""The superior's part: more time or not, every point met or not, a second order, a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from ledger.actors import Actor
from ledger.refusals import Invalid
from records import report as reporting
from records import words as spoken
from records.models import DishonestyRecord, ItemVerdict, RecordState, Rectification
from records.services import following, pausing, remarks
from records.services.notifications import tell
from records.services.rectification import followers
from records.workflow import writing
from records.workflow.duties import EXTENSION, RECTIFY, SECOND_ORDER
from records.workflow.duties.rectification import LIMITS, RECTIFICATION
from rules import deadlines
from rules.clock import local_day

NOTE_LIMIT = 500
SERIOUS = "serious"


@dataclass(frozen=True)
class Finding:
    """What the superior found of one point; an unmet one needs the reason."""

    is_met: bool
    note: str = ""


def grant_extension(*, actor: User, rectification: Rectification, version: int, now: datetime) -> Rectification:
    """
    Agree to the days asked for; this will count them from the old last day.

    :raises NotAllowed: the actor works in the unit, or judges for another office
    """

    def then(held: Rectification) -> None:
        clock = deadlines.start(
            obj=held,
            rule=EXTENSION,
            started_on=held.due_on,
            amount=held.extension_days,
            owner_role="head",
            owner_department=held.department,
            now=now,
        )
        held.due_on, held.due_provisional = spoken.settled(clock.due_on), clock.provisional
        held.save()

    return RECTIFICATION.perform(
        "grant_extension", rectification, actor=actor, now=now, version=version, then=then, extended_on=local_day(now)
    )


def refuse_extension(
    *, actor: User, rectification: Rectification, reason: str, version: int, now: datetime
) -> Rectification:
    """
    Leave the limit as it is.

    :raises Invalid: no reason
    """
    said = remarks.clean(reason)
    return RECTIFICATION.perform(
        "refuse_extension",
        rectification,
        actor=actor,
        now=now,
        version=version,
        reason=said,
        then=lambda held: remarks.note(held, actor=actor, action="refuse_extension", text=said, now=now),
    )


def judge(
    *, actor: User, rectification: Rectification, findings: Mapping[int, Finding], version: int, now: datetime
) -> Rectification:
    """
    Judge every point; this will accept where all are met, and send the order back where one is not.

    :param findings: by the place of the point
    :raises Invalid: a point is not judged, or an unmet one has no reason
    :raises NotAllowed: the actor works in the unit, had a part in it, or judges for another office
    """
    clean = _clean(rectification, findings)
    is_done = all(each.is_met for each in clean.values())
    action = "accept" if is_done else "send_back"
    before = _told(rectification)

    def then(held: Rectification) -> None:
        _keep(held, clean, actor=actor, action=action, now=now)
        if is_done:
            following.rectification(held.record, before=before, now=now)
            followers.accepted(held, now)
        else:
            _run_on(held, now=now)

    return RECTIFICATION.perform(
        action,
        rectification,
        actor=actor,
        now=now,
        version=version,
        then=then,
        decider_id=actor.person_id,
        decided_on=local_day(now),
    )


def _clean(rectification: Rectification, findings: Mapping[int, Finding]) -> dict[int, Finding]:
    clean: dict[int, Finding] = {}
    for item in rectification.items.order_by("place"):
        found = findings.get(item.place)
        if found is None:
            raise Invalid(_("第 %d 项还没有验收意见") % item.place, field=f"met_{item.place}")
        field, label = f"note_{item.place}", _("第 %d 项验收意见") % item.place
        note = writing.clean(found.note, field=field, label=label, limit=NOTE_LIMIT, lines=True)
        if not found.is_met and not note:
            raise Invalid(_("第 %d 项不符合，请写明缺什么") % item.place, field=field)
        clean[item.place] = Finding(found.is_met, note)
    return clean


def _keep(held: Rectification, clean: Mapping[int, Finding], *, actor: Actor, action: str, now: datetime) -> None:
    """Write the verdicts, and keep the words of this round: a later round overwrites the points, not the course."""
    lines = []
    for item in held.items.order_by("place"):
        found = clean[item.place]
        item.verdict = ItemVerdict.MET if found.is_met else ItemVerdict.UNMET
        item.verdict_note = found.note
        item.save()
        lines.append(f"{item.place}. {item.get_verdict_display()} {found.note}".strip())
    remarks.note(held, actor=actor, action=action, text="\n".join(lines), now=now)


def _run_on(held: Rectification, *, now: datetime) -> None:
    days = pausing.go_on(held, rules=LIMITS, now=now)
    held.due_on = days.get(EXTENSION) or days.get(RECTIFY) or held.due_on
    held.second_due_on = days.get(SECOND_ORDER) or held.second_due_on
    held.save()


def _told(rectification: Rectification) -> str:
    return reporting.rectification_state(rectification.record) if rectification.record else ""


def order_again(
    *, actor: User, rectification: Rectification, reason: str, version: int, now: datetime
) -> Rectification:
    """
    Order it a second time; this will start the days after which silence counts as refusal, and tell the unit's head.

    :raises Conflict: it was ordered a second time before
    """
    said = remarks.clean(reason)
    due = deadlines.derive(SECOND_ORDER, local_day(now)).due_on

    def then(held: Rectification) -> None:
        remarks.note(held, actor=actor, action="order_again", text=said, now=now)
        tell(
            "rectification.ordered_again",
            places={"unit": held.department},
            case=held,
            words={"number": held.number, "until": spoken.day(due)},
            now=now,
        )

    return RECTIFICATION.perform(
        "order_again",
        rectification,
        actor=actor,
        now=now,
        version=version,
        reason=said,
        then=then,
        second_ordered_on=local_day(now),
        second_due_on=due,
    )


def refuse(*, actor: User, rectification: Rectification, reason: str, version: int, now: datetime) -> Rectification:
    """
    Find that the unit refuses; this will raise the severity proposed in the drafts that came from it, and tell its source.

    :raises Conflict: the second order's days have not passed
    :raises Invalid: no reason
    """
    said, before = remarks.clean(reason), _told(rectification)

    def then(held: Rectification) -> None:
        remarks.note(held, actor=actor, action="refuse", text=said, now=now)
        _worsen(held)
        following.rectification(held.record, before=before, now=now)
        followers.refused(held, now)

    return RECTIFICATION.perform(
        "refuse",
        rectification,
        actor=actor,
        now=now,
        version=version,
        reason=said,
        then=then,
        refused_on=local_day(now),
    )


def _worsen(held: Rectification) -> None:
    """Propose the graver class in what is still in a clerk's hands (domain 4.2: refusal after a second order is serious)."""
    origin = Q(origin_type=held._meta.label_lower, origin_id=str(held.pk))
    if followers.drafts_itself(held):
        origin |= Q(origin_type=held.source_type, origin_id=held.source_id)
    drafts = DishonestyRecord.objects.select_for_update().filter(
        origin, state__in=(RecordState.DRAFT, RecordState.RETURNED)
    )
    for draft in drafts:
        draft.severity_proposed = SERIOUS
        draft.version += 1
        draft.save()
