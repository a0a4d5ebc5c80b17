"""The changes feed: in commit order, without skip or repeat, and a follower who obeys it shows what the portal shows."""

import threading
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.test import Client

from ledger import heads
from rules import clock
from tests.disclosure import builders
from tests.disclosure.builders import NOON

FEED = "/api/v1/changes/"


def follow(client: Client, since: str = "", limit: int = 3) -> tuple[list[dict[str, Any]], str]:
    """Read the feed to its end and give the items and the place to go on from."""
    items: list[dict[str, Any]] = []
    while True:
        told = client.get(FEED, {"limit": limit, **({"since": since} if since else {})}).json()
        items += told["items"]
        since = told["next_cursor"]
        if not told["has_more"]:
            return items, since


@pytest.mark.django_db
def test_a_page_has_all_that_a_follower_needs(client):
    row = builders.publish()
    heads.sign_head(NOON)
    told = client.get(FEED).json()
    assert list(told) == ["items", "next_cursor", "has_more", "complete_through", "head", "generated_at"]
    item = told["items"][0]
    assert item["op"] == "upsert"
    assert item["reason"] == "publish"
    assert item["document_id"] == str(row.pk)
    assert item["visible_until"] == "2027-05-11"
    assert item["data"]["title"] == row.title
    assert told["head"]["size"] >= 1
    assert told["generated_at"] == NOON.isoformat()


@pytest.mark.django_db
def test_an_empty_page_still_gives_the_place_to_come_back_to(client):
    _items, place = follow(client)
    row = builders.publish()
    items, _place = follow(client, since=place)
    assert [item["document_id"] for item in items] == [str(row.pk)]


@pytest.mark.django_db
def test_every_upsert_carries_its_last_day_even_where_its_content_is_gone(client):
    row = builders.publish()
    builders.mark(row.pk)
    gone = builders.publish()
    builders.end(gone.pk, kind="repaired")
    items, _place = follow(client)
    assert [(item["op"], item["reason"]) for item in items] == [
        ("upsert", "publish"), ("upsert", "mark"), ("upsert", "publish"), ("tombstone", "repaired"),
    ]  # fmt: skip
    assert [item.get("visible_until") for item in items] == ["2027-05-11", "2027-05-11", "2026-05-11", None]
    assert [item.get("superseded") for item in items] == [True, False, True, None]
    assert [item["data"] is None for item in items] == [True, False, True, True]
    assert items[3]["effective_at"] == "2026-05-11"


@pytest.mark.django_db
def test_a_place_made_up_or_of_another_list_is_refused(client):
    for _ in range(2):
        builders.publish()
    of_the_list = client.get("/api/v1/documents/", {"limit": 1}).json()["next_cursor"]
    for since in ("7", "x" * 3000, of_the_list):
        answer = client.get(FEED, {"since": since})
        assert answer.status_code == 400
        assert answer.json()["field"] == "since"


@pytest.mark.django_db
def test_a_place_tells_nothing_of_the_position(client):
    builders.publish()
    one, two = client.get(FEED).json()["next_cursor"], client.get(FEED).json()["next_cursor"]
    assert one != two
    assert len(one) == len(two)


@pytest.mark.django_db
def test_a_follower_who_obeys_shows_exactly_what_the_portal_shows(client):
    shown = [builders.publish() for _ in range(4)]
    builders.mark(shown[0].pk)
    builders.correct(builders.paper(id=shown[1].pk, version=2, title="更正后"))
    builders.end(shown[2].pk)
    copy: dict[str, Any] = {}
    for item in follow(client)[0]:
        if item["data"] is not None:
            copy[item["document_id"]] = item["data"]
        elif item["op"] == "tombstone":
            copy.pop(item["document_id"], None)
    listed = {each["id"]: each for each in client.get("/api/v1/documents/", {"limit": 500}).json()["items"]}
    assert copy == listed


WRITERS, EACH = 4, 12


def _write(failures: list[BaseException]) -> None:
    try:
        now = clock.now()
        today = now.astimezone(ZoneInfo("Asia/Shanghai")).date()
        for number in range(EACH):
            row = builders.publish(now=now, **builders.running(on=today))
            if number % 3 == 0:
                builders.mark(row.pk, now=now)
            if number % 4 == 0:
                builders.end(row.pk, version=3, now=now)
    except BaseException as failure:  # noqa: BLE001  told to the test, which fails on it
        failures.append(failure)
    finally:
        connections.close_all()


def test_a_walk_under_concurrent_writers_skips_nothing_and_repeats_nothing(fresh_database, set_clock):
    set_clock(NOON)
    client, failures = Client(), []
    writers = [threading.Thread(target=_write, args=(failures,)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    seen: list[str] = []
    place = ""
    while any(writer.is_alive() for writer in writers):
        items, place = follow(client, since=place, limit=5)
        seen += [item["id"] for item in items]
    for writer in writers:
        writer.join()
    items, _place = follow(client, since=place, limit=5)
    seen += [item["id"] for item in items]
    assert not failures
    whole = [item["id"] for item in follow(client, limit=500)[0]]
    assert seen == whole
    assert len(set(seen)) == len(seen) == WRITERS * (EACH + EACH // 3 + EACH // 4)


@pytest.mark.django_db
def test_what_passed_its_last_day_has_no_content_in_the_feed(client, set_clock):
    builders.publish(visible_until=date(2026, 5, 11))
    set_clock(builders.at(date(2026, 5, 12), 0, 0, 0))
    item = client.get(FEED).json()["items"][0]
    assert item["data"] is None
    assert item["visible_until"] == "2026-05-11"
