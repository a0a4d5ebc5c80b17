"""Whether a record can be repaired, from which day and by which rule; asked by the page before, the form and the act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext as _

from records import words
from records.models import (
    BEFORE_DECISION,
    IN_FORCE,
    CreditRepair,
    DishonestyRecord,
    RectificationState,
    RepairRevocation,
)
from records.workflow import source
from rules import codes, discipline
from rules.clock import local_day

PUT_RIGHT = (RectificationState.ACCEPTED, RectificationState.CLOSED)


@dataclass(frozen=True)
class Condition:
    """
    One thing that must hold: met or not, said in a sentence.

    ``from_day`` is the first day on which time alone will meet it; ``never`` = no waiting helps here; ``elsewhere`` says
    where to go instead.
    """

    key: str
    label: str
    is_met: bool
    said: str
    from_day: date | None = None
    never: bool = False
    elsewhere: str = ""


@dataclass(frozen=True)
class Eligibility:
    """All conditions of one record on one day, in the order they are told."""

    conditions: tuple[Condition, ...]

    @property
    def is_open(self) -> bool:
        """Whether an application may be handed in today."""
        return self.first_unmet is None

    @property
    def first_unmet(self) -> Condition | None:
        """The first thing that stands in the way; what can never be met comes first."""
        return next((each for each in self.unmet if each.never), next(iter(self.unmet), None))

    @property
    def unmet(self) -> tuple[Condition, ...]:
        """Everything that stands in the way."""
        return tuple(each for each in self.conditions if not each.is_met)

    @property
    def is_closed_for_good(self) -> bool:
        """Whether the record is not repaired here at all."""
        return any(each.never for each in self.unmet)

    @property
    def decisive(self) -> Condition | None:
        """The condition that opens last, which gives the earliest day its rule."""
        dated = [each for each in self.conditions if each.from_day is not None]
        return max(dated, key=lambda each: each.from_day or date.min, default=None)

    @property
    def earliest(self) -> date | None:
        """The first day on which time allows an application; none where it never does, or where time plays no part."""
        if self.is_closed_for_good or self.decisive is None:
            return None
        return self.decisive.from_day


def of(record: DishonestyRecord, *, now: datetime, apart_from: CreditRepair | None = None) -> Eligibility:
    """
    Return the conditions of a record as they stand; ``apart_from`` is the application being judged itself.

    Source: 信用修复管理办法（发改委令第36号）, 国办发〔2025〕22号; domain 4.4.
    """
    today = local_day(now)
    asked: tuple[Callable[[DishonestyRecord, date], Condition], ...] = (
        _in_force,
        _kept_here,
        _may_be_repaired,
        _discipline_over,
        _least_period,
        _put_right,
        _not_blocked,
    )
    return Eligibility((*(each(record, today) for each in asked), _no_other(record, apart_from)))


def _in_force(record: DishonestyRecord, today: date) -> Condition:
    met = record.state in IN_FORCE
    said = _("记录处于“%s”") % record.get_state_display()
    return Condition("in_force", _("记录生效中"), met, said, never=not met)


def _kept_here(record: DishonestyRecord, today: date) -> Condition:
    label = _("由本平台认定")
    if not source.facts(record).get("is_mirror"):
        return Condition("kept_here", label, True, _("认定单位是%s，谁认定、谁修复") % record.lead_name)
    return Condition(
        "kept_here",
        label,
        False,
        _("本记录照录法院的失信被执行人名单（%s），这里不办理修复") % record.document_number,
        never=True,
        elsewhere=_("请向%s申请删除；法院移出名单后，本记录自动结束") % record.issuer_name,
    )


def _may_be_repaired(record: DishonestyRecord, today: date) -> Condition:
    met = record.is_repairable or bool(source.facts(record).get("is_mirror"))  # a mirrored one has its own sentence
    said = _("依据没有排除修复") if met else _("依据规定，本记录不可修复")
    way = "" if met else _("对认定本身有不同意见的，可以提出异议；公示期满自动撤下")
    return Condition("repairable", _("不属于不可修复的"), met, said, never=not met, elsewhere=way)


def _discipline_over(record: DishonestyRecord, today: date) -> Condition:
    label = _("处分影响期已满")
    if not (record.is_person and record.discipline):
        return Condition("discipline", label, True, _("没有处分影响期"))
    decided = words.settled(record.decided_on)
    if discipline.measure(record.discipline, on=decided).is_permanent:
        return Condition(
            "discipline", label, False, _("处分长期有效，不能修复"), never=True,
            elsewhere=_("对处分不服的，向作出处分的机关申请复审、复核"),
        )  # fmt: skip
    ends = discipline.effect_ends_on(record.discipline, decided_on=decided)
    if ends is None:
        return Condition("discipline", label, True, _("没有处分影响期"))
    opens = ends + timedelta(days=1)
    said = _("处分影响期到%s止，解除以后才能申请修复") % words.day(ends)
    return Condition("discipline", label, today >= opens, said, from_day=opens)


def _least_period(record: DishonestyRecord, today: date) -> Condition:
    label, opens = _("已满最短公示期"), record.repair_from
    if opens is None:
        return Condition("period", label, True, _("没有最短公示期"))
    if today >= opens:
        return Condition("period", label, True, _("%s起可以申请") % words.day(opens), from_day=opens)
    return Condition("period", label, False, _("未满最短公示期（%s）") % words.day(opens), from_day=opens)


def _put_right(record: DishonestyRecord, today: date) -> Condition:
    label = _("整改已验收通过")
    orders = list(record.rectifications.order_by("ordered_on", "number"))
    if not orders:
        return Condition("rectified", label, True, _("没有责令整改"))
    waiting = [order.number for order in orders if order.state not in PUT_RIGHT]
    if waiting:
        return Condition("rectified", label, False, _("整改还没有验收通过：%s") % "、".join(waiting))
    return Condition("rectified", label, True, _("整改已验收通过"))


def _not_blocked(record: DishonestyRecord, today: date) -> Condition:
    label = _("近期没有被撤销的修复")
    held = revocations_of(record).filter(may_apply_from__gt=today).order_by("-may_apply_from").first()
    if held is None:
        return Condition("not_blocked", label, True, _("没有因虚假承诺或虚假材料被撤销的修复"))
    said = _("修复曾于%(day)s因%(ground)s被撤销，%(again)s起才能再申请") % {
        "day": words.day(held.revoked_on),
        "ground": codes.label("repair_revocation", held.ground, held.revoked_on),
        "again": words.day(held.may_apply_from),
    }
    return Condition("not_blocked", label, False, said, from_day=held.may_apply_from)


def _no_other(record: DishonestyRecord, apart_from: CreditRepair | None) -> Condition:
    others = record.repairs.filter(state__in=BEFORE_DECISION)
    if apart_from is not None:
        others = others.exclude(pk=apart_from.pk)
    first = others.order_by("opened_on", "number").first()
    said = _("没有别的申请在办") if first is None else _("已有一件修复申请在办：%s") % first.number
    return Condition("no_other", _("没有重复申请"), first is None, said)


def revocations_of(record: DishonestyRecord) -> models.QuerySet[RepairRevocation]:
    """Return the revoked repairs of the same subject, on whichever record: a false promise costs its credit everywhere."""
    held = RepairRevocation.objects.all()
    if record.is_person:
        return held.filter(repair__applicant_official=record.subject_official_id)
    return held.filter(repair__applicant_department=record.subject_department_id, repair__applicant_official=None)
