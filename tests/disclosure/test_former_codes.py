"""A department whose credit code was corrected: what was published under the former one still counts for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Department
from accounts.services import proposals, recoding
from disclosure.search import listing, reindexing
from disclosure.search.criteria import Criteria
from tests.accounts import factories
from tests.disclosure import builders
from tests.disclosure.builders import BUREAU, CITY, NOON

pytestmark = pytest.mark.django_db
NAME = "梅州市交通运输局"


@pytest.fixture
def city() -> Department:
    """Register a city with the bureau whose code the papers bear."""
    row = builders.department(name="梅州市人民政府", uscc=CITY, kind="government", serial_prefix="MZ")
    builders.department(parent=row)
    return row


def recoded(uscc: str) -> str:
    """Correct a department's code by two administrators and give the new one."""
    first, second = factories.administrators()
    unit = Department.objects.get(uscc=uscc)
    asked = recoding.propose(actor=first, department=unit, code=factories.credit_code(), reason="填错一位", now=NOON)
    proposals.confirm(actor=second, proposal=asked, now=NOON)
    return str(Department.objects.get(pk=unit.pk).uscc)


def page(client: Client, place: str) -> str:
    """Read a public page."""
    answer = client.get(place)
    assert answer.status_code == 200, place
    return str(answer.content.decode())


def test_the_old_address_leads_to_the_present_one_for_good(client: Client, city: Department) -> None:
    new = recoded(BUREAU)
    answer = client.get(f"/departments/{BUREAU}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/departments/{new}/")
    assert client.get(f"/departments/{factories.credit_code()}/").status_code == 404
    assert f"代码更正前为 {BUREAU}" in page(client, f"/departments/{new}/")


def test_papers_of_before_and_after_are_listed_together_under_either_code(client: Client, city: Department) -> None:
    before = builders.publish(title="更正前的决定")
    new = recoded(BUREAU)
    city_code = recoded(CITY)
    after = builders.publish(
        title="更正后的决定",
        number="梅信认〔2026〕18号",
        department_uscc=new,
        ancestors=(builders.PROVINCE, city_code, new),
    )
    for code in (BUREAU, new, CITY, city_code):
        listed = client.get("/api/v1/documents/", {"department": code}).json()["items"]
        assert {row["id"] for row in listed} == {str(before.id), str(after.id)}, code
        found = page(client, f"/search/?department={code}")
        assert before.title in found
        assert after.title in found
    own = page(client, f"/departments/{new}/")
    assert before.title in own
    assert after.title in own
    above = page(client, f"/departments/{city_code}/")
    assert f'<a href="/search/?department={new}">2</a>' in above


def test_the_filter_beside_the_list_counts_both_codes_and_names_the_unit(client: Client, city: Department) -> None:
    builders.publish()
    new = recoded(BUREAU)
    builders.publish(number="梅信认〔2026〕18号", department_uscc=new, ancestors=(builders.PROVINCE, CITY, new))
    offered = page(client, f"/search/?department={CITY}")
    assert f"department={new}" in offered
    chosen = page(client, f"/search/?department={BUREAU}")
    assert NAME in chosen
    assert f"代码 {BUREAU}" not in chosen  # the unit is named, not its former code


def test_units_and_papers_are_found_by_either_code(client: Client, city: Department) -> None:
    paper = builders.publish()
    new = recoded(BUREAU)
    for code in (BUREAU, new, new.lower()):
        assert f"/departments/{new}/" in page(client, f"/departments/?q={code}")
    assert reindexing.refresh() == 1
    for code in (BUREAU, new):
        assert [row["id"] for row in client.get("/api/v1/documents/", {"q": code}).json()["items"]] == [str(paper.id)]
    later = builders.publish(number="梅信认〔2026〕18号", department_uscc=new)
    assert "梅州市交通局" in later.haystack
    assert BUREAU.lower() in later.haystack
    assert reindexing.refresh() == 0


def test_one_code_is_asked_for_as_before_and_several_together(city: Department) -> None:
    asked = replace(Criteria(), department=BUREAU)
    today = NOON.date() + timedelta(days=1)

    def statement() -> str:
        with CaptureQueriesContext(connection) as queries:
            listing.page(asked, after=None, limit=5, today=today, alias="default")
        return str(queries[-1]["sql"])

    assert "ancestors @> ARRAY" in statement()
    recoded(BUREAU)
    assert "ancestors && " in statement()
