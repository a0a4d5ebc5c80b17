"""The story of one delivery: what happened, where it stands, what comes next; and its frozen fields, masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts import masking, wording
from exchange import freezing, lateness, mappings
from exchange.models import Attempt, Delivery, DeliveryState, Outcome
from exchange.selectors import rows

NUMBERS = frozenset({"SX_RY_ZJHM"})
MOST_TOLD = 12


@dataclass(frozen=True)
class Event:
    """One point of the timeline."""

    phase: str
    when: str
    title: str
    text: str = ""
    url: str = ""
    iso: str = ""


@dataclass(frozen=True)
class Field:
    """One mapped field as the page may show it."""

    name: str
    label: str
    value: str


def events(delivery: Delivery, *, attempts: Sequence[Attempt]) -> list[Event]:
    """This will tell the delivery from its queueing to what is still to come."""
    last_day = wording.day_plain(lateness.last_day(delivery))
    told = [
        _event("past", delivery.created_at, _("记录生效或变化，排队"), _("应在 %(day)s前送到。") % {"day": last_day})
    ]
    skipped = len(attempts) - MOST_TOLD
    if skipped > 0:
        title = _("另有 %(n)d 次发送，见下表") % {"n": skipped}
        told.append(_event("past", attempts[0].started_at, title))
    told += [_sending(each) for each in attempts[-MOST_TOLD:]]
    for receipt in delivery.receipts.order_by("received_at", "pk"):
        title = _("回执：%(verdict)s") % {"verdict": receipt.get_verdict_display()}
        told.append(_event("past", receipt.received_at, title, f"{receipt.number} {receipt.message}".strip()))
    told.append(_now(delivery, attempts))
    if future := _future(delivery):
        told.append(future)
    return told


def fields(delivery: Delivery) -> list[Field]:
    """This will open the frozen row and mask what is personal; empty once the content has been erased."""
    mapping = mappings.for_resource(delivery.resource)
    hidden = mapping.restricted()
    row = freezing.row_of(delivery)
    names = [column.name for column in mapping.columns if column.name in row]
    return [Field(name, mapping.label(name), _masked(name, row[name], hidden)) for name in names]


def _masked(name: str, value: str, hidden: frozenset[str]) -> str:
    if name not in hidden:
        return value
    return masking.id_number(value) if name in NUMBERS else masking.name(value)


def _event(phase: str, at: datetime, title: str, text: str = "") -> Event:
    return Event(phase, wording.moment_short(at), title, text, iso=at.isoformat())


def _sending(attempt: Attempt) -> Event:
    outcome = Outcome(attempt.outcome)
    text = " ".join(part for part in (attempt.code, attempt.message) if part)
    if attempt.is_counted:
        text = f"{text} {_('计入次数')}".strip()
    return _event(
        "past", attempt.started_at, _("第 %(n)d 次发送：%(end)s") % {"n": attempt.epoch, "end": outcome.label}, text
    )


def _now(delivery: Delivery, attempts: Sequence[Attempt]) -> Event:
    last = attempts[-1].started_at if attempts else delivery.created_at
    at = delivery.closed_at or delivery.sent_at or last
    return Event("now", wording.moment_short(at), delivery.get_state_display(), rows.said(delivery), iso=at.isoformat())


def _future(delivery: Delivery) -> Event | None:
    state = DeliveryState(delivery.state)
    if state == DeliveryState.DEAD:
        return Event("future", _("重送以后"), _("平台应在规定的工作日内答复"))
    if state == DeliveryState.SENT:
        day = wording.day_plain(rows.ack_day(delivery))
        return Event("future", _("%(day)s前") % {"day": day}, _("平台应有入库回执"))
    if state == DeliveryState.REJECTED:
        return Event("future", _("照“下一步”办好以后"), _("有新的一版时自动报送，这一版留在日志里"))
    if state in (DeliveryState.QUEUED, DeliveryState.RETRY_WAIT):
        return Event("future", wording.moment_short(delivery.next_attempt_at), _("自动送出"))
    return None
