"""Publication: each hit of the text scan is masked or explained first; then the record is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import wording
from ledger.refusals import Refused
from records.models import DishonestyRecord
from records.selectors import consequences
from records.services import correction, publication
from records.web import buttons, scanning
from records.web.forms import acts as forms
from records.web.pages import AsksOfReporter, RecordView, record_url
from records.workflow import publicity, reporters
from rules import clock

AROUND = 24


@dataclass(frozen=True)
class ShownHit:
    """One hit with the words around it, and what can be done about it."""

    key: str
    words: str
    before: str
    text: str
    after: str
    may_mask: bool


class Publish(AsksOfReporter):
    """The approver publishes; while hits are open the button stays closed and says so."""

    form_class = forms.PublicationForm
    template_name = "staff/records/scan.html"
    question = gettext_lazy("公示这条记录？")
    keeps = gettext_lazy("公示后任何人都能看到事实、依据和公示到哪一天；到期当日 24 时自动撤下。")
    verb = gettext_lazy("公示")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show the open hits and what publishing brings."""
        may_mask = buttons.may(buttons.of(user=self.user, record=self.record, now=self.now), ["correct"])
        hits = [_shown(self.record, hit, may_mask) for hit in publicity.open_hits(self.record)]
        lines = consequences.preview(self.record, now=self.now)
        asked = reporters.STATEMENT if reporters.must_ask(self.record) else ""
        return super().get_context_data(hits=hits, consequences=lines, asked=asked, **more)

    def act(self, kept: dict[str, Any]) -> None:
        """This will publish the record."""
        publication.publish(
            actor=self.user,
            record=self.record,
            reason=kept["reason"],
            version=kept["version"],
            now=self.now,
            points_to_nobody=kept.get(reporters.FIELD, False),
        )

    def done_words(self) -> str:
        """This will say until when it is shown."""
        if self.record.public_until:
            return _("已公示，公示到 %(day)s。") % {"day": wording.day(self.record.public_until)}
        return _("已公示。")


class Acknowledge(RecordView):
    """A hit is no personal data, and somebody says why."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """This will keep the reason beside the hit."""
        try:
            publication.acknowledge(
                actor=self.user, record=self.record, key=request.POST.get("hit", "")[:200],
                reason=request.POST.get("reason", ""), now=self.now,
            )  # fmt: skip
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("已记为误报，理由会随记录保存。"))
        return redirect(reverse("records:publish", args=[self.record.pk]))


class Mask(RecordView):
    """A hit in a record in force is masked: a correction that a second person signs."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """This will propose the masked text."""
        masked = scanning.masked(self.record, request.POST.get("hit", ""))
        try:
            correction.propose(
                actor=self.user, record=self.record, filing=masked, reason=_("遮去文字扫描命中的个人信息"),
                version=_version(request, self.record), points_to_nobody=bool(request.POST.get(reporters.FIELD)),
                now=self.now,
            )  # fmt: skip
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(reverse("records:publish", args=[self.record.pk]))
        messages.success(request, _("已提议遮去，等另一名认定人签署。"))
        return redirect(record_url(self.record))


class ProposeOfficialPublication(AsksOfReporter):
    """An official's record is shown only on a legal basis, with two signatures."""

    form_class = forms.OfficialPublicationForm
    question = gettext_lazy("提议公示公职人员的记录？")
    keeps = gettext_lazy("公职人员的记录默认不公示。须有法律依据、另一名认定人签署，且平台已开启；公示时只显示姓氏。")
    verb = gettext_lazy("提议公示")
    done = gettext_lazy("已提议公示，等另一名认定人签署。")

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will hand the form the day of the lists."""
        return super().get_form_kwargs() | {"today": clock.local_day(self.now)}

    def act(self, kept: dict[str, Any]) -> None:
        """This will open the proposal."""
        publication.propose(
            actor=self.user, record=self.record, basis=kept["basis"], reason=kept["reason"],
            version=kept["version"], points_to_nobody=kept.get(reporters.FIELD, False), now=self.now,
        )  # fmt: skip


def _shown(record: DishonestyRecord, hit: publicity.Found, may_mask: bool) -> ShownHit:
    text = str(getattr(record, hit.field, ""))
    return ShownHit(
        key=hit.key, words=scanning.words(hit), before=text[max(0, hit.start - AROUND) : hit.start],
        text=text[hit.start : hit.end], after=text[hit.end : hit.end + AROUND], may_mask=may_mask,
    )  # fmt: skip


def _version(request: HttpRequest, record: DishonestyRecord) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1
