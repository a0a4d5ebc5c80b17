"""No sentence of a table or page holds a number of the rules of its own: it names the row, and shows what the row says today."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from ledger import memory
from records.workflow.objections.machine import OBJECTION
from records.workflow.record import RECORD
from rules import clock, explaining, parameters
from rules.models import Parameter
from rules.workflow.machine import MACHINES
from tests.records import factories
from tests.records.factories import NOW, Scene

NUMBER = re.compile(r"(?<![0-9])[0-9]+ ?(?:个工作日|个月|天|日内|年内| 年)")
NO_RULE = ("最长 90 天", "1949 年")  # the longest stand-in is a wall of the accounts, the year one of the calendar
ROOT = Path(settings.BASE_DIR)


def spoken() -> list[tuple[str, str]]:
    """Return every line of the casework's code and of the pages that could be shown, with its place."""
    files = [
        *(each for room in ("workflow", "web", "services", "selectors", "api") for each in ROOT.glob(f"records/{room}/**/*.py")),
        *(each for face in ("staff", "public") for each in ROOT.glob(f"templates/{face}/**/*.html")),
    ]  # fmt: skip
    return [
        (f"{each.relative_to(ROOT)}:{place}", line)
        for each in files
        for place, line in enumerate(each.read_text().splitlines(), start=1)
    ]


def change(key: str, value: Any) -> None:
    """Let the rules say another number, the way their office would have."""
    row = Parameter.objects.get(key=key, profile="", valid_to=None)
    with factories.changing_the_law():
        row.value = value
        row.save()
    memory.forget()


def test_no_number_of_the_rules_is_written_into_a_sentence() -> None:
    found = [
        (place, line.strip()[:120])
        for place, line in spoken()
        if NUMBER.search(line) and not any(each in line for each in NO_RULE)
    ]
    assert found == []


@pytest.mark.django_db
def test_every_row_a_sentence_names_exists() -> None:
    told = [line for _place, line in spoken() if re.search("[一-鿿]", line) and 'f"' not in line]
    named = {key for line in told for key in explaining.PLACE.findall(line)}
    assert {"objection.supplement_days", "push.withdraw_days", "proposal.lapse_days"} <= named
    for key in sorted(named):
        assert parameters.row(key, on=date(2026, 5, 18)).value, key


@pytest.mark.django_db
def test_a_sentence_says_what_the_rules_say_today(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    asks = OBJECTION.arrows["ask_supplement"].consequence
    assert "，10 天内补正；" in explaining.filled(asks)
    change("objection.supplement_days", 15)
    assert "，15 天内补正；" in explaining.filled(asks)
    assert explaining.filled("到期前{commitment.warn_before_days}个工作日提醒") == "到期前10、3、1个工作日提醒"


@pytest.mark.django_db
def test_buttons_and_forms_show_the_number(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    record, client = factories.disclosed(scene), Client()
    client.force_login(scene.approver)
    change("push.withdraw_days", 4)
    assert "{push.withdraw_days}" in str(RECORD.arrows["withdraw"].consequence)
    page = client.get(f"/staff/records/{record.pk}/").content.decode()
    assert "4 个工作日内报省信用平台" in page
    assert "{push." not in page

    change("record.prior_notice_days", 6)
    waiting = factories.in_review(scene)
    client.force_login(scene.reviewer)
    assert "送达后 6 个工作日" in client.get(f"/staff/records/{waiting.pk}/").content.decode()


def test_the_tables_name_their_rows_and_ask_no_database() -> None:
    consequences = [str(each.consequence) for machine in MACHINES.values() for each in machine.arrows.values()]
    assert not [each for each in consequences if NUMBER.search(each)]
    assert any("{objection.supplement_days}" in each for each in consequences)
