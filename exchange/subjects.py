"""What a report is about, for pages: rooms above say here which of their pages shows a subject."""

from __future__ import annotations

from uuid import UUID

from django.urls import NoReverseMatch, reverse

_pages: dict[str, str] = {}


def register(*, resource: str, page: str) -> None:
    """This will let deliveries of a resource link to a page (a url name that takes the subject's id as ``pk``)."""
    _pages[resource] = page


def address(resource: str, subject_id: UUID) -> str:
    """This will give the address of the subject's page, or an empty text where no room has said one."""
    page = _pages.get(resource)
    if page is None:
        return ""
    try:
        return reverse(page, kwargs={"pk": subject_id})
    except NoReverseMatch:
        return ""
