"""The two deliveries of the demo that need a hand: one the platform refuses, one it never had time for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from exchange import delivery, relay
from exchange.models import Outcome, Verdict
from exchange.transports import Answer, Holding, Message, Word

HOPELESS_TRIES = 40
TRY_EVERY = timedelta(hours=7)  # longer than the longest back-off


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
