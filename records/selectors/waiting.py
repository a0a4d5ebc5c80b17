"""Which records wait for which person: by role and place, without those he may not touch because of a hand or a tie."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import Recusal, RoleGrant, User
from accounts.models.department import holding_on
from records.models import DishonestyRecord, PriorNotice, RecordState
from records.models.querysets import RecordQuerySet
from records.workflow.record import RECORD, SPOKESPERSONS
from rules.clock import local_day
from rules.models import Hand, Proposal, ProposalState, Signature
from rules.workflow import hands

S = RecordState
NOTIFIED_NOW = Exists(PriorNotice.objects.filter(record=OuterRef("pk"), edition=OuterRef("edition")))
AUTHORS = tuple(hands.AUTHORS)
HOLDERS: dict[str, str] = {
    S.DRAFT: "clerk",
    S.RETURNED: "clerk",
    S.PENDING_REVIEW: "reviewer",
    S.PENDING_APPROVAL: "approver",
    S.EFFECTIVE: "approver",
}


def holder(record: DishonestyRecord) -> str:
    """Return who holds the next step, as pages say it: the department and the role, never a name."""
    if record.state == S.NOTIFIED:
        return _("%(unit)s（陈述申辩）") % {"unit": record.subject_unit_name}
    role = HOLDERS.get(record.state)
    if role is None:
        return ""
    place = record.lead_name or record.lead.name if role == "approver" else record.department_name
    return _("%(unit)s%(role)s") % {"unit": place, "role": roles.label(role)}


def tasks(*, user: User, grants: list[RoleGrant], now: datetime) -> dict[UUID, str]:
    """Return the records that wait for the user, each with what he is to do; the first task named wins."""
    free = _untied(user, now)
    found: dict[UUID, str] = {}
    for rows, task in _queues(user, grants, free, now):
        for key in rows.values_list("pk", flat=True):
            found.setdefault(key, task)
    return found


def _queues(
    user: User, grants: list[RoleGrant], free: RecordQuerySet, now: datetime
) -> list[tuple[RecordQuerySet, str]]:
    at = {
        role: [grant.department_id for grant in grants if grant.role == role] for role in ("clerk", "reviewer", "head")
    }
    region = _region(grants)
    without_own = _without_hands(free, user, AUTHORS)
    undecided = _without_hands(free, user, (*AUTHORS, "reviewer"))
    unserved = free.filter(state=S.NOTIFIED).exclude(NOTIFIED_NOW)
    spoken_for = Q(subject_department_id__in=[key for role in SPOKESPERSONS for key in at[role]], is_person=False)
    return [
        (free.filter(state=S.RETURNED, department_id__in=at["clerk"]), _("补正后重新提交")),
        (without_own.filter(state=S.PENDING_REVIEW, department_id__in=at["reviewer"]), _("初审")),
        (unserved.filter(department_id__in=[*at["clerk"], *at["reviewer"]]), _("送达告知书")),
        (undecided.filter(region, state=S.PENDING_APPROVAL), _("认定")),
        (undecided.filter(region, state=S.EFFECTIVE, publication_waits=True), _("处理扫描命中并公示")),
        (undecided.filter(region, pk__in=_to_sign(user, now)), _("第二人签署")),
        (
            DishonestyRecord.objects.filter(state=S.NOTIFIED).filter(
                NOTIFIED_NOW, spoken_for | Q(subject_official__person_id=user.person_id)
            ),
            _("陈述申辩"),
        ),
    ]


def _region(grants: list[RoleGrant]) -> Q:
    """The places an approver works for: below the government of the credit lead office."""
    places = Q(pk__in=[])
    for grant in grants:
        if grant.role == "approver":
            office = grant.department
            path = office.path.removesuffix(f"{office.pk}/") if office.is_credit_lead else office.path
            places |= Q(department__path__startswith=path)
    return places


def _without_hands(rows: RecordQuerySet, user: User, parts: tuple[str, ...]) -> RecordQuerySet:
    held = Hand.objects.filter(
        object_type=DishonestyRecord._meta.label_lower,
        object_id=Cast(OuterRef("pk"), CharField()),
        person_id=user.person_id,
        part__in=parts,
    )
    return rows.exclude(Exists(held))


def _untied(user: User, now: datetime) -> RecordQuerySet:
    """Leave out what the person is tied to: himself, a unit or a person of a declared recusal."""
    ties = Recusal.objects.filter(
        Q(person_id=user.person_id) | Q(other_person_id=user.person_id),
        holding_on(local_day(now), start="declared_on", end="ended_on"),
    )
    units: set[int] = set()
    persons: set[UUID] = {user.person_id}
    for tie in ties:
        units |= {key for key in (tie.department_id,) if key is not None}
        persons |= {key for key in (tie.person_id, tie.other_person_id) if key is not None}
    rows = DishonestyRecord.objects.exclude(subject_official__person_id__in=persons)
    return rows.exclude(Q(department_id__in=units) | Q(subject_department_id__in=units))


def _to_sign(user: User, now: datetime) -> list[UUID]:
    """Records with a proposal that waits for another signature than the user's."""
    signed = Signature.objects.filter(proposal=OuterRef("pk"), person_id=user.person_id)
    waiting = Proposal.objects.filter(
        machine=RECORD.name, state=ProposalState.OPEN, lapses_on__gte=local_day(now)
    ).exclude(Exists(signed))
    return [UUID(key) for key in waiting.values_list("object_id", flat=True)]
