"""If it were recognised today: what would follow, each with the rule it comes from; what is not known is said, not guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from records import words
from records.models import DishonestyRecord
from records.workflow import publicity, source
from rules import codes, deadlines, parameters
from rules.clock import local_day
from rules.disclosure_policy import NoPolicy, Period, Policy


@dataclass(frozen=True)
class Consequence:
    """One thing that would follow; `mark` says how well the rule is founded, `known` whether it can be said yet."""

    key: str
    label: str
    result: str
    rule: str
    mark: str
    known: bool = True


def preview(subject: Any, *, now: datetime) -> list[Consequence]:
    """
    Return what recognition today would bring for a record or a filing, in the order of the page.

    Nothing is written; what cannot be told from the facts given is said to be unknown, with what is missing.
    """
    trial = _trial(subject, now=now)
    if not trial.source_type or not trial.severity:
        return [_unknown("disclosure", _("公示"), _("先选来源类型和等级")), *_duties(trial, now=now)]
    if trial.decided_on is None:
        return [
            _unknown("disclosure", _("公示"), _("填好文书日期后给出")),
            _report(trial, now=now),
            *_duties(trial, now=now),
        ]
    try:
        policy = publicity.policy_of(trial)
        period = publicity.period_of(trial, policy)
    except (NoPolicy, ValueError):
        return [_unknown("disclosure", _("公示"), _("现行规则没有这一类的公示期")), *_duties(trial, now=now)]
    return [
        _disclosure(trial, policy, period),
        _repair(trial, policy, period),
        _report(trial, now=now),
        *_duties(trial, now=now),
        *_sanctions(trial, period),
    ]


def _trial(subject: Any, *, now: datetime) -> DishonestyRecord:
    """Make an unsaved record of what is known, as if recognised today."""
    today = local_day(now)
    trial = DishonestyRecord(
        is_person=subject.subject_official is not None,
        subject_department=subject.subject_department,
        source_type=subject.source_type,
        severity=getattr(subject, "severity", "") or subject.severity_proposed,
        decided_on=subject.decided_on,
        key_areas=list(subject.key_areas),
        discipline=subject.discipline,
        is_repairable=subject.is_repairable,
        needs_rectification=subject.needs_rectification,
        registered_on=today,
        recognised_on=today,
    )
    trial.sanctions = list(getattr(subject, "sanctions", None) or subject.sanctions_proposed)
    return trial


def _unknown(key: str, label: str, why: str) -> Consequence:
    return Consequence(key, label, why, "", "", known=False)


def _disclosure(trial: DishonestyRecord, policy: Policy, period: Period) -> Consequence:
    label, rule = _("公示"), policy.source or policy.label
    if source.facts(trial).get("is_restricted"):
        return Consequence("disclosure", label, _("限内部使用，不公示、不报送"), rule, policy.mark)
    if trial.is_person:
        return Consequence("disclosure", label, _("个人记录默认不公示"), rule, policy.mark)
    if period.last_day is None:
        return _unknown("disclosure", label, _("没有可以推算的截止日"))
    if period.last_day < trial.registered_on:
        told = _("不再公示：从文书日期起算，公示期已在%s届满") % words.day(period.last_day)
        return Consequence("disclosure", label, told, rule, policy.mark)
    last = words.day(period.last_day)
    if not policy.publish_by_default:
        return Consequence("disclosure", label, _("默认不公示；决定公示的，最长到%s") % last, rule, policy.mark)
    return Consequence("disclosure", label, _("公示，最长到%s") % last, rule, policy.mark)


def _repair(trial: DishonestyRecord, policy: Policy, period: Period) -> Consequence:
    label, rule = _("最早可申请修复"), policy.source or policy.label
    if not trial.is_repairable or source.facts(trial).get("is_mirror"):
        return Consequence("repair", label, _("不可在本平台修复"), rule, policy.mark)
    if policy.until_performed:
        return Consequence("repair", label, _("履行完毕并经确认即可"), rule, policy.mark)
    return Consequence("repair", label, words.day(period.repair_from), rule, policy.mark)


def _report(trial: DishonestyRecord, *, now: datetime) -> Consequence:
    label = _("报送省信用平台")
    told = source.facts(trial)
    today = local_day(now)
    if told.get("is_restricted"):
        return Consequence("report", label, _("不报送"), "", "design")
    if told.get("is_realtime"):
        row = parameters.row("push.default_realtime_minutes", on=today)
        return Consequence("report", label, _("认定后 %d 分钟内") % int(row.value), "发改财金〔2023〕1103号", row.mark)
    if trial.decided_on is None:
        return _unknown("report", label, _("填好文书日期后给出"))
    return _due("report", label, "push.record_create_days", trial.decided_on)


def _due(key: str, label: str, rule: str, start: date) -> Consequence:
    derived = deadlines.derive(rule, start)
    told = _("%s前") % words.day(derived.due_on)
    if derived.provisional:
        told = _("%s（暂定，该年日历还没有公布）") % told
    return Consequence(key, label, told, derived.source if derived.is_law else derived.label, derived.mark)


def _duties(trial: DishonestyRecord, *, now: datetime) -> list[Consequence]:
    today = local_day(now)
    owed = [_due("situation_report", _("单位须提交情况报告"), "report.situation_days", today)]
    if trial.needs_rectification or "RECTIFY_ORDER" in trial.sanctions:
        owed.append(_due("rectification", _("限期整改"), "rectify.default_days", today))
    return owed


def _sanctions(trial: DishonestyRecord, period: Period) -> list[Consequence]:
    until = _("到%s止") % words.day(period.last_day) if period.last_day else _("到记录终止为止")
    told = []
    for code in trial.sanctions:
        row = codes.find("sanction", code, trial.registered_on)
        if row is not None:
            told.append(Consequence(f"sanction:{code}", row.label, until, row.basis, row.mark))
    return told
