"""Messages to the reporter, who reads them with his receipt and may answer there; nobody asks who he is."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from ledger.refusals import Conflict, Invalid, NotAllowed
from records.models import Complaint, ComplaintMessage, ComplaintState, MessageKind
from records.services.intake import thread
from records.workflow import writing
from records.workflow.complaints import competence
from records.workflow.intake import vault

LIMIT = 2500  # characters
WRITERS = frozenset({"approver", "handler", "reviewer", "head"})
OVER = (ComplaintState.CLOSED, ComplaintState.MERGED, ComplaintState.WITHDRAWN)


def write(*, actor: User, role: str, complaint: Complaint, text: str, now: datetime) -> ComplaintMessage:
    """
    Write to the reporter; the same words twice in a row are sent once.

    :raises NotAllowed: the actor may not see the complaint, serves the accused, or only oversees
    :raises Conflict: the complaint has ended, or was joined to another
    :raises Invalid: there are no words, or the last message has the same
    """
    said = writing.required(text, field="text", label=_("写给举报人的话"), limit=LIMIT)
    seen = Complaint.objects.visible_to(actor, now).filter(pk=complaint.pk).exists()
    if role not in WRITERS or not seen or competence.serves(actor.person_id, complaint.object_department, now):
        raise NotAllowed(_("不能由您办：写信给举报人属于办理这件投诉的人"))
    if complaint.state in OVER:
        raise Conflict(_("这件投诉已经%(state)s，不能再写信") % {"state": complaint.get_state_display()})
    last = complaint.messages.order_by("-sequence").first()
    if last and last.author_id == actor.person_id and vault.words(last, key=vault.key_of(complaint)) == said:
        raise Invalid(_("同样的话已经发过"), field="text")
    return thread.say(actor=actor, role=role, complaint=complaint, kind=MessageKind.QUESTION, text=said, now=now)
