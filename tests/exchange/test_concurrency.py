"""Two senders at once, with real commits: one subject, one sender, in order; the relay makes each delivery once."""

from __future__ import annotations

import threading
from uuid import uuid4

from django.db import connections

from exchange import claiming, delivery, relay
from exchange.models import Delivery, DeliveryState, Position
from tests.exchange import scenes
from tests.exchange.scenes import NOW


class Slow(scenes.Puppet):
    """A platform that takes its time and notes who is being served at the same moment."""

    def __init__(self):
        super().__init__()
        self.lock, self.busy, self.clashes = threading.Lock(), set(), []

    def send(self, message):
        with self.lock:
            if message.subject_id in self.busy:
                self.clashes.append(message)
            self.busy.add(message.subject_id)
        threading.Event().wait(0.01)
        with self.lock:
            self.busy.discard(message.subject_id)
            self.sent.append(message)
        return scenes.answer(message, "stored")


def _together(*works):
    def closed(work):
        try:
            work()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=closed, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_workers_never_serve_one_subject_at_once_and_keep_the_order(fresh_database):
    scenes.load_rules()
    unit, subjects = scenes.unit(), [uuid4() for _n in range(5)]
    for version in (1, 2, 3):
        for subject in subjects:
            scenes.report(unit, subject=subject, version=version, op="C" if version == 1 else "U")
    way = Slow()

    def work():
        for _turn in range(20):
            relay.relay(NOW)
            delivery.deliver_due(NOW, transport=way)
            threading.Event().wait(0.02)

    _together(work, work, work)

    assert way.clashes == []
    assert Delivery.objects.filter(state=DeliveryState.STORED).count() == 15
    assert len(way.sent) == 15
    for subject in subjects:
        assert [message.version for message in way.sent if message.subject_id == subject] == [1, 2, 3]


def test_two_claims_of_one_delivery_give_it_to_one(fresh_database):
    scenes.load_rules()
    scenes.relayed(scenes.unit())
    claimed = []
    _together(*[lambda: claimed.append(claiming.claim(owner="w", now=NOW)) for _n in range(4)])
    assert sum(message is not None for message in claimed) == 1


def test_relays_beside_each_other_make_each_delivery_once_and_the_position_only_grows(fresh_database):
    scenes.load_rules()
    unit = scenes.unit()
    for _n in range(30):
        scenes.report(unit)
    _together(*[lambda: relay.relay(NOW) for _n in range(4)])
    relay.relay(NOW)
    assert Delivery.objects.count() == 30
    assert Position.objects.get().position == Delivery.objects.order_by("-position").first().position
