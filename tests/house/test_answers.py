"""What every answer carries, whatever became of the request."""

from __future__ import annotations

import pytest
from django.test import Client

from integrity import health

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ADDRESSES = {
    "/healthz": 200,
    "/": 200,
    "/nothing/": 404,
    "/api/v1/nothing/": 404,
    "/staff/": 302,
    "/documents/00000000-0000-4000-8000-000000000000/": 404,
    "/search/?q=%00": None,
}


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), ADDRESSES.items())
def test_every_answer_carries_the_strict_headers_and_its_own_id(client, address, status):
    first, second = client.get(address), client.get(address)
    assert status is None or first.status_code == status
    assert first.status_code < 500
    for name, value in EVERYWHERE.items():
        assert first[name] == value, name
    policy = first["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert first["X-Request-ID"] != second["X-Request-ID"]


@pytest.mark.django_db
def test_pages_behind_the_sign_in_are_not_kept_by_the_browser(client):
    assert "no-store" in client.get("/staff/")["Cache-Control"]


@pytest.mark.django_db
def test_a_program_gets_problem_documents_and_a_person_gets_pages(client):
    assert client.get("/api/v1/nothing/")["Content-Type"] == "application/problem+json"
    assert client.get("/nothing/")["Content-Type"].startswith("text/html")


@pytest.mark.django_db
def test_a_fault_of_ours_is_told_without_its_inside(client, monkeypatch):
    def fail(request):
        raise RuntimeError("内部细节")

    monkeypatch.setattr("integrity.health.healthz.__code__", fail.__code__)
    client.raise_request_exception = False
    answer = client.get("/healthz")
    assert answer.status_code == 500
    assert "内部细节" not in answer.content.decode()
    assert answer["X-Request-ID"]
    assert f"<code>{answer['X-Request-ID']}</code>" in answer.content.decode(), "people are asked to tell this number"
    assert "Content-Security-Policy" in answer


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_words():
    answer = Client(enforce_csrf_checks=True).post("/accounts/sign-out/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "重新提交" in page
    assert "角色" not in page, "it is the page that is too old, not the person who may not"


@pytest.mark.django_db
def test_a_fault_where_nothing_may_be_noted_asks_for_no_number(client, monkeypatch):
    def fail(*_given, **_more):
        raise RuntimeError("内部细节")

    monkeypatch.setattr("disclosure.web.rendering.page", fail)
    client.raise_request_exception = False
    page = client.get("/complaints/").content.decode()
    assert "刚才没有办成" in page
    assert "编号" not in page


def test_readiness_says_what_is_missing_and_answers_503(client, fresh_database, monkeypatch):
    monkeypatch.setitem(health.PROBES, "redis", lambda: 1 / 0)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "failed", "database": "ok", "redis": "failed", "migrations": "ok"}
