"""The subject's own view: what is on file, who looked and why, what is public, what can be done by when (row 32)."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.views.generic import TemplateView

from records.models import IntegrityArchive
from records.selectors.archives import chances, looks, mine, sections
from records.selectors.archives.sections import Reader, Whom
from records.services.archives import opening
from records.web.archives import subjects
from records.web.pages import StaffRequest
from rules import clock


class Mine(TemplateView):
    """One's own archive, or that of a unit one speaks for (``?of=`` in the order of the list)."""

    request: StaffRequest
    template_name = "staff/archives/mine.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will gather the own archive; somebody who is no official and speaks for no unit is told so."""
        user, now = self.request.user, clock.now()
        grants = user.grants(now)
        own = mine.own(user, grants)
        if not own:
            return super().get_context_data(own=[], **more)
        place = self._place(len(own))
        whom, archive = own[place], _archive(own[place])
        reader = Reader(user, grants, now, is_subject=True)
        context = {
            "own": [_tab(each, index, place) for index, each in enumerate(own)],
            "whom": whom,
            "archive": archive,
            "chances": subjects.chances(chances.of(whom, reader)),
            "public": mine.public(whom, on=clock.local_day(now)),
            "sections": subjects.sections(sections.gather(whom, reader)),
            "looks": looks.of(archive),
        }
        return super().get_context_data(**context, **more)

    def _place(self, count: int) -> int:
        typed = self.request.GET.get("of", "0")
        place = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else -1
        if not 0 <= place < count:
            raise Http404
        return place


def _archive(whom: Whom) -> IntegrityArchive:
    now = clock.now()
    if whom.official is not None:
        return opening.of_official(official=whom.official, now=now)
    return opening.of_unit(department=whom.department, now=now)


def _tab(whom: Whom, index: int, place: int) -> dict[str, Any]:
    label = whom.official.person.name if whom.official is not None else whom.department.name
    return {
        "label": label,
        "url": f"{reverse('archives:mine')}?of={index}",
        "count": None,
        "is_current": index == place,
    }
