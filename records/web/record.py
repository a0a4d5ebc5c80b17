"""The record page: where it stands, what it says, what changed, how its days came about, what one may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts import policy, recusals, wording
from exchange.models import Delivery
from records.models import RecordState
from records.selectors import consequences, differences, history
from records.services import evidence, looking
from records.web import buttons, content, doors, scanning, steps, strips
from records.web.acts import proposals
from records.web.pages import RecordView
from records.workflow import guards, publicity
from records.workflow.record import RECORD
from rules import codes
from rules.workflow import GuardContext

BEFORE = (
    RecordState.DRAFT, RecordState.RETURNED, RecordState.PENDING_REVIEW, RecordState.NOTIFIED,
    RecordState.PENDING_APPROVAL,
)  # fmt: skip


class RecordPage(RecordView, TemplateView):
    """One record, for whoever may see it."""

    template_name = "staff/records/record.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will show the page, and note afterwards that the person has seen this version."""
        page = render(request, self.template_name, self.get_context_data(**kwargs))
        looking.look(user=self.user, record=self.record, now=self.now)
        return page

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will gather what the page prints."""
        offered = buttons.of(user=self.user, record=self.record, now=self.now)
        running = strips.of(self.record, reader=self.user, now=self.now)
        mine = buttons.may(offered, buttons.MAIN)
        standing = steps.standing(self.record, strips=running, mine=mine)
        return super().get_context_data(
            **self.frame(), **self._said(offered), **self._happened(standing), **self._may(offered), strips=running,
            deadlines=running, steps=steps.of(self.record, strips=running, mine=mine), standing=standing, **more,
        )  # fmt: skip

    def _said(self, offered: buttons.Buttons) -> dict[str, Any]:
        """The content and its marks."""
        record = self.record
        hits = publicity.hits(record)
        correct = reverse("records:correct", args=[record.pk]) if buttons.may(offered, ("correct",)) else ""
        return {
            "source_type": codes.label("source_type", record.source_type) if record.source_type else "",
            "degree": record.severity or record.severity_proposed,
            "content": content.facts(record, correct_url=correct),
            "hits": content.scanned(record, hits, scanning.words, self.now),
            "evidence": record.evidence.filter(removed_at=None).order_by("added_at", "id"),
            "notices": [(served, guards.heard_until(served)) for served in record.notices.order_by("edition")],
            "statements": record.statements.order_by("received_on", "id"),
        }

    def _happened(self, standing: steps.Standing) -> dict[str, Any]:
        """What changed, what happened, what follows."""
        record = self.record
        look = record.looks.filter(person_id=self.user.person_id).first()
        is_open = record.state in BEFORE
        return {
            "last_look": look,
            "changes": differences.since_last_look(user=self.user, record=record) if look else [],
            "events": events(history.timeline(record=record, now=self.now), standing),
            "duties": content.duties(record, reader=self.user, now=self.now),
            "deliveries": content.deliveries(record, url=self._delivery_url()),
            "consequences": consequences.preview(record, now=self.now) if is_open and record.decided_on else [],
            "consequences_title": _("如果今天认定，会发生"),
            **self._public(),
        }

    def _delivery_url(self) -> Callable[[Delivery], str]:
        """The way to a delivery's page, for whom it is open; a link one may not follow is no link."""
        allowed = policy.allows(user=self.user, name="exchange:delivery", now=self.now).allowed
        return lambda delivery: reverse("exchange:delivery", args=[delivery.pk]) if allowed else ""

    def _public(self) -> dict[str, str]:
        """The way to the public page and its proof, while there is one."""
        if self.record.state != RecordState.DISCLOSED:
            return {}
        return {
            "public_url": reverse("public:document", args=[self.record.pk]),
            "proof_url": reverse("public_api:document_proof", args=[self.record.pk]),
        }

    def _may(self, offered: buttons.Buttons) -> dict[str, Any]:
        """What the reader may do, and who had a part."""
        user, record = self.user, self.record
        tie = recusals.between(
            person_id=user.person_id, department=record.subject_department,
            subject_person_id=RECORD.subject_person_of(record), now=self.now,
        )  # fmt: skip
        edit = RECORD.arrows["edit"]
        closed = RECORD.standing_of(record, user, self.now).refusal(edit, None, self.now, edit.roles)
        closes = closed or guards.impartial(GuardContext(record, user, self.now))
        return {
            "arrows": offered.here,
            "elsewhere": offered.elsewhere,
            "act_words": offered.words,
            "doors": doors.of(record, user=user, now=self.now),
            "proposals": proposals.waiting(record, user=user, now=self.now),
            "hands": content.hands(record, me=user.person_id),
            "tie": tie or "",
            "may_attach": closes is None and record.state in evidence.KINDS_BY_STATE,
        }


def events(told: list[history.Step], standing: steps.Standing) -> list[dict[str, str]]:
    """This will give the past, where the record is now, and the days to come."""
    now = {"phase": "now", "when": _("现在"), "iso": "", "title": standing.title, "text": ""}
    past = [event(each) for each in told if not each.is_future]
    return [*past, now, *(event(each) for each in told if each.is_future)]


def event(step: history.Step) -> dict[str, str]:
    """This will turn one step of the history into a line of the timeline."""
    title = step.title if step.is_future or not step.who else f"{step.who}：{step.title}"
    when = wording.day(step.day) if step.at is None else wording.moment_short(step.at)
    phase = "future" if step.is_future else "past"
    return {"phase": phase, "when": when, "iso": step.day.isoformat(), "title": title, "text": step.note}
