"""What a clerk hands in about one record, and its way into clean columns: every field is checked, every error named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.refusals import Invalid
from records.workflow import writing
from rules import codes
from rules.clock import local_day
from rules.models import DisciplinePeriod
from rules.numbers import document_number

if TYPE_CHECKING:
    from accounts.models import Department, Official

FACTS_LIMIT = 2000  # characters: SX_SS of the push record
FACTS_LEAST = 10
LOSS_LIMIT = Decimal("9999999999999999.99")
EARLIEST = date(1949, 10, 1)

LABELS: dict[str, Any] = {
    "subject_department": gettext_lazy("单位"),
    "subject_official": gettext_lazy("人员"),
    "source_type": gettext_lazy("失信来源类型"),
    "document_name": gettext_lazy("认定文书名称"),
    "document_number": gettext_lazy("文号"),
    "issuer_name": gettext_lazy("制发机关"),
    "decided_on": gettext_lazy("认定日期"),
    "facts": gettext_lazy("事实"),
    "basis_codes": gettext_lazy("认定依据"),
    "severity_proposed": gettext_lazy("建议等级"),
    "economic_loss_yuan": gettext_lazy("经济损失（元）"),
    "social_impact": gettext_lazy("社会影响"),
    "key_areas": gettext_lazy("重点领域"),
    "sanctions_proposed": gettext_lazy("建议惩戒措施"),
    "discipline": gettext_lazy("处分种类"),
    "in_duty": gettext_lazy("履职行为声明"),
    "evidence": gettext_lazy("来源文书附件"),
}


class Incomplete(Invalid):
    """Several fields are wrong at once; `errors` maps each to its sentence, and the first one is the message."""

    def __init__(self, errors: dict[str, str]) -> None:
        field, message = next(iter(errors.items()))
        super().__init__(message, field=field)
        self.errors = errors


@dataclass(frozen=True, kw_only=True)
class Filing:
    """The content of a record as typed in; the draft may leave gaps, the submission may not."""

    subject_department: Department
    subject_official: Official | None = None
    source_type: str = ""
    document_name: str = ""
    document_number: str = ""
    issuer_name: str = ""
    decided_on: date | None = None
    facts: str = ""
    basis_codes: tuple[str, ...] = ()
    severity_proposed: str = ""
    economic_loss_yuan: Decimal | str | None = None
    social_impact: str = ""
    key_areas: tuple[str, ...] = ()
    sanctions_proposed: tuple[str, ...] = ()
    discipline: str = ""
    in_duty: bool = False
    prior_hearing_by_source: bool = False
    needs_rectification: bool = False
    is_repairable: bool = True


def _label(field: str) -> str:
    return str(LABELS[field])


def yuan(value: Decimal | str | None) -> Decimal | None:
    """
    Return an amount in yuan with two decimals, full-width digits and thousands commas accepted.

    :raises Invalid: it is no amount, negative, too large, or finer than one fen
    """
    if value is None or value == "":
        return None
    label, text = (
        _label("economic_loss_yuan"),
        writing.half_width(str(value))[:64].strip().replace(",", "").replace("，", ""),
    )
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise Invalid(_("“%s”不是金额，请填写数字，如 1268400.00") % label, field="economic_loss_yuan") from None
    if not amount.is_finite() or not 0 <= amount <= LOSS_LIMIT:
        raise Invalid(_("“%s”应在 0 到 9999999999999999.99 之间") % label, field="economic_loss_yuan")
    if amount != amount.quantize(Decimal("0.01")):
        raise Invalid(_("“%s”最多精确到分（两位小数）") % label, field="economic_loss_yuan")
    return amount.quantize(Decimal("0.01"))


def decision_day(value: date | None, *, today: date) -> date | None:
    """
    Return the day of the source document.

    :raises Invalid: it lies in the future or before 1949
    """
    if value is None:
        return None
    if value > today:
        raise Invalid(_("认定日期不能晚于今天"), field="decided_on")
    if value < EARLIEST:
        raise Invalid(_("认定日期不能早于1949年10月1日"), field="decided_on")
    return value


def _code(value: str, *, field: str, list_name: str, on: date) -> str:
    if not value:
        return ""
    return writing.codes([value], field=field, label=_label(field), known=dict(codes.choices(list_name, on=on)))[0]


def _codes(values: tuple[str, ...], *, field: str, list_name: str, on: date) -> list[str]:
    return writing.codes(values, field=field, label=_label(field), known=dict(codes.choices(list_name, on=on)))


def disciplines(on: date) -> list[tuple[str, str]]:
    """Return the disciplinary measures that exist on a day, as choices of a form."""
    rows = DisciplinePeriod.objects.on(on).order_by("months", "code")
    return [(row.code, row.label) for row in rows]


def _discipline(value: str, *, on: date) -> str:
    if not value:
        return ""
    return writing.codes([value], field="discipline", label=_label("discipline"), known=dict(disciplines(on)))[0]


def _line(filing: Filing, field: str, limit: int) -> str:
    return writing.clean(getattr(filing, field), field=field, label=_label(field), limit=limit)


def _number(filing: Filing) -> dict[str, Any]:
    typed = _line(filing, "document_number", 120)
    if not typed:
        return {"document_number": "", "document_number_original": ""}
    number = document_number.normalise(typed)
    return {"document_number": number.shown, "document_number_original": filing.document_number.strip()}


def columns(filing: Filing, *, now: datetime) -> dict[str, Any]:
    """
    Return the clean columns of the content.

    :raises Incomplete: one or more fields are not acceptable; nothing is missing yet for a draft
    """
    today = local_day(now)
    readers: dict[str, Callable[[], Any]] = {
        "source_type": lambda: _code(filing.source_type, field="source_type", list_name="source_type", on=today),
        "document_name": lambda: _line(filing, "document_name", 200),
        "document_number": lambda: _number(filing),
        "issuer_name": lambda: _line(filing, "issuer_name", 200),
        "decided_on": lambda: decision_day(filing.decided_on, today=today),
        "facts": lambda: writing.clean(
            filing.facts, field="facts", label=_label("facts"), limit=FACTS_LIMIT, lines=True
        ),
        "basis_codes": lambda: _codes(filing.basis_codes, field="basis_codes", list_name="legal_basis", on=today),
        "severity_proposed": lambda: _code(
            filing.severity_proposed, field="severity_proposed", list_name="severity", on=today
        ),
        "economic_loss_yuan": lambda: yuan(filing.economic_loss_yuan),
        "social_impact": lambda: _code(
            filing.social_impact, field="social_impact", list_name="social_impact", on=today
        ),
        "key_areas": lambda: _codes(filing.key_areas, field="key_areas", list_name="key_area", on=today),
        "sanctions_proposed": lambda: _codes(
            filing.sanctions_proposed, field="sanctions_proposed", list_name="sanction", on=today
        ),
        "discipline": lambda: _discipline(filing.discipline, on=filing.decided_on or today),
    }
    kept, errors = _read(readers)
    if errors:
        raise Incomplete(errors)
    number = kept.pop("document_number")
    flags = {name: bool(getattr(filing, name)) for name in FLAGS}
    return {**kept, **number, **flags}


FLAGS = ("in_duty", "prior_hearing_by_source", "needs_rectification", "is_repairable")


def _read(readers: dict[str, Callable[[], Any]]) -> tuple[dict[str, Any], dict[str, str]]:
    kept: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field, read in readers.items():
        try:
            kept[field] = read()
        except Invalid as problem:
            errors[field] = problem.message
    return kept, errors
