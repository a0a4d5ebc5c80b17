"""Registering officials and their posts (人事); numbers are sealed on the way in."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.identifiers import naming
from accounts.models import Department, Official, Person, Post
from accounts.ranks import Leadership, PersonnelKind, Rank
from accounts.services import persons
from accounts.services.permission import permitted
from ledger.actors import Actor
from ledger.refusals import Conflict, Invalid


def register(
    *,
    actor: Actor,
    department: Department,
    personnel_kind: str,
    now: datetime,
    name: str = "",
    id_number: str = "",
    phone: str = "",
    rank_code: str = "",
    person: Person | None = None,
) -> Official:
    """Enter an official of `department`: a person we have (`person`), or a new one with name, number and telephone.

    :raises Invalid: naming the field. :raises Conflict: where the person is an official already.
    """
    with permitted(
        kind="accounts.register_official",
        actor=actor,
        name="people:register_official",
        department=department,
        now=now,
    ) as opened:
        _check_code(personnel_kind, PersonnelKind.values, "personnel_kind")
        if rank_code:
            _check_code(rank_code, Rank.values, "rank_code")
        if person is None:
            person = persons.register(
                actor=actor, name=name, id_number=id_number, phone=phone, official=True, now=now, role="personnel"
            )
        elif Official.objects.filter(person=person).exists():
            raise Conflict(_("该人已经登记为公职人员"))
        official = Official(person=person, personnel_kind=personnel_kind, rank_code=rank_code, department=department)
        official.save()
        opened.about(official)
    return official


def add_post(
    *,
    actor: Actor,
    official: Official,
    department: Department,
    title: str,
    leadership_code: str,
    held_from: date,
    now: datetime,
    held_to: date | None = None,
) -> Post:
    """Enter a post held from a day (to a day); a post at another department makes that his department from then on.

    :raises Invalid: naming the field.
    """
    with permitted(
        kind="accounts.add_post", actor=actor, name="people:add_post", obj=official, department=department, now=now
    ):
        _check_code(leadership_code, Leadership.values, "leadership_code")
        if held_to is not None and held_to <= held_from:
            raise Invalid(_("免职日期应晚于任职日期"), field="held_to")
        post = Post(
            official=official,
            department=department,
            title=naming.clean(title, label=_("职务"), longest=60, field="title"),
            leadership_code=leadership_code,
            held_from=held_from,
            held_to=held_to,
        )
        post.save()
        if held_to is None and official.department_id != department.pk:
            official.department = department
            official.save()
    return post


def end_post(*, actor: Actor, post: Post, held_to: date, now: datetime) -> Post:
    """Enter the first day on which a post was no longer held.

    :raises Invalid: where it is not after the first day. :raises Conflict: where the post has ended already.
    """
    with permitted(
        kind="accounts.end_post",
        actor=actor,
        name="people:end_post",
        obj=post.official,
        department=post.department,
        now=now,
    ):
        if post.held_to is not None:
            raise Conflict(_("这个职务已经登记免职日期"))
        if held_to <= post.held_from:
            raise Invalid(_("免职日期应晚于任职日期"), field="held_to")
        post.held_to = held_to
        post.save()
    return post


def _check_code(code: str, allowed: list[str], field: str) -> None:
    if code not in allowed:
        raise Invalid(_("请从列表中选择"), field=field)
