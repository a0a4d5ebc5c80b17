"""Publication: a record in force becomes a public copy, at once where policy and scan allow, else by an explicit act."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from disclosure import publishing
from ledger import acts
from ledger.actors import SYSTEM, Actor
from ledger.refusals import Conflict, Missing
from records import disclose, report
from records.models import DishonestyRecord, ScanAcknowledgement
from records.services import remarks
from records.workflow import beside, publicity, reporters, writing
from records.workflow.publicity import Found
from records.workflow.record import RECORD
from rules.clock import local_day
from rules.models import Proposal


def publish(
    *,
    actor: Actor,
    record: DishonestyRecord,
    version: int | None,
    now: datetime,
    reason: str = "",
    op: str = "U",
    points_to_nobody: bool = False,
) -> DishonestyRecord:
    """
    Show a unit's record to the public until its last day; this will tell the platform that it is public.

    :param reason: needed where the policy would not publish by itself
    :param op: how the platform is told; recognition that publishes at once tells it within its creation
    :param points_to_nobody: no sentence could come from one reporter only; asked where the record came of a complaint
    :raises Invalid: that question was not answered
    :raises Conflict: the text scan has hits nobody answered, the period is over, or it is a person's record
    """
    words = remarks.clean(reason)

    def then(shown: DishonestyRecord) -> None:
        reporters.checked(shown, points_to_nobody=points_to_nobody)
        remarks.keep(shown, actor=actor, action="publish", text=words, now=now)
        _announce(shown, op=op, now=now)

    return RECORD.perform(
        "publish",
        record,
        actor=actor,
        now=now,
        version=version,
        reason=words,
        then=then,
        publication_reason=words,
        publication_waits=False,
        public_from=local_day(now),
        public_until=record.period_until,
    )


def _announce(shown: DishonestyRecord, *, op: str, now: datetime) -> None:
    """Tell the platform and the public of the same version, in this order, inside the open act."""
    report.tell(shown, op=op, now=now)
    shown.save()
    publishing.publish(document=disclose.document(shown), now=now)


def propose(
    *,
    actor: User,
    record: DishonestyRecord,
    basis: str,
    reason: str,
    version: int,
    points_to_nobody: bool = False,
    now: datetime,
) -> Proposal:
    """
    Propose to show an official's record; this will wait for a second approver.

    :param basis: the code of a legal basis that permits showing a natural person
    :param points_to_nobody: no sentence could come from one reporter only; asked where the record came of a complaint
    :raises Conflict: the region has not opened the records of officials, or the text is not clean
    :raises Invalid: the basis does not permit it, no reason is given, or that question was not answered
    """
    words = remarks.clean(reason)
    return RECORD.propose(
        "publish_official",
        record,
        actor=actor,
        now=now,
        reason=words,
        version=version,
        facts={"publication_basis": basis, **reporters.answered(record, points_to_nobody=points_to_nobody)},
    )


def sign(*, actor: User, proposal: Proposal, points_to_nobody: bool = False, now: datetime) -> DishonestyRecord:
    """
    Sign as the second approver; this will show the record with the name masked.

    :param points_to_nobody: asked of the second approver as of the first
    :raises Invalid: that question was not answered
    :raises NotAllowed: the same person proposed it
    """
    record = DishonestyRecord.objects.get(pk=proposal.object_id)
    basis = proposal.facts["publication_basis"]

    def then(shown: DishonestyRecord) -> None:
        reporters.checked(shown, points_to_nobody=points_to_nobody)
        remarks.keep(shown, actor=actor, action="publish_official", text=proposal.reason, now=now)
        _announce(shown, op="U", now=now)

    return RECORD.sign(
        proposal,
        actor=actor,
        now=now,
        then=then,
        publication_basis=basis,
        publication_reason=proposal.reason,
        publication_waits=False,
        public_from=local_day(now),
        public_until=record.period_until,
    )


def decline(*, actor: User, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Refuse the second signature; this will leave the record as it is."""
    return RECORD.decline(proposal, actor=actor, now=now, note=remarks.clean(reason))


def hits(*, record: DishonestyRecord) -> list[Found]:
    """Return the scan's hits with the answers given, for the publication page."""
    return publicity.hits(record)


def acknowledge(*, actor: User, record: DishonestyRecord, key: str, reason: str, now: datetime) -> ScanAcknowledgement:
    """
    Say why a hit is a false one; this will hold for this text at this place of this edition only.

    :raises Invalid: no reason is given
    :raises Missing: there is no such hit
    :raises NotAllowed: the actor may not publish the record, or is tied to its subject
    """
    with acts.act(kind="record.acknowledge", actor=actor, role="approver", obj=record, now=now, reason=reason):
        words = writing.required(reason, field="reason", label=_("说明"), limit=500)
        locked = RECORD.lock(record)
        beside.check(locked, RECORD.arrows["publish"], actor=actor, roles=("approver",), now=now)
        hit = next((found for found in publicity.hits(locked) if found.key == key), None)
        if hit is None:
            raise Missing(_("没有这一处命中，文字可能已经改过"))
        if hit.answered:
            raise Conflict(_("这一处已经说明过"))
        given = ScanAcknowledgement(
            record=locked,
            edition=locked.edition,
            field=hit.field,
            kind=hit.kind,
            start=hit.start,
            end=hit.end,
            reason=words,
            person_id=actor.person_id,
            acknowledged_at=now,
        )
        given.save()
    return given


def by_policy(record: DishonestyRecord) -> bool:
    """Say whether the policy publishes the record without anybody's further decision."""
    return not record.is_person and publicity.policy_of(record).publish_by_default


def has_days_left(record: DishonestyRecord, *, now: datetime) -> bool:
    """Say whether there is a lawful day left to show the record on; a document decided long ago may have none."""
    return record.period_until is not None and record.period_until >= local_day(now)


def at_once(record: DishonestyRecord, *, now: datetime) -> DishonestyRecord | None:
    """
    Publish a record that has just taken effect where policy and scan allow; this will tell the platform by its creation.

    Whoever recognised it has just answered for its text.

    Return None where it may not be shown now; the caller tells the platform of a record that is not public.
    """
    if not by_policy(record) or publicity.open_hits(record):
        return None
    if not has_days_left(record, now=now):
        return None
    return publish(actor=SYSTEM, record=record, version=None, now=now, op="C", points_to_nobody=True)
