"""What a promise says, as rows and sentences for its pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from records import words
from records.models import Commitment, CommitmentState, DisclosureMode
from records.web.content import Fact
from records.workflow.commitments import differences
from rules import codes
from rules.calendar import working_days_between

S = CommitmentState


def facts(promise: Commitment) -> list[Fact]:
    """This will give the content of a promise in the order it is read; empty fields fall away."""
    on = promise.registered_on
    source = f"{promise.document_name} {promise.document_number}".strip()
    told = [
        Fact(_("承诺内容"), promise.content, is_prose=True),
        Fact(_("向谁承诺"), promise.to_whom),
        Fact(_("怎样算兑现"), promise.measure, is_prose=True),
        Fact(
            _("起止日期"),
            _("%(first)s至%(last)s")
            % {"first": words.day(promise.starts_on) or "—", "last": words.day(promise.due_on) or "—"},
        ),
        Fact(_("承诺类型"), codes.label("commitment_kind", promise.kind, on) if promise.kind else ""),
        Fact(_("承诺单位"), promise.department_name, code=promise.department.uscc),
        Fact(_("责任人"), f"{promise.responsible_name} {promise.responsible_post}".strip()),
        Fact(
            _("承诺来源"),
            f"{codes.label('commitment_origin', promise.origin, on) if promise.origin else ''} {source}".strip(),
        ),
        Fact(_("涉及金额"), words.money(promise.amount_yuan) if promise.amount_yuan is not None else ""),
        Fact(_("重点领域"), words.named("key_area", promise.key_areas, on)),
        Fact(_("公开方式"), differences.mode_words(promise.disclosure_mode, on=on), note=_kept_back(promise)),
        Fact(_("信用牵头部门"), promise.lead_name),
    ]
    return [fact for fact in told if fact.text]


def _kept_back(promise: Commitment) -> str:
    if promise.disclosure_mode == DisclosureMode.PROACTIVE:
        return ""
    return f"{promise.disclosure_basis} {promise.disclosure_reason}".strip()


def standing(promise: Commitment, plain: dict[str, str], *, today: date) -> dict[str, str]:
    """This will add to the plain words how near the due date is, or how the promise ended."""
    if promise.state == S.ACTIVE and promise.due_on is not None:
        left = working_days_between(today, promise.due_on)
        if 0 <= left <= 10:
            title = _("履行中，快到期：还剩 %d 个工作日") % left
            return {**plain, "tone": "warn", "icon": "clock", "title": title}
    if promise.state == S.OVERDUE and promise.overdue_on is not None:
        days = (today - words.settled(promise.due_on)).days
        return {**plain, "tone": "warn", "icon": "warn", "title": _("逾期 %d 天") % days}
    ends = {
        S.FULFILLED: ("info", "check"),
        S.BREACHED: ("bad", "cross"),
        S.CHANGED: ("info", "stop"),
        S.CANCELLED: ("info", "stop"),
    }
    if promise.state in ends:
        tone, icon = ends[S(promise.state)]
        return {"tone": tone, "icon": icon, "title": plain["title"], "text": verdict(promise).get("line", "")}
    return plain


def verdict(promise: Commitment) -> dict[str, Any]:
    """This will say how a promise ended, and on which version the verdict was given."""
    if promise.state == S.CHANGED:
        return {"line": _("%s 依法变更，不计入兑现率。") % words.day(promise.ended_on), "text": promise.change_reason}
    if promise.judged_on is None:
        return {}
    line = _("%(day)s 核定，核定的是第 %(edition)d 版。") % {
        "day": words.day(promise.judged_on),
        "edition": promise.judged_edition or promise.edition,
    }
    if promise.score is not None:
        line += _("得 %d 分") % promise.score
        line += (
            _("，逾期履行，兑现率折算 %s。") % f"{promise.value:f}".rstrip("0")
            if promise.is_late
            else _("，按期履行。")
        )
    return {"line": line, "text": promise.verdict_note, "who": promise.judge.name if promise.judge else ""}


def successor_of(promise: Commitment) -> Commitment | None:
    """This will give the promise that replaced this one, or None."""
    return Commitment.objects.filter(replaces=promise).first() if promise.state == S.CHANGED else None


def change_facts(promise: Commitment) -> list[Fact]:
    """This will say what the newest request for a lawful change asks for, and what became of it."""
    change = promise.changes.order_by("-requested_on", "-id").select_related("requested_by", "head", "approver").first()
    if change is None:
        return []
    on = change.requested_on
    told = [
        Fact(_("办到哪一步"), change.get_state_display()),
        Fact(_("申请"), f"{change.requested_by.name} {words.day(on)}"),
        Fact(_("法定依据"), words.named("legal_basis", change.basis_codes, on)),
        Fact(_("公共利益理由"), change.reason, is_prose=True),
        Fact(_("提到的不能作为理由的事"), words.named("refused_excuse", change.excuses, on)),
        Fact(_("补偿方案"), change.compensation_plan, is_prose=True),
        Fact(_("补偿情况"), _compensation(change)),
        *_new_words(promise, change.content, on),
        Fact(_("决定"), change.decision_note, is_prose=True),
    ]
    return [fact for fact in told if fact.text]


def _compensation(change: Any) -> str:
    if change.compensated_on is None:
        return _("还没有登记")
    return f"{words.money(change.compensation_yuan)}，{words.day(change.compensated_on)}：{change.compensation_note}"


def _new_words(promise: Commitment, content: dict[str, Any], on: date) -> list[Fact]:
    if not content:
        return [Fact(_("新的承诺"), _("没有，批准后到此为止"))]
    labels = {"title": _("新标题"), "content": _("新内容"), "measure": _("新标准"), "due_on": _("新到期日期")}
    return [
        Fact(label, differences.said(field, content[field], on=on), is_prose=field in ("content", "measure"))
        for field, label in labels.items()
        if content.get(field)
    ]
