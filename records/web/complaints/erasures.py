"""What was erased of a complaint, on which day and by which rule, in the words of its page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts import wording
from records.models import Complaint
from records.workflow.complaints import keeping


def of(complaint: Complaint) -> list[tuple[str, str]]:
    """This will give a heading and a sentence for each of the two erasures that have happened."""
    told = (
        (complaint.identity_erased_on, keeping.IDENTITY, _("举报人身份和附件原件已删除")),
        (complaint.content_erased_on, keeping.CONTENT, _("投诉内容、往来和附件已删除")),
    )
    over = keeping.over_on(complaint)
    found = []
    for day, rule, heading in told:
        if day is not None and over is not None:
            words = {"day": wording.day(day), "over": wording.day(over), "rule": keeping.term(rule, on=day).words()}
            found.append((heading, _("%(day)s由系统删除。规则：%(rule)s，从办结日 %(over)s 起算。") % words))
    return found
