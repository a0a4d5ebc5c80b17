"""Four eyes: who had which hand in an object, kept for natural persons and checked before the database checks it again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.actors import Actor
from ledger.refusals import NotAllowed
from rules.models import Hand
from rules.references import reference

FILER, EDITOR, REVIEWER, APPROVER = "filer", "editor", "reviewer", "approver"
CLAIMANT = "claimant"  # says that something was done, as an author says it
AUTHORS = frozenset({FILER, EDITOR, CLAIMANT})
VERBS = {
    FILER: gettext_lazy("填报"),
    EDITOR: gettext_lazy("修改"),
    REVIEWER: gettext_lazy("审核"),
    APPROVER: gettext_lazy("认定"),
}
DONE = {
    FILER: gettext_lazy("填报"),
    EDITOR: gettext_lazy("修改过"),
    CLAIMANT: gettext_lazy("申报"),
    REVIEWER: gettext_lazy("审核过"),
    APPROVER: gettext_lazy("认定过"),
}


def of(obj: models.Model) -> QuerySet[Hand]:
    """This will give all hands in an object, oldest first."""
    return Hand.objects.filter(**reference(obj)._asdict()).select_related("person").order_by("at")


def refusal(hands: list[Hand], *, person_id: UUID | None, part: str, act: str, noun: str) -> str | None:
    """
    This will say why somebody with these hands in the object may not lay another, or None.

    Any other part in any edition closes it: who filed, edited or judged may not judge at the next step; whoever judges
    the same step again in a later edition may.
    """
    for hand in hands:
        if hand.person_id == person_id and (hand.part != part or part in AUTHORS):
            done = DONE.get(hand.part, gettext_lazy("经手过"))
            return _("不得%(act)s本人%(done)s的%(noun)s") % {"act": VERBS.get(part, act), "done": done, "noun": noun}
    return None


def lay(*, actor: Actor, obj: models.Model, part: str, noun: str = "", now: datetime) -> Hand | None:
    """
    This will write the actor's hand in the object's current edition inside the open act; an author stays what he was.

    :raises NotAllowed: the person has another part in this edition
    """
    if actor.person_id is None:
        return None
    edition = getattr(obj, "edition", 1)
    held = of(obj).filter(edition=edition, person_id=actor.person_id).first()
    if held is None:
        held = Hand(**reference(obj)._asdict(), edition=edition, person_id=actor.person_id, part=part, at=now)
        held.save()
        return held
    if held.part == part or {held.part, part} <= AUTHORS:
        return held
    raise NotAllowed(
        refusal(
            [held], person_id=actor.person_id, part=part, act=str(VERBS.get(part, _("办理"))), noun=noun or _("事项")
        )
        or ""
    )
