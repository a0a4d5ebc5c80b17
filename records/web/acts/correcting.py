"""Correction of a record in force: the department proposes new words, sees the difference, an approver signs."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.models import DishonestyRecord
from records.services import correction
from records.web import conflicts, scanning
from records.web.forms.acts import ActForm
from records.web.forms.fields import LongText, OneOf, SomeOf, Text, Tick
from records.web.forms.filing import FilingForm
from records.web.pages import AsksOfReporter
from records.workflow import corrections, reporters
from rules import clock, codes

SHOWN = ("document_name", "document_number", "issuer_name", "facts", "basis_codes", "economic_loss_yuan",
         "social_impact", "key_areas")  # fmt: skip
TAKES_CODE = "takes_code"


class CorrectionForm(ActForm):
    """The words that may be corrected, and why; another subject, source type or severity needs a withdrawal instead."""

    document_name = Text(label=gettext_lazy("文书名称"))
    document_number = Text(label=gettext_lazy("文号"))
    issuer_name = Text(label=gettext_lazy("制发机关"))
    facts = LongText(label=gettext_lazy("事实"), rows=6)
    basis_codes = SomeOf(label=gettext_lazy("认定依据"))
    economic_loss_yuan = Text(label=gettext_lazy("造成的经济损失（元）"))
    social_impact = OneOf(label=gettext_lazy("社会影响"))
    key_areas = SomeOf(label=gettext_lazy("重点领域"))
    reason = LongText(
        label=gettext_lazy("更正的理由"),
        rows=3,
        required=True,
        help_text=gettext_lazy("写明原来错在哪里。这段话会原样显示在公示页上，不要写姓名、电话、证件号码。"),
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the lists in force today."""
        super().__init__(*args, **rest)
        today = clock.local_day(clock.now())
        for name, list_name in FilingForm.lists.items():
            if name in self.fields:
                self.fields[name].choices = codes.choices(list_name, on=today)  # type: ignore[attr-defined]
        for name in SHOWN:
            self.fields[name].unmarked = True  # type: ignore[attr-defined]


class ProposeCorrection(AsksOfReporter):
    """The first signature under a correction, after a look at the difference."""

    form_class = CorrectionForm
    template_name = "staff/records/correct.html"
    question = gettext_lazy("提议更正")
    keeps = gettext_lazy(
        "认定人签署后成为新的一版，旧版留存。主体认错了，或者来源类型、等级有错的，须撤销后另行登记；"
        "主体没有错、只是统一社会信用代码登记有误的，先由安全管理员在部门登记中更正。"
    )
    verb = gettext_lazy("提议更正")
    done = gettext_lazy("已提议更正，等认定人签署；签署前公示的文字不变。")

    def get_initial(self) -> dict[str, Any]:
        """This will start from the words in force."""
        return super().get_initial() | {name: getattr(self.record, name) for name in SHOWN}

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        """This will offer the code as the register has corrected it; who only looks at the difference answers nothing yet."""
        form = super().get_form(form_class)
        if reporters.FIELD in form.fields and self.request.POST.get("act") == "preview":
            form.fields[reporters.FIELD].required = False
        if code := corrections.registered_code(self.record):
            said = _("单位代码已在部门登记中更正：%(old)s → %(new)s，一并写入本记录")
            words = said % {"old": self.record.subject_code, "new": code}
            form.fields[TAKES_CODE] = Tick(label=words, initial=True)
            form.order_fields(["version", TAKES_CODE])
        return form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """This will show the difference, or propose."""
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        if request.POST.get("act") == "preview":
            return self.render_to_response(
                self.get_context_data(form=form, changes=self._difference(form.cleaned_data))
            )
        return self.form_valid(form)

    def _difference(self, kept: dict[str, Any]) -> list[conflicts.Change]:
        code = corrections.registered_code(self.record) if kept.get(TAKES_CODE) else ""
        told = [(corrections.CODE, self.record.subject_code, code)] if code else []
        return conflicts.marked([*told, *((name, getattr(self.record, name), kept[name]) for name in SHOWN)])

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """This will say whether the difference was asked for."""
        return super().get_context_data(**{"changes": None, **more})

    def act(self, kept: dict[str, Any]) -> None:
        """This will open the proposal."""
        correction.propose(
            actor=self.user, record=self.record, filing=corrected(self.record, kept), reason=kept["reason"],
            version=kept["version"], takes_code=bool(kept.get(TAKES_CODE)),
            points_to_nobody=kept.get(reporters.FIELD, False), now=self.now,
        )  # fmt: skip


def corrected(record: DishonestyRecord, kept: dict[str, Any]) -> Any:
    """This will give the record's content with the corrected words in place."""
    changed = {name: tuple(kept[name]) if isinstance(kept[name], list) else kept[name] for name in SHOWN}
    return scanning.filing_of(record, **changed)
