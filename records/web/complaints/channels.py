"""The register of channels for those who keep it, and the public page that tells where to turn to."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from records.models import ReportChannel
from records.selectors.complaints import registers
from records.services.complaints import channels
from records.services.complaints.channels import Way
from records.web.complaints.plain import RegisterAct
from records.web.complaints.register_forms import ChannelChangeForm, ChannelForm
from records.web.pages import StaffRequest
from rules import clock


class Channels(TemplateView):
    """The channels of the offices the reader keeps."""

    request: StaffRequest
    template_name = "staff/complaints/channels.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will list them, open and closed."""
        rows = registers.kept_channels(user=self.request.user, now=clock.now())
        return super().get_context_data(heading=_("监督渠道"), rows=rows, **more)


class OpenChannel(RegisterAct):
    """A channel is put on the register."""

    form_class = ChannelForm
    heading = gettext_lazy("登记监督渠道")
    lead = gettext_lazy("保存后立刻出现在公开页面上。")
    verb = gettext_lazy("登记渠道")
    done = gettext_lazy("已登记，公开页面已更新。")

    def get_initial(self) -> dict[str, Any]:
        """This will mark the form, so that its second sending makes nothing new."""
        return {**super().get_initial(), "key": uuid4(), "is_active": True}

    def back(self) -> str:
        """This will lead to the register."""
        return reverse("complaints:channels")

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep it."""
        channels.open_channel(
            actor=self.user, department=kept["department"], way=_way(kept), key=kept["key"], now=self.now
        )


class ChangeChannel(RegisterAct):
    """A channel is changed or closed."""

    form_class = ChannelChangeForm
    heading = gettext_lazy("修改监督渠道")
    lead = gettext_lazy("保存后立刻出现在公开页面上；停用的不再显示。")
    verb = gettext_lazy("保存")
    done = gettext_lazy("已保存，公开页面已更新。")
    channel: ReportChannel

    def find(self) -> None:
        """This will find the channel among those the reader keeps."""
        found = next(
            (row for row in registers.kept_channels(user=self.user, now=self.now) if row.pk == self.kwargs["pk"]), None
        )
        if found is None:
            raise Http404
        self.channel = found

    def get_initial(self) -> dict[str, Any]:
        """This will show the channel as it stands."""
        names = ("code", "name", "contact", "hours", "is_active", "version")
        return {**super().get_initial(), **{name: getattr(self.channel, name) for name in names}}

    def back(self) -> str:
        """This will lead to the register."""
        return reverse("complaints:channels")

    def act(self, kept: dict[str, Any]) -> None:
        """This will change it."""
        channels.change(actor=self.user, channel=self.channel, way=_way(kept), version=kept["version"], now=self.now)


def _way(kept: dict[str, Any]) -> Way:
    return Way(kept["code"], kept["name"], kept["contact"], kept["hours"], kept["is_active"])


def public(request: HttpRequest) -> HttpResponse:
    """Say to everybody where he can turn to; this will touch no session."""
    context = {"groups": registers.public_channels(), "current": "report"}
    return render(request, "public/report/channels.html", context)
