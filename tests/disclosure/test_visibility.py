"""Nothing leaks: documents in every state against every public address, feed, sitemap, search and operation, as anybody."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger import heads
from tests.disclosure import builders
from tests.disclosure.builders import NOON

pytestmark = pytest.mark.django_db

SECRET = "密谋拖欠工程款"  # stands in the text of every document that must not show
LAST = date(2026, 5, 11)


@dataclass(frozen=True)
class Hidden:
    """A document that must not show, the words by which one would look for it, and its state."""

    state: str
    id: UUID
    number: str


def _paper(state: str) -> dict[str, object]:
    number = f"密字〔2026〕{state}号"
    return {
        "number": number,
        "title": f"{SECRET}（{state}）",
        "department_name": f"{state}密谋局",
        "fields": {"organ": "密谋机关", "paragraphs": [SECRET], "points": [{"label": "款", "text": SECRET}]},
    }


@pytest.fixture
def hidden() -> list[Hidden]:
    """Give a document in each state in which it may not show."""
    made = []
    for state in ("withdrawn", "repaired", "expired"):
        row = builders.publish(**_paper(state))
        builders.mark(row.pk)
        builders.end(row.pk, version=3, kind=state)
        made.append(Hidden(state, row.pk, f"密字〔2026〕{state}号"))
    early = builders.at(date(2026, 5, 1))
    over = builders.publish(
        now=early,
        **_paper("overdue"),
        decided_on=date(2026, 5, 1),
        visible_from=date(2026, 5, 1),
        visible_until=date(2026, 5, 10),
    )
    made.append(Hidden("overdue", over.pk, "密字〔2026〕overdue号"))
    made.append(Hidden("never", uuid4(), "密字〔2026〕never号"))
    heads.sign_head(NOON)
    return made


def _addresses(hidden: list[Hidden]) -> list[str]:
    whole = [
        "/", "/search/", "/changes/", "/departments/", f"/departments/{builders.BUREAU}/", "/robots.txt", "/sitemap.xml",
        "/sitemap-202605.xml", "/sitemap-0.xml", "/verify/", "/about/", "/terms/", "/accessibility/",
        "/api/v1/documents/?limit=500", "/api/v1/documents/?sort=soonest&limit=500", "/api/v1/changes/?limit=500", "/api/v1/heads/",
        "/search/?status=soon", "/search/?status=marked", "/search/?sort=soonest", "/search/?from=2020-01-01&to=2030-01-01",
        f"/search/?department={builders.BUREAU}", "/search/?severity=general", "/search/?area=BIDDING",
        "/search/?source_type=BROKEN_COMMITMENT",
    ]  # fmt: skip
    for each in hidden:
        whole += [
            f"/documents/{each.id}/",
            f"/api/v1/documents/{each.id}/",
            f"/api/v1/documents/{each.id}/proof/",
            f"/verify/?code={each.id}",
            f"/verify/?code={each.id.hex[:12]}",
        ]
    for words in ("工程款", "拖欠", "密字", "密"):
        whole += [f"/search/?q={words}", f"/api/v1/documents/?q={words}"]
    return whole


def test_no_public_address_shows_anything_of_a_document_that_is_not_public(client, a_department, hidden):
    builders.publish()
    for address in _addresses(hidden):
        answer = client.get(address)
        assert answer.status_code in (200, 404, 410), address
        page = answer.content.decode()
        # A page may repeat what was asked for; nothing else of the secret may stand on it.
        asked = address.partition("q=")[2]
        for secret in (SECRET, "密谋机关", "密谋局", "〔2026〕withdrawn", "〔2026〕overdue"):
            assert secret not in page, (address, secret)
        if asked:
            assert "找到 0 条" in page or '"items":[]' in page, address


def test_lists_and_sitemaps_do_not_even_name_their_addresses(client, hidden):
    shown = builders.publish()
    for address in ("/", "/search/", "/sitemap-202605.xml", "/api/v1/documents/", "/changes/"):
        page = client.get(address).content.decode()
        assert str(shown.pk) in page
        for each in hidden:
            assert str(each.id) not in page, (address, each.state)


def test_the_feed_tells_of_ended_documents_without_content_at_every_position(client, hidden):
    items = client.get("/api/v1/changes/", {"limit": 500}).json()["items"]
    for item in items:
        assert item["data"] is None
        assert SECRET not in json.dumps(item, ensure_ascii=False)
    assert {item["reason"] for item in items if item["op"] == "tombstone"} == {"withdrawn", "repaired", "expired"}


def test_hidden_and_never_existing_look_the_same_byte_for_byte(client):
    stranger, other = uuid4(), uuid4()
    for path in ("/documents/{}/", "/api/v1/documents/{}/", "/api/v1/documents/{}/proof/"):
        one, two = client.get(path.format(stranger)), client.get(path.format(other))
        assert one.status_code == two.status_code == 404
        assert one.content.decode().replace(str(stranger), "X") == two.content.decode().replace(str(other), "X")
        drop = {"X-Request-ID"}
        assert {k: v for k, v in one.headers.items() if k not in drop} == {
            k: v for k, v in two.headers.items() if k not in drop
        }


@pytest.mark.parametrize(
    ("moment", "is_shown"),
    [
        (builders.at(date(2026, 5, 11), 0, 0, 0), True),
        (builders.at(date(2026, 8, 11), 23, 59, 59), True),
        (builders.at(date(2026, 8, 12), 0, 0, 0), False),
    ],
    ids=["first moment", "last moment", "a moment too late"],
)
def test_the_last_day_counts_to_its_last_second_and_no_further(client, set_clock, moment, is_shown):
    row = builders.publish(visible_until=date(2026, 8, 11))
    set_clock(moment)
    listed = client.get("/api/v1/documents/").json()["items"]
    assert bool(listed) is is_shown
    assert client.get(f"/documents/{row.pk}/").status_code == (200 if is_shown else 410)
    assert client.get(f"/api/v1/documents/{row.pk}/").status_code == (200 if is_shown else 410)
    assert (str(row.pk) in client.get("/sitemap-202605.xml").content.decode()) is is_shown
    assert bool(client.get("/api/v1/documents/", {"q": "坡道"}).json()["items"]) is is_shown
    assert bool(client.get("/api/v1/changes/").json()["items"][0]["data"]) is is_shown


def test_midnight_is_that_of_shanghai(client, set_clock):
    builders.publish(visible_until=LAST)
    set_clock(NOON.replace(hour=23, minute=59))
    assert client.get("/api/v1/documents/").json()["items"]
    set_clock(NOON.replace(hour=23, minute=59) + timedelta(minutes=1))
    assert not client.get("/api/v1/documents/").json()["items"]


def test_search_engines_take_in_units_by_class_and_persons_never(client):
    general, minor = builders.publish(), builders.publish(severity="minor")
    person = builders.publish(is_person=True, title="某某单位王*处分决定")
    page = {name: client.get(f"/documents/{row.pk}/") for name, row in (("g", general), ("m", minor), ("p", person))}
    assert page["g"]["X-Robots-Tag"] == "noarchive, unavailable_after: 2027-05-11T23:59:59+08:00"
    assert page["m"]["X-Robots-Tag"] == page["p"]["X-Robots-Tag"] == "noindex, noarchive"
    listed = client.get("/sitemap-202605.xml").content.decode()
    assert str(general.pk) in listed
    assert str(minor.pk) not in listed
    assert str(person.pk) not in listed
    for address in ("/search/", "/verify/", "/changes/", "/api/v1/documents/"):
        assert "noindex" in client.get(address)["X-Robots-Tag"]


def test_the_sitemap_names_the_months_and_the_day_of_the_last_change(client):
    old = builders.publish(
        now=builders.at(date(2026, 3, 3)), decided_on=date(2026, 3, 3), visible_from=date(2026, 3, 3)
    )
    builders.mark(old.pk)
    index = client.get("/sitemap.xml").content.decode()
    assert "sitemap-202603.xml" in index
    assert "sitemap-202605.xml" not in index
    assert "<lastmod>2026-05-11</lastmod>" in client.get("/sitemap-202603.xml").content.decode()
    assert client.get("/sitemap-202613.xml").status_code == 404
    assert "Disallow: /staff/" in client.get("/robots.txt").content.decode()


def test_no_copy_may_be_kept_without_asking_again(client):
    row = builders.publish()
    for address in ("/", "/search/", f"/documents/{row.pk}/", f"/api/v1/documents/{row.pk}/", "/api/v1/documents/"):
        assert "no-cache" in client.get(address)["Cache-Control"]
    for address in ("/sitemap-202605.xml", f"/api/v1/documents/{uuid4()}/", "/api/v1/changes/"):
        assert client.get(address)["Cache-Control"] == "no-store"


# Scenario 24: nobody is found by name or number, and the answer tells nothing.


@pytest.mark.parametrize("asked", ["441402198001010010", "13800138000", "王建国", "王*"])
def test_scenario_24_a_question_about_a_person_is_answered_like_any_miss(client, asked):
    builders.publish(is_person=True, title="王*处分决定", fields={"paragraphs": ["王*违反规定，441402198001010010"]})
    builders.publish()
    miss = "霍格沃茨"
    for path in ("/search/", "/api/v1/documents/"):
        about, other = client.get(path, {"q": asked}), client.get(path, {"q": miss})
        assert about.status_code == other.status_code == 200
        said, control = about.content.decode(), other.content.decode()
        assert _without(said, asked) == _without(control, miss)


def _without(page: str, word: str) -> str:
    """The page less the word asked for, however it is spelled in text and addresses."""
    spellings = {word, word.replace("*", "%2A"), _percent(word), _percent(_percent(word))}
    for spelling in sorted(spellings, key=len, reverse=True):
        page = page.replace(spelling, "X")
    return page


def _percent(word: str) -> str:
    return quote(word, safe="")


def test_scenario_24_the_same_statements_run_for_a_person_and_for_a_miss(client):
    builders.publish()
    counts = []
    for asked in ("441402198001010010", "霍格沃茨"):
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/documents/", {"q": asked})
        counts.append([query["sql"].partition(" ")[0] for query in queries])
    assert counts[0] == counts[1]
