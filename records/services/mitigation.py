"""从轻或免于惩戒: claimed by the recorded, examined by one, decided by another, carried out on the sanctions in the same act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts.models import User
from ledger import acts
from ledger.refusals import Conflict, Invalid, NotAllowed
from records import words
from records.models import IN_FORCE, DishonestyRecord, MitigationClaim, Sanction, SanctionState
from records.services import attachments, duties, following, remarks
from records.services.notifications import tell_concerned
from records.services.notifications.sending import cut
from records.workflow import subjects, writing
from records.workflow.duties import MITIGATION
from records.workflow.duties.mitigation import MITIGATION_CLAIM
from rules import codes, deadlines
from rules.clock import local_day
from rules.numbers import serials

GROUNDS, SERIAL, EVIDENCE = "mitigation_ground", "mitigation", "evidence"
FACTS_LIMIT, REPLY_LIMIT, LEAST = 2000, 1000, 10
REPLY_TOLD = 200  # characters of the reasons a notice has room for
BECAUSE = "mitigated"


def refusal(*, actor: User, record: DishonestyRecord, now: datetime) -> str | None:
    """Say why somebody may not claim for a record, or None; the page asks it for its button."""
    speaks = subjects.speaks_for(
        actor=actor,
        grants=actor.grants(now),
        department=record.subject_department,
        official=record.subject_official,
    )
    if not speaks:
        return _("不能由您办：从轻或免于惩戒由被记录的单位或本人提出")
    if record.state not in IN_FORCE or not record.measures.filter(state=SanctionState.ACTIVE).exists():
        return _("没有执行中的惩戒措施，无须申请")
    return None


def file(
    *,
    actor: User,
    record: DishonestyRecord,
    grounds: Iterable[str],
    done_on: date,
    facts: str,
    uploads: Iterable[UploadedFile[bytes]],
    now: datetime,
) -> MitigationClaim:
    """
    Claim lighter or no sanctions with evidence; this will start the clock of the examination.

    :param grounds: codes of ``mitigation_ground``, at least one (004 §三(四))
    :param done_on: the day of the deed, not in the future
    :raises NotAllowed: the actor does not speak for the recorded
    :raises Invalid: ground, day, facts or evidence is missing or not acceptable
    :raises Conflict: a claim is open already, or no sanction is in force
    """
    today = local_day(now)
    chosen = _grounds(grounds, today)
    if done_on > today:
        raise Invalid(_("日期不能晚于今天"), field="done_on")
    told = writing.required(facts, field="facts", label=_("事实和证据说明"), limit=FACTS_LIMIT, least=LEAST)
    papers = list(uploads)
    if not papers:
        raise Invalid(_("请附上证据"), field="file")
    claim = MitigationClaim(
        record=record,
        department=record.subject_department,
        grounds=chosen,
        done_on=done_on,
        facts=told,
        claimant_id=actor.person_id,
        filed_on=today,
    )
    try:
        return _file(claim, papers, actor=actor, now=now)
    except IntegrityError:
        raise Conflict(_("这条记录已有一件申请在审查")) from None


def _grounds(grounds: Iterable[str], today: date) -> list[str]:
    known = [code for code, _label in codes.choices(GROUNDS, on=today)]
    chosen = writing.codes(grounds, field="grounds", label=_("理由"), known=known)
    if not chosen:
        raise Invalid(_("请至少选一项理由"), field="grounds")
    return chosen


def _file(claim: MitigationClaim, papers: list[UploadedFile[bytes]], *, actor: User, now: datetime) -> MitigationClaim:
    with acts.act(kind="mitigation.file", actor=actor, role="subject", now=now) as act:
        record = DishonestyRecord.objects.select_for_update(of=("self",)).get(pk=claim.record_id)
        if why := refusal(actor=actor, record=record, now=now):
            raise (NotAllowed if "不能由您办" in why else Conflict)(why)
        if record.mitigation_claims.filter(state__in=("filed", "reviewing")).exists():
            raise Conflict(_("这条记录已有一件申请在审查"))
        claim.number = serials.take(department=record.lead, kind=SERIAL, year=local_day(now).year)
        claim.save(force_insert=True)
        act.about(claim)
        for upload in papers:
            attachments.add(actor=actor, role="subject", obj=claim, kind=EVIDENCE, upload=upload, now=now)
        deadlines.start(
            obj=claim,
            rule=MITIGATION,
            started_on=claim.filed_on,
            owner_role="approver",
            owner_department=record.lead,
            now=now,
        )
    return claim


def take_up(*, actor: User, claim: MitigationClaim, opinion: str, version: int, now: datetime) -> MitigationClaim:
    """
    Examine the evidence and write an opinion; another person will decide.

    :raises NotAllowed: the actor claimed it or works in the claimant's unit
    :raises Invalid: no opinion
    """
    said = writing.required(opinion, field="opinion", label=_("审查意见"), limit=REPLY_LIMIT, least=5)
    return MITIGATION_CLAIM.perform(
        "take_up",
        claim,
        actor=actor,
        now=now,
        version=version,
        then=lambda held: remarks.note(held, actor=actor, action="take_up", text=said, now=now),
        reviewer_id=actor.person_id,
        opinion=said,
    )


def lighten(
    *,
    actor: User,
    claim: MitigationClaim,
    changed: Mapping[str, date | None],
    reply: str,
    version: int,
    now: datetime,
) -> MitigationClaim:
    """
    Shorten or lift some of the measures; the record stays, with the note.

    :param changed: by code the new last day, or None to lift the measure today
    :raises Invalid: nothing chosen, everything lifted, a day out of the measure's time, or no reasons
    :raises NotAllowed: the actor claimed or examined it, or works in the claimant's unit
    """
    said = _reply(reply)
    _check_days(claim, changed, today=local_day(now))
    plain = [{"code": code, "until": until.isoformat() if until else ""} for code, until in changed.items()]

    def then(held: MitigationClaim) -> None:
        for measure in _active(held.record):
            if measure.code in changed:
                _shorten(measure, changed[measure.code], now=now)
        following.sanctions(held.record, what=_told(held, now), now=now)

    return _decide("lighten", claim, said, plain, actor=actor, version=version, then=then, now=now)


def waive(*, actor: User, claim: MitigationClaim, reply: str, version: int, now: datetime) -> MitigationClaim:
    """
    Lift every measure in force; the record stays, with the note.

    :raises Invalid: no reasons
    :raises NotAllowed: the actor claimed or examined it, or works in the claimant's unit
    """
    said = _reply(reply)
    plain = [{"code": measure.code, "until": ""} for measure in _active(claim.record)]

    def then(held: MitigationClaim) -> None:
        duties.lift(held.record, because=BECAUSE, now=now)
        following.sanctions(held.record, what=_told(held, now), now=now)

    return _decide("waive", claim, said, plain, actor=actor, version=version, then=then, now=now)


def refuse(*, actor: User, claim: MitigationClaim, reply: str, version: int, now: datetime) -> MitigationClaim:
    """
    Leave the measures as they are, with the reasons.

    :raises Invalid: no reasons
    """
    return _decide("refuse", claim, _reply(reply), [], actor=actor, version=version, then=None, now=now)


def _reply(text: str) -> str:
    return writing.required(text, field="reply", label=_("决定理由"), limit=REPLY_LIMIT, least=5)


def _active(record: DishonestyRecord) -> list[Sanction]:
    rows = record.measures.select_for_update().filter(state=SanctionState.ACTIVE) if acts.is_open() else None
    held = rows if rows is not None else record.measures.filter(state=SanctionState.ACTIVE)
    return list(held.order_by("starts_on", "code"))


def _check_days(claim: MitigationClaim, changed: Mapping[str, date | None], *, today: date) -> None:
    held = {measure.code: measure for measure in _active(claim.record)}
    for code, until in changed.items():
        measure = held.get(code)
        if measure is None:
            raise Invalid(_("这项措施不在执行中"), field="changed")
        if until is not None and (until < today or (measure.ends_on is not None and until >= measure.ends_on)):
            last = words.day(measure.ends_on) or _("原期限")
            raise Invalid(_("新的截止日应在今天到%s之前") % last, field=f"until_{code}")


def _shorten(measure: Sanction, until: date | None, *, now: datetime) -> None:
    today = local_day(now)
    measure.lightened_on = today
    if until is None:
        measure.state, measure.ended_on, measure.ended_because = SanctionState.ENDED, today, BECAUSE
    else:
        measure.ends_on = until
    measure.save()


def _told(claim: MitigationClaim, now: datetime) -> str:
    grounds = words.named(GROUNDS, claim.grounds, local_day(now))
    return _("因%(grounds)s，%(outcome)s惩戒") % {"grounds": grounds, "outcome": claim.get_state_display()}


def _decide(
    action: str,
    claim: MitigationClaim,
    said: str,
    changed: list[dict[str, str]],
    *,
    actor: User,
    version: int,
    then: Any,
    now: datetime,
) -> MitigationClaim:
    def follow(held: MitigationClaim) -> None:
        remarks.note(held, actor=actor, action=action, text=said, now=now)
        if then is not None:
            then(held)
        told = {"number": held.number, "outcome": held.get_state_display(), "reply": cut(said, REPLY_TOLD)}
        tell_concerned(
            department=held.record.subject_department,
            official=held.record.subject_official,
            case=held,
            text=_("从轻或免于惩戒的申请%(number)s：%(outcome)s。理由：%(reply)s") % told,
            now=now,
        )

    return MITIGATION_CLAIM.perform(
        action,
        claim,
        actor=actor,
        now=now,
        version=version,
        then=follow,
        decider_id=actor.person_id,
        decided_on=local_day(now),
        reply=said,
        changed=changed,
    )
