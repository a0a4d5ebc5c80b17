"""惩戒到人: naming officials on a unit's record, and drafting a record of their own as a separate act of two people."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts import scope
from accounts.models import Official, User
from ledger import acts
from ledger.refusals import Conflict, Invalid, NotAllowed
from records.models import DishonestyRecord, RecordResponsibility, RecordState, ResponsibilityState
from records.selectors.duties import tracing
from records.services import drafting, remarks
from records.workflow import guards, writing
from records.workflow.duties.responsibility import RESPONSIBILITY
from rules import codes
from rules.clock import local_day
from rules.models import Proposal
from rules.workflow import GuardContext

LIST = "responsibility"
NAMERS = ("clerk", "approver")
CLOSED = (RecordState.REJECTED, RecordState.WITHDRAWN, RecordState.ARCHIVED)
EVIDENCE_LIMIT, WHOLE = 1000, 100
FALLBACK = "ACCOUNTABILITY"


def refusal(*, actor: User, record: DishonestyRecord, now: datetime) -> str | None:
    """Say why somebody may not name persons on a record, or None; the page asks it for its button."""
    if record.is_person:
        return _("个人记录不再列责任人员")
    if record.state in CLOSED:
        return _("记录已经结束，不能再列责任人员")
    if not any(scope.covers(user=actor, role=role, department=record.department, now=now) for role in NAMERS):
        return _("不能由您办：责任人员由填报单位的填报人或信用牵头部门列明")
    tied = guards.impartial(GuardContext(record, actor, now))
    return str(tied) if tied else None


def name(
    *, actor: User, record: DishonestyRecord, official: Official, kind: str, share: int, evidence: str, now: datetime
) -> RecordResponsibility:
    """
    Name an official on a unit's record with his part and share, and the post he held on the day of the document.

    :param kind: a code of the list ``responsibility``
    :param share: percent; all named together at most 100
    :raises NotAllowed: the actor neither files for the department nor approves for the region, or names himself
    :raises Conflict: he is named already, or the record has ended
    :raises Invalid: code, share, evidence, or he held no post in the unit that day
    """
    words = writing.required(evidence, field="evidence", label=_("责任依据"), limit=EVIDENCE_LIMIT, least=5)
    today = local_day(now)
    codes.entry(LIST, kind, today)
    with acts.act(kind="responsibility.name", actor=actor, role="clerk", obj=record, now=now):
        held = DishonestyRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
        _check(held, official, share, actor=actor, now=now)
        row = RecordResponsibility(
            record=held,
            department=held.department,
            official=official,
            kind=kind,
            share=share,
            post_title=_post(held, official, now=now),
            evidence=words,
            namer_id=actor.person_id,
            named_on=today,
        )
        row.save(force_insert=True)
    return row


def _check(record: DishonestyRecord, official: Official, share: int, *, actor: User, now: datetime) -> None:
    if why := refusal(actor=actor, record=record, now=now):
        raise NotAllowed(why)
    if official.person_id == actor.person_id:
        raise NotAllowed(_("不能由您办：您是本事项的当事人"))
    standing = record.responsibilities.exclude(state=ResponsibilityState.REMOVED)
    if standing.filter(official=official).exists():
        raise Conflict(_("已经列明这名人员"), field="official")
    left = WHOLE - sum(standing.values_list("share", flat=True))
    if not 1 <= share <= left:
        raise Invalid(_("责任份额应在 1 到 %d 之间，全部人员合计不超过 100") % max(left, 1), field="share")


def _post(record: DishonestyRecord, official: Official, *, now: datetime) -> str:
    day = record.decided_on or local_day(now)
    post = tracing.post_on(official, on=day, department=record.subject_department)
    if post is None:
        raise Invalid(_("该人员在文书日期当天不在被记录单位任职"), field="official")
    return post.title


def remove(
    *, actor: User, responsibility: RecordResponsibility, reason: str, version: int, now: datetime
) -> RecordResponsibility:
    """
    Strike a person out again; the row stays with the reason.

    :raises Invalid: no reason
    :raises Conflict: a record of his own was drafted from it
    """
    said = remarks.clean(reason)
    return RESPONSIBILITY.perform(
        "remove",
        responsibility,
        actor=actor,
        now=now,
        version=version,
        reason=said,
        then=lambda held: remarks.note(held, actor=actor, action="remove", text=said, now=now),
        removed_because=said,
    )


def propose_draft(
    *, actor: User, responsibility: RecordResponsibility, reason: str, version: int, now: datetime
) -> Proposal:
    """
    Propose a record of the person's own; this will wait for the reviewer's signature.

    :raises Invalid: no reason
    :raises Conflict: the unit's record does not stand
    """
    return RESPONSIBILITY.propose(
        "open_draft", responsibility, actor=actor, now=now, reason=remarks.clean(reason), version=version
    )


def sign_draft(*, actor: User, proposal: Proposal, now: datetime) -> RecordResponsibility:
    """
    Sign as the second person; this will open the draft, which goes the whole way of a record of its own.

    :raises NotAllowed: the same person proposed it
    :raises Conflict: the proposal has lapsed
    """
    row = RecordResponsibility.objects.select_related("record", "official").get(pk=proposal.object_id)
    with acts.act(kind="responsibility.sign", actor=actor, role="reviewer", obj=row, now=now):
        draft = _draft(row, actor=actor, now=now)
        return RESPONSIBILITY.sign(proposal, actor=actor, now=now, draft=draft)


def _draft(row: RecordResponsibility, *, actor: User, now: datetime) -> DishonestyRecord:
    record, today = row.record, local_day(now)
    entry = codes.find("source_type", record.source_type, today)
    fits = entry is not None and "person" in entry.facts.get("about", [])
    told = {"number": record.number, "kind": codes.label(LIST, row.kind, today), "share": row.share}
    head = _("单位记录 %(number)s 所载失信行为的%(kind)s，责任份额 %(share)d%%。") % told
    return drafting.open_draft(
        actor=actor,
        department=record.department,
        subject_department=record.subject_department,
        subject_official=row.official,
        source_type=record.source_type if fits else FALLBACK,
        facts=f"{head}\n{row.evidence}",
        key_areas=record.key_areas,
        origin=row,
        note=_("由单位记录 %s 的责任人员起草，待填报人补全") % record.number,
        role="reviewer",
        now=now,
    )


def decline_draft(*, actor: User, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Refuse the second signature with a reason; this will leave the person as named."""
    return RESPONSIBILITY.decline(proposal, actor=actor, now=now, note=remarks.clean(reason))
