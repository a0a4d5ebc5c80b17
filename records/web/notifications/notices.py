"""What one was told: the list, marking as read, and where the morning mail goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from accounts.paging import page
from accounts.web.acts import ActPage
from accounts.web.forms import RefusableForm
from exchange.models import Delivery
from records.models import MailPreference, NoticeKind, Notification
from records.selectors.notifications import matters
from records.services.notifications import mails, sending
from records.web.forms.fields import Text, Tick
from records.web.pages import StaffRequest
from rules import clock

PER_PAGE = 30
ICONS = {
    NoticeKind.REMINDER: "clock", NoticeKind.OVERDUE: "warn", NoticeKind.ESCALATION: "flag", NoticeKind.CASE: "info",
    NoticeKind.ALARM: "warn", NoticeKind.DELEGATION: "half",
}  # fmt: skip


class NoticeList(TemplateView):
    """One's own notices, newest first; ``?all=1`` shows the read ones too."""

    request: StaffRequest
    template_name = "staff/notifications/list.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will gather one page, with a way to each case the reader may open."""
        rows = Notification.objects.filter(person_id=self.request.user.person_id)
        unread, whole = rows.filter(read_at=None).count(), rows.count()
        shows_all = self.request.GET.get("all") == "1"
        chosen = rows if shows_all else rows.filter(read_at=None)
        cursor = self.request.GET.get("cursor", "")
        found, following = page(chosen, order=("-at", "id"), limit=PER_PAGE, cursor=cursor, kind="notifications")
        start = reverse("notifications:list")
        chips = [
            {"label": _("未读"), "count": unread, "url": start, "is_current": not shows_all},
            {"label": _("全部"), "count": whole, "url": f"{start}?all=1", "is_current": shows_all},
        ]
        context = {
            "rows": self._rows(found), "chips": chips, "unread": unread, "whole": whole, "shown": len(found), "next_cursor": following,
            "first_url": (f"{start}?all=1" if shows_all else start) if cursor else "", "shows_all": shows_all,
        }  # fmt: skip
        return super().get_context_data(**context, **more)

    def _rows(self, found: list[Notification]) -> list[dict[str, Any]]:
        keys = [(row.object_type, row.object_id) for row in found if row.object_type]
        opened = matters.seen_many(keys, reader=self.request.user, now=clock.now())
        ways = {row.pk: opened.get((row.object_type, row.object_id)) for row in found}
        return [
            {
                "notice": row, "icon": ICONS[NoticeKind(row.kind)],
                "url": matter.address if (matter := ways[row.pk]) else _elsewhere(row),
            }
            for row in found
        ]  # fmt: skip


def _elsewhere(notice: Notification) -> str:
    """An alarm of the exchange leads to all deliveries that need a hand; each reader sees there what is his."""
    return reverse("exchange:deliveries") + "?list=hand" if notice.object_type == Delivery._meta.label_lower else ""


class ReadNotices(View):
    """Mark one notice, or all of them, as read."""

    request: StaffRequest
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """This will mark what is one's own and go back to the list; what is not one's own is left alone."""
        user, now, wanted = self.request.user, clock.now(), request.POST.get("notice", "")
        if wanted == "all":
            count = sending.read_all(user=user, now=now)
            messages.success(request, _("已把 %(n)d 条标为已读") % {"n": count})
        elif (notice := _own(user.person_id, wanted)) is not None:
            sending.read(user=user, notice=notice, now=now)
        return redirect("notifications:list")


def _own(person_id: UUID, key: str) -> Notification | None:
    try:
        return Notification.objects.filter(person_id=person_id, pk=UUID(key)).first()
    except ValueError:
        return None


class MailForm(RefusableForm):
    """Address and wish."""

    address = Text(
        label=gettext_lazy("邮箱"),
        help_text=gettext_lazy("加密保存，只用来发给您本人。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    wants_digest = Tick(label=gettext_lazy("每个工作日早上发一封邮件，列出等我办的事"))


class MailPage(ActPage):
    """Where one's own morning mail goes."""

    form_class = MailForm
    heading = gettext_lazy("每日邮件")
    lead = gettext_lazy(
        "工作日早上 8 点发一封，只列等您办的事的编号、标题和剩余工作日，不含个人信息；没有要办的事就不发。站内提醒不受影响。"
    )
    verb = gettext_lazy("保存")

    def cancel_url(self) -> str:
        """Back to the notices."""
        return reverse("notifications:list")

    def form_arguments(self) -> dict[str, Any]:
        """What is kept now."""
        kept = MailPreference.objects.filter(person_id=self.me().person_id).first()
        address = mails.address_of(kept) if kept else ""
        return {"initial": {"address": address, "wants_digest": kept.wants_digest if kept else False}}

    def perform(self, facts: dict[str, Any]) -> str:
        """Keep it."""
        mails.prefer(actor=self.me(), now=self.now(), **facts)
        messages.success(self.request, _("已保存"))
        return self.cancel_url()
