"""Credit checks over HTTP: by scope, by code or id, once per client and reference, in summary, with one decision."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from ledger.models import Entry
from records.models import CheckRun
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.archives import cases
from tests.records.factories import Scene

ADDRESS = "/api/v1/credit-checks/"


@pytest.fixture
def caller(scene: Scene) -> dict[str, str]:
    """Give the header of a client of the bureau that may ask."""
    return cases.client_of(scene.bureau, "checks:write")[1]


def ask(header: dict[str, str], address: str = ADDRESS, **body: Any) -> Any:
    """Post a question."""
    return Client().post(address, json.dumps(body), content_type="application/json", headers=header)


def question(scene: Scene, **given: Any) -> dict[str, Any]:
    """Return a question about the neighbour."""
    plain = {"purpose": "PROCUREMENT", "legal_basis": cases.BASIS, "business_ref": "采〔2026〕7号"}
    return {**plain, "subject": {"uscc": scene.neighbour.uscc}, **given}


def test_a_client_asks_once_and_gets_the_first_answer_ever_after(scene: Scene, caller: dict[str, str]) -> None:
    body = question(scene, subject={"uscc": scene.bureau.uscc})

    first = ask(caller, **body)
    record = factories.disclosed(scene)
    again = ask(caller, **body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["items"][0]["verdict"] == "clear"
    assert CheckRun.objects.count() == 1
    other = ask(caller, **{**body, "purpose": "BIDDING"})
    assert (other.status_code, other.json()["code"]) == (409, "conflict")
    fresh = ask(caller, **{**body, "business_ref": "采〔2026〕8号"}).json()["items"][0]
    assert fresh["verdict"] == "notice"
    assert fresh["hits"][0]["number"] == record.number
    assert Entry.objects.filter(kind="check.run").count() == 2


def test_a_list_is_answered_in_its_order(scene: Scene, caller: dict[str, str]) -> None:
    cases.serious(scene, sanctions=("UNIT_AWARD_RESTRICT",))
    subjects = [{"uscc": scene.neighbour.uscc}, {"uscc": scene.bureau.uscc}]
    body = question(scene, purpose="AWARD", subjects=subjects)
    del body["subject"]

    told = ask(caller, **body).json()

    assert (told["total"], told["restricted"]) == (2, 1)
    assert [each["verdict"] for each in told["items"]] == ["clear", "restricted"]
    assert told["items"][1]["restrictions"][0]["code"] == "UNIT_AWARD_RESTRICT"


def test_of_units_a_client_sees_only_what_the_public_may_read(scene: Scene, caller: dict[str, str]) -> None:
    factories.effective(scene, sanctions=())

    answer = ask(caller, **question(scene, purpose="AWARD", subject={"uscc": scene.bureau.uscc}))

    assert answer.json()["items"][0]["verdict"] == "clear"


def test_of_its_own_officials_a_client_learns_for_awards_how_grave_and_until_when(
    scene: Scene, caller: dict[str, str]
) -> None:
    record = factories.recognised(
        scene, content=factories.about_official(scene), severity="serious", sanctions=("AWARD_RESTRICT",)
    )
    him = {"official": str(scene.official.pk)}

    answer = ask(caller, **question(scene, purpose="AWARD", subject=him))

    (line,) = answer.json()["items"]
    assert (line["verdict"], line["official"]) == ("restricted", him["official"])
    body = answer.content.decode()
    for hidden in (scene.official.person.name, record.number, record.facts[:12], record.document_number):
        assert hidden not in body
    assert ask(caller, **question(scene, purpose="CADRE", subject=him, business_ref="a")).status_code == 403
    assert ask(caller, **question(scene, purpose="FUNDS", subject=him, business_ref="b")).status_code == 422
    stranger = {"official": str(factories.officials_of(scene.neighbour, "施行远").pk)}
    assert ask(caller, **question(scene, purpose="AWARD", subject=stranger, business_ref="c")).status_code == 422
    assert CheckRun.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"subject": {"uscc": "123"}},
        {"subject": {"uscc": ""}},
        {"subject": {"name": "安平市交通运输局"}},
        {"subject": {}},
        {"subject": None},
        {"subject": {"official": "王某"}},
        {"subject": {"official": str(uuid4())}},
        {"subjects": [{"uscc": "11440000MB2D0001XX"}]},
        {"subjects": []},
        {"subject": {"uscc": "x"}, "subjects": []},
        {"purpose": "CURIOSITY"},
        {"purpose": ""},
        {"legal_basis": ""},
        {"legal_basis": "\u202e"},
        {"business_ref": ""},
        {"business_ref": "x" * 101},
        {"raeson": "x"},
    ],
)
def test_nonsense_is_a_problem_and_no_check(scene: Scene, caller: dict[str, str], given: dict[str, Any]) -> None:
    answer = ask(caller, **question(scene, **given))

    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert not CheckRun.objects.exists()


def test_five_hundred_and_one_are_too_many(scene: Scene, caller: dict[str, str]) -> None:
    body = question(scene, subjects=[{"uscc": scene.neighbour.uscc}] * 501)
    del body["subject"]
    assert ask(caller, **body).status_code == 422


def test_a_client_reads_its_own_answers_only(scene: Scene, caller: dict[str, str]) -> None:
    _other, stranger = cases.client_of(scene.neighbour, "checks:write")
    mine = ask(caller, **question(scene)).json()["items"][0]["id"]
    theirs = ask(stranger, **question(scene)).json()["items"][0]["id"]

    listed = Client().get(ADDRESS, headers=caller).json()["items"]

    assert [each["id"] for each in listed] == [mine]
    assert Client().get(f"{ADDRESS}?business_ref=nothing", headers=caller).json()["items"] == []
    assert Client().get(f"{ADDRESS}?ref=x", headers=caller).status_code == 400
    assert Client().get(f"{ADDRESS}{mine}/", headers=caller).status_code == 200
    assert Client().get(f"{ADDRESS}{theirs}/", headers=caller).status_code == 404
    assert ask(caller, f"{ADDRESS}{theirs}/decision/", decision="STOPPED").status_code == 404


def test_the_decision_is_taken_once(scene: Scene, caller: dict[str, str]) -> None:
    check = ask(caller, **question(scene)).json()["items"][0]["id"]
    address = f"{ADDRESS}{check}/decision/"

    assert ask(caller, address, decision="NOTHING").status_code == 422
    assert ask(caller, address, decision="PROCEEDED", reason="x").status_code == 422
    assert ask(caller, address, decision="PROCEEDED").json()["decision"] == "PROCEEDED"
    assert ask(caller, address, decision="STOPPED").status_code == 409


def test_without_the_scope_nothing_is_asked(scene: Scene) -> None:
    _client, header = cases.client_of(scene.bureau, "records:read")
    assert ask(header, **question(scene)).status_code == 403
    assert ask({}, **question(scene)).status_code == 401
    client = Client()
    client.force_login(accounts.user(("clerk", scene.bureau)))
    assert client.get(ADDRESS).status_code == 403
    assert not CheckRun.objects.exists()


def test_the_description_of_the_api_names_it() -> None:
    told = Client().get("/api/v1/schema/", headers={"Accept": "application/json"}).content.decode()
    assert "/api/v1/credit-checks/" in told
    assert "checks:write" in told
