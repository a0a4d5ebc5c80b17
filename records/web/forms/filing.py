"""The filing form: what a clerk types about one record, in four parts, and its way to the service."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Department, Post
from accounts.widgets import ChoiceCards
from records.models import DishonestyRecord
from records.web import subjects
from records.web.forms.fields import Day, LongText, OneOf, SomeOf, Text, Tick, Upload
from records.web.forms.severities import severity_notes
from records.workflow import filing as filings
from records.workflow.filing import LABELS, Filing, Incomplete
from rules import codes

UNIT, PERSON = "unit", "person"
LISTED = ("basis_codes", "key_areas", "sanctions_proposed")
SECTIONS: tuple[tuple[Any, tuple[tuple[str, ...], ...]], ...] = (
    (
        gettext_lazy("依据哪份文书"),
        (
            ("source",),
            ("document_name",),
            ("document_number", "decided_on"),
            ("issuer_name", "source_type"),
            ("basis_codes",),
            ("prior_hearing_by_source",),
        ),
    ),
    (
        gettext_lazy("记录谁"),
        (("about",), ("subject",), ("subject_unit",), ("official",), ("discipline",), ("in_duty",)),
    ),
    (
        gettext_lazy("事实与程度"),
        (
            ("facts",),
            ("severity_proposed",),
            ("economic_loss_yuan", "social_impact"),
            ("key_areas",),
            ("sanctions_proposed",),
            ("needs_rectification",),
            ("is_repairable",),
        ),
    ),
)


class FilingForm(forms.Form):
    """The content of a record; a draft may leave gaps, so nothing but the subject is demanded here."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    source = Upload(
        label=gettext_lazy("来源文书"),
        help_text=gettext_lazy("判决书、处罚决定书、认定书等原件的扫描件。PDF、图片或 Office 文件，最大 20 MB。"),
    )
    document_name = Text(label=LABELS["document_name"], help_text=gettext_lazy("按文书抬头写，如“民事判决书”。"))
    document_number = Text(
        label=LABELS["document_number"], help_text=gettext_lazy("方括号、空格不必管，会自动写成〔〕。")
    )
    decided_on = Day(label=LABELS["decided_on"], help_text=gettext_lazy("落款日期。公示期和报送期限都从这天算。"))
    issuer_name = Text(label=LABELS["issuer_name"])
    source_type = OneOf(label=LABELS["source_type"])
    basis_codes = SomeOf(
        label=LABELS["basis_codes"], help_text=gettext_lazy("只能从现行目录中选，不在目录的不得认定。")
    )
    prior_hearing_by_source = Tick(label=gettext_lazy("来源机关作出决定前已听取当事人陈述申辩"))
    about = OneOf(
        label=gettext_lazy("记录的是"),
        choices=[(UNIT, gettext_lazy("一个单位")), (PERSON, gettext_lazy("一名公职人员"))],
        initial=UNIT,
        widget=forms.RadioSelect,
    )
    subject = Text(
        label=gettext_lazy("单位"),
        help_text=gettext_lazy("填统一社会信用代码，或单位全称、曾用名。个人也先填其单位。"),
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off", "spellcheck": "false"}),
    )
    subject_unit = OneOf(label=gettext_lazy("是哪一个单位"), widget=forms.RadioSelect)
    official = OneOf(
        label=gettext_lazy("是谁"),
        help_text=gettext_lazy("按单位和职务选人，同名的分开列出。"),
        widget=forms.RadioSelect,
    )
    discipline = OneOf(label=LABELS["discipline"], help_text=gettext_lazy("只用于公职人员；影响期按处分种类算。"))
    in_duty = Tick(label=gettext_lazy("我声明：所记行为发生在履行职务中"))
    facts = LongText(
        label=LABELS["facts"],
        rows=6,
        help_text=gettext_lazy("会原样公示。写清时间、约定、实际、后果；不写个人姓名、电话、证件号。"),
    )
    severity_proposed = OneOf(
        label=LABELS["severity_proposed"],
        help_text=gettext_lazy("按登记日有效的分级标准。选项不同，后果预览随之改变。"),
    )
    economic_loss_yuan = Text(
        label=LABELS["economic_loss_yuan"],
        help_text=gettext_lazy("没有损失填 0。"),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    social_impact = OneOf(label=LABELS["social_impact"])
    key_areas = SomeOf(label=LABELS["key_areas"])
    sanctions_proposed = SomeOf(label=LABELS["sanctions_proposed"], help_text=gettext_lazy("只能从现行清单中选。"))
    needs_rectification = Tick(label=gettext_lazy("需要限期整改"))
    is_repairable = Tick(label=gettext_lazy("依法可以申请信用修复"), initial=True)

    optional = frozenset({"key_areas", "sanctions_proposed", "discipline"})
    lists = {
        "source_type": "source_type",
        "social_impact": "social_impact",
        "basis_codes": "legal_basis",
        "key_areas": "key_area",
        "sanctions_proposed": "sanction",
        "discipline": "",  # the periods of discipline are a list of their own
        "severity_proposed": "severity",
    }

    def __init__(
        self, *args: Any, today: date, kept: Iterable[str] = (), pinned: dict[str, list[str]] | None = None, **rest: Any
    ) -> None:
        """
        This will offer the lists in force on ``today``.

        ``kept`` are names of files already kept, ``pinned`` the reviewer's notes by field.
        """
        rest.setdefault("label_suffix", "")
        super().__init__(*args, **rest)
        self.today = today
        self._offer_lists()
        for name, field in self.fields.items():
            field.unmarked = name not in self.optional  # type: ignore[attr-defined]
            field.pinned = (pinned or {}).get(name, [])  # type: ignore[attr-defined]
        names = "、".join(kept)
        self.fields["source"].told = _("已保存：%(names)s") % {"names": names} if names else ""  # type: ignore[attr-defined]
        self._offer_units()

    def _offer_lists(self) -> None:
        for name, list_name in self.lists.items():
            offered = codes.choices(list_name, on=self.today) if list_name else filings.disciplines(self.today)
            field = self.fields[name]
            if name == "severity_proposed":
                field.widget = ChoiceCards(notes=severity_notes(self.today), as_severity=True)
                field.widget.is_required = False
            elif isinstance(field, OneOf):
                offered = [("", _("请选择")), *offered]
            field.choices = offered  # type: ignore[attr-defined]

    def _offer_units(self) -> None:
        """Units to choose from after a name fitted several, and the officials of the unit once it is known."""
        self.match = subjects.Match()
        typed, picked = self._typed("subject"), self._typed("subject_unit")
        if typed:
            self.match = subjects.unit(typed, on=self.today)
        if picked and any(each.uscc == picked for each in self.match.several):
            chosen = next(each for each in self.match.several if each.uscc == picked)
            self.match = subjects.Match(unit=chosen, several=self.match.several)
        self._choices("subject_unit", [(each.uscc, f"{each.name}（{each.uscc}）") for each in self.match.several])
        self.posts = self._posts()
        named = [(str(post.official_id), f"{post.official.person.name}，{post.title}") for post in self.posts]
        self._choices("official", list(dict(named).items()))

    def _choices(self, name: str, offered: list[tuple[str, str]]) -> None:
        if offered:
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def _posts(self) -> list[Post]:
        if self._typed("about") != PERSON or not self.match.unit:
            return []
        return subjects.officials(self.match.unit, on=self.today)

    def _typed(self, name: str) -> str:
        source = (
            self.data.get(self.add_prefix(name))
            if self.is_bound
            else self.get_initial_for_field(self.fields[name], name)
        )
        return str(source or "")

    def clean(self) -> dict[str, Any]:
        """This will demand a subject that was found; everything else may stay open in a draft."""
        kept = super().clean() or {}
        if not self.match.unit:
            self.add_error("subject_unit" if self.match.several else "subject", self.match.problem or _("请填写单位"))
        elif kept.get("about") == PERSON and not kept.get("official"):
            problem = _("请从该单位的人员中选一人") if self.posts else _("该单位没有登记在职人员，请先由人事登记")
            self.add_error("official" if "official" in self.fields else "subject", problem)
        return kept

    def judged(self, *, now: datetime) -> Incomplete | None:
        """This will ask the rules about every field that has no error yet, so that all are told at once."""
        try:
            filings.columns(Filing(subject_department=self.match.unit, **self._given()), now=now)  # type: ignore[arg-type]
        except Incomplete as found:
            return found
        return None

    def _given(self) -> dict[str, Any]:
        """The fields that hold something readable so far, in the form the service takes."""
        kept = {
            name: self.cleaned_data[name] for name in self._plain() if self.cleaned_data.get(name) not in (None, "")
        }
        return kept | {name: tuple(self.cleaned_data.get(name) or ()) for name in LISTED}

    def filing(self) -> Filing:
        """This will give what was typed in the form the service takes."""
        kept = self.cleaned_data
        return Filing(
            subject_department=self.unit,
            subject_official=next((p.official for p in self.posts if str(p.official_id) == kept.get("official")), None),
            **self._given(),
        )

    @property
    def unit(self) -> Department:
        """The unit found for what was typed; only after the form is valid."""
        assert self.match.unit is not None  # noqa: S101  clean() refused the form otherwise
        return self.match.unit

    @staticmethod
    def _plain() -> tuple[str, ...]:
        return (
            "source_type", "document_name", "document_number", "issuer_name", "decided_on", "facts", "severity_proposed",
            "economic_loss_yuan", "social_impact", "discipline", "in_duty", "prior_hearing_by_source",
            "needs_rectification", "is_repairable",
        )  # fmt: skip

    def sections(self) -> list[dict[str, Any]]:
        """This will give the parts of the form with their rows of one or two fields, for the template."""
        return [
            {"title": title, "rows": [[self[name] for name in row if name in self.fields] for row in rows]}
            for title, rows in SECTIONS
        ]


def initial_of(record: DishonestyRecord | None) -> dict[str, Any]:
    """This will give what the form shows first: a fresh key for a new record, the content for an old one."""
    if record is None:
        return {"key": uuid4(), "about": UNIT, "is_repairable": True}
    content = {
        name: getattr(record, name) for name in (*FilingForm._plain(), "key_areas", "basis_codes", "sanctions_proposed")
    }
    official: UUID | None = record.subject_official_id
    return content | {
        "version": record.version,
        "about": PERSON if record.is_person else UNIT,
        "subject": record.subject_code,
        "official": str(official) if official else "",
    }
