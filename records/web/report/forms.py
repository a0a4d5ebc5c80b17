"""Forms of the public: few fields, plain words, nothing that must be filled without need."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Department
from accounts.widgets import ChoiceCards
from ledger.refusals import Refused
from records.models import ComplaintKind
from records.services.intake import custody, promises, register
from records.web.forms.fields import LongText, OneOf, Text, Tick, Upload
from records.web.report.departments import named
from records.web.report.tokens import Form
from rules.clock import local_day

ANONYMOUS, NAMED = "anonymous", "named"
TRAP = "website"


class Files(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class Several(Upload):
    """Several files; the service judges each, the form only keeps a place for the error."""

    def __init__(self, **rest: Any) -> None:
        """This will show one input for all files."""
        super().__init__(**rest)
        self.widget = Files(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """This will leave the files to the service."""
        return data


class ReportForm(forms.Form):
    """A complaint: whom, what, and whether one wants to be reached."""

    dept = Text(
        label=gettext_lazy("部门名称"),
        required=True,
        help_text=gettext_lazy("写平时的叫法就行，例如“市交通局”；也可以填统一社会信用代码。"),
    )
    unit = OneOf(label=gettext_lazy("是下面哪一个"), widget=forms.RadioSelect)
    kind = OneOf(label=gettext_lazy("是哪一类事情"), widget=ChoiceCards)
    content = LongText(
        label=gettext_lazy("把事情说清楚"),
        rows=7,
        required=True,
        help_text=gettext_lazy("何时、何地、对方答应过什么、实际怎样。至少 10 个字。请不要写别人的身份证号和电话。"),
    )
    commitment = Text(
        label=gettext_lazy("承诺编号"),
        help_text=gettext_lazy("说的是某项公示过的承诺没有兑现时填，编号在承诺的页面上；不知道就留空。"),
    )
    happened = Text(label=gettext_lazy("什么时候发生的"), help_text=gettext_lazy("例如 2026年3月，或 2026-03-15。"))
    papers = Several(
        label=gettext_lazy("合同、照片等材料"),
        help_text=gettext_lazy(
            "可以是 pdf、jpg、png、docx、xlsx、csv、ofd，每个不超过 20 MB，最多 5 个，合计 40 MB。"
            "作者、拍摄地点等信息由系统去掉后才给办理人看。以后还能补交。"
        ),
    )
    reach = OneOf(label=gettext_lazy("要不要留联系方式"), widget=ChoiceCards)
    name = Text(label=gettext_lazy("怎么称呼您"))
    contact = Text(label=gettext_lazy("手机号或邮箱"))
    answer = Text(label=gettext_lazy("请算一算"))
    website = Text(label=gettext_lazy("这一栏请留空"))

    def __init__(self, *args: Any, given: Form, now: Any, **rest: Any) -> None:
        """This will offer the kinds, and the way to be reached only where a custodian can keep it."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
        self.given, self.now = given, now
        self.department: Department | None = None
        self.about = ("", "")
        self._kinds()
        self._reach()
        if given.question:
            self.fields["answer"].required = True
            self.fields["answer"].help_text = _("刚才提交的人很多，请回答：%s等于几？") % given.words
        else:
            del self.fields["answer"]
        trap = self.fields[TRAP].widget.attrs
        trap |= {"tabindex": "-1", "autocomplete": "off"}

    def _kinds(self) -> None:
        kinds: Any = self.fields["kind"]
        kinds.choices = [
            (ComplaintKind.GENERAL, _("不守承诺、不履行合同或判决")),
            (ComplaintKind.SME_PAYMENT, _("拖欠企业账款")),
            (ComplaintKind.CREDIT_HANDLING, _("信用信息处理不当")),
        ]
        kinds.widget.notes = {
            ComplaintKind.SME_PAYMENT: _("机关、事业单位欠中小企业的货款、工程款、服务款。"),
            ComplaintKind.CREDIT_HANDLING: _("泄露信用信息、违法采集、异议超期不办等。"),
        }
        kinds.initial, kinds.required = ComplaintKind.GENERAL, True

    def _reach(self) -> None:
        reach: Any = self.fields["reach"]
        reach.choices = [(ANONYMOUS, _("不留，匿名投诉"))]
        reach.widget.notes = {
            ANONYMOUS: _("凭回执号和查询码查看进度、回答提问。我们无法主动联系您。"),
            NAMED: _("有结果时通知您。联系方式在收到时即单独加密，只有身份保管人凭口令能打开；被投诉的部门看不到。"),
        }
        reach.initial, reach.required = ANONYMOUS, True
        if custody.key_in_use() is None:
            del self.fields["name"], self.fields["contact"]
            return
        reach.choices = [*reach.choices, (NAMED, _("留手机号或邮箱"))]

    def clean(self) -> dict[str, Any]:
        """This will find the department, check the question, and keep anonymity from being given away by mistake."""
        kept = super().clean() or {}
        if kept.get(TRAP):
            self.add_error(TRAP, _("请把这一栏清空"))
        if self.given.question and kept.get("answer") and not self.given.is_answered(kept["answer"]):
            self.add_error("answer", _("不对，请再算一次；可以写数字，也可以写汉字"))
        told = kept.get("name") or kept.get("contact")
        if kept.get("reach") == ANONYMOUS and told:
            self.add_error("contact", _("您选了匿名，又填了称呼或联系方式：请清空，或者改选“留手机号或邮箱”"))
        if kept.get("reach") == NAMED and not kept.get("contact"):
            self.add_error("contact", _("请填写手机号或邮箱，或者改选匿名"))
        if kept.get("dept"):
            self._find(kept["dept"])
        if self.department is not None:
            self._name_promise(kept.get("commitment") or "", self.department)
        return kept

    def _name_promise(self, typed: str, department: Department) -> None:
        try:
            self.about = promises.named(typed, department=department, is_public=True)
        except Refused as refusal:
            self.add_error("commitment", refusal.message)

    def _find(self, typed: str) -> None:
        today = local_day(self.now)
        match = named(typed, on=today)
        self.department = match.unit
        if match.several:
            self._offer(match.several)
        elif match.unit is None:
            self.add_error("dept", match.problem)

    def _offer(self, several: list[Department]) -> None:
        field: Any = self.fields["unit"]
        field.choices = [(str(each.pk), each.name) for each in several]
        chosen = str(self.data.get("unit", ""))
        self.department = next((each for each in several if str(each.pk) == chosen), None)
        self.errors.pop("unit", None)
        if self.department is None:
            self.add_error("unit", _("有不止一个部门可能是您说的，请选一个"))

    def facts(self, uploads: list[Any]) -> register.Intake:
        """This will give what the service takes; only after the form was found good."""
        kept = self.cleaned_data
        assert self.department is not None  # noqa: S101 - is_valid() has found it
        return register.Intake(
            object_department=self.department,
            kind=kept["kind"],
            content=kept["content"],
            happened=kept["happened"],
            name=kept.get("name", ""),
            contact=kept.get("contact", ""),
            uploads=uploads,
            about_type=self.about[0],
            about_id=self.about[1],
        )


class AskForm(forms.Form):
    """The two halves of a receipt."""

    number = Text(
        label=gettext_lazy("回执号"),
        required=True,
        help_text=gettext_lazy("16 位数字，空格有没有都行。"),
    )
    code = Text(label=gettext_lazy("查询码"), required=True, help_text=gettext_lazy("8 位字母和数字，大小写都行。"))

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will keep browsers from remembering either."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
        for field in self.fields.values():
            field.widget.attrs |= {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class SayForm(forms.Form):
    """Something to add."""

    text = LongText(label=gettext_lazy("补充说明"), rows=4, required=True)
    papers = Several(label=gettext_lazy("材料"), help_text=gettext_lazy("每个不超过 20 MB，最多 5 个，合计 40 MB。"))

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will leave out colons after labels."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)


class RateForm(forms.Form):
    """Satisfied or not, once."""

    satisfied = OneOf(label=gettext_lazy("您对答复满意吗"), widget=forms.RadioSelect, required=True)

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the two answers."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
        choices: Any = self.fields["satisfied"]
        choices.choices = [("yes", _("满意")), ("no", _("不满意"))]


class WithdrawForm(forms.Form):
    """Taking a complaint back, confirmed once on the page itself."""

    sure = Tick(required=True, label=gettext_lazy("我确认撤回，知道撤回后不能恢复"))

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will leave out colons after labels."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
