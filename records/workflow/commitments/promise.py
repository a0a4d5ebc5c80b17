"""What a clerk hands in about one promise, and its way into clean columns: every field is checked, every error named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.refusals import Invalid
from records.workflow import writing
from records.workflow.filing import EARLIEST, Incomplete, yuan
from rules import codes
from rules.clock import local_day
from rules.numbers import document_number

if TYPE_CHECKING:
    from accounts.models import Official

CONTENT_LIMIT = 2000  # characters
MEASURE_LIMIT = 500
LATEST = date(2100, 1, 1)
MOST_MILESTONES = 12

AMENDABLE: tuple[str, ...] = ("title", "content", "to_whom", "measure", "due_on", "key_areas")
"""What an amendment may move; a later day, another kind or another way of disclosure is a lawful change or a new promise."""

LABELS: dict[str, Any] = {
    "kind": gettext_lazy("承诺类型"),
    "title": gettext_lazy("标题"),
    "content": gettext_lazy("承诺内容"),
    "to_whom": gettext_lazy("承诺对象"),
    "measure": gettext_lazy("可衡量的标准"),
    "starts_on": gettext_lazy("起始日期"),
    "due_on": gettext_lazy("到期日期"),
    "key_areas": gettext_lazy("重点领域"),
    "origin": gettext_lazy("承诺来源"),
    "document_name": gettext_lazy("来源文件名称"),
    "document_number": gettext_lazy("文号或合同编号"),
    "amount_yuan": gettext_lazy("涉及金额（元）"),
    "responsible_official": gettext_lazy("责任人"),
    "responsible_name": gettext_lazy("责任人"),
    "responsible_post": gettext_lazy("责任人职务"),
    "disclosure_mode": gettext_lazy("公开方式"),
    "disclosure_reason": gettext_lazy("不主动公开的理由"),
    "disclosure_basis": gettext_lazy("不主动公开的依据"),
    "milestones": gettext_lazy("阶段节点"),
}


@dataclass(frozen=True)
class Step:
    """One milestone as planned."""

    title: str
    weight: int
    due_on: date | None

    def plain(self) -> dict[str, Any]:
        """Return it as a version keeps it."""
        return {"title": self.title, "weight": self.weight, "due_on": self.due_on.isoformat() if self.due_on else ""}


@dataclass(frozen=True, kw_only=True)
class Promise:
    """The content of a commitment as typed in; the draft may leave gaps, the submission may not."""

    kind: str = ""
    title: str = ""
    content: str = ""
    to_whom: str = ""
    measure: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    key_areas: tuple[str, ...] = ()
    origin: str = ""
    document_name: str = ""
    document_number: str = ""
    amount_yuan: Decimal | str | None = None
    responsible_official: Official | None = None
    disclosure_mode: str = "PROACTIVE"
    disclosure_reason: str = ""
    disclosure_basis: str = ""
    milestones: tuple[Step, ...] = ()


def _label(field: str) -> str:
    return str(LABELS[field])


def _line(promise: Promise, field: str, limit: int, *, lines: bool = False) -> str:
    return writing.clean(getattr(promise, field), field=field, label=_label(field), limit=limit, lines=lines)


def _codes(values: tuple[str, ...], *, field: str, list_name: str, on: date) -> list[str]:
    return writing.codes(values, field=field, label=_label(field), known=dict(codes.choices(list_name, on=on)))


def _code(value: str, *, field: str, list_name: str, on: date) -> str:
    return _codes((value,), field=field, list_name=list_name, on=on)[0] if value else ""


def _day(value: date | None, *, field: str) -> date | None:
    if value is not None and not EARLIEST <= value < LATEST:
        raise Invalid(_("“%s”应在1949年10月1日到2099年12月31日之间") % _label(field), field=field)
    return value


def _due(promise: Promise) -> date | None:
    due = _day(promise.due_on, field="due_on")
    if due is not None and promise.starts_on is not None and due < promise.starts_on:
        raise Invalid(_("到期日期不能早于起始日期"), field="due_on")
    return due


def _amount(value: Decimal | str | None) -> Decimal | None:
    try:
        return yuan(value)
    except Invalid as problem:
        sentence = problem.message.replace(_("经济损失（元）"), _label("amount_yuan"))
        raise Invalid(sentence, field="amount_yuan") from None


def _number(promise: Promise) -> str:
    typed = _line(promise, "document_number", 120)
    return document_number.normalise(typed).shown if typed else ""


def steps(promise: Promise) -> list[Step]:
    """
    Return the milestones with clean titles.

    :raises Invalid: a title is missing or too long, a weight is out of range, or a day lies outside the promise
    """
    if len(promise.milestones) > MOST_MILESTONES:
        raise Invalid(_("最多 %d 个阶段节点") % MOST_MILESTONES, field="milestones")
    return [_step(promise, place, each) for place, each in enumerate(promise.milestones, start=1)]


def _step(promise: Promise, place: int, step: Step) -> Step:
    title = writing.clean(step.title, field="milestones", label=_("节点 %d") % place, limit=200)
    if not title:
        raise Invalid(_("节点 %d：请写明要做到什么") % place, field="milestones")
    if not 1 <= step.weight <= 100:
        raise Invalid(_("节点 %d：权重应在 1 到 100 之间") % place, field="milestones")
    if step.due_on is None:
        raise Invalid(_("节点 %d：请填写完成日期") % place, field="milestones")
    first, last = promise.starts_on or step.due_on, promise.due_on or step.due_on
    if not first <= step.due_on <= last:
        raise Invalid(_("节点 %d：完成日期应在承诺的起止日期之内") % place, field="milestones")
    return Step(title, step.weight, step.due_on)


def columns(promise: Promise, *, now: datetime) -> tuple[dict[str, Any], list[Step]]:
    """
    Return the clean columns of the content, and the milestones.

    :raises Incomplete: one or more fields are not acceptable; nothing is missing yet for a draft
    """
    today = local_day(now)
    readers: dict[str, Callable[[], Any]] = {
        "kind": lambda: _code(promise.kind, field="kind", list_name="commitment_kind", on=today),
        "title": lambda: _line(promise, "title", 200),
        "content": lambda: _line(promise, "content", CONTENT_LIMIT, lines=True),
        "to_whom": lambda: _line(promise, "to_whom", 200),
        "measure": lambda: _line(promise, "measure", MEASURE_LIMIT, lines=True),
        "starts_on": lambda: _day(promise.starts_on, field="starts_on"),
        "due_on": lambda: _due(promise),
        "key_areas": lambda: _codes(promise.key_areas, field="key_areas", list_name="key_area", on=today),
        "origin": lambda: _code(promise.origin, field="origin", list_name="commitment_origin", on=today),
        "document_name": lambda: _line(promise, "document_name", 200),
        "document_number": lambda: _number(promise),
        "amount_yuan": lambda: _amount(promise.amount_yuan),
        "disclosure_mode": lambda: (
            _code(promise.disclosure_mode, field="disclosure_mode", list_name="disclosure_mode", on=today)
            or "PROACTIVE"
        ),
        "disclosure_reason": lambda: _line(promise, "disclosure_reason", 500, lines=True),
        "disclosure_basis": lambda: _line(promise, "disclosure_basis", 200),
        "milestones": lambda: steps(promise),
    }
    kept, errors = _read(readers)
    if errors:
        raise Incomplete(errors)
    return kept, kept.pop("milestones")


def _read(readers: dict[str, Callable[[], Any]]) -> tuple[dict[str, Any], dict[str, str]]:
    kept: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field, read in readers.items():
        try:
            kept[field] = read()
        except Invalid as problem:
            errors[field] = problem.message
    return kept, errors
