"""The hearing before recognition: the notice as a page to print, its delivery, the subject's statement or waiver."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts import wording
from records.models import PriorNotice
from records.services import notice
from records.web.forms import acts as forms
from records.web.pages import RecordAct, RecordView
from records.workflow import guards
from rules import clock, explaining


class NoticeSheet(RecordView, TemplateView):
    """The prior notice in its official form: facts, basis, consequence, rights; made for paper."""

    template_name = "staff/records/notice.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show the notice that was served, or the one that would be."""
        served = PriorNotice.objects.filter(record=self.record, edition=self.record.edition).first()
        text = served or notice.text(record=self.record, now=self.now)
        last_day = guards.heard_until(served) if served else None
        today = clock.local_day(self.now)
        return super().get_context_data(
            **self.frame(), served=served, last_day=last_day, text=text, today=today, **more
        )


class Deliver(RecordAct):
    """The reviewer records that the notice reached the subject; the period for a statement starts."""

    form_class = forms.DeliveryForm
    question = gettext_lazy("登记告知书的送达")
    keeps = explaining.filling(
        gettext_lazy(
            "从送达次日起 {record.prior_notice_days}内，当事人可以陈述申辩；期满或收到陈述、放弃声明后，转信用牵头部门认定。"
        )
    )
    verb = gettext_lazy("登记送达")

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep the delivery and start the period."""
        notice.deliver(
            actor=self.user, record=self.record, method=kept["method"], received_by=kept["received_by"],
            delivered_on=kept["delivered_on"], version=kept["version"], now=self.now,
        )  # fmt: skip

    def done_words(self) -> str:
        """This will say until when the subject may speak."""
        served = PriorNotice.objects.filter(record=self.record).order_by("-edition").first()
        if served is None:
            return _("已登记送达。")
        return _("已登记送达。当事人可以陈述申辩到 %(day)s。") % {"day": wording.day(guards.heard_until(served))}


class State(RecordAct):
    """The subject's statement is put on record."""

    form_class = forms.StatementForm
    question = gettext_lazy("登记当事人的陈述申辩")
    keeps = gettext_lazy("登记后转信用牵头部门认定；认定时必须答复。")
    verb = gettext_lazy("登记陈述申辩")
    done = gettext_lazy("已登记陈述申辩，现在待认定。认定人必须逐条答复。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep the statement."""
        notice.state(
            actor=self.user, record=self.record, text=kept["text"], received_on=kept["received_on"],
            version=kept["version"], now=self.now,
        )  # fmt: skip


class Waive(RecordAct):
    """The subject gives up his statement."""

    form_class = forms.WaiverForm
    question = gettext_lazy("登记当事人放弃陈述申辩")
    keeps = gettext_lazy("须有当事人书面声明；登记后转信用牵头部门认定，不再等期满。")
    verb = gettext_lazy("登记放弃")
    done = gettext_lazy("已登记放弃陈述申辩，现在待认定。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep the waiver."""
        notice.waive(
            actor=self.user, record=self.record, received_on=kept["received_on"], version=kept["version"],
            now=self.now,
        )  # fmt: skip
