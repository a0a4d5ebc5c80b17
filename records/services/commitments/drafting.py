"""Filing a promise: a clerk registers it, edits it, hands it in, or drops it before it was given."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts.models import Department, Official, Post, User
from accounts.models.department import holding_on
from ledger import acts
from ledger.refusals import Conflict, Invalid, NotAllowed
from records.models import Commitment, CommitmentState
from records.services.commitments import planning, versions
from records.workflow.commitments.machine import COMMITMENT, REGISTER
from records.workflow.commitments.promise import Promise, Step, columns
from rules.clock import local_day
from rules.numbers import serials
from rules.workflow import hands

SERIAL = "commitment"


def register(*, actor: User, key: UUID, department: Department, promise: Promise, now: datetime) -> Commitment:
    """
    Keep a new draft with its serial number.

    `key` becomes the commitment's id: the same form sent twice by the same person gives the first one back.

    :raises NotAllowed: the actor is no clerk of the department
    :raises Incomplete: fields are not acceptable; nothing is stored
    :raises Conflict: the key is somebody else's
    """
    if first := _registered_before(key, actor):
        return first
    try:
        return _register(actor=actor, key=key, department=department, typed=promise, now=now)
    except IntegrityError:
        # Two copies of the form ran at once: the other one won, and this one has rolled back.
        if first := _registered_before(key, actor):
            return first
        raise


def _registered_before(key: UUID, actor: User) -> Commitment | None:
    first: Commitment | None = Commitment.objects.filter(pk=key).first()
    if first is not None and first.filer_id != actor.person_id:
        raise Conflict(_("这张表已经由别人用过，请重新打开登记页"))
    return first


def _register(*, actor: User, key: UUID, department: Department, typed: Promise, now: datetime) -> Commitment:
    promise = Commitment(id=key, department=department, filer_id=actor.person_id)
    with acts.act(kind="commitment.register", actor=actor, role="clerk", now=now) as act:
        content, steps = columns(typed, now=now)
        assign(promise, content | responsible(typed, department, now=now))
        if why := COMMITMENT.standing_of(promise, actor, now).refusal(REGISTER, None, now, REGISTER.roles):
            raise NotAllowed(why)
        name(promise, now=now)
        promise.save(force_insert=True)
        act.about(promise)
        planning.plan(promise, steps, now=now)
        hands.lay(actor=actor, obj=promise, part="filer", noun=str(COMMITMENT.noun), now=now)
    return promise


def assign(promise: Commitment, content: dict[str, Any]) -> None:
    """Set the columns of a promise."""
    for field, value in content.items():
        setattr(promise, field, value)


def name(promise: Commitment, *, now: datetime) -> None:
    """
    Number the promise and keep the names of the day.

    :raises Invalid: the region has no credit lead office, so that nobody could judge the promise
    """
    today = local_day(now)
    lead = promise.department.credit_lead()
    if lead is None:
        raise Invalid(_("本地区没有登记社会信用体系建设牵头部门，承诺无人核定"), field="department")
    promise.number = serials.take(department=promise.department, kind=SERIAL, year=today.year)
    promise.lead, promise.lead_name = lead, lead.name_on(today)
    promise.department_name = promise.department.name_on(today)
    promise.registered_on = today


def responsible(typed: Promise, department: Department, *, now: datetime) -> dict[str, Any]:
    """
    Return the columns of the person who answers for the promise, with his post of today.

    :raises Invalid: he does not serve in the department
    """
    official = typed.responsible_official
    if official is None:
        return {"responsible_official": None, "responsible_name": "", "responsible_post": ""}
    post = posts_in(department, on=local_day(now)).filter(official=official).first()
    if post is None and official.department_id != department.pk:
        raise Invalid(_("责任人不在本单位任职"), field="responsible_official")
    return {
        "responsible_official": official,
        "responsible_name": official.person.name,
        "responsible_post": post.title if post else "",
    }


def posts_in(department: Department, *, on: date) -> Any:
    """Return the posts held in a department on a day, the leading ones first."""
    held = Post.objects.filter(holding_on(on, start="held_from", end="held_to"), department=department)
    return held.select_related("official__person").order_by("leadership_code", "held_from")


def officials_of(department: Department, *, on: date) -> list[tuple[Official, str]]:
    """Return who may answer for a promise of a department, each with his post."""
    found: dict[UUID, tuple[Official, str]] = {}
    for post in posts_in(department, on=on):
        found.setdefault(post.official_id, (post.official, post.title))
    for official in Official.objects.filter(department=department).select_related("person").order_by("person__name"):
        found.setdefault(official.pk, (official, ""))
    return list(found.values())


def edit(*, actor: User, commitment: Commitment, promise: Promise, version: int, now: datetime) -> Commitment:
    """
    Replace the content of a draft or returned promise; this will leave the editor's hand on it.

    :raises Stale: it has moved on since the form was opened
    :raises Incomplete: fields are not acceptable
    """
    content, steps = columns(promise, now=now)
    changes = content | responsible(promise, commitment.department, now=now)
    return COMMITMENT.perform(
        "edit",
        commitment,
        actor=actor,
        now=now,
        version=version,
        then=lambda edited: planning.plan(edited, steps, now=now),
        **changes,
    )


def submit(*, actor: User, commitment: Commitment, version: int, now: datetime) -> Commitment:
    """
    Hand a complete promise to the reviewer; this will keep its words as a version and start the review clock.

    One that was returned becomes the next edition, and is judged anew.

    :raises Incomplete: something is missing, each field named
    :raises Conflict: it was handed in already, or its due date is over
    """
    again = commitment.state == CommitmentState.RETURNED
    return COMMITMENT.perform(
        "submit",
        commitment,
        actor=actor,
        now=now,
        version=version,
        then=lambda handed_in: _keep(handed_in, actor, again=again, now=now),
        edition=commitment.edition + 1 if again else commitment.edition,
        reviewer=None,
        submitted_at=now,
    )


def _keep(promise: Commitment, actor: User, *, again: bool, now: datetime) -> None:
    versions.keep(promise, made_by=actor.person_id, why=_("退回后重新提交") if again else "", now=now)


def cancel(*, actor: User, commitment: Commitment, version: int, now: datetime) -> Commitment:
    """
    Drop a promise that was never given; this will keep its number and its history.

    :raises Conflict: it was given already; from then on it is kept, broken or lawfully changed
    """
    return COMMITMENT.perform("cancel", commitment, actor=actor, now=now, version=version, ended_on=local_day(now))


def steps_typed(commitment: Commitment) -> tuple[Step, ...]:
    """Return the milestones of the present wording as a form shows them."""
    rows = commitment.milestones.filter(removed_on=None).order_by("place")
    return tuple(Step(row.title, row.weight, row.due_on) for row in rows)
