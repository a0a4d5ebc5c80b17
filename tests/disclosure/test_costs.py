"""What a page costs in statements, whatever it has to show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosure import publishing
from ledger.actors import SYSTEM
from ledger.acts import act
from tests.disclosure import builders
from tests.disclosure.builders import NOON

pytestmark = pytest.mark.django_db

# The most statements a page may cost on the public login, which opens no transaction.
ADDRESSES = [
    ("/", 9),
    ("/search/", 9),
    ("/search/?q=客运", 11),
    ("/changes/", 4),
    (f"/departments/{builders.BUREAU}/", 9),
    ("/api/v1/documents/", 2),
    ("/api/v1/documents/?q=客运", 3),
    ("/api/v1/changes/?limit=500", 3),
    ("/sitemap-202605.xml", 1),
]
OF_THE_READER = ("SAVEPOINT", "RELEASE", "SET LOCAL", "RESET", "SELECT set_config")  # only inside a test's transaction


def _publish(count: int) -> None:
    with act(kind="test.publish", actor=SYSTEM, role="system", now=NOON):
        for _ in range(count):
            publishing.publish(document=builders.paper(), now=NOON)


def test_a_list_costs_as_many_statements_for_a_thousand_rows_as_for_ten(client, a_department):
    _publish(10)
    few = {address: _cost(client, address) for address, _most in ADDRESSES}
    _publish(990)
    many = {address: _cost(client, address) for address, _most in ADDRESSES}
    assert few == many
    assert {address: cost for address, cost in many.items() if cost > dict(ADDRESSES)[address]} == {}


def _cost(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return sum(not query["sql"].startswith(OF_THE_READER) for query in queries)
