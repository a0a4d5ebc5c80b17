"""Credit checks: ask about one subject or a list in one act, keep the answer as it was, add the decision once (row 23).

What an answer may know: for units, API clients and the purposes the list marks ``public`` read only what the public may read;
the others also read what is in force without being shown (minor records). About officials only people may ask, and API clients
of the official's own department for awards: they read what is in force, since a public-only answer would always be "无".
Party discipline is told in full for cadre matters only; elsewhere it counts and is withheld.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts.models import ApiClient, Department, User
from ledger import acts, canonical
from ledger.actors import Actor, System
from ledger.refusals import Conflict, Invalid, NotAllowed
from records.models import CheckRun, CreditCheck, Verdict
from records.selectors.archives import honours
from records.services import remarks
from records.workflow import writing
from records.workflow.archives import asking, restricting
from records.workflow.archives.restricting import Finding, Subject
from rules import calendar, codes, parameters
from rules.clock import local_day
from rules.numbers import serials

MOST = 500
NOBODY: Actor = System()
"""Who acts where a client does: no natural person."""
SERIAL = "check"
KEPT_YEARS = "retention.query_log_years"


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked: about whom, for what, on what basis, in which business matter."""

    subjects: Sequence[Subject]
    purpose: str
    legal_basis: str
    business_ref: str = ""


def run(*, actor: User, key: UUID, department: Department, question: Question, now: datetime) -> CheckRun:
    """
    Check for a person who works for `department`; `key` becomes the run's id, so that a form sent twice asks once.

    :raises NotAllowed: none of the person's roles may ask for this purpose about one of the subjects
    :raises Invalid: purpose, basis or list is not acceptable
    """
    if first := _form_sent_before(key, actor):
        return first
    role = asking.role_for(actor, department=department, purpose=question.purpose, now=now)
    try:
        with acts.act(kind="check.run", actor=actor, role=role, now=now, reason=question.legal_basis) as act:
            told = _cleaned(question, now=now)
            asking.insist_on_person(actor, department=department, subjects=told.subjects, purpose=told.purpose, now=now)
            made = _answered(CheckRun(id=key, department=department, person_id=actor.person_id), told, now=now)
            act.about(made)
    except IntegrityError:
        # Two copies of the form ran at once: the other one won, and this one has rolled back.
        if first := _form_sent_before(key, actor):
            return first
        raise
    return made


def _form_sent_before(key: UUID, actor: User) -> CheckRun | None:
    first: CheckRun | None = CheckRun.objects.filter(pk=key).first()
    if first is not None and first.person_id != actor.person_id:
        raise Conflict(_("这张表已经由别人用过，请重新打开核查页"))
    return first


def run_for_client(*, client: ApiClient, question: Question, now: datetime) -> tuple[CheckRun, bool]:
    """
    Check for an API client; the same reference gives the first answer again. Returns the run, and whether it is new.

    :raises Invalid: no reference, or purpose, basis or list is not acceptable
    :raises Conflict: the reference was used for another question
    :raises NotAllowed: clients may not ask for this purpose about one of the subjects
    """
    told = _cleaned(question, now=now)
    if not told.business_ref:
        raise Invalid(_("请带上业务编号 business_ref，重复请求凭它得到同一结果"), field="business_ref")
    if first := _asked_before(client, told):
        return first, False
    try:
        with acts.act(kind="check.run", actor=NOBODY, role="client", obj=client, now=now, reason=told.legal_basis):
            asking.insist_on_client(client, subjects=told.subjects, purpose=told.purpose, now=now)
            made = _answered(CheckRun(id=uuid4(), department=client.department, client=client), told, now=now)
    except IntegrityError:
        # The same request ran at once: the other one won, and this one has rolled back.
        if first := _asked_before(client, told):
            return first, False
        raise
    return made, True


def decide(
    *,
    actor: Actor,
    check: CreditCheck,
    decision: str,
    note: str = "",
    now: datetime,
    client: ApiClient | None = None,
) -> CreditCheck:
    """
    Add the decision taken after a check; this will be once, and the database refuses a second.

    :raises Conflict: a decision was recorded before
    :raises Invalid: the decision is not on the list
    :raises NotAllowed: the check was made by another department or client
    """
    role = "client"
    if client is None:
        role = asking.role_for(actor, department=check.run.department, purpose=check.run.purpose, now=now)
    with acts.act(kind="check.decide", actor=actor, role=role, obj=check.run, now=now, reason=note):
        if codes.find("credit_check_decision", decision, local_day(now)) is None:
            raise Invalid(_("请选择办理结果"), field="decision")
        held = CreditCheck.objects.select_for_update(of=("self",)).select_related("run__department").get(pk=check.pk)
        if client is None:
            asking.insist_on_keeper(actor, held.run, now=now)
        elif held.run.client_id != client.pk:
            raise NotAllowed(_("这次核查不是本客户端发起的"))
        if held.decision:
            raise Conflict(_("办理结果已经登记，不能改"))
        held.decision, held.decision_note = decision, remarks.clean(note, field="note", label=_("说明"))
        held.decided_by_id, held.decided_at = actor.person_id, now
        held.save()
    return held


def _asked_before(client: ApiClient, question: Question) -> CheckRun | None:
    first: CheckRun | None = CheckRun.objects.filter(client=client, business_ref=question.business_ref).first()
    if first is not None and first.asked_digest != _digest(question):
        raise Conflict(_("业务编号 %s 已用于另一次核查，请换一个编号") % question.business_ref, field="business_ref")
    return first


def _cleaned(question: Question, *, now: datetime) -> Question:
    today = local_day(now)
    if codes.find(restricting.PURPOSES, question.purpose, today) is None:
        raise Invalid(_("请选择核查用途"), field="purpose")
    subjects = list({each.key: each for each in question.subjects}.values())
    if not 1 <= len(question.subjects) <= MOST:
        raise Invalid(
            _("一次核查 1 至 %(most)d 个主体，现有 %(count)d 个") % {"most": MOST, "count": len(question.subjects)},
            field="subjects",
        )
    return Question(
        subjects=subjects,
        purpose=question.purpose,
        legal_basis=writing.required(
            question.legal_basis, field="legal_basis", label=_("法律依据"), limit=200, lines=False
        ),
        business_ref=writing.clean(question.business_ref, field="business_ref", label=_("业务编号"), limit=100),
    )


def _digest(question: Question) -> str:
    """The same reference must ask the same: purpose, basis and whom, in order."""
    asked = {
        "purpose": question.purpose,
        "basis": question.legal_basis,
        "subjects": [list(each.key) for each in question.subjects],
    }
    return hashlib.sha256(canonical.encode(asked)).hexdigest()


def _answered(head: CheckRun, question: Question, *, now: datetime) -> CheckRun:
    """Find, and keep head and answers; one query for each kind of finding, whatever the length of the list."""
    today = local_day(now)
    found = _found(head, question, on=today)
    titles = honours.standing(question.subjects, on=today)
    head.number = serials.take(department=head.department, kind=SERIAL, year=today.year)
    head.department_name = head.department.name
    head.purpose, head.legal_basis, head.business_ref = question.purpose, question.legal_basis, question.business_ref
    head.asked_digest, head.checked_at = _digest(question), now
    head.keep_until = calendar.add_months(today, 12 * int(parameters.value(KEPT_YEARS, on=today)))
    head.total = len(question.subjects)
    head.restricted = sum(each.verdict == Verdict.RESTRICTED for each in found.values())
    head.noticed = sum(each.verdict == Verdict.NOTICE for each in found.values())
    head.save(force_insert=True)
    lines = [
        _line(head, place, each, found[each.key], titles.get(each.key, []))
        for place, each in enumerate(question.subjects, start=1)
    ]
    CreditCheck.objects.bulk_create(lines)
    return head


def _found(head: CheckRun, question: Question, *, on: date) -> dict[tuple[str, str], Finding]:
    by_client = head.client_id is not None
    found: dict[tuple[str, str], Finding] = {}
    for about_person in (False, True):
        some = [each for each in question.subjects if (each.official is not None) is about_person]
        if some:
            public_only = restricting.sees_public_only(
                question.purpose, by_client=by_client, about_person=about_person, on=on
            )
            found |= restricting.find(subjects=some, purpose=question.purpose, public_only=public_only, on=on)
    return found


def _line(head: CheckRun, place: int, subject: Subject, finding: Finding, titles: list[dict[str, Any]]) -> CreditCheck:
    official = subject.official
    return CreditCheck(
        run=head,
        place=place,
        subject_department=subject.department,
        official=official,
        subject_name=official.person.name if official else subject.department.name,
        subject_code=subject.department.uscc,
        verdict=finding.verdict,
        severity=finding.severity,
        hits=finding.hits,
        restrictions=finding.restrictions,
        honours=titles,
    )
