"""What the office does with an application: check it, send it on, look into it, decide, and undo what was got by a lie."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.services.repairs import checking, deciding, revoking
from records.web.cases.proposals import SigningPage
from records.web.forms.acts import PlainForm, ReasonForm
from records.web.repairs import forms
from records.web.repairs.applying import RepairAct
from records.web.repairs.pages import RepairView
from records.workflow.repairs import materials
from rules import codes, explaining
from rules.models import Proposal


class Accept(RepairAct):
    """The papers are complete."""

    form_class = PlainForm
    question = gettext_lazy("受理这件申请？")
    keeps = gettext_lazy("材料齐全即受理，不收费。您就在认定单位的，随即开始核实；否则转送认定单位。")
    verb = gettext_lazy("受理")
    done = gettext_lazy("已受理。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will accept."""
        checking.accept(actor=self.user, repair=self.case, version=kept["version"], now=self.now)


class AskSupplement(RepairAct):
    """Everything that is missing is told in one notice."""

    form_class = forms.SupplementForm
    question = gettext_lazy("一次告知缺少的材料")
    keeps = gettext_lazy("只能告知一次，请把缺的和不合要求的全部勾上。没有交的必交材料会一并告知。")
    verb = gettext_lazy("告知申请人")
    done = gettext_lazy("已一次告知申请人。")

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will ask about each line of the checklist."""
        return {**super().get_form_kwargs(), "lines": materials.lines(self.case)}

    def act(self, kept: dict[str, Any]) -> None:
        """This will tell what is missing."""
        checking.ask_supplement(
            actor=self.user, repair=self.case, told=kept["told"], version=kept["version"], now=self.now
        )


class NotAccept(RepairAct):
    """The application is not taken up."""

    form_class = ReasonForm
    question = gettext_lazy("不予受理？")
    keeps = gettext_lazy("理由会告知申请人，记录不变。材料可以补正的，请用“一次告知补正”。")
    verb = gettext_lazy("不予受理")
    done = gettext_lazy("已告知不予受理。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will end it with the reason."""
        checking.not_accept(
            actor=self.user, repair=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )


class Forward(RepairAct):
    """The application goes to the department that recognised the record."""

    form_class = PlainForm
    question = gettext_lazy("转送认定单位？")
    keeps = gettext_lazy("认定单位收到之日起计算决定期限。到期没有转送的，次日自动转送。")
    verb = gettext_lazy("转送")
    done = gettext_lazy("已转送认定单位。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will send it on."""
        checking.forward(actor=self.user, repair=self.case, version=kept["version"], now=self.now)


class DraftDecision(RepairAct):
    """What was found, and what is proposed."""

    form_class = forms.FindingsForm
    question = gettext_lazy("核实并拟办")
    keeps = gettext_lazy("拟办意见不约束决定人；决定由没有经手这条记录和这件申请的另一人作出。")
    verb = gettext_lazy("交付决定")
    done = gettext_lazy("已交另一人决定。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will hand it to the one who decides."""
        deciding.draft_decision(
            actor=self.user, repair=self.case, findings=kept["findings"], proposed=kept["proposed"],
            version=kept["version"], now=self.now,
        )  # fmt: skip


class Extend(RepairAct):
    """More time is asked of the main head."""

    form_class = ReasonForm
    question = gettext_lazy("申请延长决定期限？")
    keeps = gettext_lazy("须经本单位主要负责人批准，只能延长一次；答复申请人的期限不变。")
    verb = gettext_lazy("提请批准")
    done = gettext_lazy("已提请主要负责人批准。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will open the proposal."""
        deciding.propose_extension(
            actor=self.user, repair=self.case, reason=kept["reason"], version=kept["version"], now=self.now
        )


class Approve(RepairAct):
    """The repair is granted."""

    form_class = forms.ApproveForm
    question = gettext_lazy("准予修复？")
    keeps = gettext_lazy("公示当即撤下，停止共享和使用，惩戒措施解除，报省信用平台；档案留存。")
    verb = gettext_lazy("准予修复")
    done = gettext_lazy("已准予修复，公示已撤下，修复已排队报送。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will grant."""
        deciding.approve(
            actor=self.user, repair=self.case, number=kept["number"], reasons=kept["reason"],
            version=kept["version"], now=self.now,
        )  # fmt: skip


class Refuse(RepairAct):
    """The repair is refused."""

    form_class = forms.RefuseForm
    question = gettext_lazy("不予修复？")
    keeps = gettext_lazy("决定会写明理由、何时怎样再申请，以及可以对修复结果提出异议；记录不变。")
    verb = gettext_lazy("不予修复")
    done = gettext_lazy("已决定不予修复，并告知申请人怎样再申请。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will refuse."""
        deciding.refuse(
            actor=self.user, repair=self.case, number=kept["number"], reasons=kept["reason"], how=kept["how"],
            reapply_from=kept["reapply_from"], version=kept["version"], now=self.now,
        )  # fmt: skip


class Revoke(RepairAct):
    """The first of two signatures under a revocation."""

    form_class = forms.RevokeForm
    question = gettext_lazy("提议撤销修复？")
    keeps = explaining.filling(
        gettext_lazy(
            "另一名认定人签署后：记录按剩余期限再次公示，惩戒措施恢复，{repair.false_promise_block_months}内不再受理修复。"
        )
    )
    verb = gettext_lazy("提议撤销修复")
    done = gettext_lazy("已提议撤销修复，等另一名认定人签署。")
    is_grave = True

    def act(self, kept: dict[str, Any]) -> None:
        """This will open the proposal."""
        revoking.propose(
            actor=self.user, repair=self.case, ground=kept["revoked_ground"], reason=kept["reason"],
            version=kept["version"], now=self.now,
        )  # fmt: skip


class ProposalPage(SigningPage, RepairView):
    """An extension or a revocation that waits for its second signature."""

    @property
    def revokes(self) -> bool:
        """Whether this is a revocation; else it is an extension."""
        return self.proposal.action == "revoke"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will word the page by what is proposed."""
        own = {
            "verb": _("签署撤销修复") if self.revokes else _("批准延期"),
            "keeps": _("签署后记录按剩余期限再次公示，惩戒措施恢复，并通知当事人。")
            if self.revokes
            else _("批准后从原期限起延长一次；答复申请人的期限不变。"),
            "grave": self.revokes,
        }
        return {**super().get_context_data(**more), **own}

    def told(self, proposal: Proposal) -> list[dict[str, str]]:
        """This will say the ground of a revocation."""
        ground = proposal.facts.get("revoked_ground", "")
        return [{"label": _("事由"), "text": codes.label(revoking.GROUNDS, ground)}] if ground else []

    @property
    def done(self) -> str:  # type: ignore[override]
        """This will say what the signature brought about."""
        return _("已撤销修复，记录按剩余期限恢复。") if self.revokes else _("已批准延期。")

    def sign(self, proposal: Proposal) -> None:
        """This will sign."""
        signs = revoking.sign if self.revokes else deciding.sign_extension
        signs(actor=self.user, proposal=proposal, now=self.now)

    def decline(self, proposal: Proposal, reason: str) -> None:
        """This will decline with a reason."""
        declines = revoking.decline if self.revokes else deciding.decline_extension
        declines(actor=self.user, proposal=proposal, reason=reason, now=self.now)
