"""The department complained about learns nothing: every staff page is the same to it with and without the complaint."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.models import User
from ledger.models import Entry
from ledger.refusals import NotAllowed
from records.models import Complaint, ComplaintState
from records.selectors import inbox
from records.selectors.complaints import statistics
from records.services.complaints import clues, screening
from records.services.complaints.clues import Report
from rules import deadlines
from tests.accounts import factories as accounts
from tests.records.complaints import cases
from tests.records.complaints.cases import Cast
from tests.records.factories import DECIDED, NOW

S = ComplaintState
PLAIN = (
    "records:", "complaints:", "commitments:", "duties:", "objections:", "repairs:", "archives:", "exchange:", "rules:",
    "people:", "notifications:", "custody:",
)  # fmt: skip
CHANGING = re.compile(r'name="(csrfmiddlewaretoken|key|nonce|form_key)" value="[^"]*"|value="[^"]*" name="(key|nonce)"')


def names() -> list[str]:
    """Return the names of every staff address."""
    found: list[str] = []

    def walk(patterns: Any, prefix: str) -> None:
        for each in patterns:
            if hasattr(each, "url_patterns"):
                inner = f"{prefix}{each.namespace}:" if each.namespace else prefix
                walk(each.url_patterns, inner)
            elif each.name:
                found.append(f"{prefix}{each.name}")

    walk(get_resolver().url_patterns, "")
    return sorted(name for name in set(found) if name.startswith(PLAIN))


def addresses(complaint: Complaint | None) -> list[str]:
    """Return every staff address that can be written without a key, and with the key of the complaint."""
    found = []
    for name in names():
        for args in ([], [complaint.pk] if complaint else [], [complaint.pk, complaint.pk] if complaint else []):
            try:
                found.append(reverse(name, args=args))
            except NoReverseMatch:
                continue
    return sorted(set(found))


def signed_in(user: User) -> Client:
    """Return a browser in which the person is signed in; signing in for every page costs more than the page."""
    client = Client()
    client.force_login(user)
    return client


def read(client: Client, address: str) -> tuple[int, str]:
    """Return what a person gets at an address, without what changes on every reading."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = CHANGING.sub("", body.decode("utf-8", "replace"))
    text = re.sub(r"cursor=[\w-]+", "", text)  # sealed anew each time
    return answer.status_code, re.sub(r"共 \d+ 条，编号连续", "", text)  # the log tells everybody how long it is


@pytest.fixture
def accused(cast: Cast) -> dict[str, User]:
    """Give those of the accused, one an auditor, one with roles in the lead office as well."""
    auditor = accounts.user(("auditor", cast.scene.bureau), name="白景行")
    return {"head": cast.scene.head, "clerk": cast.scene.clerk, "both": cast.accused_handler, "auditor": auditor}


def same(cast: Cast, user: User, pages: list[str]) -> None:
    """Read the pages, let a complaint and a clue come in, read them again."""
    client = signed_in(user)
    for each in pages:
        read(client, each)  # the first reading of some pages opens the reader's own archive
    before = {each: read(client, each) for each in pages}
    held = cases.investigating(cast)
    clues.note(
        actor=cast.scene.approver, object_department=cast.scene.bureau, now=NOW,
        report=Report("安平日报", "工程款为何拖欠", DECIDED),
    )  # fmt: skip
    after = {each: read(client, each) for each in pages}
    assert [each for each in pages if before[each] != after[each]] == []
    real_ones = [each for each in addresses(held) if str(held.pk) in each]
    wanted = [(each, each.replace(str(held.pk), NOBODY)) for each in real_ones]
    for real, made_up in wanted if len(pages) > QUICK else wanted[:6]:
        assert read(client, real)[0] == read(client, made_up)[0], real


QUICK = 8
NOBODY = "3a3a3a3a-3a3a-4a3a-8a3a-3a3a3a3a3a3a"


@pytest.mark.parametrize("name", ["head", "auditor"])
def test_the_start_page_the_lists_and_the_log_are_the_same(cast: Cast, accused: dict[str, User], name: str) -> None:
    own = ("records:inbox", "records:search", "complaints:list", "people:audit", "archives:mine", "people:explain")
    same(cast, accused[name], [reverse(each) for each in own])


@pytest.mark.matrix
@pytest.mark.parametrize("name", ["head", "clerk", "both", "auditor"])
def test_every_staff_page_is_the_same_with_and_without_a_complaint(
    cast: Cast, accused: dict[str, User], name: str
) -> None:
    pages = [each for each in addresses(None) if "sign" not in each and not each.endswith((".xlsx", ".csv"))]
    assert len(pages) > QUICK
    same(cast, accused[name], pages)


def test_no_list_count_or_clock_of_the_accused_knows_of_it(cast: Cast, accused: dict[str, User]) -> None:
    for state in (S.RECEIVED, S.ACCEPTED, S.TRANSFERRED, S.INVESTIGATING, S.VERIFIED_TRUE, S.VERIFIED_FALSE):
        held = cases.BUILDERS[state](cast)
        limits = list(deadlines.open_for(held))
        for name, user in accused.items():
            assert not Complaint.objects.visible_to(user, NOW).exists(), (state, name)
            asked = inbox.inbox(user=user, now=NOW)
            told = [*asked.mine, *asked.others, *asked.done]
            assert held.pk not in {each.case.pk for each in told}, (state, name)
            if name in ("head", "clerk"):
                assert not deadlines.visible_to(limits, user=user, now=NOW), (state, name)
    lead = accounts.user(("approver", cast.scene.lead), ("clerk", cast.scene.bureau), name="两头任职")
    assert statistics.by_department(user=lead, year=2026, now=NOW) == []
    assert statistics.by_department(user=cast.scene.approver, year=2026, now=NOW)[0].never > 0


def test_the_order_names_nothing_of_the_complaint(cast: Cast) -> None:
    held = cases.rectifying(cast)
    client = Client()
    client.force_login(cast.scene.head)
    address = reverse("duties:rectification", args=[held.rectification_id])
    page = client.get(address).content.decode()
    assert "30日内付清工程款" in page
    for word in ("投诉", "举报", str(held.pk), held.number or "TS-"):
        assert word not in re.sub(r"<nav.*?</nav>|<aside class=\"side.*?</aside>", "", page, flags=re.S), word


def test_the_reading_of_a_complaint_is_noted_once_a_day(cast: Cast) -> None:
    held = cases.accepted(cast)
    client = Client()
    client.force_login(cast.handler)
    for _time in range(2):
        assert client.get(reverse("complaints:complaint", args=[held.pk])).status_code == 200
    assert Entry.objects.filter(kind="complaint.read", object_id=str(held.pk)).count() == 1


def test_the_content_lies_sealed(cast: Cast) -> None:
    held = cases.investigating(cast)
    kept = [bytes(held.content_sealed), bytes(held.findings_sealed or b"")]
    assert not any(cases.SAID.encode() in each or cases.FOUND.encode() in each for each in kept)


def test_an_auditor_of_another_place_sees_that_something_was_done(cast: Cast) -> None:
    held = cases.accepted(cast)
    client = Client()
    client.force_login(cast.scene.auditor)
    page = client.get(reverse("people:audit"), {"object_id": str(held.pk)}).content.decode()
    assert "受理" in page
    assert cases.SAID not in page


def test_a_complaint_about_the_lead_office_or_the_city_goes_above(cast: Cast) -> None:
    scene = cast.scene
    about_lead = cases.received(cast, object_department=scene.lead)
    about_city = cases.received(cast, object_department=scene.city)
    assert {about_lead.department.parent_id, about_city.department.parent_id} == {scene.province.pk}
    for user in (scene.approver, cast.handler, cast.head):
        assert not Complaint.objects.visible_to(user, NOW).exists()
    with pytest.raises(NotAllowed, match="不能由您办"):
        screening.screen(actor=scene.approver, complaint=about_lead, version=1, now=NOW)
