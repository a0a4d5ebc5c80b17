"""The records API: the same refusals as the pages, told as problems, with versions as preconditions."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from records.models import DishonestyRecord, RecordState
from rules import clock
from tests.records import factories
from tests.records.factories import NOW, Scene

S = RecordState
PROBLEM = "application/problem+json"


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the faces' clock stand at the moment of the records."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def signed_in(user: Any) -> Client:
    """Return a client with the session of a person."""
    client = Client()
    client.force_login(user)
    return client


def act(client: Client, record: DishonestyRecord, action: str, *, version: int | None, **body: Any) -> Any:
    """Post an act."""
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return client.post(
        f"/api/v1/records/{record.pk}/{action}/", json.dumps(body), content_type="application/json", headers=headers
    )


def test_a_reviewer_passes_a_record_and_gets_the_new_version(scene: Scene) -> None:
    record = factories.in_review(scene)
    client = signed_in(scene.reviewer)
    shown = client.get(f"/api/v1/records/{record.pk}/")
    assert shown.headers["ETag"] == f'"{record.version}"'

    answer = act(client, record, "pass_on", version=record.version, reason="核对无误")

    assert answer.status_code == 200
    assert answer.json()["state"] == S.NOTIFIED
    assert answer.headers["ETag"] == f'"{record.version + 1}"'


@pytest.mark.parametrize(
    ("who", "action", "version", "body", "status", "code"),
    [
        ("reviewer", "pass_on", 1, {}, 412, "precondition_failed"),
        ("reviewer", "pass_on", None, {}, 428, "precondition_required"),
        ("reviewer", "send_back", 2, {}, 422, "invalid"),
        ("reviewer", "pass_on", 2, {"raeson": "x"}, 422, "invalid"),
        ("approver", "recognise", 2, {"severity": "general"}, 409, "conflict"),
        ("clerk", "pass_on", 2, {}, 403, "not_allowed"),
        ("reviewer", "explode", 2, {}, 404, "missing"),
        ("neighbour_reviewer", "pass_on", 2, {}, 404, "missing"),
    ],
)
def test_a_refusal_is_a_problem_and_changes_nothing(
    scene: Scene, who: str, action: str, version: int | None, body: dict[str, Any], status: int, code: str
) -> None:
    record = factories.in_review(scene)
    assert record.version == 2

    answer = act(signed_in(scene.everyone()[who]), record, action, version=version, **body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == PROBLEM
    same = factories.fresh(record)
    assert (same.state, same.version) == (record.state, record.version)


def test_strangers_get_nothing_and_the_list_holds_what_the_person_may_see(scene: Scene) -> None:
    record = factories.draft(scene)

    assert Client().get("/api/v1/records/").status_code == 401
    assert [row["id"] for row in signed_in(scene.clerk).get("/api/v1/records/").json()["items"]] == [str(record.pk)]
    assert signed_in(scene.neighbour_clerk).get("/api/v1/records/").json()["items"] == []
    assert signed_in(scene.clerk).get("/api/v1/records/?state=effective").json()["items"] == []
    assert signed_in(scene.clerk).get(f"/api/v1/records/{uuid4()}/").status_code == 404


def test_an_officials_name_is_not_in_the_list(scene: Scene) -> None:
    factories.draft(scene, content=factories.about_official(scene))

    body = signed_in(scene.clerk).get("/api/v1/records/").content.decode()

    assert scene.official.person.name not in body
