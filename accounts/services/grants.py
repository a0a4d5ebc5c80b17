"""Granting and revoking roles: one security administrator asks, another confirms; revoking bites on the next request."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts import roles
from accounts.models import AdminProposal, Department, Person, RoleGrant
from accounts.services import second_person
from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid, NotAllowed


def propose(
    *,
    actor: Actor,
    person: Person,
    role: str,
    department: Department,
    reason: str,
    now: datetime,
    valid_to: datetime | None = None,
) -> AdminProposal:
    """Ask for a role for a person at a department, until `valid_to` where given.

    :raises Conflict: where the person holds a role that excludes it. :raises NotAllowed: where it is for oneself.
    """
    return second_person.propose(
        actor=actor,
        name="people:propose_grant",
        kind=AdminProposal.Kind.GRANT,
        reason=reason,
        now=now,
        check=lambda: _check(actor, person, role, valid_to, now),
        person=person,
        department=department,
        facts={"role": role, "valid_to": valid_to.isoformat() if valid_to else None},
    )


def propose_revoke(*, actor: Actor, grant: RoleGrant, reason: str, now: datetime) -> AdminProposal:
    """Ask for the end of a grant.

    :raises Conflict: where it has ended.
    """
    return second_person.propose(
        actor=actor,
        name="people:propose_revoke",
        kind=AdminProposal.Kind.REVOKE,
        reason=reason,
        now=now,
        check=lambda: _check_running(grant, now),
        person=grant.person,
        department=grant.department,
        grant=grant,
        facts={"role": grant.role},
    )


def give(proposal: AdminProposal, *, now: datetime) -> RoleGrant:
    """Carry out a confirmed grant; call it inside the act that confirms.

    :raises Conflict: where an excluding role came in between.
    """
    role = str(proposal.facts["role"])
    until = proposal.facts.get("valid_to")
    person = Person.objects.get(pk=str(proposal.person_id))
    check_exclusion(person, role, now)
    grant = RoleGrant(
        person=person,
        role=role,
        department=proposal.department,
        valid_from=now,
        valid_to=datetime.fromisoformat(until) if until else None,
        granted_by=proposal.proposed_by,
        confirmed_by=proposal.decided_by,
    )
    grant.save()
    proposal.grant = grant
    proposal.save()
    return grant


def take(proposal: AdminProposal, *, now: datetime) -> RoleGrant:
    """Carry out a confirmed revocation; call it inside the act that confirms."""
    grant: RoleGrant = RoleGrant.objects.select_for_update().get(pk=proposal.grant_id)
    _check_running(grant, now)
    grant.valid_to = now
    grant.save()
    return grant


def check_exclusion(person: Person, role: str, now: datetime) -> None:
    """Refuse a role that cannot be held with what the person holds or will hold (三员分立).

    :raises Conflict: naming both roles.
    """
    held = RoleGrant.objects.filter(person=person).not_ended(now).values_list("role", flat=True)
    other = roles.exclusion(role, held)
    if other:
        values = {"name": person.name, "other": roles.label(other), "role": roles.label(role)}
        raise Conflict(
            _("%(name)s现有角色%(other)s，不能兼任%(role)s：系统管理员、安全管理员、安全审计员互斥，也不与业务角色兼任")
            % values,
            field="role",
        )


def _check(actor: Actor, person: Person, role: str, valid_to: datetime | None, now: datetime) -> None:
    if role not in roles.NAMES:
        raise Invalid(_("请从列表中选择角色"), field="role")
    if valid_to is not None and valid_to <= now:
        raise Invalid(_("截止时间应晚于现在"), field="valid_to")
    if actor.person_id == person.pk:
        raise NotAllowed(_("不能给自己授予角色"))
    check_exclusion(person, role, now)


def _check_running(grant: RoleGrant, now: datetime) -> None:
    if grant.valid_to is not None and grant.valid_to <= now:
        raise Conflict(_("这项授予已经终止"))
