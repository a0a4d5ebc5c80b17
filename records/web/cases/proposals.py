"""A proposal on a case that waits for its next signature: what it would do, who proposed it, sign or decline."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts import policy, wording
from accounts.models import User
from ledger.refusals import Refused
from records.web.forms.acts import DeclineForm
from records.web.pages import show
from rules.models import Proposal, ProposalState
from rules.references import reference
from rules.workflow import proposals

if TYPE_CHECKING:
    from records.web.cases.pages import CasePage, CaseView

    Base = CaseView
else:
    Base = object


def waiting(page: CasePage, *, user: User, now: datetime) -> list[dict[str, str]]:
    """This will list the open proposals of a case, each with its address where the reader may open it."""
    machine = page.kind.machine
    department = machine.department_of(page.case)
    opens = policy.allows(user=user, name=page.proposal_page, now=now, department=department).allowed
    held = Proposal.objects.filter(**reference(page.case)._asdict(), state=ProposalState.OPEN).order_by("opened_at")
    return [
        {
            "url": reverse(page.proposal_page, args=[page.case.pk, each.pk]) if opens else "",
            "label": str(machine.arrows[each.action].label),
            "note": _("%(at)s提议，等签署；%(day)s失效")
            % {"at": wording.moment_short(each.opened_at), "day": wording.day_plain(each.lapses_on)},
        }
        for each in held
        if proposals.lapse(machine, each, page.case, now) is None
    ]


class SigningPage(TemplateView, Base):
    """
    One proposal on one case; another case's is 404. Stand it before ``CaseView``.

    A subclass names the words and calls its service in ``sign`` and ``decline``.
    """

    template_name = "staff/cases/proposal.html"
    keeps: ClassVar[Any] = ""
    verb: ClassVar[Any] = ""
    done: ClassVar[Any] = ""
    is_grave: ClassVar[bool] = False
    proposal: Proposal

    @abstractmethod
    def sign(self, proposal: Proposal) -> None:
        """This will call the service that signs."""

    @abstractmethod
    def decline(self, proposal: Proposal, reason: str) -> None:
        """This will call the service that declines."""

    def told(self, proposal: Proposal) -> list[dict[str, str]]:
        """This will say what the proposal carries besides its reason; a room overrides it."""
        return []

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """This will load case and proposal, or answer 404."""
        super().setup(request, *args, **kwargs)
        if isinstance(request.user, User):
            found = Proposal.objects.filter(**reference(self.case)._asdict(), pk=kwargs["proposal"]).first()
            if found is None:
                raise Http404
            self.proposal = found

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """This will sign or decline, or say why not."""
        signs = request.POST.get("act") == "sign"
        form = DeclineForm(None if signs else request.POST)
        if not signs and not form.is_valid():
            return self._again(form, status=422)
        try:
            if signs:
                self.sign(self.proposal)
            else:
                self.decline(self.proposal, form.cleaned_data["reason"])
        except Refused as refusal:
            if signs:
                return self._again(DeclineForm(), status=refusal.status, refusal=str(refusal))
            show(form, refusal)
            return self._again(form, status=refusal.status)
        messages.success(request, str(self.done) if signs else _("提议已作废，案件不变。"))
        return redirect(self.kind.address(self.case))

    def _again(self, form: DeclineForm, *, status: int, **more: Any) -> HttpResponse:
        self.proposal.refresh_from_db()
        return self.render_to_response(self.get_context_data(decline_form=form, **more), status=status)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will show what was proposed and whether the reader may sign it."""
        first = self.proposal.signatures.select_related("person").order_by("place").first()
        own = {
            "label": self.kind.machine.arrows[self.proposal.action].label,
            "proposer": first.person.name if first else "",
            "told": self.told(self.proposal),
            "closed": self._closed(),
            "verb": self.verb,
            "keeps": self.keeps,
            "grave": self.is_grave,
        }
        more["proposal"] = self.proposal  # the address gives its key under the same name
        return super().get_context_data(**{**self.frame(), **own, "decline_form": DeclineForm(), **more})

    def _closed(self) -> str:
        """Why the person cannot sign now, or nothing."""
        machine, proposal = self.kind.machine, self.proposal
        if proposal.state != ProposalState.OPEN:
            return _("这项提议已经办结（%(state)s）") % {"state": proposal.get_state_display()}
        if why := proposals.lapse(machine, proposal, self.case, self.now):
            return why
        if proposal.signatures.filter(person_id=self.user.person_id).exists():
            return _("您已经签署，须由另一人签署")
        arrow = machine.arrows[proposal.action]
        role = arrow.signatures[min(proposal.signatures.count(), len(arrow.signatures) - 1)]
        return machine.standing_of(self.case, self.user, self.now).refusal(arrow, role, self.now, (role,)) or ""
