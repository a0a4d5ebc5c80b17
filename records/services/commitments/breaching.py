"""A promise that was not kept: the order to put it right, and, where that goes unheeded, the finding that it was broken."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.actors import SYSTEM
from records import words
from records.models import Commitment, DishonestyRecord, RectificationState
from records.services import drafting, remarks
from records.services.commitments.performance import BROKEN, NOTE_LIMIT, follow, verdict
from records.services.rectification import ordering
from records.services.rectification.judging import SERIOUS
from records.workflow import writing
from records.workflow.commitments import guards
from records.workflow.commitments.machine import COMMITMENT

SOURCE = "BROKEN_COMMITMENT"


def order_rectification(
    *,
    actor: User,
    commitment: Commitment,
    requirements: list[str],
    version: int,
    now: datetime,
    limit_days: int | None = None,
) -> Commitment:
    """
    Order the department of an overdue promise to put it right; this will start the order's own clock.

    :raises Conflict: an order is running already
    :raises Invalid: no requirement
    """

    def then(ordered: Commitment) -> None:
        ordering.order(
            actor=actor,
            source=ordered,
            department=ordered.department,
            requirements=requirements,
            limit_days=limit_days,
            person=ordered.responsible_official,
            now=now,
        )

    return COMMITMENT.perform("order_rectification", commitment, actor=actor, now=now, version=version, then=then)


def breach(*, actor: User, commitment: Commitment, note: str, version: int, now: datetime) -> Commitment:
    """
    Find a promise broken after an order expired or was refused; this will open a pre-filled draft of a dishonesty record.

    The draft is nobody's finding yet: it goes the whole way of filing, review, hearing and recognition.

    :param note: the reason, read by the public where the promise is public
    :raises Conflict: no order was given, or it still runs (发改财金〔2023〕1103号)
    :raises NotAllowed: the actor filed, reviewed, claimed or answers for the promise
    """
    text = writing.clean(note, field="verdict_note", label=_("认定理由"), limit=NOTE_LIMIT, lines=True)

    def then(broken: Commitment) -> None:
        remarks.note(broken, actor=actor, action="breach", text=text, now=now)
        broken.opened_record = _draft(broken, now=now)
        follow(broken, now=now)

    return COMMITMENT.perform(
        "breach",
        commitment,
        actor=actor,
        now=now,
        version=version,
        reason=text,
        then=then,
        **verdict(commitment, actor=actor, note=text, now=now),
        value=BROKEN,
    )


def _draft(broken: Commitment, *, now: datetime) -> DishonestyRecord:
    facts = _(
        "%(unit)s于%(given)s作出承诺 %(number)s“%(title)s”（第 %(edition)d 版），承诺%(due)s前做到：%(measure)s。"
        "到期没有履行，责令限期整改后仍没有履行。%(note)s"
    ) % {
        "unit": broken.department_name,
        "given": words.day(broken.activated_on),
        "number": broken.number,
        "title": broken.title,
        "edition": broken.judged_edition or broken.edition,
        "due": words.day(broken.due_on),
        "measure": broken.measure.rstrip("。；"),
        "note": broken.verdict_note,
    }
    return drafting.open_draft(
        actor=SYSTEM,
        department=broken.department,
        subject_department=broken.department,
        source_type=SOURCE,
        facts=facts,
        decided_on=broken.judged_on,
        origin=broken,
        severity=SERIOUS
        if any(order.state == RectificationState.REFUSED for order in guards.orders_of(broken))
        else "",
        key_areas=tuple(broken.key_areas),
        now=now,
    )
