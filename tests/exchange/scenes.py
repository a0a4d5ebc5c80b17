"""Builders of the exchange's tests: reports made inside acts, and the stand-in platform on a port of its own."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from accounts.models import Department
from exchange import delivery, relay, reporting
from exchange.models import Delivery, Outcome, Report
from exchange.standin.cleaning import Cleaner
from exchange.standin.gate import Gate
from exchange.standin.server import Platform
from exchange.standin.store import Store
from exchange.transports import Answer, Holding, HttpTransport, Message, Unreachable, Word
from ledger import acts
from ledger.actors import SYSTEM
from rules import calendar_loading, loading
from tests.accounts import factories

NOW = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)
"""Friday 9 October 2026, 10:00 in Shanghai."""
DECIDED = date(2026, 9, 24)
SECRET = "shared between the platform and us"
CLIENT = "integrity-portal"


def load_rules() -> None:
    """Load the shipped parameters, code lists and calendar."""
    loading.load_rules(now=NOW - timedelta(days=300))
    calendar_loading.load_years(now=NOW - timedelta(days=300))


def fields(**changes: object) -> dict[str, object]:
    """Give the neutral fields of a proper unit record; None takes one away."""
    given: dict[str, object] = {
        "subject_name": "市交通运输局",
        "subject_code": "11441400MB2C12348W",
        "is_person": False,
        "source_type": "CONTRACT_DEFAULT",
        "key_areas": [],
        "document_name": "关于认定市交通运输局违约失信的决定",
        "document_number": "梅发改信认〔2026〕17号",
        "facts": "未在承诺期限内支付工程尾款，经催告仍未支付。",
        "basis": "发改财金〔2023〕1103号",
        "severity": "general",
        "loss_yuan": "20000.00",
        "social_impact": "limited",
        "recognised_on": DECIDED.isoformat(),
        "recogniser_name": "市发展和改革局",
        "recogniser_code": "11441400MB3E56782C",
        "sanctions": ["RECTIFY_ORDER"],
        "is_public": True,
        "public_from": DECIDED.isoformat(),
        "public_until": "2027-09-24",
        "rectification_state": "owed",
        "repair_state": "none",
        "is_objected": False,
        "source_name": "市交通运输局",
        "source_code": "11441400MB2C12348W",
        "responsible": "信用科",
        "division_code": "441400",
    }
    return {name: value for name, value in {**given, **changes}.items() if value is not None}


PERSONAL = {"person_name": "林小禾", "person_id_number": "441403198506150023", "person_post": "科长"}
EXTRA = {
    "W": {"withdrawn_because": "依据被撤销"},
    "R": {"repair_state": "repaired", "repaired_on": "2026-10-08", "repair_number": "梅信修〔2026〕3号"},
}


def report(
    unit: Department,
    *,
    op: str = "C",
    version: int = 1,
    subject: UUID | None = None,
    now: datetime = NOW,
    restricted: dict[str, object] | None = None,
    resource: str = "SX",
    decided_on: date = DECIDED,
    **changes: object,
) -> Report:
    """Report one version inside an act of its own."""
    with acts.act(kind="test.report", actor=SYSTEM, role="system", now=now):
        return reporting.report(
            resource=resource,
            subject_id=subject or uuid4(),
            version=version,
            op=op,
            decided_on=decided_on,
            due_at=now + timedelta(days=3),
            fields=fields(**{**EXTRA.get(op, {}), **changes}),
            restricted=restricted,
            department=unit,
            now=now,
        )


def relayed(unit: Department, **facts: object) -> Delivery:
    """Report one version, relay it, and give its delivery."""
    made = report(unit, **facts)  # type: ignore[arg-type]
    relay.relay(made.created_at)
    return Delivery.objects.get(report=made)


@dataclass
class Puppet:
    """A transport that answers what the test says, in order, then stores; it keeps what it was sent."""

    answers: list[str] = field(default_factory=list)
    sent: list[Message] = field(default_factory=list)
    held: list[Holding] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def send(self, message: Message) -> Answer:
        """Note the message and answer."""
        self.sent.append(message)
        return answer(message, self.answers.pop(0) if self.answers else "stored")

    def words_after(self, cursor: str) -> tuple[list[Word], str]:
        """Give the words once."""
        return ([], cursor) if cursor == "read" else (self.words, "read")

    def holdings(self) -> list[Holding]:
        """Give the holdings."""
        return self.held


class Silent(Puppet):
    """A transport whose platform is not there."""

    def words_after(self, cursor: str) -> tuple[list[Word], str]:
        """Fail."""
        raise Unreachable("ConnectError")


def word(message: Message, verdict: str, code: str = "", **facts: str) -> Word:
    """Give the platform's word about a message."""
    return Word(message.key, verdict, f"R-{message.key.hex[:8]}-{verdict}", message.digest, code=code, **facts)


def answer(message: Message, told: str) -> Answer:
    """Give an answer by its short name: stored, accepted, E0xx, busy, silence, credential, untrusted."""
    if told in ("stored", "accepted"):
        return Answer(Outcome(told), word=word(message, told), http_status=200)
    if told in ("E090", "E099", "busy"):
        return Answer(Outcome.BUSY, http_status=503, code="E090" if told == "busy" else told)
    if told.startswith("E"):
        return Answer(Outcome.REJECTED, word=word(message, "rejected", told, field="SX_ZT_DM"), http_status=422)
    names = {"silence": Outcome.UNREACHABLE, "credential": Outcome.CREDENTIAL, "untrusted": Outcome.UNTRUSTED}
    return Answer(names[told], code="E001" if told == "credential" else "")


@dataclass
class Standin:
    """A running stand-in: its address, its store, its switches."""

    url: str
    store: Store
    platform: Platform

    def switch(self, **values: object) -> None:
        """Set switches through its API, as a test from outside would."""
        request = urllib.request.Request(
            f"{self.url}/switches", data=json.dumps(values).encode(), headers={"Content-Type": "application/json"}
        )
        urllib.request.urlopen(request, timeout=5).close()

    def transport(self, **changes: object) -> HttpTransport:
        """Give the portal's HTTP transport to it."""
        given = {"url": self.url, "client": CLIENT, "secret": SECRET, "timeout": 2, **changes}
        return HttpTransport(**given)  # type: ignore[arg-type]

    def held(self) -> dict[str, tuple[int, str]]:
        """Give what it holds: subject -> version and state."""
        rows = self.store.rows("SELECT subject, version, state FROM records")
        return {row["subject"]: (row["version"], row["state"]) for row in rows}

    def page(self, path: str) -> str:
        """Read one of its pages."""
        with urllib.request.urlopen(f"{self.url}{path}", timeout=5) as answered:
            return str(answered.read().decode())


@contextmanager
def standin(folder: Path, *, callback: str = "") -> Iterator[Standin]:
    """Run the stand-in in a thread, with the store in a folder."""
    store, gate = Store(folder / "platform.sqlite3"), Gate(CLIENT, SECRET)
    platform = Platform(("127.0.0.1", 0), store=store, gate=gate)
    cleaner = Cleaner(store, gate, callback)
    thread = threading.Thread(target=platform.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    cleaner.start()
    try:
        yield Standin(f"http://127.0.0.1:{platform.server_port}", store, platform)
    finally:
        cleaner.stopping.set()
        platform.stopping.set()
        platform.shutdown()
        platform.server_close()


def unit() -> Department:
    """Establish the department the reports are about."""
    root = Department.objects.filter(parent__isnull=True).first() or factories.department("广东省人民政府")
    return factories.department("市交通运输局", parent=root, level="CITY", division_code="4414")


def deliver(way: object, now: datetime = NOW) -> int:
    """Relay and send everything due."""
    relay.relay(now)
    return delivery.deliver_due(now, transport=way)  # type: ignore[arg-type]
