"""Screening by the credit lead office: take it up, hand it over, refuse it with the way to go, or join it to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Department, User
from ledger.refusals import Invalid
from records.models import Complaint, ComplaintKind, MessageKind
from records.services import remarks
from records.services.complaints import telling
from records.services.complaints.sharing import READERS, share
from records.services.intake import keys, promises
from records.workflow import writing
from records.workflow.complaints import clocks
from records.workflow.complaints.machine import COMPLAINT
from rules import codes, deadlines
from rules.clock import local_day

ROLE = "approver"


def screen(*, actor: User, complaint: Complaint, version: int, now: datetime) -> Complaint:
    """Begin to screen; this will stop the clock of registration and leave that of acceptance running."""

    def then(screened: Complaint) -> None:
        if not deadlines.open_for(screened).exists():  # the night that starts the clocks has not come yet
            clocks.received(screened, now=now)
            deadlines.close(obj=screened, rule=clocks.REGISTER, now=now)

    return COMPLAINT.perform(
        "screen", complaint, actor=actor, now=now, version=version, then=then, lead=complaint.department
    )


def accept(
    *,
    actor: User,
    complaint: Complaint,
    version: int,
    now: datetime,
    kind: str = "",
    is_simple: bool = False,
    note: str = "",
) -> Complaint:
    """
    Take a complaint up; this will start the clocks of its kind and open it to those of the lead office who investigate.

    :param kind: what it is about, where the reporter chose wrongly
    :param is_simple: it can be answered at once (简易事项), so the short term counts
    :raises NotAllowed: the actor serves the department complained about, or his office holds no key
    :raises Invalid: the kind is unknown, or it has a term by law and cannot be simple
    """
    kept = _kind(complaint, kind)
    text = remarks.clean(note, field="note")

    def then(accepted: Complaint) -> None:
        share(accepted, READERS, accepted.department, now=now)
        clocks.accepted(accepted, now=now)
        said = _("已受理，由%(unit)s按简易事项办理。") if is_simple else _("已受理，由%(unit)s核查。")
        said %= {"unit": accepted.department.name}
        telling.tell(accepted, actor=actor, role=ROLE, kind=MessageKind.NOTICE, text=said, now=now)

    return COMPLAINT.perform(
        "accept",
        complaint,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=telling.noted(actor=actor, action="accept", text=text, now=now, then=then),
        kind=kept,
        is_simple=is_simple,
        lead=clocks.lead_of(complaint),
        accepted_on=local_day(now),
    )


def relate(
    *, actor: User, complaint: Complaint, commitment: str, key_areas: Sequence[str], version: int, now: datetime
) -> Complaint:
    """
    Set or correct which promise a complaint is about, and the key areas it falls under; empty takes either away.

    :param commitment: the number of a promise of the department complained about
    :raises Invalid: there is no such promise, or an area is not on the list of the day
    """
    about_type, about_id = promises.named(commitment, department=complaint.object_department, is_public=False)
    known = [each.code for each in codes.current("key_area", local_day(now))]
    areas = writing.codes(key_areas, field="key_areas", label=_("重点领域"), known=[*known, *complaint.key_areas])
    return COMPLAINT.perform(
        "relate",
        complaint,
        actor=actor,
        now=now,
        version=version,
        about_type=about_type,
        about_id=about_id,
        key_areas=areas,
    )


def transfer(
    *,
    actor: User,
    complaint: Complaint,
    department: Department,
    version: int,
    now: datetime,
    kind: str = "",
    note: str = "",
) -> Complaint:
    """
    Hand a complaint to the superior of the department complained about, or to the competent one; this will give it the keys.

    The reporter is told where it went; the department complained about is told nothing.

    :raises Invalid: the receiver is the department complained about or a part of it, or exists no longer
    """
    lead, kept = clocks.lead_of(complaint), _kind(complaint, kind)
    text = remarks.clean(note, field="note")

    def then(moved: Complaint) -> None:
        share(moved, READERS, department, now=now)
        clocks.given(moved, now=now)
        said = _("已转交%(unit)s核查，结果在这里告诉您。") % {"unit": department.name}
        telling.tell(moved, actor=actor, role=ROLE, kind=MessageKind.NOTICE, text=said, now=now)

    return COMPLAINT.perform(
        "transfer",
        complaint,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=telling.noted(actor=actor, action="transfer", text=text, now=now, then=then),
        kind=kept,
        is_simple=complaint.is_simple and clocks.may_be_simple(kind=kept, channel=complaint.channel),
        lead=lead,
        department=department,
        handler=None,
        accepted_on=complaint.accepted_on or local_day(now),
        transferred_on=local_day(now),
    )


def hand_back(*, actor: User, complaint: Complaint, reason: str, version: int, now: datetime) -> Complaint:
    """
    Give a complaint back to the lead office that handed it over; this will end the keys of the department.

    :raises Invalid: no reason
    """
    text, place, lead = remarks.clean(reason), complaint.department, clocks.lead_of(complaint)

    def then(returned: Complaint) -> None:
        if place.pk != lead.pk:
            for role in READERS:
                keys.end(complaint=returned, role=role, department=place, now=now)
        clocks.received(returned, now=now)
        deadlines.close(obj=returned, rule=clocks.REGISTER, now=now)

    return COMPLAINT.perform(
        "hand_back",
        complaint,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=telling.noted(actor=actor, action="hand_back", text=text, now=now, then=then),
        department=lead,
        handler=None,
        transferred_on=None,
    )


def not_accept(
    *, actor: User, complaint: Complaint, reason: str, where_to: str, version: int, now: datetime
) -> Complaint:
    """
    Refuse to take a complaint up; this will tell the reporter why and where he can turn to.

    :raises Invalid: the reason or the way to go is missing
    """
    why = telling.clean_answer(reason, field="reason", label=_("不予受理的理由"), least=4)
    way = words_of(where_to)
    said = _("不予受理。理由：%(why)s\n您可以找：%(way)s") % {"why": why, "way": way}

    def then(refused: Complaint) -> None:
        telling.tell(refused, actor=actor, role=ROLE, kind=MessageKind.ANSWER, text=said, now=now)

    return COMPLAINT.perform(
        "not_accept",
        complaint,
        actor=actor,
        now=now,
        version=version,
        reason=why,
        then=telling.noted(actor=actor, action="not_accept", text=f"{why}\n{way}"[: remarks.LIMIT], now=now, then=then),
        lead=clocks.lead_of(complaint),
        answered_on=local_day(now),
        closed_on=local_day(now),
    )


def words_of(where_to: str) -> str:
    """
    Return where the reporter can go, fit to keep.

    :raises Invalid: it is missing
    """
    return telling.clean_answer(where_to, field="where_to", label=_("可以去的地方"), least=2)


def merge(
    *, actor: User, complaint: Complaint, into: Complaint, version: int, now: datetime, note: str = ""
) -> Complaint:
    """
    Join a complaint to another about the same matter; this will let both receipts answer with the other's result.

    :raises Invalid: the other concerns another department, has ended unheard, or is this one
    """
    text = remarks.clean(note, field="note")
    while into.merged_into is not None and into.pk != complaint.pk:
        into = into.merged_into
    return COMPLAINT.perform(
        "merge",
        complaint,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=telling.noted(actor=actor, action="merge", text=text, now=now),
        merged_into=into,
        lead=clocks.lead_of(complaint),
        closed_on=local_day(now),
    )


def _kind(complaint: Complaint, kind: str) -> str:
    if kind and kind not in ComplaintKind.values:
        raise Invalid(_("请选择投诉的种类"), field="kind")
    return kind or complaint.kind
