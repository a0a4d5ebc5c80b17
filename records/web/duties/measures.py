"""The sanctions of one record: each from the list, with its basis, its first and its last day, and why it ended."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts import policy, wording
from records.models import CLAIM_GRANTED, AccountabilityCase, MitigationClaim, RecordResponsibility, ResponsibilityState
from records.services import accountability, mitigation, responsibility
from records.services.rectification import ordering
from records.web.duties import words
from records.web.pages import RecordView
from records.workflow.duties.kind import ACCOUNTABILITY_KIND, MITIGATION_KIND, RESPONSIBILITY_KIND
from rules import codes


class MeasuresPage(RecordView, TemplateView):
    """What binds today because of a record, who answers for it, and what was claimed against it."""

    template_name = "staff/duties/measures.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will gather sanctions, persons, claims and cases, and what the reader may start."""
        return super().get_context_data(
            **self.frame(),
            measures=self._measures(),
            note=words.mitigation_note(self.record),
            persons=self._persons(),
            cases=self._cases(),
            claims=self._claims(),
            starts=self._starts(),
            **more,
        )

    def _measures(self) -> list[dict[str, Any]]:
        return [
            {
                "what": codes.label("sanction", each.code),
                "basis": each.basis,
                "starts": wording.day(each.starts_on),
                "until": words.until(each),
                "state": each.get_state_display(),
                "is_active": each.state == "active",
                "why": words.cause(each),
                "lightened": wording.day(each.lightened_on),
            }
            for each in self.record.measures.order_by("starts_on", "code", "id")
        ]

    def _persons(self) -> list[dict[str, Any]]:
        rows = RecordResponsibility.objects.visible_to(self.user, self.now).filter(record=self.record)
        rows = rows.exclude(state=ResponsibilityState.REMOVED).select_related("official__person")
        return [
            {
                "name": each.official.person.name,
                "post": each.post_title,
                "kind": codes.label("responsibility", each.kind),
                "share": each.share,
                "state": each.state,
                "url": RESPONSIBILITY_KIND.address(each),
            }
            for each in rows.order_by("-share", "id")
        ]

    def _cases(self) -> list[dict[str, Any]]:
        rows = AccountabilityCase.objects.visible_to(self.user, self.now).filter(links__record=self.record)
        return [_row(each, ACCOUNTABILITY_KIND) for each in rows.select_related("department").order_by("number")]

    def _claims(self) -> list[dict[str, Any]]:
        rows = MitigationClaim.objects.visible_to(self.user, self.now).filter(record=self.record)
        return [_row(each, MITIGATION_KIND) for each in rows.select_related("record").order_by("number")]

    def _starts(self) -> list[dict[str, Any]]:
        """What the reader may start from here; what is not his is left out, its page would say why."""
        user, record, now = self.user, self.record, self.now
        closed = {
            "duties:order": ordering.refusal(actor=user, record=record, now=now),
            "duties:name": responsibility.refusal(actor=user, record=record, now=now),
            "duties:open_accountability": accountability.refusal(actor=user, unit=record.subject_department, now=now),
            "duties:claim": mitigation.refusal(actor=user, record=record, now=now),
        }
        labels = {
            "duties:order": _("责令限期整改"),
            "duties:name": _("列明责任人员"),
            "duties:open_accountability": _("启动责任追究"),
            "duties:claim": _("申请从轻或免于惩戒"),
        }
        return [
            {"label": labels[name], "url": reverse(name, args=[record.pk])}
            for name, why in closed.items()
            if why is None and policy.allows(user=user, name=name, now=now).allowed
        ]


def _row(case: Any, kind: Any) -> dict[str, Any]:
    return {"kind": kind.name, "state": case.state, "title": kind.title(case), "number": kind.number(case),
            "url": kind.address(case), "is_granted": case.state in CLAIM_GRANTED}  # fmt: skip
