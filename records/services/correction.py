"""Correction: the source department proposes new words, an approver puts them in force as a new edition."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from disclosure import publishing
from ledger.refusals import Conflict, Invalid
from records import disclose, report
from records.models import DishonestyRecord, RecordState
from records.services import acknowledgements, editions, remarks
from records.workflow import contents, corrections, publicity, reporters
from records.workflow import filing as filings
from records.workflow.filing import Filing
from records.workflow.record import RECORD
from rules.clock import local_day
from rules.models import Proposal, Signature
from rules.workflow import hands


def propose(
    *,
    actor: User,
    record: DishonestyRecord,
    filing: Filing,
    reason: str,
    version: int,
    takes_code: bool = False,
    points_to_nobody: bool = False,
    now: datetime,
) -> Proposal:
    """
    Propose the corrected words of a record in force; this will keep the old ones until an approver signs.

    :param reason: what was wrong, in words the public may read
    :param takes_code: write the subject's code as the register has corrected it into the record as well
    :param points_to_nobody: no sentence could come from one reporter only; asked where the record came of a complaint
    :raises Invalid: no reason, nothing changed, a field is not acceptable, or that question was not answered
    :raises Conflict: the new words, or the reason, hold what must not be public
    """
    words = remarks.clean(reason)
    content = _changed(record, filings.columns(filing, now=now))
    if takes_code and (code := corrections.registered_code(record)):
        content[corrections.CODE] = code
    if not content:
        raise Invalid(_("没有改动任何内容"), field="facts")
    if refusal := publicity.unfit(record, words, field="reason"):
        raise refusal
    kept = {field: contents.plain(value) for field, value in content.items()}
    return RECORD.propose(
        "correct",
        record,
        actor=actor,
        now=now,
        reason=words,
        version=version,
        facts={"content": kept, **reporters.answered(record, points_to_nobody=points_to_nobody)},
    )


def _changed(record: DishonestyRecord, columns: dict[str, Any]) -> dict[str, Any]:
    return {field: columns[field] for field in corrections.CORRECTABLE if columns[field] != getattr(record, field)}


def sign(*, actor: User, proposal: Proposal, points_to_nobody: bool = False, now: datetime) -> DishonestyRecord:
    """
    Sign the correction; this will keep the old edition, change the words, tell the platform and correct the public page.

    :param points_to_nobody: no sentence could come from one reporter only; asked where the record came of a complaint
    :raises Invalid: that question was not answered
    :raises NotAllowed: the signer proposed, filed, edited or reviewed the record
    :raises Conflict: the proposal has lapsed, the record has changed since, or the register has corrected the code again
    """
    record = DishonestyRecord.objects.get(pk=proposal.object_id)
    changes = corrections.typed(proposal.facts["content"])

    def then(corrected: DishonestyRecord) -> None:
        if corrections.CODE in changes and corrections.registered_code(corrected):
            raise Conflict(_("提议以后部门登记的代码又变了；请不同意这项提议，由填报单位重新提出"))
        reporters.checked(corrected, points_to_nobody=points_to_nobody)
        remarks.keep(corrected, actor=actor, action="correct", text=proposal.reason, now=now)
        _keep_author(corrected, proposal, now=now)
        editions.keep(corrected, actor=actor, why=proposal.reason, now=now)
        acknowledgements.carry_over(corrected)
        tell(corrected, what=proposal.reason, now=now)

    return RECORD.sign(
        proposal,
        actor=actor,
        now=now,
        then=then,
        edition=record.edition + 1,
        edited_on=_edited_on(record, now),
        **changes,
    )


def _edited_on(record: DishonestyRecord, now: datetime) -> date:
    return max(record.edited_on, local_day(now))


def _keep_author(record: DishonestyRecord, proposal: Proposal, *, now: datetime) -> None:
    """The proposer wrote the new edition: the same person can never review or approve it later."""
    author = Signature.objects.select_related("user").get(proposal=proposal, place=0).user
    hands.lay(actor=author, obj=record, part="editor", noun=str(RECORD.noun), now=now)


def tell(record: DishonestyRecord, *, what: str, now: datetime) -> None:
    """Tell platform and public of changed words of a record in force, inside the open act."""
    report.tell(record, op="U", now=now, rule=report.CORRECTED)
    record.save()
    if record.state == RecordState.DISCLOSED:
        publishing.correct(document=disclose.document(record), what=what, now=now)


def decline(*, actor: User, proposal: Proposal, reason: str, now: datetime) -> Proposal:
    """Refuse the correction with a reason; this will leave the record as it is."""
    return RECORD.decline(proposal, actor=actor, now=now, note=remarks.clean(reason))
