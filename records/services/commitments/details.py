"""Writing the details of a commitment: every version a row of its own, under a description of the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from ledger import acts
from ledger.refusals import Conflict, Missing, Stale
from records.models import Commitment, CommitmentDetail
from records.selectors.commitments import details as reads
from records.services import remarks
from records.services.commitments import paying
from records.workflow.commitments import details as writing
from rules.clock import local_day
from rules.details import cleaning, derived
from rules.details.shapes import Form
from rules.workflow import hands

KIND = "commitment.write_details"


def write(
    *,
    actor: User,
    commitment: Commitment,
    form: str,
    values: Mapping[str, Any],
    version: int,
    why: str = "",
    now: datetime,
) -> CommitmentDetail:
    """
    Keep the details in one form as its next version; this will leave the writer's hand on the commitment.

    ``values`` are as typed (texts by the keys of the description, rows as lists of maps); ``version`` is the one the
    writer saw, 0 for none. The same words from the same person on the same version give the first result.

    :raises NotAllowed: the actor is no clerk of the department, tied to it, or has judged the promise
    :raises Conflict: the promise is under review, or claimed or ended and more than a payment it owes was changed
    :raises Missing: no such form suits the promise today
    :raises Faulty: fields are not acceptable, each named by its path
    :raises Stale: somebody wrote in between
    """
    with acts.act(kind=KIND, actor=actor, role="clerk", obj=commitment, now=now, reason=why):
        locked: Commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
        refused = writing.refusal(locked, actor=actor, now=now)
        pays_only = isinstance(refused, Conflict) and form in writing.paying_forms(locked)
        if refused and not pays_only:
            raise refused
        writing.stands(locked, actor=actor, now=now).name_lender(writing.WRITE.roles, None, now)
        today = local_day(now)
        described = reads.writable(locked, form, today)
        if described is None:
            raise Missing(_("这项承诺没有这张表"))
        note = remarks.clean(why, field="why")[:200]
        cleaned = cleaning.clean(described, values, on=today, department=locked.department)
        last = reads.current(locked, form)
        if last is not None and _is_repeat(last, cleaned, actor, version):
            return last
        _check_version(last, version)
        if pays_only and last is not None:
            _check_only_payments(described, last.values, cleaned)
        return _keep(locked, described, cleaned, actor=actor, version=version + 1, why=note, now=now)


def _is_repeat(last: CommitmentDetail, values: dict[str, Any], actor: User, version: int) -> bool:
    return last.version == version + 1 and last.written_by_id == actor.person_id and last.values == values


def _check_version(last: CommitmentDetail | None, version: int) -> None:
    held = last.version if last else 0
    if held != version:
        words = {"seen": version, "held": held}
        raise Stale(_("没有保存：您看的是第 %(seen)d 版，现在已是第 %(held)d 版，请先看改了什么") % words)


def _check_only_payments(form: Form, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    for each in form.fields:
        if _owed(old.get(each.key), each.key) != _owed(new.get(each.key), each.key):
            words = {"label": each.label}
            raise Conflict(_("承诺已申报、办结或正在变更，只能登记付款，不能改“%(label)s”") % words, field=each.key)


def _owed(value: Any, key: str) -> Any:
    """What a field says of what is owed: nothing where it records a payment, rows without the columns that do."""
    if key in derived.PAID:
        return None
    if isinstance(value, list):
        return [{name: cell for name, cell in row.items() if name not in derived.PAID} for row in value]
    return value


def _keep(
    commitment: Commitment, form: Form, values: dict[str, Any], *, actor: User, version: int, why: str, now: datetime
) -> CommitmentDetail:
    kept = CommitmentDetail(
        commitment=commitment, form=form.code, form_from=form.valid_from, version=version, values=values, why=why,
        written_by_id=actor.person_id, written_at=now,
    )  # fmt: skip
    kept.save()
    hands.lay(actor=actor, obj=commitment, part=hands.EDITOR, noun=str(writing.NOUN), now=now)
    told = _("%(form)s，第 %(version)d 版") % {"form": form.label, "version": version}
    remarks.note(commitment, actor=actor, action=writing.WRITE.action, text=f"{told}：{why}" if why else told, now=now)
    paying.follow(commitment, now=now)
    return kept
