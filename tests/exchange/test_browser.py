"""The deliveries in a real Chromium: no accessibility fault, no sideways scroll, resending by hand, the stand-in's page."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from exchange import delivery, reconciling
from exchange.models import Delivery, DeliveryState
from exchange.transports import Holding
from tests import accessible, pictures
from tests.accounts import factories
from tests.exchange import scenes

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SHOTS = "exchange"
LOOKS = [(1440, "light"), (1440, "dark"), (320, "light"), (320, "dark")]


@dataclasses.dataclass
class Stage:
    """A served portal with deliveries in every state, an approver signed in, the stand-in beside it."""

    site: str
    standin: scenes.Standin
    dead: Delivery
    cookie: dict[str, str]


@pytest.fixture
def stage(fresh_database, live_site, standin, settings, chromium):
    settings.PLATFORM_URL, settings.PLATFORM_CLIENT, settings.PLATFORM_SECRET = (
        standin.url,
        scenes.CLIENT,
        scenes.SECRET,
    )
    scenes.load_rules()
    unit, now = scenes.unit(), timezone.now()
    dead = _every_state(unit, standin, now)
    lead = factories.department("市发展和改革局", parent=unit.parent, level="CITY", is_credit_lead=True)
    client = Client()
    client.force_login(factories.user(("approver", lead), name="沈牧"))
    session = client.cookies["sessionid"].value
    return Stage(live_site, standin, dead, {"name": "sessionid", "value": session, "url": live_site})


def _every_state(unit, standin, now):
    puppet, past = scenes.Puppet(), now - timedelta(days=9)
    dead = scenes.relayed(unit, now=past, document_name="关于认定市交通运输局拖欠工程款的决定")
    puppet.answers = ["E090"] * 8
    for turn in range(9):
        delivery.deliver_due(past + timedelta(hours=7 * turn), transport=puppet)
    for told in ("accepted", "E020", "E090"):
        scenes.relayed(unit, now=now, document_name=f"关于认定失信的决定（{told}）")
        puppet.answers = [told]
        delivery.deliver_due(now, transport=puppet)
    stored = scenes.relayed(unit, now=now, is_person=True, restricted=scenes.PERSONAL)
    delivery.deliver_due(now, transport=standin.transport())
    scenes.relayed(unit, now=now, subject=stored.subject_id, version=2, op="M", is_objected=True)
    puppet.held = [Holding(str(dead.subject_id), 3, True)]
    reconciling.reconcile(now=now, transport=puppet)
    return dead


def _pages(stage):
    base = f"{stage.site}/staff/exchange"
    stored = Delivery.objects.filter(state=DeliveryState.STORED).first()
    return {
        "list": f"{base}/",
        "empty": f"{base}/?list=all&state=cancelled",
        "dead": f"{base}/{stage.dead.pk}/",
        "stored": f"{base}/{stored.pk}/",
        "resend": f"{base}/{stage.dead.pk}/resend/",
        "reconciliation": f"{base}/reconciliation/",
        "standin": f"{stage.standin.url}/",
        "standin-record": f"{stage.standin.url}/records/{stored.subject_id}/",
        "standin-missing": f"{stage.standin.url}/records/x/",
    }


@pytest.mark.matrix
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(stage, chromium, width, scheme):
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    context.add_cookies([stage.cookie])
    page, faults = context.new_page(), []
    for name, url in _pages(stage).items():
        page.goto(url)
        pictures.keep(page, SHOTS, f"{name}-{width}-{scheme}")
        found = accessible.violations(page)
        faults += [f"{name}: {fault['id']} {fault['nodes'][0]['html'][:200]}" for fault in found]
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults += [f"{name}: {over} px too wide"] if over > 0 else []
    context.close()
    assert faults == []


def test_a_dead_delivery_is_resent_from_the_page_and_arrives(stage, chromium):
    context = chromium.new_context(java_script_enabled=False)  # every task works without script
    context.add_cookies([stage.cookie])
    page = context.new_page()
    page.goto(f"{stage.site}/staff/exchange/?list=hand")
    page.get_by_role("link", name="写明原因后重送").first.click()
    page.get_by_role("button", name="重送").click()
    assert "请写明重送的理由" in page.content()
    page.get_by_label("重送的理由").fill("平台值班室来电，已恢复")
    page.get_by_role("button", name="重送").click()
    assert "已放回队列" in page.content()
    delivery.deliver_due(timezone.now(), transport=stage.standin.transport())
    page.reload()
    assert "平台已入库" in page.content()
    page.goto(f"{stage.standin.url}/records/{stage.dead.subject_id}/")
    assert "拖欠工程款" in page.content()
    context.close()
