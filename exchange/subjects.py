"""What a report is about, for pages: rooms above say here which page shows a subject, and how what was refused is put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Stage:
    """
    One thing to do about a refused field, in words (``%(n)d`` stands for the version that follows).

    ``unit`` is the neutral field with the code of the department whose register entry it is done at; a stage that is only
    ``until_corrected`` is over once that code has been corrected there.
    """

    words: str | Promise
    on_subject: bool = False
    unit: str = ""
    until_corrected: bool = False


Way = tuple[Stage, ...]
Ways = Callable[[str, Mapping[str, Any]], Way]
"""From the neutral field that was refused (empty: one the system makes) and what the report said, to what is to be done."""

CORRECT: Way = (Stage(_("改数据，出第 %(n)d 版"), on_subject=True),)
ASK: Way = (Stage(_("由系统生成，请系统管理员同省信用平台核对")),)
"""Nobody can write the field otherwise: the two systems have to be compared."""
UNNAMED: Way = (Stage(_("平台没有说是哪一项，请系统管理员同省信用平台核对")),)
ENDED: Way = (Stage(_("已经结束，不再出新版；请系统管理员同省信用平台核对")),)

_pages: dict[str, str] = {}
_ways: dict[str, Ways] = {}


def register(*, resource: str, page: str, ways: Ways) -> None:
    """
    This will let deliveries of a resource link to a page, and say how a refused one is put right.

    :param page: a url name that takes the subject's id as ``pk``
    """
    _pages[resource] = page
    _ways[resource] = ways


def address(resource: str, subject_id: UUID) -> str:
    """This will give the address of the subject's page, or an empty text where no room has said one."""
    page = _pages.get(resource)
    if page is None:
        return ""
    try:
        return reverse(page, kwargs={"pk": subject_id})
    except NoReverseMatch:
        return ""


def way(resource: str, field: str, told: Mapping[str, Any]) -> Way:
    """This will say what is to be done about a refused neutral field; where no room has said it, that the data be changed."""
    ways = _ways.get(resource)
    return ways(field, told) if ways else CORRECT
