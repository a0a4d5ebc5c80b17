"""A proposal that waits for its next signature: what it would do, who proposed it, sign or decline."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts import policy, wording
from accounts.models import User
from ledger.refusals import Refused
from records.models import DishonestyRecord
from records.services import correction, publication, withdrawal
from records.web import buttons, conflicts
from records.web.forms.acts import DeclineForm, SignForm
from records.web.pages import RecordView, ask_of_reporter, record_url, show
from records.workflow.record import RECORD
from rules import codes
from rules.models import Proposal, ProposalState
from rules.references import reference
from rules.workflow import proposals


@dataclass(frozen=True)
class Words:
    """How one kind of proposal is spoken of, and the service that carries it."""

    service: ModuleType
    verb: Any
    keeps: Any
    done: Any
    grave: bool = False
    asks_of_reporter: bool = False


KINDS = {
    "withdraw": Words(
        withdrawal, gettext_lazy("签署撤销"), gettext_lazy("签署后立即撤销：公示撤下，惩戒措施解除，报省信用平台。不能恢复。"),
        gettext_lazy("已撤销。公示已撤下，撤销已排队报送省信用平台。"), grave=True,
    ),
    "correct": Words(
        correction, gettext_lazy("签署更正"), gettext_lazy("签署后成为新的一版，旧版留存；公示文字随即更换，并报省信用平台。"),
        gettext_lazy("已更正，成为新的一版。"), asks_of_reporter=True,
    ),
    "publish_official": Words(
        publication, gettext_lazy("签署公示"), gettext_lazy("签署后公示，姓名只显示姓氏，处分影响期满自动撤下。"),
        gettext_lazy("已公示，姓名只显示姓氏。"), asks_of_reporter=True,
    ),
}  # fmt: skip


class ProposalPage(RecordView, TemplateView):
    """One proposal on one record; another record's is 404."""

    template_name = "staff/records/proposal.html"
    proposal: Proposal

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will load record and proposal, or answer 404."""
        super().setup(request, *args, **kwargs)
        if isinstance(request.user, User):
            mine = Proposal.objects.filter(**reference(self.record)._asdict(), pk=kwargs["proposal"], action__in=KINDS)
            found = mine.first()
            if found is None:
                raise Http404
            self.proposal = found

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """This will sign or decline, or say why not."""
        return self._sign() if request.POST.get("act") == "sign" else self._decline()

    def _again(self, *, status: int, **more: Any) -> HttpResponse:
        self.proposal.refresh_from_db()
        return self.render_to_response(self.get_context_data(**more), status=status)

    def _sign(self) -> HttpResponse:
        words, form = KINDS[self.proposal.action], self._sign_form(self.request.POST)
        if not form.is_valid():
            return self._again(status=422, sign_form=form)
        try:
            words.service.sign(actor=self.user, proposal=self.proposal, now=self.now, **form.cleaned_data)
        except Refused as refusal:
            return self._again(status=refusal.status, refusal=str(refusal))
        return self._away(str(words.done))

    def _sign_form(self, told: QueryDict | None = None) -> Form:
        """What the signer answers for besides: nothing, or that the text points to no reporter."""
        form = SignForm(told)
        if KINDS[self.proposal.action].asks_of_reporter:
            ask_of_reporter(form, self.record)
        return form

    def _decline(self) -> HttpResponse:
        form = DeclineForm(self.request.POST)
        if not form.is_valid():
            return self._again(status=422, decline_form=form)
        service, reason = KINDS[self.proposal.action].service, form.cleaned_data["reason"]
        try:
            service.decline(actor=self.user, proposal=self.proposal, reason=reason, now=self.now)
        except Refused as refusal:
            show(form, refusal)
            return self._again(status=refusal.status, decline_form=form)
        return self._away(_("提议已作废，记录不变。"))

    def _away(self, told: str) -> HttpResponse:
        messages.success(self.request, told)
        return redirect(record_url(self.record))

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show what was proposed and whether the reader may sign it."""
        words, first = (
            KINDS[self.proposal.action],
            self.proposal.signatures.select_related("person").order_by("place").first(),
        )
        own = {
            "label": RECORD.arrows[self.proposal.action].label,
            "proposer": first.person.name if first else "",
            "facts": facts(self.proposal),
            "changes": changed(self.record, self.proposal),
            "closed": closed(self.proposal, self.record, user=self.user, now=self.now),
            "verb": words.verb, "keeps": words.keeps, "grave": words.grave,
        }  # fmt: skip
        more["proposal"] = self.proposal  # the address gives its key under the same name
        return super().get_context_data(
            **{**self.frame(), **own, "sign_form": self._sign_form(), "decline_form": DeclineForm(), **more}
        )


def closed(proposal: Proposal, record: DishonestyRecord, *, user: User, now: Any) -> str:
    """This will say why the person cannot sign now, or nothing."""
    if proposal.state != ProposalState.OPEN:
        return _("这项提议已经办结（%(state)s）") % {"state": proposal.get_state_display()}
    if why := proposals.lapse(RECORD, proposal, record, now):
        return why
    if proposal.signatures.filter(person_id=user.person_id).exists():
        return _("您已经签署，须由另一人签署")
    arrow = RECORD.arrows[proposal.action]
    role = arrow.signatures[min(proposal.signatures.count(), len(arrow.signatures) - 1)]
    why = RECORD.standing_of(record, user, now).refusal(arrow, role, now, (role,))
    return why or buttons.tied(user=user, record=record, arrow=arrow, roles=(role,), now=now)


def facts(proposal: Proposal) -> list[dict[str, str]]:
    """This will say what a proposal carries besides its reason."""
    told = []
    if ground := proposal.facts.get("withdrawn_ground"):
        told.append({"label": _("撤销的根据"), "text": str(dict(withdrawal.grounds()).get(ground, ground))})
    if basis := proposal.facts.get("publication_basis"):
        told.append({"label": _("公示依据"), "text": codes.label("legal_basis", basis)})
    return told


def changed(record: DishonestyRecord, proposal: Proposal) -> list[conflicts.Change]:
    """This will show the words a correction would replace, marked character by character."""
    content = proposal.facts.get("content", {})
    return conflicts.marked(
        [(name, getattr(record, name), value) for name, value in content.items() if name != "document_number_original"]
    )


def waiting(record: DishonestyRecord, *, user: User, now: Any) -> list[dict[str, str]]:
    """This will list the open proposals of a record for its page, each with its address where the reader may open it."""
    opens = policy.allows(user=user, name="records:proposal", now=now, department=record.department).allowed
    held = Proposal.objects.filter(**reference(record)._asdict(), state=ProposalState.OPEN).order_by("opened_at")
    return [
        {
            "url": reverse("records:proposal", args=[record.pk, each.pk]) if opens else "",
            "label": str(RECORD.arrows[each.action].label),
            "note": _("%(at)s提议，等签署；%(day)s失效") % {
                "at": wording.moment_short(each.opened_at), "day": wording.day_plain(each.lapses_on),
            },
        }
        for each in held if proposals.lapse(RECORD, each, record, now) is None
    ]  # fmt: skip
