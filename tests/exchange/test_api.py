"""GET /api/v1/reports/: by scope only, the same ids and versions as the push, nothing of what was withdrawn."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.services import clients, proposals
from exchange import delivery, freezing
from ledger.models import Entry
from tests.accounts import factories
from tests.exchange import scenes

NOW = timezone.now().replace(microsecond=0)
URL = "/api/v1/reports/"


@pytest.fixture
def token(client, unit):
    """Give a function that fetches a token for a client with the given scopes."""

    def fetch(*scopes):
        made, secret = _client(unit, scopes)
        answered = client.post(
            "/api/v1/token/",
            {"grant_type": "client_credentials", "client_id": made.client_id, "client_secret": secret},
        )
        assert answered.status_code == 200, answered.content
        return {"Authorization": f"Bearer {answered.json()['access_token']}"}

    return fetch


def _client(unit, scopes):
    _first, second = factories.administrators()
    admin = factories.user(("sysadmin", unit), name="系管丙")
    asked = clients.propose(
        actor=admin, name="省平台", department=unit, scopes=scopes, purpose="拉取报送", reason="联调", now=factories.NOW
    )
    done = proposals.confirm(actor=second, proposal=asked, now=factories.NOW)
    return done.client, clients.renew_secret(actor=admin, client=done.client, now=factories.NOW)


def test_without_a_token_it_asks_for_one(client, unit):
    refused = client.get(URL)
    assert (refused.status_code, refused["Content-Type"]) == (401, "application/problem+json")


def test_another_scope_is_refused_and_logged(client, token):
    headers = token("disclosures:read")
    before = Entry.objects.filter(kind="refused").count()
    assert client.get(URL, headers=headers).status_code == 403
    assert Entry.objects.filter(kind="refused").count() == before + 1


def test_it_gives_what_is_pushed_with_the_same_ids_and_versions(client, token, unit, puppet):
    sent = scenes.relayed(unit, now=NOW, is_person=True, restricted=scenes.PERSONAL)
    delivery.deliver_due(NOW, transport=puppet)
    headers = token("reports:read")

    body = client.get(URL, headers=headers).json()

    (item,) = body["items"]
    assert (item["id"], item["subject_id"], item["version"]) == (str(sent.pk), str(sent.subject_id), 1)
    assert (item["operation"], item["state"], item["digest"]) == ("C", "stored", sent.report.digest)
    pushed = freezing.row_of(sent)
    assert item["data"] == {name: value for name, value in pushed.items() if name not in HIDDEN}
    assert body["has_more"] is False


HIDDEN = {"SX_RY_XM", "SX_RY_ZJHM", "SX_RY_ZW"}


def test_data_of_a_withdrawn_record_is_null_at_every_version(client, token, unit, puppet):
    subject = uuid4()
    scenes.relayed(unit, subject=subject, now=NOW)
    delivery.deliver_due(NOW, transport=puppet)
    scenes.relayed(unit, subject=subject, version=2, op="W", now=NOW)
    items = client.get(URL, headers=token("reports:read")).json()["items"]
    assert [item["data"] for item in items] == [None, None]
    assert [item["operation"] for item in items] == ["C", "W"]


@pytest.mark.parametrize("end", ["R", "E"])
def test_a_repair_or_an_expiry_ends_the_use_of_every_version_before_it(client, token, unit, puppet, end):
    subject, other = uuid4(), uuid4()
    for version, op in enumerate(["C", "U", end], start=1):
        scenes.relayed(unit, subject=subject, version=version, op=op, now=NOW)
        delivery.deliver_due(NOW, transport=puppet)
    scenes.relayed(unit, subject=other, now=NOW)
    headers = token("reports:read")

    items = client.get(URL, headers=headers).json()["items"]
    told = [(item["operation"], item["data"] is None) for item in items if item["subject_id"] == str(subject)]
    assert told == [("C", True), ("U", True), (end, False)]
    assert [item["data"] is None for item in items if item["subject_id"] == str(other)] == [False]

    scenes.relayed(unit, subject=subject, version=4, op="U", now=NOW)
    items = client.get(URL, headers=headers).json()["items"]
    told = [(item["operation"], item["data"] is None) for item in items if item["subject_id"] == str(subject)]
    assert told == [("C", True), ("U", True), (end, False), ("U", False)]


def test_it_walks_in_the_order_of_the_log_without_skip_or_repeat(client, token, unit):
    made = [str(scenes.relayed(unit, now=NOW).pk) for _n in range(5)]
    headers, seen, query = token("reports:read"), [], "?limit=2"
    while query:
        body = client.get(URL + query, headers=headers).json()
        seen += [item["id"] for item in body["items"]]
        query = f"?limit=2&cursor={body['next_cursor']}" if body["has_more"] else ""
    assert seen == made


@pytest.mark.parametrize("query", ["?limit=0", "?limit=x", "?cursor=x", "?page=2"])
def test_a_wrong_parameter_is_named(client, token, query):
    refused = client.get(URL + query, headers=token("reports:read"))
    assert (refused.status_code, refused["Content-Type"]) == (400, "application/problem+json")
