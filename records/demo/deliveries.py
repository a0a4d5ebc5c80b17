"""The deliveries of the demo: each on its own day, and two that need a hand, one refused, one the platform never had time for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from exchange import delivery, relay
from exchange.models import Delivery, DeliveryState, Outcome, Verdict
from exchange.standin import intake
from exchange.standin.store import Store
from exchange.standin.switches import Switches
from exchange.transports import Answer, Holding, Message, Word

HOPELESS_TRIES = 40
TRY_EVERY = timedelta(hours=7)  # longer than the longest back-off
SOON = timedelta(minutes=5)
LIVE = timedelta(days=1)  # what happened since then is left to the running portal, so that a newcomer sees it arrive


@dataclass(frozen=True)
class Refusing:
    """A platform that finds name and code of the unit not matching."""

    def send(self, message: Message) -> Answer:
        """Refuse by field, as the platform's cleaning would."""
        word = Word(
            key=message.key,
            verdict=Verdict.REJECTED.value,
            number=f"demo-{message.key}",
            digest=message.digest,
            code="E040",
            field="SX_ZT_MC",
            message="名称与统一社会信用代码不一致",
        )
        return Answer(Outcome.REJECTED, word=word, http_status=200)

    def words_after(self, cursor: str) -> tuple[list[Word], str]:
        """Have nothing to add."""
        return [], cursor

    def holdings(self) -> list[Holding]:
        """Hold nothing."""
        return []


@dataclass(frozen=True)
class Busy(Refusing):
    """A platform that is always busy."""

    def send(self, message: Message) -> Answer:
        """Ask to come back later."""
        return Answer(Outcome.BUSY, http_status=503, code="E090", message="平台繁忙，请稍后再报")


def refuse(*, now: datetime) -> None:
    """Let the platform refuse what waits."""
    relay.relay(now)
    delivery.deliver_due(now, transport=Refusing())


def exhaust(*, now: datetime) -> None:
    """Let the platform be busy until every waiting delivery is given up and waits for a person."""
    first = now - HOPELESS_TRIES * TRY_EVERY
    relay.relay(first)
    for turn in range(HOPELESS_TRIES):
        delivery.deliver_due(first + turn * TRY_EVERY, transport=Busy())


@dataclass(frozen=True)
class OnTheDay(Refusing):
    """The stand-in, reached as if it were that moment: what it is told lands in the store it will start with."""

    at: datetime

    def send(self, message: Message) -> Answer:
        """Let the stand-in judge the message by its own rules."""
        store = Store(settings.STATE_DIR / "platform" / "platform.sqlite3")
        status, body = intake.take_in(
            store, key=str(message.key), content=message.content, switches=Switches(), at=self.at
        )
        word = Word(**{**body["item"], "key": message.key})
        outcome = Outcome.STORED if word.verdict == Verdict.STORED else Outcome.REJECTED
        return Answer(outcome, word=word, http_status=status)


def carry(*, at: datetime, now: datetime) -> None:
    """Send what waits as it would have been sent that day; this will leave the present day to the running portal."""
    if at < now - LIVE:
        relay.relay(at)
        delivery.deliver_due(at + SOON, transport=OnTheDay(at + SOON))


def catch_up(*, now: datetime) -> None:
    """Send what no story carried, each report soon after its own act, oldest first."""
    relay.relay(now)
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED, next_attempt_at__lt=now - LIVE)
    for at in waiting.order_by("next_attempt_at").values_list("next_attempt_at", flat=True).distinct():
        delivery.deliver_due(at + SOON, transport=OnTheDay(at + SOON))
