"""Pages of a rectification: its points, what the unit did, what the superior found."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import wording
from ledger.refusals import NotAllowed
from records.models import DishonestyRecord
from records.services import attachments
from records.services.rectification import doing, ordering
from records.web.cases.lists import CaseList
from records.web.cases.pages import CaseAct, CaseFile, CasePage
from records.web.content import Fact
from records.web.duties import forms, words
from records.web.forms.acts import PlainForm
from records.workflow import record_kind
from records.workflow.duties.kind import RECTIFICATION_KIND
from records.workflow.duties.rectification import EVIDENCE
from rules import explaining


class RectificationList(CaseList):
    """The orders a person may open."""

    kind = RECTIFICATION_KIND
    heading = gettext_lazy("限期整改")


class RectificationFacts:
    """What an order says."""

    kind = RECTIFICATION_KIND
    case: Any
    user: Any
    now: Any

    def facts(self) -> list[Fact]:
        """This will say who must do what by when, and why as far as the reader may know."""
        order, responsible = self.case, self.case.responsible
        seen = (
            order.record is not None
            and DishonestyRecord.objects.visible_to(self.user, self.now).filter(pk=order.record_id).exists()
        )
        extended = _("已延期 %d 天") % order.extension_days if order.extended_on else ""
        plain = [
            words.about(order.record, seen=seen),
            Fact(_("整改单位"), order.department.name),
            Fact(_("下达单位"), order.ordered_by.name, note=wording.day(order.ordered_on)),
            Fact(_("整改期限"), wording.day(order.due_on), note=extended),
            Fact(_("责任人"), responsible.person.name if responsible else ""),
            Fact(_("签收"), wording.day(order.received_on)),
            Fact(_("整改安排"), order.plan, is_prose=True),
            Fact(_("延期申请"), self._asked(), is_prose=True),
            Fact(_("整改报告"), order.report, is_prose=True),
            Fact(_("逾期"), wording.day(order.overdue_on)),
            Fact(_("再次责令"), wording.day(order.second_ordered_on), note=self._second()),
        ]
        return [fact for fact in plain if fact.text]

    def _asked(self) -> str:
        if not self.case.extension_days:
            return ""
        told = {"days": self.case.extension_days, "why": self.case.extension_reason}
        return _("申请延长 %(days)d 天：%(why)s") % told

    def _second(self) -> str:
        until = self.case.second_due_on
        return _("到%s止") % wording.day(until) if until else ""


class RectificationPage(RectificationFacts, CasePage):
    """One order."""

    template_name = "staff/duties/rectification.html"
    acts = {  # noqa: RUF012
        "receive": "duties:receive",
        "begin": "duties:begin",
        "submit": "duties:submit",
        "answer": "duties:answer",
        "request_extension": "duties:request_extension",
        "accept": "duties:judge",
        "grant_extension": "duties:grant_extension",
        "refuse_extension": "duties:refuse_extension",
        "order_again": "duties:order_again",
        "refuse": "duties:refuse",
    }
    main = ("receive", "begin", "submit", "accept", "grant_extension", "order_again")
    grave = frozenset({"refuse"})

    def extra(self) -> dict[str, Any]:
        """This will give every point with its answer, its files and its verdict."""
        held = list(attachments.held(self.case))
        points = [
            {"item": item, "files": [each for each in held if each.kind == f"{EVIDENCE}-{item.place}"]}
            for item in self.case.items.order_by("place")
        ]
        return {"points": points, "may_attach": self._may_attach()}

    def _may_attach(self) -> bool:
        machine = self.kind.machine
        arrow = machine.arrows["answer"]
        closed = machine.standing_of(self.case, self.user, self.now).refusal(arrow, None, self.now, arrow.roles)
        return closed is None and self.case.state in arrow.sources


class RectificationFile(RectificationFacts, CaseFile):
    """Evidence of a point."""


class Order(CaseAct):
    """A supervisor orders a unit to put right what a record in force names."""

    kind = record_kind.KIND
    form_class = forms.OrderForm
    question = gettext_lazy("责令限期整改")
    keeps = explaining.filling(
        gettext_lazy("被责令单位须在 {rectify.receipt_days}内签收；逾期不改的，起草失信记录并提出通报批评。")
    )
    verb = gettext_lazy("下达")
    made: Any = None

    def closed_to_reader(self, page: str) -> str:
        """This will ask the rule the act itself asks."""
        return ordering.refusal(actor=self.user, record=self.case, now=self.now) or ""

    def facts(self) -> list[Fact]:
        """This will say which record."""
        return [words.about(self.case, seen=True), Fact(_("被记录单位"), self.case.subject_unit_name)]

    def act(self, kept: dict[str, Any]) -> None:
        """This will order it."""
        if why := ordering.refusal(actor=self.user, record=self.case, now=self.now):
            raise NotAllowed(why)
        self.made = ordering.order(
            actor=self.user, source=self.case, department=self.case.subject_department,
            requirements=kept["requirements"].splitlines(), limit_days=kept["limit_days"], now=self.now,
        )  # fmt: skip

    def done_words(self) -> str:
        """This will give the number of the order."""
        return _("已下达整改通知 %s。") % self.made.number

    def after(self) -> str:
        """This will lead to the order."""
        return RECTIFICATION_KIND.address(self.made)


class Receive(RectificationFacts, CaseAct):
    """The unit signs for it."""

    form_class = PlainForm
    question = gettext_lazy("签收整改通知")
    keeps = gettext_lazy("签收表示已知悉要求和期限；期限从下达之日起算。")
    verb = gettext_lazy("签收")
    done = gettext_lazy("已签收。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will sign."""
        doing.receive(actor=self.user, rectification=self.case, version=kept["version"], now=self.now)


class Begin(RectificationFacts, CaseAct):
    """The unit begins with a plan."""

    form_class = forms.PlanForm
    question = gettext_lazy("开始整改")
    keeps = gettext_lazy("安排写明之后，逐项填写整改情况并附证据。")
    verb = gettext_lazy("开始整改")
    done = gettext_lazy("已开始整改。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will begin."""
        doing.begin(actor=self.user, rectification=self.case, plan=kept["plan"], version=kept["version"], now=self.now)


class Answer(RectificationFacts, CaseAct):
    """The unit writes what it did."""

    form_class = forms.AnswerForm
    question = gettext_lazy("填写整改情况")
    keeps = gettext_lazy("保存不等于提交；每一项都有情况和证据之后才能提交验收。")
    verb = gettext_lazy("保存")
    done = gettext_lazy("已保存。")

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer the points."""
        return super().get_form_kwargs() | {"case": self.case}

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep the answers."""
        answers = {int(name[7:]): text for name, text in kept.items() if name.startswith("answer_")}
        doing.answer(
            actor=self.user, rectification=self.case, answers=answers, report=kept["report"],
            version=kept["version"], now=self.now,
        )  # fmt: skip


class Attach(RectificationFacts, CaseAct):
    """The unit adds evidence."""

    form_class = forms.ProofForm
    question = gettext_lazy("上传整改证据")
    keeps = gettext_lazy("文件以随机名存放，只给能看这件整改的人下载；改动一个字节都会被核验发现。")
    verb = gettext_lazy("上传")
    done = gettext_lazy("已存好证据。")

    def get_form_kwargs(self) -> dict[str, Any]:
        """This will offer the points."""
        return super().get_form_kwargs() | {"case": self.case}

    def act(self, kept: dict[str, Any]) -> None:
        """This will keep the file."""
        doing.attach(
            actor=self.user, rectification=self.case, place=int(kept["place"]), upload=kept["file"], now=self.now
        )


class RequestExtension(RectificationFacts, CaseAct):
    """The head asks for more time."""

    form_class = forms.ExtensionForm
    question = gettext_lazy("申请延期")
    keeps = gettext_lazy("只能申请一次；批准之前原期限照算。")
    verb = gettext_lazy("提出申请")
    done = gettext_lazy("已提出延期申请。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will ask."""
        doing.request_extension(
            actor=self.user, rectification=self.case, days=kept["days"], reason=kept["reason"],
            version=kept["version"], now=self.now,
        )  # fmt: skip


class Submit(RectificationFacts, CaseAct):
    """The unit hands in."""

    form_class = PlainForm
    question = gettext_lazy("提交验收")
    keeps = gettext_lazy("提交之后不能再改；验收期间整改期限停计。")
    verb = gettext_lazy("提交验收")
    done = gettext_lazy("已提交验收。")

    def act(self, kept: dict[str, Any]) -> None:
        """This will hand in."""
        doing.submit(actor=self.user, rectification=self.case, version=kept["version"], now=self.now)
