"""One delivery as a row of the list: its deadline, what the platform said, what happens next and who does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import wording
from accounts.models import DepartmentCode
from exchange import lateness, mappings, subjects
from exchange.models import HOLDING, Delivery, DeliveryState, Operation
from exchange.models.delivery import DeliveryQuerySet
from rules import calendar, clock, parameters

ENDED_TITLES = {
    Operation.WITHDRAW.value: gettext_lazy("一条撤销的记录"),
    Operation.REPAIR.value: gettext_lazy("一条已修复的记录"),
    Operation.EXPIRE.value: gettext_lazy("一条公示期满的记录"),
}


@dataclass(frozen=True)
class Step:
    """One thing that comes next, and the page it is done on, where the reader may open it."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Row:
    """What one line of the list prints."""

    delivery: Delivery
    title: str
    under: str
    left: int | None
    due_on: date | None
    plain: str
    plain_under: str
    answer: str
    steps: tuple[Step, ...]

    @property
    def next_step(self) -> str:
        """What comes next, in one sentence."""
        return _("，再").join(step.words for step in self.steps)


def with_waiting(deliveries: DeliveryQuerySet) -> DeliveryQuerySet:
    """This will load what rows need in one query: the report's names, the earlier version waited for, and the newest."""
    every = Delivery.objects.filter(
        channel=OuterRef("channel"), resource=OuterRef("resource"), subject_id=OuterRef("subject_id")
    ).order_by()
    earlier = every.filter(version__lt=OuterRef("version"), state__in=HOLDING)
    told = deliveries.select_related("report", "department").defer("payload")
    return told.annotate(waits_for=Subquery(_top(earlier)), newest=Subquery(_top(every)))


def _top(found: DeliveryQuerySet) -> Any:
    return found.values("subject_id").annotate(top=Max("version")).values("top")


def rows(*, deliveries: Iterable[Delivery], now: datetime, may_resend: bool, leads: bool = True) -> list[Row]:
    """This will turn deliveries into lines; ``leads`` says whether the reader may follow them to what they are about."""
    listed = list(deliveries)
    corrected = _corrected(listed)
    return [_row(each, now, may_resend, leads, corrected) for each in listed]


def row(*, delivery: Delivery, now: datetime, may_resend: bool, leads: bool = True) -> Row:
    """This will say one delivery in words; it must come from :func:`with_waiting`."""
    return _row(delivery, now, may_resend, leads, _corrected([delivery]))


def _row(delivery: Delivery, now: datetime, may_resend: bool, leads: bool, corrected: set[str]) -> Row:
    today = clock.local_day(now)
    left, due_on, plain, plain_under = _deadline(delivery, today)
    steps = _next(delivery, may_resend, today, corrected)
    return Row(
        delivery,
        title_of(delivery),
        _under(delivery),
        left,
        due_on,
        plain,
        plain_under,
        said(delivery),
        steps if leads else tuple(Step(step.words) for step in steps),
    )


CODES = ("subject_code", "recogniser_code", "source_code")


def _corrected(deliveries: Iterable[Delivery]) -> set[str]:
    """Those of the codes refused reports bear that were corrected in the register since: one query, none where none is refused."""
    refused = (each.report.fields for each in deliveries if each.state == DeliveryState.REJECTED)
    asked = {fields[name] for fields in refused for name in CODES if fields.get(name)}
    if not asked:
        return set()
    return set(DepartmentCode.objects.filter(code__in=asked).values_list("code", flat=True))


def title_of(delivery: Delivery) -> str:
    """This will name the record, unless it has ended or its contents are gone: then nothing of it is repeated."""
    if delivery.operation in ENDED_TITLES:
        return str(ENDED_TITLES[delivery.operation])
    told = delivery.report.fields
    named = str(told.get("document_name") or told.get("title") or "")  # a promise goes by its title
    return named or _("一条内容已抹去的记录")


def said(delivery: Delivery) -> str:
    """This will give the platform's answer in words."""
    if delivery.state == DeliveryState.STORED:
        told = _("回执 %(number)s") % {"number": delivery.receipt_number}
        return f"{told} · {delivery.warning}" if delivery.warning else told
    if delivery.state in (DeliveryState.SUPERSEDED, DeliveryState.CANCELLED):
        return _ended(delivery)
    speak = {
        DeliveryState.DEAD: _dead,
        DeliveryState.REJECTED: fault_of,
        DeliveryState.RETRY_WAIT: _retry,
        DeliveryState.SENT: _sent,
        DeliveryState.SENDING: lambda _delivery: _("正在等平台答复"),
        DeliveryState.QUEUED: _queued,
    }
    return speak[DeliveryState(delivery.state)](delivery)


def fault_of(delivery: Delivery) -> str:
    """This will name the field that was refused and why, as the officer knows it."""
    if not delivery.field or "“" in delivery.message:
        return delivery.message or delivery.code
    label = mappings.for_resource(delivery.resource).label(delivery.field)
    told = {"label": label, "message": delivery.message, "code": delivery.code}
    return _("“%(label)s”%(message)s（%(code)s）") % told


def _ended(delivery: Delivery) -> str:
    if delivery.state == DeliveryState.CANCELLED:
        return _("平台没有这条记录，不用撤销")
    if delivery.tries:
        return _("后来撤销了，不再重送")
    return _("送出前已撤销，不送")


def _dead(delivery: Delivery) -> str:
    if delivery.code:
        return _("试了 %(n)d 次，平台都没有收下（%(code)s）") % {"n": delivery.attempts, "code": delivery.code}
    return _("试了 %(n)d 次，平台都没有收下") % {"n": delivery.attempts}


def _retry(delivery: Delivery) -> str:
    if delivery.attempts:
        told = {"code": delivery.code or "HTTP", "n": delivery.attempts}
        return _("平台没有收下（%(code)s），第 %(n)d 次") % told
    return _("没连上平台，不计次数")


def _sent(delivery: Delivery) -> str:
    return _("%(at)s 送达") % {"at": wording.moment_short(delivery.sent_at)}


def _queued(delivery: Delivery) -> str:
    waits_for = getattr(delivery, "waits_for", None)
    return _("等第 %(n)d 版先入库") % {"n": waits_for} if waits_for else _("还没有送")


def _under(delivery: Delivery) -> str:
    number = "" if delivery.operation in ENDED_TITLES else str(delivery.report.fields.get("document_number") or "")
    version = _("第 %(n)d 版") % {"n": delivery.version}
    return " · ".join(part for part in (number, version, delivery.department.name) if part)


def _deadline(delivery: Delivery, today: date) -> tuple[int | None, date | None, str, str]:
    if delivery.sent_at and delivery.state != DeliveryState.SENT:
        word = _("迟报") if delivery.is_late else _("按期")
        days = calendar.working_days_between(delivery.decided_on, clock.local_day(delivery.sent_at))
        return None, None, word, _("用 %(n)d 个工作日") % {"n": max(days, 0)}
    if delivery.state in (DeliveryState.SUPERSEDED, DeliveryState.CANCELLED):
        return None, None, _("未送"), ""
    last = ack_day(delivery) if delivery.sent_at else lateness.last_day(delivery)
    return calendar.working_days_between(today, last), last, "", ""


def ack_day(delivery: Delivery) -> date:
    """This will give the last day by which the platform should have answered (``push.platform_verify_days``)."""
    sent_on = clock.local_day(delivery.sent_at or delivery.created_at)
    days = int(parameters.value("push.platform_verify_days", on=sent_on))
    return calendar.add_working_days(sent_on, days).day


def _next(delivery: Delivery, may_resend: bool, today: date, corrected: set[str]) -> tuple[Step, ...]:
    if delivery.state == DeliveryState.DEAD:
        if may_resend:
            return (Step(_("写明原因后重送"), reverse("exchange:resend", kwargs={"pk": delivery.pk})),)
        return (Step(_("等信用牵头部门重送")),)
    if delivery.state == DeliveryState.REJECTED:
        return _mended(delivery, corrected)
    if delivery.state == DeliveryState.RETRY_WAIT:
        return (Step(_("%(at)s 自动再送") % {"at": wording.moment_short(delivery.next_attempt_at)}),)
    if delivery.state == DeliveryState.SENT and ack_day(delivery) < today:
        return (Step(_("平台逾期没有答复，请向平台催问")),)
    words = {DeliveryState.SENT: _("等平台入库"), DeliveryState.QUEUED: _("自动"), DeliveryState.SENDING: _("自动")}
    return (Step(words.get(DeliveryState(delivery.state), "—")),)


def _mended(delivery: Delivery, corrected: set[str]) -> tuple[Step, ...]:
    """What puts a refused report right, as the room it came from says it for the field that was refused."""
    newest = getattr(delivery, "newest", None) or delivery.version
    if newest > delivery.version:
        return (Step(_("已接着报送第 %(n)d 版") % {"n": newest}),)
    told = delivery.report.fields
    stages = [each for each in _way(delivery) if not (each.until_corrected and told.get(each.unit) in corrected)]
    return tuple(Step(str(each.words) % {"n": delivery.version + 1}, _page_of(each, delivery)) for each in stages)


def _way(delivery: Delivery) -> subjects.Way:
    if delivery.operation in ENDED_TITLES:
        return subjects.ENDED
    if not delivery.field:
        return subjects.UNNAMED
    field = mappings.for_resource(delivery.resource).source(delivery.field)
    return subjects.way(delivery.resource, field, delivery.report.fields)


def _page_of(stage: subjects.Stage, delivery: Delivery) -> str:
    if stage.on_subject:
        return subjects.address(delivery.resource, delivery.subject_id)
    code = delivery.report.fields.get(stage.unit) if stage.unit else None
    return reverse("people:department", args=[code]) if code else ""
