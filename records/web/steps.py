"""Where a record stands: the five steps with their persons, and the sentence that says who holds it, until when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from accounts import wording
from records.models import DishonestyRecord, RecordState
from records.web.strips import Strip
from records.workflow import publicity
from records.workflow.record_kind import KIND
from rules import explaining

S = RecordState
PLACE = {
    S.DRAFT: 0, S.RETURNED: 0, S.PENDING_REVIEW: 1, S.NOTIFIED: 2, S.PENDING_APPROVAL: 3, S.REJECTED: 4,
    S.EFFECTIVE: 4, S.DISCLOSED: 4, S.REPAIRED: 5, S.EXPIRED: 5, S.WITHDRAWN: 5, S.ARCHIVED: 5,
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One mark of the stepper."""

    title: str
    phase: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Standing:
    """The answer to: what now, who, by when."""

    tone: str
    icon: str
    title: str
    text: str


def of(record: DishonestyRecord, *, strips: list[Strip], mine: bool) -> list[Step]:
    """This will give the five steps of a record with who did them and what is skipped."""
    at = PLACE[S(record.state)]
    heard = record.prior_hearing_by_source
    titles = [_("填报"), _("部门初审"), _("告知与陈述"), _("认定"), _("公示与报送")]
    lines = [_filed(record), _reviewed(record), _heard(record), _recognised(record), _shown(record)]
    steps = []
    for place, title in enumerate(titles):
        phase = "done" if place < at else "now" if place == at else "later"
        if place == 2 and heard:
            phase = "skipped"
        told = [*lines[place], *(_by_when(record, strips, mine) if phase == "now" else [])]
        steps.append(Step(title, phase, told))
    return steps


def standing(record: DishonestyRecord, *, strips: list[Strip], mine: bool) -> Standing:
    """This will say in one line who holds the record and what comes next, and until when in the second."""
    holder, following = _holder(record)
    if record.state in (S.REJECTED, S.REPAIRED, S.EXPIRED, S.WITHDRAWN, S.ARCHIVED):
        return Standing("info", "info", holder, following)
    title = _("在您手里：%(what)s") % {"what": holder} if mine else holder
    until = _until(record, strips)
    late = any(strip.left is not None and strip.left < 0 for strip in strips)
    return Standing("warn" if late else "info", "warn" if late else "clock", title, until + following)


def _holder(record: DishonestyRecord) -> tuple[str, str]:
    """Who holds it, and what happens next, by state."""
    if record.state == S.EFFECTIVE:
        return _effective(record)
    told = {
        S.DRAFT: (_("草稿，在填报人%s手里") % _filer(record), _("填完并附上来源文书后提交初审。")),
        S.RETURNED: (_("已退回，在填报人%s手里") % _filer(record), _("补正后重新提交，从初审再走一遍。")),
        S.PENDING_REVIEW: (_("等%s的审核人初审") % record.department_name, _after_review(record)),
        S.NOTIFIED: (_("告知阶段"), _("陈述申辩期满，或收到陈述、放弃声明后，转信用牵头部门认定。")),
        S.PENDING_APPROVAL: (_("等%s认定") % record.lead_name, _("认定人须是没有经手过的人；认定后立即生效。")),
        S.REJECTED: (_("已决定不予认定"), record.decision_reason),
        S.DISCLOSED: (_("公示中，公示到 %s") % wording.day(record.public_until), _repair(record)),
        S.REPAIRED: (_("已修复，%s撤下公示") % wording.day(record.ended_on), _("档案留存，期满后归档。")),
        S.EXPIRED: (_("公示期满，%s撤下") % wording.day(record.ended_on), _("档案留存，期满后归档。")),
        S.WITHDRAWN: (_("已撤销，%s撤下") % wording.day(record.ended_on), record.withdrawn_because),
        S.ARCHIVED: (_("已归档"), _("转为档案保存，不再用于任何核查。")),
    }
    return told[S(record.state)]


def _filer(record: DishonestyRecord) -> str:
    """A draft opened by another case is nobody's until a clerk hands it in."""
    return str(record.filer.name) if record.filer else _("（%s，待接手）") % record.department_name


def _effective(record: DishonestyRecord) -> tuple[str, str]:
    if record.ended_as == publicity.SUSPENDED:
        told = _("办结以后记录仍然成立的自动恢复公示，公示到 %s，不延长。")
        return _("已生效；异议处理期间暂停公示"), told % wording.day(record.public_until)
    if record.publication_waits:
        return _("已生效；文字扫描有命中，等%s处理后公示") % record.lead_name, _("逐处遮去或者说明后才能公示。")
    if record.is_person:
        return _("已生效，默认不公示"), _("公职人员的记录只有具备法律依据并经两名认定人签署才公示。")
    return _("已生效，按规定不公示"), _repair(record)


def _after_review(record: DishonestyRecord) -> str:
    if record.prior_hearing_by_source:
        return _("通过后直接交%s认定。") % record.lead_name
    return _("通过后向当事人送达告知书，再交%s认定。") % record.lead_name


def _repair(record: DishonestyRecord) -> str:
    if not record.repair_from or not record.is_repairable:
        return _("到期自动撤下。") if record.public_until else ""
    return _("%s起可以申请信用修复；到期当日 24 时自动撤下。") % wording.day(record.repair_from)


def _until(record: DishonestyRecord, strips: list[Strip]) -> str:
    """The nearest day, in words."""
    if not strips:
        return ""
    nearest = own(record, strips)
    if nearest.due_on is None:
        return _("%(label)s：计时已暂停（%(why)s）。") % {"label": nearest.label, "why": nearest.paused}
    return _("%(label)s：%(day)s 前（%(left)s）。") % {
        "label": nearest.label, "day": wording.day(nearest.due_on), "left": wording.working_days(nearest.left),
    }  # fmt: skip


def own(record: DishonestyRecord, strips: list[Strip]) -> Strip:
    """This will pick the deadline of the present step before the one of the whole way."""
    rules = KIND.clocks.get(record.state, ())
    return min(strips, key=lambda each: rules.index(each.rule) if each.rule in rules else len(rules))


def _by_when(record: DishonestyRecord, strips: list[Strip], mine: bool) -> list[str]:
    left = own(record, strips).left if strips else None
    told = [wording.working_days(left)] if left is not None else []
    return [_("在您手里"), *told] if mine else told


def _filed(record: DishonestyRecord) -> list[str]:
    told = [f"{_filer(record)} · {_on(record.registered_on)}"]
    return [*told, _("第 %d 版内容") % record.edition] if record.edition > 1 else told


def _reviewed(record: DishonestyRecord) -> list[str]:
    return [record.reviewer.name] if record.reviewer else [_("%s审核人，须另一人") % record.department_name]


def _heard(record: DishonestyRecord) -> list[str]:
    return (
        [_("免：来源机关已听取陈述")]
        if record.prior_hearing_by_source
        else [explaining.filled(_("送达后 {record.prior_notice_days}"))]
    )


def _recognised(record: DishonestyRecord) -> list[str]:
    if record.approver:
        return [" · ".join(filter(None, (record.approver.name, _on(record.recognised_on))))]
    return [record.lead_name, explaining.filled(_("{record.review_days}内"))]


def _shown(record: DishonestyRecord) -> list[str]:
    if record.ended_as == publicity.SUSPENDED:
        return [_("异议处理期间暂停公示")]
    if record.public_until and record.ended_on:
        return [_("%s撤下") % wording.day(record.ended_on)]
    if record.public_until:
        return [_("公示到 %s") % wording.day(record.public_until)]
    if record.state == S.REJECTED:
        return [_("不公示、不报送")]
    return [_("自动，文字扫描无命中后")] if not record.is_person else [_("报送；默认不公示")]


def _on(day: date | None) -> str:
    return wording.day_plain(day)
