"""The corps of social supervisors: who was appointed for what and until when."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from records.models import SocialSupervisor
from records.selectors.complaints import registers
from records.services.complaints import corps
from records.services.complaints.corps import Letter
from records.web.complaints.plain import RegisterAct
from records.web.complaints.register_forms import AppointForm, TermForm
from records.web.pages import StaffRequest
from rules import clock
from rules.clock import local_day


class Corps(TemplateView):
    """The appointments of the offices the reader appoints for."""

    request: StaffRequest
    template_name = "staff/complaints/corps.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will list them, the running ones first."""
        now = clock.now()
        rows = registers.appointments(user=self.request.user, now=now)
        return super().get_context_data(heading=_("社会监督员"), rows=rows, today=local_day(now), **more)


class Appoint(RegisterAct):
    """Somebody is appointed."""

    form_class = AppointForm
    heading = gettext_lazy("聘任社会监督员")
    lead = gettext_lazy("聘期内可以登录提交监督线索；期满自动停止，公开页面照样能用。")
    verb = gettext_lazy("登记聘任")
    done = gettext_lazy("已登记聘任。账号还要有“社会监督员”角色才能登录提交。")

    def get_initial(self) -> dict[str, Any]:
        """This will mark the form, so that its second sending makes nothing new."""
        return {**super().get_initial(), "key": uuid4()}

    def back(self) -> str:
        """This will lead to the register."""
        return reverse("complaints:corps")

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep the letter."""
        letter = Letter(kept["field"], kept["number"], kept["term_from"], kept["term_until"], kept["contact"])
        corps.appoint(
            actor=self.user, person=kept["person"], department=kept["department"], letter=letter, key=kept["key"],
            now=self.now,
        )  # fmt: skip


class ChangeTerm(RegisterAct):
    """A term is prolonged or cut short."""

    form_class = TermForm
    heading = gettext_lazy("调整聘期")
    lead = gettext_lazy("最后一天过后，不能再以社会监督员的身份提交线索。")
    verb = gettext_lazy("保存聘期")
    done = gettext_lazy("已调整聘期。")
    appointment: SocialSupervisor

    def find(self) -> None:
        """This will find the appointment among those the reader may see."""
        found = registers.appointment(user=self.user, key=self.kwargs["pk"], now=self.now)
        if found is None:
            raise Http404
        self.appointment = found

    def get_initial(self) -> dict[str, Any]:
        """This will show the last day as it stands."""
        held = self.appointment
        return {**super().get_initial(), "version": held.version, "term_until": held.term_until}

    def back(self) -> str:
        """This will lead to the register."""
        return reverse("complaints:corps")

    def act(self, kept: dict[str, Any]) -> None:
        """This will move the day."""
        corps.change_term(
            actor=self.user, appointment=self.appointment, term_until=kept["term_until"], version=kept["version"],
            now=self.now,
        )  # fmt: skip
