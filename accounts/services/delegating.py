"""委托代办: lending one's own grants to a colleague for some days; it never widens what anybody may do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import DelegatedGrant, Delegation, Person, RoleGrant, User
from accounts.services.permission import permitted
from ledger.refusals import Conflict, Invalid, NotAllowed

LONGEST = 90  # days; a longer absence needs a grant by the security administrators
REASON_LIMIT = 200
Then = Callable[[Delegation], None]


def make(
    *,
    actor: User,
    delegate: Person,
    grants: list[RoleGrant],
    starts_on: date,
    ends_on: date,
    reason: str,
    now: datetime,
    then: Then | None = None,
) -> Delegation:
    """
    Lend some of one's own grants to a colleague; this will have force once a third person has confirmed it.

    ``then`` runs inside the same act once the rows are written, here as in the acts below.

    :raises NotAllowed: a grant is not the actor's own (what was lent cannot be lent on), or its role is given by name
    :raises Conflict: the delegate holds one of the three administrators' roles, or the days meet an earlier delegation
    :raises Invalid: the days, the reason or the colleague do not fit
    """
    with permitted(
        kind="accounts.delegate", actor=actor, name="notifications:delegations", now=now, reason=reason
    ) as act:
        today = _today(now)
        _check_days(starts_on, ends_on, today)
        words = _reason(reason)
        _check_grants(actor, grants, now)
        _check_delegate(actor, delegate, grants, now)
        _check_free(actor.person_id, grants, starts_on, ends_on)
        made = Delegation(
            grantor_id=actor.person_id,
            delegate=delegate,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=words,
            made_on=today,
        )
        made.save()
        act.about(made)
        for grant in grants:
            DelegatedGrant(delegation=made, grant=grant).save()
        if then is not None:
            then(made)
    return made


def confirm(*, actor: User, delegation: Delegation, now: datetime, then: Then | None = None) -> Delegation:
    """
    Let a delegation have force; this will be checked anew as of now.

    :raises NotAllowed: the actor made it, receives it, or is neither head of the department nor security administrator
    :raises Conflict: it is over, was confirmed, or one of the grants has ended
    """
    with permitted(
        kind="accounts.confirm_delegation",
        actor=actor,
        name="notifications:confirm_delegation",
        obj=delegation,
        now=now,
    ):
        held = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
        if held.ended_on is not None or held.ends_on < _today(now):
            raise Conflict(_("这项委托已经结束"))
        if held.confirmed_by_id is not None:
            raise Conflict(_("这项委托已经确认"))
        if why := may_confirm(user=actor, delegation=held, now=now):
            raise NotAllowed(why)
        _check_still_held(held, now)
        held.confirmed_by_id, held.confirmed_on = actor.person_id, _today(now)
        held.save()
        if then is not None:
            then(held)
    return held


def end(*, actor: User, delegation: Delegation, now: datetime, then: Then | None = None) -> Delegation:
    """
    End a delegation from today on; either side, a head of the department and a security administrator may.

    :raises NotAllowed: for anybody else
    :raises Conflict: it has ended
    """
    with permitted(
        kind="accounts.end_delegation", actor=actor, name="notifications:end_delegation", obj=delegation, now=now
    ):
        held = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
        own = actor.person_id in (held.grantor_id, held.delegate_id)
        if not own and (why := may_confirm(user=actor, delegation=held, now=now)):
            raise NotAllowed(why)
        if held.ended_on is not None or held.ends_on < _today(now):
            raise Conflict(_("这项委托已经结束"))
        held.ended_on, held.ended_by_id = _today(now), actor.person_id
        held.save()
        if then is not None:
            then(held)
    return held


def lendable(user: User, now: datetime) -> list[RoleGrant]:
    """This will give the user's own grants he could lend: in force, of an office, not themselves lent to him."""
    return [grant for grant in user.grants(now) if grant.person_id == user.person_id and grant.role in roles.LENDABLE]


def colleagues(user: User, now: datetime) -> list[Person]:
    """This will give those one may lend to: who holds a role of an office in one of the same departments, with an account."""
    places = {grant.department_id for grant in lendable(user, now)}
    held = RoleGrant.objects.in_force(now).filter(department_id__in=places, role__in=roles.LENDABLE)
    busy = RoleGrant.objects.in_force(now).filter(role__in=roles.THE_THREE).values("person_id")
    found = Person.objects.filter(pk__in=held.values("person_id"), accounts__is_active=True).exclude(pk__in=busy)
    return list(found.exclude(pk=user.person_id).order_by("name", "pk").distinct())


def may_confirm(*, user: User, delegation: Delegation, now: datetime) -> str | None:
    """This will say why the user may not confirm a delegation, or None: the head of each department, or a security administrator."""
    if user.person_id in (delegation.grantor_id, delegation.delegate_id):
        return _("委托由第三人确认，委托人和受托人都不能确认")
    own = [grant for grant in user.grants(now) if grant.person_id == user.person_id]
    if any(grant.role == "secadmin" for grant in own):
        return None
    headed = {grant.department_id for grant in own if grant.role == "head"}
    places = set(delegation.lent.values_list("grant__department_id", flat=True))
    return None if places and places <= headed else _("委托由本单位主要负责人或安全管理员确认")


def _check_days(starts_on: date, ends_on: date, today: date) -> None:
    if starts_on < today:
        raise Invalid(_("开始日期不能早于今天"), field="starts_on")
    if ends_on < starts_on:
        raise Invalid(_("结束日期不能早于开始日期"), field="ends_on")
    if ends_on - starts_on >= timedelta(days=LONGEST):
        raise Invalid(_("一次委托最长 %(most)d 天；更久的请安全管理员授予角色") % {"most": LONGEST}, field="ends_on")


def _reason(text: str) -> str:
    plain = text.strip()
    if not plain or len(plain) > REASON_LIMIT:
        raise Invalid(_("请写明事由，最多 %(most)d 字") % {"most": REASON_LIMIT}, field="reason")
    return plain


def _check_grants(actor: User, grants: list[RoleGrant], now: datetime) -> None:
    if not grants:
        raise Invalid(_("请至少选一项职责"), field="grants")
    own = {grant.pk for grant in lendable(actor, now)}
    for grant in grants:
        if grant.pk not in own:
            words = {"role": roles.label(grant.role)}
            raise NotAllowed(_("只能委托本人现有的职责；“%(role)s”不是本人的，或者不能委托") % words, field="grants")


def _check_delegate(actor: User, delegate: Person, grants: list[RoleGrant], now: datetime) -> None:
    if delegate.pk == actor.person_id:
        raise Invalid(_("不能委托给本人"), field="delegate")
    held = list(RoleGrant.objects.in_force(now).filter(person=delegate))
    if any(grant.role in roles.THE_THREE for grant in held):
        raise Conflict(_("系统、安全、审计管理员不能代办业务（三员分立）"), field="delegate")
    places = {grant.department_id for grant in held if grant.role in roles.LENDABLE}
    if not {grant.department_id for grant in grants} <= places:
        raise Invalid(_("受托人须是同一单位的工作人员"), field="delegate")


def _check_free(person_id: UUID | None, grants: list[RoleGrant], starts_on: date, ends_on: date) -> None:
    meeting = Delegation.objects.filter(
        grantor_id=person_id, ended_on=None, starts_on__lte=ends_on, ends_on__gte=starts_on, lent__grant__in=grants
    )
    if meeting.exists():
        raise Conflict(_("这几天已经委托过同一项职责，请先终止那一项"), field="starts_on")


def _check_still_held(delegation: Delegation, now: datetime) -> None:
    grants = [lent.grant for lent in delegation.lent.select_related("grant")]
    held = RoleGrant.objects.in_force(now).filter(pk__in=[grant.pk for grant in grants]).count()
    if held < len(grants):
        raise Conflict(_("委托的职责有的已经终止，请重新委托"))
    user = User.objects.filter(person_id=delegation.grantor_id).order_by("username").first()
    if user is not None:
        _check_delegate(user, delegation.delegate, grants, now)


def _today(now: datetime) -> date:
    return timezone.localtime(now).date()
