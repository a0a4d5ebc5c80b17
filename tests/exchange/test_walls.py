"""The database itself refuses to delete or exchange what was reported, frozen or signed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from exchange import delivery, lateness
from exchange.models import Delivery, DeliveryState, Receipt
from tests.exchange import scenes
from tests.exchange.scenes import NOW

REFUSED = [
    "DELETE FROM exchange_report",
    "DELETE FROM exchange_delivery",
    "DELETE FROM exchange_attempt",
    "DELETE FROM exchange_receipt",
    "TRUNCATE exchange_receipt",
    "UPDATE exchange_receipt SET verdict = 'accepted'",
    "UPDATE exchange_delivery SET payload = 'x'",
    "UPDATE exchange_delivery SET payload_digest = repeat('0', 64)",
    "UPDATE exchange_delivery SET wire_operation = 'U'",
    "UPDATE exchange_delivery SET id = gen_random_uuid()",
    "UPDATE exchange_delivery SET version = 9",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses(unit, puppet, statement):
    sent = scenes.relayed(unit)
    delivery.deliver_due(NOW, transport=puppet)
    before = Delivery.objects.values().get(pk=sent.pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Delivery.objects.values().get(pk=sent.pk) == before
    assert Receipt.objects.count() == 1


def test_a_version_is_reported_once(unit):
    made = scenes.report(unit)
    with pytest.raises(IntegrityError):
        scenes.report(unit, subject=made.subject_id)


def test_a_sending_row_without_a_lease_is_impossible(unit):
    sent = scenes.relayed(unit)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=sent.pk).update(state=DeliveryState.SENDING)


def test_a_change_is_in_time_until_the_last_moment_of_its_last_day(unit, puppet):
    subject = uuid4()
    scenes.relayed(unit, subject=subject)
    delivery.deliver_due(NOW, transport=puppet)
    changed = scenes.relayed(unit, subject=subject, version=2, op="U")
    zone = ZoneInfo("Asia/Shanghai")
    changed.wire_operation, changed.due_at = "U", datetime(2026, 10, 15, tzinfo=zone)  # 24:00 of 14 October
    assert lateness.last_day(changed).isoformat() == "2026-10-14"
    lateness.mark_sent(changed, now=datetime(2026, 10, 14, 23, 59, tzinfo=zone))
    assert not changed.is_late
    changed.sent_at = None
    lateness.mark_sent(changed, now=datetime(2026, 10, 14, 23, 59, tzinfo=zone) + timedelta(minutes=1))
    assert changed.is_late
