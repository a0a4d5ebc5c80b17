"""The checks a description may name; each gives (path, sentence) for what does not fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts import wording
from accounts.identifiers import uscc
from ledger.refusals import Invalid
from rules import codes, parameters
from rules.details.shapes import Field, Form

SME_DAYS, SME_MOST = "payment.sme_days", "payment.sme_max_days"
Fault = tuple[str, str]


@dataclass(frozen=True)
class Scene:
    """What one run of a check sees: the values of the form or of one row, its fields, and the day of the act."""

    values: Mapping[str, Any]
    fields: Mapping[str, Field]
    facts: Mapping[str, Any]
    on: date

    def label(self, fact: str) -> str:
        """The label of the field a fact of the check names."""
        return self.fields[self.facts[fact]].label

    def value(self, fact: str) -> Any:
        """The value of the field a fact of the check names, or nothing."""
        return self.values.get(self.facts[fact], "")


def faults(form: Form, values: Mapping[str, Any], *, on: date) -> Iterator[Fault]:
    """This will run every check of a form on its cleaned values, rows one by one."""
    for check in form.checks:
        run = RUN[check.name]
        if not check.within:
            yield from run(Scene(values, form.by_key, check.facts, on))
            continue
        columns = {each.key: each for each in form.by_key[check.within].fields}
        rows = values.get(check.within, [])
        if check.name == "once":
            yield from _once(rows, columns, check.facts["field"], check.within)
            continue
        for number, row in enumerate(rows):
            for path, sentence in run(Scene(row, columns, check.facts, on)):
                yield f"{check.within}.{number}.{path}", sentence


def _order(scene: Scene) -> Iterator[Fault]:
    first, then = scene.value("first"), scene.value("then")
    if first and then and then < first:  # ISO days sort as days
        words = {"then": scene.label("then"), "first": scene.label("first"), "day": _day(first)}
        yield scene.facts["then"], _("“%(then)s”不能早于“%(first)s”（%(day)s）") % words


def _not_future(scene: Scene) -> Iterator[Fault]:
    value = scene.value("field")
    if value and value > scene.on.isoformat():
        yield scene.facts["field"], _("“%(label)s”不能晚于今天") % {"label": scene.label("field")}


def _at_most(scene: Scene) -> Iterator[Fault]:
    small, large = scene.value("small"), scene.value("large")
    if small and large and Decimal(small) > Decimal(large):
        words = {"small": scene.label("small"), "large": scene.label("large"), "sum": wording.money(large)}
        yield scene.facts["small"], _("“%(small)s”不能大于“%(large)s”（%(sum)s）") % words


def _needs(scene: Scene) -> Iterator[Fault]:
    """A field that must be filled where another one is filled, or has one of the values of ``is``."""
    cause, wanted = scene.value("when"), scene.facts.get("is")
    applies = cause in wanted if wanted else bool(cause)
    if cause and applies and scene.value("field") in ("", [], None):
        yield (
            scene.facts["field"],
            str(scene.facts.get("say") or _("请填写“%(label)s”") % {"label": scene.label("field")}),
        )


def _once(rows: list[Mapping[str, Any]], columns: Mapping[str, Field], key: str, within: str) -> Iterator[Fault]:
    seen: set[Any] = set()
    for number, row in enumerate(rows):
        if row.get(key) in seen:
            yield f"{within}.{number}.{key}", _("“%(label)s”重复，每项只填一行") % {"label": columns[key].label}
        seen.add(row.get(key))


def _uscc(scene: Scene) -> Iterator[Fault]:
    if value := scene.value("field"):
        try:
            uscc.clean(value, field=None)
        except Invalid as wrong:
            yield scene.facts["field"], wrong.message


def _not_refused(scene: Scene) -> Iterator[Fault]:
    """A ground the law does not take for one (``facts.refused`` of its code) is refused with the text of the rule."""
    code = scene.value("field")
    found = codes.find(scene.fields[scene.facts["field"]].list_name, code, scene.on) if code else None
    if found is not None and found.facts.get("refused"):
        words = {"label": found.label, "basis": found.basis or found.source}
        yield scene.facts["field"], _("“%(label)s”不是延期付款的理由（%(basis)s）") % words


def _in_post(scene: Scene) -> Iterator[Fault]:
    """项目责任回溯: who answers for a stage held the post on some day of it; a successor does not inherit it on paper."""
    owner, first, then = scene.value("owner"), scene.value("first"), scene.value("then")
    if not owner or not first or not then:
        return
    since, until = owner["held_from"], owner["held_to"] or "9999-12-31"
    if since > then or until <= first:
        words = {"name": owner["name"], "post": owner["post"], "since": _day(since)}
        text = _("%(name)s（%(post)s，%(since)s起任职）在这一阶段不任此职，请选当时的责任人") % words
        yield scene.facts["owner"], text


def _sme_payment(scene: Scene) -> Iterator[Fault]:
    """
    保障中小企业款项支付条例 第九条: paid within 30 days of delivery; a contract may say up to 60; more only where a law
    or administrative regulation says so.
    """
    delivered, agreed = scene.value("delivered_on"), scene.value("agreed_days")
    if not delivered or not agreed:
        return
    row = parameters.row(SME_MOST, on=date.fromisoformat(delivered))
    if int(agreed) > int(row.value) and not scene.value("by_law"):
        words = {"most": int(row.value), "source": row.source, "by_law": scene.label("by_law")}
        yield (
            scene.facts["agreed_days"],
            _("合同约定的付款期限最长 %(most)d 日（%(source)s）；法律、行政法规另有规定的，请写明“%(by_law)s”") % words,
        )


def _day(iso: str) -> str:
    return wording.day(date.fromisoformat(iso))


RUN: dict[str, Callable[[Scene], Iterator[Fault]]] = {
    "order": _order, "not_future": _not_future, "at_most": _at_most, "needs": _needs, "uscc": _uscc,
    "in_post": _in_post, "not_refused": _not_refused, "sme_payment": _sme_payment, "once": lambda scene: iter(()),
}  # fmt: skip
