"""The question asked of whatever came of a complaint before it may be shown: could a sentence come from one person only?"""

from __future__ import annotations

from hashlib import sha256

from django.utils.translation import gettext as _

from ledger import acts
from ledger.refusals import Invalid
from records.models import Complaint, DishonestyRecord
from records.workflow.lazily import lazily

FIELD = "points_to_nobody"
STATEMENT = lazily("已核对：公示文字不会指向某一位举报人")
REFERENCE = "record.points_to_nobody"


def must_ask(record: DishonestyRecord) -> bool:
    """Say whether a record came of a complaint, so that its text may give a reporter away."""
    return bool(record.origin_type == Complaint._meta.label_lower)


def answered(record: DishonestyRecord, *, points_to_nobody: bool) -> dict[str, bool]:
    """
    Return what a proposal keeps of the answer its proposer gave for the words he proposes; nothing where nobody is asked.

    :raises Invalid: he has not put the question to them
    """
    if not must_ask(record):
        return {}
    if not points_to_nobody:
        raise Invalid(
            _("请先逐句核对：这句话是不是只有一个人说得出来？是就退回改写；不是的，勾选“%s”") % STATEMENT, field=FIELD
        )
    return {FIELD: True}


def checked(record: DishonestyRecord, *, points_to_nobody: bool) -> None:
    """
    Note on the open act that its actor has put the question to this edition; nothing of it stands in the record's own history.

    :raises Invalid: he has not
    """
    if answered(record, points_to_nobody=points_to_nobody):
        acts.current().refer(
            name=REFERENCE, key=f"{record.pk}/{record.edition}", digest=sha256(record.facts.encode()).digest()
        )
