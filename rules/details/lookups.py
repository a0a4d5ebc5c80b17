"""Units and officials named in details: found by code or name, and kept with the words of the day beside the key."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from accounts import wording
from accounts.identifiers import uscc
from accounts.models import Department, Post
from ledger.refusals import Invalid


def unit(text: str, *, on: date) -> dict[str, str]:
    """
    This will find a unit by its code or a name it has or had, and give key, name and code as they are kept.

    :raises Invalid: no unit, or more than one, is called that
    """
    typed = text.strip()
    found = list(_by_code(typed, on) if typed.isascii() else _by_name(typed, on))
    if len(found) > 1:
        raise Invalid(_("有不止一个单位叫“%(name)s”，请填统一社会信用代码") % {"name": typed[:60]})
    if not found:
        raise Invalid(_("部门名录里没有“%(name)s”，请填单位全称或统一社会信用代码") % {"name": typed[:60]})
    return {"id": str(found[0].pk), "name": found[0].name_on(on), "code": found[0].uscc}


def _by_code(typed: str, on: date) -> list[Department]:
    return list(Department.objects.existing_on(on).coded(uscc.clean(typed, field=None)))


def _by_name(typed: str, on: date) -> list[Department]:
    return list(Department.objects.existing_on(on).filter(names__name=typed).order_by("path").distinct()[:2])


def posts(department: Department) -> list[Post]:
    """This will give every post held, now or earlier, in a department and the units below: who answered for a stage is traced back."""
    held = Post.objects.filter(department__path__startswith=department.path)
    return list(held.select_related("official__person", "department").order_by("department__path", "-held_from", "id"))


def post(key: str, *, department: Department | None) -> dict[str, str]:
    """
    This will give key, name and post of an official as they are kept.

    :raises Invalid: the post is not one of this department or the units below
    """
    try:
        chosen = UUID(key)
    except ValueError:
        chosen = None  # type: ignore[assignment]
    found = next((each for each in posts(department) if each.pk == chosen), None) if department and chosen else None
    if found is None:
        raise Invalid(_("请从本单位及下属单位现任、曾任人员中选择"))
    return {
        "id": str(found.official_id), "post_id": str(found.pk), "name": found.official.person.name, "post": found.title,
        "unit": found.department.name, "held_from": found.held_from.isoformat(),
        "held_to": found.held_to.isoformat() if found.held_to else "",
    }  # fmt: skip


def post_words(held: Post) -> str:
    """This will say a post for choosing: name, unit, title, and the days it was held."""
    until = wording.day(held.held_to) if held.held_to else _("至今")
    since = _("%(from)s—%(to)s") % {"from": wording.day(held.held_from), "to": until}
    return f"{held.official.person.name}（{held.department.name} {held.title}，{since}）"
