"""Declaring and ending a recusal; what follows from it is in `accounts.recusals`."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Department, Person, Recusal, User
from accounts.services.permission import permitted
from ledger.refusals import Conflict, Invalid, NotAllowed


def declare(
    *,
    actor: User,
    relation: str,
    now: datetime,
    department: Department | None = None,
    other_person: Person | None = None,
) -> Recusal:
    """Declare one's own tie to a department or to another person; it holds from today.

    :raises Invalid: where neither or both are named, or the relation is unknown.
    """
    with permitted(kind="accounts.declare_recusal", actor=actor, name="people:recusals", now=now) as opened:
        if (department is None) == (other_person is None):
            raise Invalid(_("请填写回避的部门或人员，只填一项"), field="department")
        if relation not in Recusal.Relation.values:
            raise Invalid(_("请从列表中选择关系"), field="relation")
        if other_person is not None and other_person.pk == actor.person_id:
            raise Invalid(_("不必对本人申报回避，本人事项本来就不能办"), field="other_person")
        recusal = Recusal(
            person_id=actor.person_id,
            department=department,
            other_person=other_person,
            relation=relation,
            declared_on=_today(now),
        )
        recusal.save()
        opened.about(recusal)
    return recusal


def end(*, actor: User, recusal: Recusal, now: datetime) -> Recusal:
    """End one's own recusal from today on.

    :raises NotAllowed: for somebody else's. :raises Conflict: where it has ended.
    """
    with permitted(kind="accounts.end_recusal", actor=actor, name="people:end_recusal", obj=recusal, now=now):
        if recusal.person_id != actor.person_id:
            raise NotAllowed(_("只能终止本人申报的回避"))
        if recusal.ended_on is not None:
            raise Conflict(_("这项回避已经终止"))
        recusal.ended_on = _today(now)
        recusal.save()
    return recusal


def _today(now: datetime) -> date:
    return timezone.localtime(now).date()
