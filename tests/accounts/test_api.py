"""Tokens, scopes, problems and paging: what every API operation of the portal shares."""

import base64
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from accounts.api.parameters import UnknownParameter, limit_of, refuse_unknown
from accounts.models import ApiClient, Official, User
from accounts.paging import BadParameter, page
from accounts.services import clients, proposals
from ledger.models import Entry
from ledger.refusals import Conflict, Invalid, NotAllowed
from tests.accounts import factories
from tests.accounts.factories import NOW, Tree

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def registered(tree: Tree, *scopes: str) -> tuple[ApiClient, str, User]:
    """Return a client with these scopes, its secret, and the system administrator who keeps it."""
    keeper = factories.user(("sysadmin", tree.province))
    asked = clients.propose(
        actor=keeper,
        name="省信用平台",
        department=tree.lead,
        scopes=scopes,
        purpose="信息共享",
        reason="共享协议",
        now=NOW,
    )
    done = proposals.confirm(actor=factories.administrators()[0], proposal=asked, now=NOW)
    client = ApiClient.objects.get(pk=done.client_id)
    return client, clients.renew_secret(actor=keeper, client=client, now=NOW), keeper


def ask_token(client: ApiClient, secret: str, **form: str):
    """Ask for a token as a client does."""
    basic = base64.b64encode(f"{client.client_id}:{secret}".encode()).decode()
    facts = {"grant_type": "client_credentials", **form}
    return Client().post("/api/v1/token/", facts, headers={"Authorization": f"Basic {basic}"})


def bearer(client: ApiClient, secret: str) -> dict[str, str]:
    """Return the header of a client with a fresh token."""
    answer = ask_token(client, secret)
    assert answer.status_code == 200, answer.content
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def test_scenario_74_a_client_without_the_scope_is_refused_and_the_attempt_is_logged(tree: Tree) -> None:
    factories.official(tree.transport, "许清和")
    client, secret, _keeper = registered(tree, "disclosures:read")
    header = bearer(client, secret)
    before = Entry.objects.count()
    answer = Client().get("/api/v1/officials/", headers=header)
    assert answer.status_code == 403
    assert answer["Content-Type"] == PROBLEM
    assert "officials:read" in answer.json()["detail"]
    assert "许清和" not in answer.content.decode()
    (entry,) = Entry.objects.filter(position__gte=before)
    assert (entry.kind, entry.object_type, entry.object_id) == ("refused", "accounts.apiclient", str(client.pk))
    assert entry.refs[0]["key"] == "open.accounts_api:officials"


def test_a_client_with_the_scope_reads_officials_without_any_number(tree: Tree) -> None:
    number = factories.citizen_number()
    factories.official(tree.transport, "许清和", id_number=number)
    client, secret, _keeper = registered(tree, "officials:read")
    answer = Client().get("/api/v1/officials/", headers=bearer(client, secret))
    (item,) = answer.json()["items"]
    assert (item["name"], item["department"]) == ("许清和", tree.transport.uscc)
    assert answer.json()["has_more"] is False
    for secret_text in (number, number[-4:], "13812345678", "138****5678"):
        assert secret_text not in answer.content.decode().replace(item["id"], "")


def test_a_stranger_gets_401_with_a_challenge(tree: Tree) -> None:
    for header in ({}, {"Authorization": "Bearer nonsense"}):
        answer = Client().get("/api/v1/officials/", headers=header)
        assert answer.status_code == 401
        assert answer["Content-Type"] == PROBLEM
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_signed_in_officer_gets_no_scope_of_a_client(tree: Tree) -> None:
    browser = factories.signed_in(factories.user(("personnel", tree.transport)))
    assert browser.get("/api/v1/officials/").status_code == 403


def test_a_token_never_carries_a_scope_the_client_does_not_have(tree: Tree) -> None:
    client, secret, _keeper = registered(tree, "disclosures:read")
    assert ask_token(client, secret, scope="officials:read").status_code == 400
    assert ask_token(client, secret).json()["scope"] == "disclosures:read"
    assert ask_token(client, "wrong").status_code == 401


def test_only_client_credentials_are_served(tree: Tree) -> None:
    client, secret, _keeper = registered(tree, "disclosures:read")
    for grant in (
        "password",
        "authorization_code",
        "refresh_token",
        "urn:ietf:params:oauth:grant-type:device_code",
        "",
    ):
        answer = ask_token(client, secret, grant_type=grant)
        assert answer.status_code == 400
        assert answer.json()["error"] == "unsupported_grant_type"
    wrong = Client().get("/api/v1/token/")
    assert (wrong.status_code, wrong["Content-Type"], wrong["Allow"]) == (405, PROBLEM, "POST")


def test_guessing_a_secret_is_throttled(tree: Tree) -> None:
    client, secret, _keeper = registered(tree, "disclosures:read")
    for _place in range(5):
        assert ask_token(client, "wrong").status_code == 401
    assert ask_token(client, secret).status_code == 429


def test_stopping_a_client_bites_on_tokens_already_given(tree: Tree) -> None:
    client, secret, keeper = registered(tree, "officials:read")
    header = bearer(client, secret)
    assert Client().get("/api/v1/officials/", headers=header).status_code == 200
    with pytest.raises(Invalid):
        clients.stop(actor=keeper, client=client, reason=" ", now=NOW)
    clients.stop(actor=keeper, client=client, reason="协议终止", now=NOW)
    assert Client().get("/api/v1/officials/", headers=header).status_code == 401
    assert ask_token(client, secret).status_code == 401
    with pytest.raises(Conflict):
        clients.renew_secret(actor=keeper, client=client, now=NOW)


def test_a_narrowed_scope_bites_on_tokens_already_given(tree: Tree) -> None:
    client, secret, keeper = registered(tree, "officials:read", "reports:read")
    header = bearer(client, secret)
    asked = clients.propose(
        actor=keeper,
        client=client,
        name=client.name,
        department=tree.lead,
        scopes=["reports:read"],
        purpose="对账",
        reason="收窄",
        now=NOW,
    )
    assert Client().get("/api/v1/officials/", headers=header).status_code == 200
    proposals.confirm(actor=factories.administrators()[1], proposal=asked, now=NOW)
    assert Client().get("/api/v1/officials/", headers=header).status_code == 403


def test_an_expired_token_opens_nothing(tree: Tree) -> None:
    client, secret, _keeper = registered(tree, "officials:read")
    header = bearer(client, secret)
    tokens = get_access_token_model().objects
    life = tokens.get().expires - timezone.now()
    assert timedelta(minutes=59) < life <= timedelta(hours=1)
    tokens.update(expires=timezone.now() - timedelta(seconds=1))
    assert Client().get("/api/v1/officials/", headers=header).status_code == 401


def test_the_secret_is_kept_as_a_hash_and_a_new_one_ends_the_old(tree: Tree) -> None:
    client, secret, keeper = registered(tree, "officials:read")
    assert secret not in ApiClient.objects.get(pk=client.pk).client_secret
    newer = clients.renew_secret(actor=keeper, client=ApiClient.objects.get(pk=client.pk), now=NOW)
    assert ask_token(client, secret).status_code == 401
    assert ask_token(client, newer).status_code == 200


def test_a_client_takes_a_system_and_a_security_administrator(tree: Tree) -> None:
    keeper = factories.user(("sysadmin", tree.province))
    facts = {"name": "平台", "department": tree.lead, "purpose": "共享", "reason": "协议", "now": NOW}
    with pytest.raises(Invalid, match="授权范围"):
        clients.propose(actor=keeper, scopes=["everything:read"], **facts)
    with pytest.raises(Invalid, match="授权范围"):
        clients.propose(actor=keeper, scopes=[], **facts)
    with pytest.raises(NotAllowed):
        clients.propose(actor=factories.administrators()[0], scopes=["reports:read"], **facts)
    asked = clients.propose(actor=keeper, scopes=["reports:read"], **facts)
    with pytest.raises(NotAllowed):
        proposals.confirm(actor=keeper, proposal=asked, now=NOW)
    assert not ApiClient.objects.exists()


def test_an_unknown_parameter_is_refused_with_the_nearest_one(tree: Tree) -> None:
    client, secret, _keeper = registered(tree, "officials:read")
    answer = Client().get("/api/v1/officials/?limmit=5", headers=bearer(client, secret))
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert (answer.json()["field"], answer.json()["nearest"]) == ("limmit", "limit")
    with pytest.raises(UnknownParameter) as far:
        refuse_unknown({"zzz": "1"}, ("limit", "cursor"))
    assert far.value.nearest is None


@pytest.mark.parametrize("text", ["0", "-1", "501", "abc", "1e3", "", "１０", "9" * 30])
def test_a_limit_is_a_number_from_one_to_five_hundred(text: str) -> None:
    with pytest.raises(BadParameter):
        limit_of({"limit": text})


def test_walking_all_pages_skips_and_repeats_nothing_while_rows_are_added(tree: Tree) -> None:
    for place in range(23):
        factories.official(tree.transport, f"人员{chr(0x4E00 + place)}")
    first = set(Official.objects.values_list("pk", flat=True))
    seen: list[object] = []
    cursor = ""
    while True:
        rows, following = page(Official.objects.all(), order=("person__name", "id"), limit=5, cursor=cursor, kind="t")
        seen += [row.pk for row in rows]
        factories.official(tree.safety, "一早来的")
        if following is None:
            break
        cursor = following
    assert len(seen) == len(set(seen))
    assert first <= set(seen)


@pytest.mark.parametrize("cursor", ["x", "AAAA", "\x00", "a" * 3000, "💧"])
def test_a_cursor_that_is_not_ours_is_a_plain_400(tree: Tree, cursor: str) -> None:
    client, secret, _keeper = registered(tree, "officials:read")
    answer = Client().get("/api/v1/officials/", {"cursor": cursor}, headers=bearer(client, secret))
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)


def test_errors_are_problem_documents_for_wrong_addresses_and_methods_too(tree: Tree) -> None:
    missing = Client().get("/api/v1/nothing/here/")
    assert (missing.status_code, missing["Content-Type"]) == (404, PROBLEM)
    client, secret, _keeper = registered(tree, "officials:read")
    header = bearer(client, secret)
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(Client(), method)("/api/v1/officials/", headers=header)
        assert (answer.status_code, answer["Content-Type"]) == (405, PROBLEM)
        assert answer.json()["request_id"]
