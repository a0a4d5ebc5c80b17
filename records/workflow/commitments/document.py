"""A promise as the public may read it: strings and integers only; one on request shows its title and how to ask for it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from disclosure.publishing import PublicDocument
from records import words
from records.models import Commitment, CommitmentState, DisclosureMode, MilestoneState
from records.workflow.commitments import differences, progress
from rules import codes, explaining

S = CommitmentState


def of(promise: Commitment) -> PublicDocument:
    """
    Return the public copy of a promise that is shown.

    Who answers for it appears by post, not by name; who filed, claimed and judged never appears (domain 2.5).
    """
    unit = promise.department
    asked = promise.disclosure_mode == DisclosureMode.ON_REQUEST
    return PublicDocument(
        id=promise.id,
        version=promise.public_version,
        kind="commitment",
        number=promise.number,
        title=promise.title,
        department_uscc=unit.uscc,
        department_name=promise.department_name,
        division_code=unit.division_code,
        ancestors=(*(above.uscc for above in unit.ancestors()), unit.uscc),
        areas=tuple(promise.key_areas),
        source_type="",
        severity="",
        decided_on=words.settled(promise.activated_on),
        visible_from=words.settled(promise.public_from),
        visible_until=words.settled(promise.public_until),
        fields=_on_request(promise) if asked else _fields(promise),
        why=_why(promise),
    )


def public_state(promise: Commitment) -> str:
    """Return the state the public sees: a claim not judged yet and a change not approved yet are nobody's business."""
    if promise.state == S.PERFORMED_CLAIMED:
        return S.OVERDUE if promise.is_late else S.ACTIVE
    return promise.state_before if promise.state == S.CHANGE_PENDING else promise.state


def _on_request(promise: Commitment) -> dict[str, Any]:
    return {
        "organ": promise.department_name,
        "mode": {"code": promise.disclosure_mode, "label": _mode(promise)},
        "paragraphs": [
            _("这项承诺依申请公开，这里只公开标题。"),
            _(
                "需要内容的，可以向%(unit)s提出政府信息公开申请：写明姓名或名称、联系方式、承诺编号 %(number)s 和获取方式。"
            )
            % {"unit": promise.department_name, "number": promise.number},
            explaining.filled(_("行政机关收到申请之日起{ogi.request_days}内答复（政府信息公开条例第三十三条）。")),
        ],
        "points": [
            {"label": _("承诺编号"), "text": promise.number},
            {"label": _("承诺单位"), "text": promise.department_name},
            {"label": _("公开方式"), "text": _mode(promise)},
            {"label": _("不主动公开的依据"), "text": promise.disclosure_basis},
        ],
        "history": [],
    }


def _mode(promise: Commitment) -> str:
    return differences.mode_words(promise.disclosure_mode, on=promise.registered_on)


def _fields(promise: Commitment) -> dict[str, Any]:
    state = public_state(promise)
    steps = progress.steps_of(promise)
    done = progress.of(steps)
    return {
        "organ": promise.department_name,
        "mode": {"code": promise.disclosure_mode, "label": _mode(promise)},
        "state": {"code": state, "label": _state_words(state)},
        "due_on": words.settled(promise.due_on).isoformat(),
        "paragraphs": [part.strip() for part in promise.content.split("\n") if part.strip()],
        "points": [{"label": label, "text": text} for label, text in _points(promise) if text],
        "progress": {
            "done": done.done,
            "steps": [
                {
                    "title": step.title,
                    "weight": step.weight,
                    "due_on": step.due_on.isoformat(),
                    "is_done": int(step.state == MilestoneState.CHECKED),
                }
                for step in steps
            ],
        },
        "verdict": _verdict(promise),
        "versions": _versions(promise),
        "links": _links(promise),
        "history": _history(promise),
    }


def _state_words(state: str) -> str:
    return {S.BREACHED: _("未履行"), S.CHANGED: _("依法变更")}.get(S(state), str(S(state).label))


def _points(promise: Commitment) -> list[tuple[str, str]]:
    on = promise.registered_on
    source = f"{promise.document_name} {promise.document_number}".strip()
    return [
        (_("承诺编号"), promise.number),
        (_("承诺单位"), f"{promise.department_name}（{promise.department.uscc}）"),
        (_("向谁承诺"), promise.to_whom),
        (_("承诺类型"), codes.label("commitment_kind", promise.kind, on)),
        (_("怎样算兑现"), promise.measure),
        (
            _("起止日期"),
            _("%(first)s至%(last)s") % {"first": words.day(promise.starts_on), "last": words.day(promise.due_on)},
        ),
        (_("承诺来源"), f"{codes.label('commitment_origin', promise.origin, on)} {source}".strip()),
        (_("涉及金额"), words.money(promise.amount_yuan) if promise.amount_yuan is not None else ""),
        (_("责任人"), promise.responsible_post or _("本单位主要负责人")),
    ]


def _verdict(promise: Commitment) -> dict[str, Any]:
    """The verdict names the version it judged (F21)."""
    if promise.state == S.FULFILLED:
        late = _("，逾期 %d 天，按折半计") % _days_late(promise) if promise.is_late else _("，按期")
        title = _("已履行%s") % late
    elif promise.state == S.BREACHED:
        title = _("未履行")
    elif promise.state == S.CHANGED:
        return {
            "title": _("依法变更"),
            "text": promise.change_reason,
            "edition": 0,
            "day": _iso(promise.ended_on),
            "score": -1,
        }
    else:
        return {}
    return {
        "title": title,
        "text": promise.verdict_note,
        "edition": promise.judged_edition or 0,
        "day": _iso(promise.judged_on),
        "score": promise.score if promise.score is not None else -1,
    }


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


def _days_late(promise: Commitment) -> int:
    return max((words.settled(promise.performed_on) - words.settled(promise.due_on)).days, 0)


def _versions(promise: Commitment) -> list[dict[str, Any]]:
    """Every wording that bound, with what moved against the one before."""
    told: list[dict[str, Any]] = []
    before: dict[str, Any] | None = None
    for version in promise.versions.filter(approved_on__isnull=False).order_by("edition"):
        on = words.settled(version.approved_on)
        moved = differences.between(before, version.content, on=on, is_public=True) if before is not None else []
        told.append(
            {
                "edition": version.edition,
                "day": on.isoformat(),
                "why": version.why if before is not None else "",
                "changes": [{key: each[key] for key in ("label", "old", "new", "shift")} for each in moved],
            }
        )
        before = version.content
    return told


def _links(promise: Commitment) -> dict[str, Any]:
    """The promise this one replaced and the one that replaced it; only those the public may open."""
    after = Commitment.objects.filter(replaces=promise).first() if promise.state == S.CHANGED else None
    told = {"before": promise.replaces, "after": after}
    return {
        side: {"id": str(other.id), "number": other.number, "title": other.title}
        for side, other in told.items()
        if other is not None and other.disclosure_mode == DisclosureMode.PROACTIVE
    }


def _history(promise: Commitment) -> list[dict[str, str]]:
    state = promise.state
    days: list[tuple[Any, str, str]] = [
        (promise.activated_on, _("作出承诺"), _("填报、审核由两人分别经手")),
        *((version.approved_on, _("修订为第 %d 版") % version.edition, version.why) for version in _amended(promise)),
        (promise.overdue_on, _("逾期"), _("到期日没有申报履行")),
        (promise.performed_on if state == S.FULFILLED else None, _("履行完毕"), ""),
        (promise.judged_on if state == S.FULFILLED else None, _("核定已履行"), ""),
        (promise.judged_on if state == S.BREACHED else None, _("认定未履行"), _("责令整改后仍未履行")),
        (promise.ended_on if state == S.CHANGED else None, _("依法变更"), promise.change_reason),
    ]
    told = [(on, title, note) for on, title, note in days if on is not None]
    return [
        {"day": on.isoformat(), "title": title, "note": note}
        for on, title, note in sorted(told, key=lambda row: row[0])
    ]


def _amended(promise: Commitment) -> Any:
    return promise.versions.filter(approved_on__gt=promise.activated_on, edition__gt=1).order_by("edition")


def _why(promise: Commitment) -> dict[str, Any]:
    return {
        "basis": _("政府信息公开条例"),
        "clause": _("以公开为常态、不公开为例外；办结后继续公开一段时间，供社会监督"),
        "start": words.settled(promise.public_from).isoformat(),
        "last_day": words.settled(promise.public_until).isoformat(),
        "decided_by": promise.department_name,
        "repair_from": "",
        "ends_earlier": [],
    }
