"""A record's way: what happened, what is happening, and the days to come, with who holds the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts import act_names
from ledger import reading
from records import words
from records.models import DishonestyRecord, RecordState
from records.selectors import people
from records.workflow import publicity
from records.workflow.record import RECORD, REGISTER
from rules import deadlines
from rules.clock import local_day

S = RecordState


@dataclass(frozen=True)
class Step:
    """One line of the history; a future one is a day to come and nobody's act yet."""

    day: date
    title: str
    note: str = ""
    who: str = ""
    at: datetime | None = None
    is_future: bool = False
    action: str = ""


@dataclass(frozen=True)
class Stage:
    """One stop of the stepper: done, current, skipped or to come."""

    key: str
    label: str
    status: str
    note: str = ""


def timeline(*, record: DishonestyRecord, now: datetime) -> list[Step]:
    """Return what the log tells of the record, oldest first, then the days to come; notes are the reasons people wrote."""
    return [*_past(record), *_future(record, now=now)]


def _past(record: DishonestyRecord) -> list[Step]:
    entries = list(reading.history_of(record._meta.label_lower, str(record.pk)).order_by("position"))
    notes = {remark.entry: remark.text for remark in record.remarks.all()}
    names = people.names(entries)
    return [
        Step(
            day=local_day(entry.at),
            at=entry.at,
            title=title(entry.kind),
            note=notes.get(entry.id, ""),
            who=people.who(entry, names) if entry.person else _("系统"),
            action=entry.kind,
        )
        for entry in entries
        if entry.kind.startswith("record.")
    ]


def title(kind: str) -> str:
    """Return the words of an act's kind in the log."""
    action = kind.removeprefix("record.")
    base, _dot, rest = action.partition(".")
    arrow = REGISTER if base == "register" else RECORD.arrows.get(base)
    words_of = {
        "acknowledge": _("说明文字扫描命中"),
        "add_evidence": _("上传附件"),
        "remove_evidence": _("移除附件"),
        "court_delisted": _("登记法院移出名单"),
    }
    label = str(arrow.label) if arrow else words_of.get(base) or act_names.name(f"record.{base}")
    suffix = {"propose": _("（提议）"), "sign": _("（签署）"), "decline": _("（未同意）")}.get(rest, "")
    return f"{label}{suffix}"


def _future(record: DishonestyRecord, *, now: datetime) -> list[Step]:
    today = local_day(now)
    days: list[tuple[date | None, str, str]] = [
        (clock.due_on, _("%s到期") % clock.label, _("暂定") if clock.provisional else "")
        for clock in deadlines.open_for(record)
    ]
    if record.state in (S.EFFECTIVE, S.DISCLOSED) and record.is_repairable:
        days.append((record.repair_from, _("可以申请信用修复"), _("整改验收合格之后")))
    if record.state == S.DISCLOSED:
        days.append((record.public_until, _("公示最后一天"), _("当日24时自动撤下")))
    days += [
        (report.due_on, _("失信情况报告到期"), "") for report in record.situation_reports.filter(state="required")
    ] + [
        (order.due_on, _("整改到期"), order.number)
        for order in record.rectifications.exclude(state__in=("accepted", "closed"))
    ]
    coming = [Step(day, name, note, is_future=True) for day, name, note in days if day is not None and day >= today]
    return sorted(coming, key=lambda step: step.day)


STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("filing", (S.DRAFT, S.RETURNED)),
    ("review", (S.PENDING_REVIEW,)),
    ("hearing", (S.NOTIFIED,)),
    ("recognition", (S.PENDING_APPROVAL, S.REJECTED)),
    ("disclosure", (S.EFFECTIVE, S.DISCLOSED)),
    ("end", (S.REPAIRED, S.EXPIRED, S.WITHDRAWN, S.ARCHIVED)),
)


def stepper(*, record: DishonestyRecord) -> list[Stage]:
    """Return the stops of a record's way; a hearing the source organ held, and a disclosure that never was, are skipped."""
    labels, notes = _labels(record), _notes(record)
    reached = next(place for place, (_key, states) in enumerate(STAGES) if record.state in states)
    return [
        Stage(key, labels[key], _status(record, key, place, reached), notes.get(key, ""))
        for place, (key, _states) in enumerate(STAGES)
    ]


def _labels(record: DishonestyRecord) -> dict[str, str]:
    ended = record.get_state_display() if record.state in STAGES[-1][1] else _("期满、修复或撤销")
    return {
        "filing": _("填报"),
        "review": _("部门初审"),
        "hearing": _("告知与陈述"),
        "recognition": _("认定"),
        "disclosure": _("公示与报送"),
        "end": str(ended),
    }


def _notes(record: DishonestyRecord) -> dict[str, str]:
    notes = {}
    if record.prior_hearing_by_source:
        notes["hearing"] = _("免：来源机关已听取陈述")
    if record.state == S.REJECTED:
        notes["recognition"] = _("不予认定")
    if record.publication_waits:
        notes["disclosure"] = _("文字扫描有命中，公示等待处理")
    elif record.ended_as == publicity.SUSPENDED:
        notes["disclosure"] = _("异议处理期间暂停公示")
    elif record.public_until:
        notes["disclosure"] = _("公示到%s") % words.day(record.public_until)
    return notes


def _status(record: DishonestyRecord, key: str, place: int, reached: int) -> str:
    if place == reached:
        return "current"
    if place > reached:
        return "to_come"
    skipped = key == "hearing" and record.prior_hearing_by_source
    return "skipped" if skipped or (key == "disclosure" and record.public_from is None) else "done"
