"""The staff pages of the exchange: who sees what, what needs a hand, resending with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exchange import alarms, delivery, reconciling
from exchange.models import Channel, Delivery, DeliveryState, Reconciliation
from exchange.transports import Holding
from tests.accounts import factories
from tests.exchange import scenes

NOW = timezone.now().replace(microsecond=0)


@pytest.fixture
def lead(unit):
    return factories.department("市发展和改革局", parent=unit.parent, level="CITY", is_credit_lead=True)


@pytest.fixture
def approver(client, lead):
    user = factories.user(("approver", lead), name="沈牧")
    client.force_login(user)
    return user


def _dead(unit, puppet, **facts):
    sent = scenes.relayed(unit, now=NOW - timedelta(days=9), **facts)
    puppet.answers = ["E090"] * 8
    for turn in range(9):
        delivery.deliver_due(NOW - timedelta(days=9) + timedelta(hours=7 * turn), transport=puppet)
    sent.refresh_from_db()
    assert sent.state == DeliveryState.DEAD
    return sent


def test_the_list_says_how_the_channel_is_and_what_needs_a_hand(client, approver, unit, puppet):
    dead = _dead(unit, puppet)
    scenes.relayed(unit, now=NOW)
    delivery.deliver_due(NOW, transport=puppet)

    page = client.get(reverse("exchange:deliveries")).content.decode()

    assert "与平台连接正常" in page
    assert "1 件要人处理" in page
    assert reverse("exchange:resend", kwargs={"pk": dead.pk}) in page
    assert "试了 8 次，平台都没有收下（E090）" in page
    assert "平台已入库" in page


def test_an_open_breaker_is_told_first(client, approver, unit):
    Channel.objects.create(name="province", failures=5, opened_at=NOW, probe_at=NOW + timedelta(seconds=30))

    page = client.get(reverse("exchange:deliveries")).content.decode()

    assert "连不上平台" in page
    assert "没有丢失任何一件" in page


@pytest.mark.parametrize(
    "query", ["list=all", "list=hand", "list=late", "list=nothing", "state=stored", "state=x", "department=交通"]
)
def test_every_filter_answers(client, approver, unit, puppet, query):
    scenes.relayed(unit, now=NOW)
    delivery.deliver_due(NOW, transport=puppet)
    assert client.get(f"{reverse('exchange:deliveries')}?{query}").status_code == 200


def test_a_forged_cursor_is_not_a_page(client, approver, unit):
    assert client.get(f"{reverse('exchange:deliveries')}?cursor=x").status_code == 404


def test_the_list_pages_without_losing_or_repeating_a_row(client, approver, unit, monkeypatch):
    monkeypatch.setattr("exchange.web.views.PAGE", 2)
    made = {scenes.relayed(unit, now=NOW + timedelta(seconds=n)).pk for n in range(5)}
    seen, url = [], f"{reverse('exchange:deliveries')}?list=all"
    while url:
        context = client.get(url).context
        seen += [row.delivery.pk for row in context["rows"]]
        cursor = context["next_cursor"]
        url = f"{reverse('exchange:deliveries')}?list=all&cursor={cursor}" if cursor else None
    assert len(seen) == 5
    assert set(seen) == made


def test_the_number_of_queries_does_not_grow_with_the_rows(client, approver, unit):
    costs = []
    for rows in (2, 10):
        for n in range(rows):
            scenes.relayed(unit, now=NOW + timedelta(seconds=100 * rows + n))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("exchange:deliveries"))
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_person_of_another_county_sees_neither_row_nor_page(client, unit, puppet):
    sent = _dead(unit, puppet)
    elsewhere = factories.department("邻县交通运输局", parent=unit.parent, level="COUNTY")
    client.force_login(factories.user(("clerk", elsewhere), name="林小禾"))

    listed = client.get(f"{reverse('exchange:deliveries')}?list=all")

    assert listed.context["rows"] == []
    assert client.get(reverse("exchange:delivery", kwargs={"pk": sent.pk})).status_code == 404


def test_a_clerk_sees_the_delivery_but_may_not_resend_it(client, unit, puppet):
    sent = _dead(unit, puppet)
    client.force_login(factories.user(("clerk", unit), name="林小禾"))

    page = client.get(reverse("exchange:delivery", kwargs={"pk": sent.pk}))
    refused = client.post(reverse("exchange:resend", kwargs={"pk": sent.pk}), {"reason": "平台已恢复"})

    assert page.status_code == 200
    assert "等信用牵头部门重送" in page.content.decode()
    assert refused.status_code == 403
    sent.refresh_from_db()
    assert sent.state == DeliveryState.DEAD


def test_the_page_masks_what_is_personal(client, approver, unit):
    sent = scenes.relayed(unit, now=NOW, is_person=True, restricted=scenes.PERSONAL)

    page = client.get(reverse("exchange:delivery", kwargs={"pk": sent.pk})).content.decode()

    assert "SX_RY_ZJHM" in page
    assert "441403198506150023" not in page
    assert "林小禾" not in page
    assert "SX_SS" in page


def test_a_resend_without_reason_changes_nothing_and_with_one_it_goes(client, approver, unit, puppet):
    sent = _dead(unit, puppet)
    url = reverse("exchange:resend", kwargs={"pk": sent.pk})

    empty = client.post(url, {"reason": "   "})
    sent.refresh_from_db()
    assert "请写明重送的理由" in empty.content.decode()
    assert sent.state == DeliveryState.DEAD

    done = client.post(url, {"reason": "平台来电说已恢复"})
    assert done.status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == (DeliveryState.QUEUED, 0)

    again = client.post(url, {"reason": "再来一次"})
    assert again.status_code == 409


def test_a_rejected_field_is_named_as_the_officer_knows_it(client, approver, unit, puppet):
    scenes.relayed(unit, now=NOW)
    puppet.answers = ["E020"]
    delivery.deliver_due(NOW, transport=puppet)

    page = client.get(reverse("exchange:deliveries")).content.decode()

    assert "“统一社会信用代码”（E020）" in page
    assert "由安全管理员到部门登记中更正代码" in page
    assert "在记录里更正，出第 2 版" in page
    assert "改数据" not in page


def test_the_reconciliation_page_lists_what_differs(client, approver, unit, puppet):
    sent = scenes.relayed(unit, now=NOW)
    delivery.deliver_due(NOW, transport=puppet)
    puppet.held = [Holding("0d5b6a5c-0000-4000-8000-000000000000", 1, True)]
    reconciling.reconcile(now=NOW, transport=puppet)

    page = client.get(reverse("exchange:reconciliation")).content.decode()

    assert str(sent.subject_id) in page
    assert "我方有，平台没有" in page
    assert "平台有，我方没有" in page


def test_a_reconciliation_with_no_platform_says_so_and_writes_nothing(client, approver, unit, settings):
    settings.PLATFORM_URL = "http://127.0.0.1:9"
    answered = client.post(reverse("exchange:reconcile"), follow=True)
    assert "现在连不上平台" in answered.content.decode()
    assert not Reconciliation.objects.exists()


def test_an_ended_record_is_not_named_in_the_list(client, approver, unit, puppet):
    first = scenes.relayed(unit, now=NOW)
    delivery.deliver_due(NOW, transport=puppet)
    scenes.relayed(unit, now=NOW, subject=first.subject_id, version=2, op="W")
    assert Delivery.objects.count() == 2
    page = client.get(reverse("exchange:deliveries")).content.decode()
    assert "一条撤销的记录" in page


def test_what_the_platform_never_answered_is_among_what_needs_a_hand(client, approver, unit, puppet):
    long_ago = NOW - timedelta(days=20)
    scenes.relayed(unit, now=long_ago)
    puppet.answers = ["accepted"]
    delivery.deliver_due(long_ago, transport=puppet)
    assert alarms.watch(NOW) == 1

    page = client.get(f"{reverse('exchange:deliveries')}?list=hand").content.decode()

    assert "平台逾期没有答复，请向平台催问" in page
    assert "1 件要人处理" in page
