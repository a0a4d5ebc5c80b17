"""One record, from the clerk's form to the platform's own page, and out of every place again."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import httpx
import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from records.demo import people, places
from records.models import DishonestyRecord
from rules import calendar_loading, loading
from rules.clock import local_day
from tests import pictures
from tests.journeys.desk import Desk

pytestmark = pytest.mark.timeout(420)
SHOTS = "journey"
PATIENCE = 60  # seconds for what worker, beat and platform do by themselves


@dataclass(frozen=True)
class City:
    """The running portal with its worker, beat and the platform beside it."""

    site: str
    platform: str
    code: str


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def city(live_site: str, run_beside: Callable[..., Any], tmp_path: Path) -> City:
    """Found the demo's city, without its stories, and start every process the portal has."""
    founded = timezone.now() - timedelta(days=400)
    loading.load_rules(now=founded)
    calendar_loading.load_years(now=founded)
    built = places.build(now=founded)
    people.build(built, now=founded)
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    callback = f"{live_site}/api/v1/receipts/"
    run_beside("manage.py", "platform_standin", "--port", str(port), "--callback", callback)
    run_beside("-m", "celery", "-A", "integrity", "worker", "-c", "2", "-l", "WARNING", PLATFORM_URL=address)
    schedule = str(tmp_path / "beat")
    run_beside("-m", "celery", "-A", "integrity", "beat", "-l", "WARNING", "-s", schedule, PLATFORM_URL=address)
    return City(live_site, address, built["transport"].uscc)


def until(holds: Callable[[], bool], *, what: str) -> None:
    """Wait for what other processes do, and name what did not come."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.5)


def platform_page(city: City) -> str:
    try:
        with urlopen(city.platform, timeout=5) as answer:  # noqa: S310 - loopback
            return str(answer.read().decode())
    except OSError:
        return ""


def feed(city: City) -> list[dict[str, Any]]:
    return list(httpx.get(f"{city.site}/api/v1/changes/").json()["items"])


def recognised(browser: Browser, city: City, folder: Path) -> tuple[str, DishonestyRecord]:
    """Take a record through four pairs of hands, each in a browser of its own."""
    decided_on = local_day(timezone.now()) - timedelta(days=3)
    clerk = Desk.of(browser, city.site, "clerk")
    record = clerk.file(code=city.code, decided_on=decided_on, folder=folder)
    clerk.shoot("record-of-the-clerk", SHOTS)
    Desk.at(browser, city.site, "reviewer").act(record, "通过初审", "通过")
    clerk.act(
        record,
        "登记告知书送达",
        "登记",
        直接送达=True,
        签收人="办公室值班员",
        送达日期=str(decided_on + timedelta(days=3)),
    )
    clerk.act(record, "登记放弃陈述申辩", "登记", 收到放弃声明的日期=str(decided_on + timedelta(days=3)))
    approver = Desk.at(browser, city.site, "approver")
    approver.act(record, "认定生效", "认定生效")
    approver.shoot("record-in-force", SHOTS)
    return record, DishonestyRecord.objects.get()


def test_a_record_goes_the_whole_way_and_is_gone_everywhere_once_withdrawn(
    city: City, chromium: Browser, tmp_path: Path
) -> None:
    address, record = recognised(chromium, city, tmp_path)
    public = f"{city.site}/documents/{record.pk}/"

    citizen = chromium.new_context(viewport={"width": 1440, "height": 1000}, locale="zh-CN").new_page()
    citizen.goto(f"{city.site}/search/?q=无障碍")
    citizen.locator(f"a[href*='{record.pk}']").first.click()
    expect(citizen.locator("main")).to_contain_text("低位售票窗口")
    expect(citizen.locator("main")).to_contain_text("公示到")
    until(lambda: proved(citizen), what="the browser's own check of the proof")
    pictures.keep(citizen, SHOTS, "public-1440")
    until(lambda: str(record.pk) in platform_page(city), what="the record on the platform's own page")
    assert httpx.get(f"{city.site}/api/v1/documents/{record.pk}/").status_code == 200
    assert [item["op"] for item in feed(city)] == ["upsert"]

    withdrawn(chromium, city, address)

    gone = httpx.get(public)
    assert gone.status_code == 410
    assert "交通运输局" not in re.sub(r"<title>.*?</title>", "", gone.text)
    assert str(record.pk) not in httpx.get(f"{city.site}/search/?q=无障碍").text
    assert httpx.get(f"{city.site}/api/v1/documents/{record.pk}/").status_code == 410
    assert str(record.pk) not in json.dumps(httpx.get(f"{city.site}/api/v1/documents/").json())
    items = feed(city)
    assert items[-1]["op"] == "tombstone"
    assert all(item["data"] is None for item in items)
    until(lambda: "已撤销" in platform_page(city), what="the withdrawal on the platform's own page")


def proved(page: Page) -> bool:
    """Reload until a signed head covers the document and the page's script has recomputed it."""
    page.reload()
    # The check goes on after the page has loaded; its text changes whatever it finds.
    expect(page.locator("#proof p").first).not_to_contain_text("打开脚本后浏览器会自动核对", timeout=10_000)
    return bool(page.get_by_text("内容未被改动").first.is_visible())


def withdrawn(browser: Browser, city: City, address: str) -> None:
    """Withdraw by two signatures of two people."""
    first = Desk.at(browser, city.site, "approver")
    first.act(address, "撤销记录", "提议撤销", 认定依据被撤销或变更=True, 理由="市政府来函，核查结论已撤销。")
    second = Desk.at(browser, city.site, "approver2")
    second.sign(address, "签署撤销")
    second.shoot("record-withdrawn", SHOTS)
