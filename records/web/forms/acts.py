"""Forms of the acts on a record: a few fields each, and always the version the reader saw."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.widgets import ChoiceCards
from records.models import DishonestyRecord, EvidenceKind, NoticeMethod
from records.services import withdrawal
from records.web import pinned
from records.web.forms.fields import Day, LongText, OneOf, SomeOf, Text, Tick, Upload
from records.web.forms.severities import severity_notes
from rules import codes


class ActForm(forms.Form):
    """The version the reader saw; a stale one is refused."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "", "invalid": ""})

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will leave out colons after labels."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)

    def clean(self) -> dict[str, Any]:
        """This will say in words what a missing version means."""
        if self.errors.pop("version", None):
            self.add_error(None, _("页面已过期，请刷新后再办"))
        return super().clean() or {}


class PlainForm(ActForm):
    """Nothing to fill in: a question answered by its button."""


class NoteForm(ActForm):
    """An opinion one may add."""

    note = LongText(label=gettext_lazy("审核意见"), rows=3)


class ReasonForm(ActForm):
    """A reason that must be given."""

    reason = LongText(label=gettext_lazy("理由"), rows=4, required=True)


class ReturnForm(ActForm):
    """A return: which fields, which of the usual reasons, and in one's own words."""

    fields_wrong = SomeOf(
        label=gettext_lazy("哪几栏要改"), help_text=gettext_lazy("填报人会在对应栏目旁看到您的理由。")
    )
    usual = SomeOf(label=gettext_lazy("常见理由"))
    reason = LongText(label=gettext_lazy("说明"), rows=4, help_text=gettext_lazy("写清缺什么、以哪份材料为准。"))

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the fields of the filing form and the usual reasons."""
        super().__init__(*args, **rest)
        self.fields["fields_wrong"].choices = pinned.offered()  # type: ignore[attr-defined]
        self.fields["usual"].choices = [(str(each), str(each)) for each in pinned.USUAL]  # type: ignore[attr-defined]
        for name in ("fields_wrong", "usual", "reason"):
            self.fields[name].unmarked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """This will join fields and reasons into the sentence that is kept; at least one reason is needed."""
        kept = super().clean()
        if not kept.get("usual") and not kept.get("reason"):
            self.add_error("reason", _("请选一条常见理由，或者写明理由"))
        kept["reason"] = pinned.compose(
            kept.get("fields_wrong") or [], kept.get("usual") or [], kept.get("reason") or ""
        )
        return kept


class DeliveryForm(ActForm):
    """How and when the prior notice reached the subject."""

    method = OneOf(label=gettext_lazy("送达方式"), required=True, widget=forms.RadioSelect)
    received_by = Text(
        label=gettext_lazy("签收人"), required=True, help_text=gettext_lazy("签收人姓名或收件部门，留置送达写见证人。")
    )
    delivered_on = Day(label=gettext_lazy("送达日期"), required=True, help_text=gettext_lazy("陈述申辩期从次日起算。"))

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the methods of service."""
        super().__init__(*args, **rest)
        self.fields["method"].choices = NoticeMethod.choices  # type: ignore[attr-defined]


class StatementForm(ActForm):
    """What the subject said to the notice."""

    text = LongText(
        label=gettext_lazy("陈述申辩的内容"),
        rows=8,
        required=True,
        help_text=gettext_lazy("照录要点；书面材料请另作附件上传。"),
    )
    received_on = Day(label=gettext_lazy("收到日期"), required=True)


class WaiverForm(ActForm):
    """The subject gives up his statement."""

    received_on = Day(label=gettext_lazy("收到放弃声明的日期"), required=True)


class RecognitionForm(ActForm):
    """The decision: severity, sanctions from the list, the answer to what the subject said."""

    severity = OneOf(label=gettext_lazy("认定的严重程度"), required=True)
    sanctions = SomeOf(label=gettext_lazy("惩戒措施"), help_text=gettext_lazy("只能从现行清单中选，不选即不采取。"))
    answer = LongText(
        label=gettext_lazy("对陈述申辩的答复"),
        rows=5,
        help_text=gettext_lazy("逐条写明采纳或不采纳及理由，会送达当事人。"),
    )

    def __init__(self, *args: Any, today: date, must_answer: bool, **rest: Any) -> None:
        """This will offer the lists in force today; the answer is shown where there is something to answer."""
        super().__init__(*args, **rest)
        chosen = self.fields["severity"]
        chosen.widget = ChoiceCards(notes=severity_notes(today), as_severity=True)
        chosen.choices = codes.choices("severity", on=today)  # type: ignore[attr-defined]
        self.fields["sanctions"].choices = codes.choices("sanction", on=today)  # type: ignore[attr-defined]
        self.fields["sanctions"].unmarked = True  # type: ignore[attr-defined]
        if must_answer:
            self.fields["answer"].required = True
        else:
            del self.fields["answer"]


class WithdrawalForm(ActForm):
    """Why a record in force must go."""

    ground = OneOf(label=gettext_lazy("撤销的根据"), required=True, widget=forms.RadioSelect)
    reason = LongText(
        label=gettext_lazy("理由"),
        rows=5,
        required=True,
        help_text=gettext_lazy("写清事实和凭据。公示过的，撤销公告会说明已撤销，不重复内容。"),
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will offer the grounds."""
        super().__init__(*args, **rest)
        self.fields["ground"].choices = withdrawal.grounds()  # type: ignore[attr-defined]


class PublicationForm(ActForm):
    """Publishing by decision needs its reason."""

    reason = LongText(
        label=gettext_lazy("公示的理由"), rows=4, help_text=gettext_lazy("默认不公示的记录，决定公示时必须写明。")
    )


class OfficialPublicationForm(ActForm):
    """Publishing an official's record: a legal basis, a reason, and a second signature later."""

    basis = OneOf(label=gettext_lazy("公示依据"), required=True)
    reason = LongText(label=gettext_lazy("理由"), rows=4, required=True)

    def __init__(self, *args: Any, today: date, **rest: Any) -> None:
        """This will offer the legal bases in force."""
        super().__init__(*args, **rest)
        offered = codes.choices("legal_basis", on=today)
        self.fields["basis"].choices = [("", _("请选择")), *offered]  # type: ignore[attr-defined]


class LitigationForm(ActForm):
    """The source document is before a court or under reconsideration."""

    suspended = Tick(
        label=gettext_lazy("法院或复议机关已决定停止执行"), help_text=gettext_lazy("勾选后，未认定的不得认定生效。")
    )
    reason = LongText(label=gettext_lazy("案号和情况"), rows=3, required=True)


class EvidenceForm(forms.Form):
    """One file and what it proves."""

    kind = OneOf(label=gettext_lazy("这份文件是"), required=True)
    file = Upload(
        label=gettext_lazy("文件"), required=True, help_text=gettext_lazy("PDF、图片或 Office 文件，最大 20 MB。")
    )

    def __init__(self, *args: Any, kinds: Iterable[str], **rest: Any) -> None:
        """This will offer the kinds of evidence that may be added at this step."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
        self.fields["kind"].choices = [(kind, EvidenceKind(kind).label) for kind in kinds]  # type: ignore[attr-defined]


def must_answer(record: DishonestyRecord) -> bool:
    """This will say whether the subject made a statement the decision has to answer."""
    return record.statements.filter(edition=record.edition, kind="statement").exists()


class DeclineForm(forms.Form):
    """Why a proposal is not signed."""

    reason = LongText(label=gettext_lazy("不同意的理由"), rows=3, required=True)


class SignForm(forms.Form):
    """A signature under what another proposed; the page adds what the signer must answer for."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        """This will leave out colons after labels."""
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
