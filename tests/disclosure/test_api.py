"""The open API: its shapes are a contract, and its bytes are those of the log."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from disclosure import answers
from ledger import heads
from ledger.verifier import verify_disclosure
from tests.disclosure import builders
from tests.disclosure.builders import NOON

pytestmark = pytest.mark.django_db
LIST = "/api/v1/documents/"


def test_the_list_holds_items_a_cursor_and_whether_there_is_more(client):
    rows = [builders.publish(visible_from=date(2026, 5, 11) - timedelta(days=day)) for day in range(5)]
    first = client.get(LIST, {"limit": 2})
    told = first.json()
    assert list(told) == ["items", "next_cursor", "has_more"]
    assert [item["id"] for item in told["items"]] == [str(row.pk) for row in rows[:2]]
    assert told["has_more"] is True
    assert 'rel="next"' in first["Link"]

    second = client.get(LIST, {"limit": 2, "cursor": told["next_cursor"]}).json()
    third = client.get(LIST, {"limit": 2, "cursor": second["next_cursor"]}).json()
    assert [item["id"] for item in second["items"] + third["items"]] == [str(row.pk) for row in rows[2:]]
    assert third["next_cursor"] is None
    assert third["has_more"] is False


def test_a_whole_walk_of_equal_days_skips_and_repeats_nothing(client):
    made = {str(builders.publish().pk) for _ in range(23)}
    seen, cursor = [], ""
    while cursor is not None:
        told = client.get(LIST, {"limit": 5, **({"cursor": cursor} if cursor else {})}).json()
        seen += [item["id"] for item in told["items"]]
        cursor = told["next_cursor"]
    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize("sort", ["newest", "soonest"])
def test_both_orders_are_stable(client, sort):
    for number in range(7):
        builders.publish(visible_until=date(2027, 5, 11) + timedelta(days=number % 3))
    whole = [item["id"] for item in client.get(LIST, {"sort": sort, "limit": 50}).json()["items"]]
    first = client.get(LIST, {"sort": sort, "limit": 4}).json()
    rest = client.get(LIST, {"sort": sort, "limit": 4, "cursor": first["next_cursor"]}).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == whole


def test_one_document_is_answered_by_the_very_bytes_of_the_log(client):
    row = builders.publish()
    answer = client.get(f"{LIST}{row.pk}/")
    assert answer.content == row.body.encode()
    assert answer["ETag"] == '"v1"'
    assert client.get(f"{LIST}{row.pk}/", headers={"if-none-match": '"v1"'}).status_code == 304
    builders.mark(row.pk)
    assert client.get(f"{LIST}{row.pk}/", headers={"if-none-match": '"v1"'}).status_code == 200


def test_an_unchanged_list_is_304_and_a_changed_one_is_not(client):
    row = builders.publish()
    tag = client.get(LIST)["ETag"]
    assert client.get(LIST, headers={"if-none-match": tag}).status_code == 304
    builders.end(row.pk)
    answer = client.get(LIST, headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert answer.json()["items"] == []


def test_a_page_kept_in_memory_does_not_outlive_midnight(client, set_clock):
    builders.publish(visible_until=date(2026, 5, 11))
    assert len(client.get(LIST).json()["items"]) == 1
    set_clock(builders.at(date(2026, 5, 12), 0, 0, 0))
    assert client.get(LIST).json()["items"] == []


@pytest.mark.parametrize("address", ["documents/", "heads/", "changes/"])
def test_an_unknown_parameter_is_refused_by_name(client, address):
    answer = client.get(f"/api/v1/{address}", {"limti": 5})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "unknown_parameter"
    assert answer.json()["field"] == "limti"
    assert answer.json()["nearest"] == "limit"


@pytest.mark.parametrize(
    "given",
    [
        {"limit": "0"},
        {"limit": "501"},
        {"limit": "-1"},
        {"limit": "５"},
        {"limit": "many"},
        {"cursor": "made-up"},
        {"severity": "grave"},
        {"from": "11.5.2026"},
        {"from": "2026-02-30"},
        {"department": "1' OR '1'='1"},
        {"department": "11441400MI2C12348W"},
        {"status": "ended"},
        {"sort": "title"},
        {"area": "a b"},
    ],
)
def test_a_value_that_cannot_be_is_a_problem_in_chinese(client, given):
    answer = client.get(LIST, given)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == 400
    assert told["field"] == next(iter(given))
    assert any("\u4e00" <= sign <= "\u9fff" for sign in told["detail"])


def test_a_cursor_of_one_question_is_refused_for_another(client):
    for _ in range(3):
        builders.publish()
    cursor = client.get(LIST, {"limit": 1}).json()["next_cursor"]
    assert client.get(LIST, {"limit": 1, "severity": "general", "cursor": cursor}).status_code == 400
    assert client.get(LIST, {"limit": 2, "cursor": cursor}).status_code == 200


def test_an_ended_document_is_410_with_reason_and_day_and_nothing_else(client):
    row = builders.publish()
    builders.end(row.pk, kind="repaired")
    answer = client.get(f"{LIST}{row.pk}/")
    assert answer.status_code == 410
    told = answer.json()
    assert (told["reason"], told["ended_on"]) == ("repaired", "2026-05-11")
    assert set(told) == {"type", "title", "status", "detail", "code", "reason", "ended_on"}
    assert client.get(f"{LIST}{row.pk}/proof/").json() == told


def test_what_never_was_public_is_404_as_a_problem(client):
    answer = client.get(f"{LIST}{uuid4()}/")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_the_api_only_reads(client):
    row = builders.publish()
    for address in (LIST, f"{LIST}{row.pk}/", f"{LIST}{row.pk}/proof/", "/api/v1/heads/", "/api/v1/changes/"):
        for method in (client.post, client.put, client.patch, client.delete):
            answer = method(address)
            assert answer.status_code == 405
            assert answer["Content-Type"] == "application/problem+json"


def test_the_proof_convinces_the_verifier_that_needs_neither_us_nor_a_network(client):
    builders.publish()
    row = builders.publish()
    heads.sign_head(NOON)
    bundle = client.get(f"{LIST}{row.pk}/proof/").json()
    verify_disclosure.check_proof(bundle)

    bundle["salt"] = "AAAA" + bundle["salt"][4:]
    with pytest.raises(verify_disclosure.NotProved):
        verify_disclosure.check_proof(bundle)


def test_a_proof_asked_for_before_the_next_head_asks_to_come_back(client):
    row = builders.publish()
    answer = client.get(f"{LIST}{row.pk}/proof/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"


def test_two_heads_are_proved_to_be_one_history(client):
    builders.publish()
    heads.sign_head(NOON)
    builders.publish()
    heads.sign_head(NOON)
    told = client.get("/api/v1/heads/").json()
    new, old = (head["size"] for head in told["items"])
    verify_disclosure.check_consistency(client.get("/api/v1/heads/consistency/", {"old": old, "new": new}).json())
    assert client.get("/api/v1/heads/consistency/", {"old": new, "new": old}).status_code == 400
    assert client.get("/api/v1/heads/consistency/", {"old": 1, "new": 10**9}).status_code == 400


def test_heads_are_paged(client):
    for _ in range(3):
        builders.publish()
        heads.sign_head(NOON)
    first = client.get("/api/v1/heads/", {"limit": 2}).json()
    second = client.get("/api/v1/heads/", {"limit": 2, "cursor": first["next_cursor"]}).json()
    sizes = [head["size"] for head in first["items"] + second["items"]]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == 3


def test_the_whole_stock_goes_only_to_clients_with_the_scope(client):
    builders.publish()
    answer = client.get(f"{LIST}export/")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_the_schema_describes_every_operation(client):
    schema = client.get("/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi+json"}).json()
    described = {
        path for path in schema["paths"] if path.startswith(("/api/v1/documents", "/api/v1/heads", "/api/v1/changes"))
    }
    assert described == {
        "/api/v1/documents/",
        "/api/v1/documents/export/",
        "/api/v1/documents/{document_id}/",
        "/api/v1/documents/{document_id}/proof/",
        "/api/v1/heads/",
        "/api/v1/heads/consistency/",
        "/api/v1/changes/",
    }
    listed = schema["paths"]["/api/v1/documents/"]["get"]
    assert {each["name"] for each in listed["parameters"]} == {*answers.PAGE_NAMES, *answers.criteria.NAMES}
    assert {"200", "304", "400"} <= set(listed["responses"])
    assert {"200", "304", "404", "410"} <= set(schema["paths"]["/api/v1/documents/{document_id}/"]["get"]["responses"])


def test_what_is_answered_is_what_the_schema_says(client):
    builders.publish()
    schema = client.get("/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi+json"}).json()
    item = client.get(LIST).json()["items"][0]
    described = schema["components"]["schemas"]["Document"]["properties"]
    assert set(item) == set(described)
    json.dumps(item)


def test_an_open_api_call_opens_no_session(client):
    assert not client.get(LIST).cookies
    assert reverse("public_api:documents") == LIST
