"""期限怎么算的: one deadline day by day, with its rule, its pauses and what a new calendar did to it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from rules import clock, deadlines, explaining, profiles
from rules.models import Deadline
from rules.web.calendar import actor_of


class DeadlinePage(View):
    """A deadline of a department the person may see; of any other it is as if it did not exist."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Draw the derivation kept with the deadline."""
        deadline = Deadline.objects.filter(pk=pk).select_related("owner_department").first()
        if deadline is None or not deadlines.visible_to([deadline], user=actor_of(request), now=clock.now()):
            raise Http404
        derived = deadlines.kept_derivation(deadline)
        context = {
            "deadline": deadline,
            "derived": derived,
            "days": explaining.strip(derived, today=clock.local_day(clock.now())),
            "sentence": explaining.sentence(derived),
            "ground": explaining.ground(derived),
            "amount": explaining.amount(derived),
            "owner": deadlines.owner_words(deadline),
            "profile": profiles.NAMES.get(deadline.profile, deadline.profile),
            "pauses": deadline.suspensions.order_by("from_on"),
            "moves": deadline.moves.select_related("confirmed_by__person").order_by("-at"),
        }
        return render(request, "staff/rules/deadline.html", context)
