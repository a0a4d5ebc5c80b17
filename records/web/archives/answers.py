"""A kept answer in words: the verdict of each line, the record and measure that cause it, and what may follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import marks, wording
from accounts.marks import Mark
from accounts.models import User
from records.models import CheckRun, CreditCheck, DishonestyRecord, Verdict
from records.workflow.archives import asking
from rules import codes

MARKS = {
    Verdict.RESTRICTED: Mark("fail", "stop", gettext_lazy("限制")),
    Verdict.NOTICE: Mark("wait", "warn", gettext_lazy("提示")),
    Verdict.CLEAR: Mark("done", "check", gettext_lazy("无")),
}
AWARD = "AWARD"


def standing(run: CheckRun) -> dict[str, str]:
    """This will say in one notice what the whole came to."""
    if run.restricted:
        title = _("核查结果：限制（%(some)d / %(all)d）") % {"some": run.restricted, "all": run.total}
        stops = _("受限的对象评优停止，不得提请授予。") if run.purpose == AWARD else _("按所列措施的范围停止办理。")
        return {"tone": "bad", "title": title, "text": stops}
    if run.noticed:
        title = _("核查结果：提示（%(some)d / %(all)d）") % {"some": run.noticed, "all": run.total}
        return {"tone": "warn", "title": title, "text": _("有在册记录，不限制这一用途；由经办单位结合情况决定。")}
    return {"tone": "ok", "title": _("核查结果：无"), "text": _("核查当时没有查到影响这一用途的在册记录。")}


def chips(run: CheckRun, counts: dict[str, int], wanted: str) -> list[dict[str, Any]]:
    """This will give the verdicts as filters, each with its count."""
    here = reverse("archives:check", args=[run.pk])
    told = (
        ("", _("全部"), run.total),
        (Verdict.RESTRICTED.value, _("限制"), counts["restricted"]),
        (Verdict.NOTICE.value, _("提示"), counts["noticed"]),
        (Verdict.CLEAR.value, _("无"), counts["clear"]),
    )
    return [
        {
            "label": label,
            "url": f"{here}?verdict={code}" if code else here,
            "count": count,
            "is_current": code == wanted,
        }
        for code, label, count in told
    ]


def lines(found: Sequence[CreditCheck], run: CheckRun, *, user: User, now: datetime) -> list[dict[str, Any]]:
    """This will print each line, with links to the records the reader may open, in two queries."""
    keys = {hit["record"] for each in found for hit in each.hits}
    opened = set(
        map(str, DishonestyRecord.objects.visible_to(user, now).filter(pk__in=keys).values_list("pk", flat=True))
    )
    keeps = bool(asking.role_for(user, department=run.department, purpose=run.purpose, now=now))
    return [_line(each, run, opened, keeps) for each in found]


def _line(check: CreditCheck, run: CheckRun, opened: set[str], keeps: bool) -> dict[str, Any]:
    args = [run.pk, check.pk]
    return {
        "check": check,
        "code": "" if check.official_id else check.subject_code,
        "mark": MARKS[Verdict(check.verdict)],
        "hits": [_hit(hit, opened) for hit in check.hits],
        "restrictions": [_restriction(each) for each in check.restrictions],
        "honours": [each["title"] for each in check.honours],
        "decision": codes.label("credit_check_decision", check.decision) if check.decision else "",
        "decide_url": reverse("archives:decide_check", args=args) if keeps and not check.decision else "",
        "report_url": reverse("archives:add_report", args=args) if keeps else "",
    }


def _hit(hit: dict[str, Any], opened: set[str]) -> dict[str, Any]:
    until = _("到%s") % wording.day(_day(hit["until"])) if hit["until"] else ""
    words = [*_named(hit), until]
    if hit["is_objected"]:
        words.append(_("异议处理中"))
    return {
        "text": " · ".join(filter(None, words)),
        "severity": hit["severity"],
        "restricts": hit["restricts"],
        "url": reverse("records:record", args=[hit["record"]]) if hit["record"] in opened else "",
    }


def _named(hit: dict[str, Any]) -> list[str]:
    """What identifies the record; of a restricted source, only that there is one."""
    if hit["is_withheld"]:
        return [_("内部记录，详情由人事按规定核实")]
    return [hit["number"], hit["source"], hit["document_number"]]


def _restriction(each: dict[str, Any]) -> str:
    until = _("到%s") % wording.day(_day(each["until"])) if each["until"] else _("到记录终止为止")
    effect = _("限制这一用途") if each["restricts"] else _("不限制这一用途")
    return f"{each['label']}（{until}，{effect}）"


def _day(text: str) -> date:
    return date.fromisoformat(text)


marks.register("verdict", {code.value: mark for code, mark in MARKS.items()})
