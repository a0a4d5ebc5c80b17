"""The staff pages of this room answer, show what they should, and keep what they must."""

import pytest

from accounts.models import User
from tests.accounts import factories
from tests.accounts.factories import Tree, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("clerk", "/staff/departments/"),
        ("clerk", "/staff/departments/?q=交通"),
        ("clerk", "/staff/departments/{code}/"),
        ("secadmin", "/staff/departments/new/"),
        ("secadmin", "/staff/departments/{code}/edit/"),
        ("secadmin", "/staff/departments/{code}/move/"),
        ("personnel", "/staff/departments/{code}/head/"),
        ("personnel", "/staff/officials/"),
        ("personnel", "/staff/officials/new/"),
        ("personnel", "/staff/officials/{official}/"),
        ("personnel", "/staff/officials/{official}/posts/new/"),
        ("personnel", "/staff/officials/{official}/reveal/phone/"),
        ("secadmin", "/staff/users/"),
        ("secadmin", "/staff/users/new/"),
        ("secadmin", "/staff/users/{user}/"),
        ("secadmin", "/staff/users/{user}/switch/"),
        ("secadmin", "/staff/users/{user}/password/"),
        ("secadmin", "/staff/users/{user}/second-factor/"),
        ("secadmin", "/staff/users/{user}/grant/"),
        ("secadmin", "/staff/proposals/"),
        ("clerk", "/staff/recusals/"),
        ("auditor", "/staff/audit/"),
        ("auditor", "/staff/audit/?person=周明远&since=2026-01-01"),
        ("clerk", "/staff/explain/"),
        ("clerk", "/staff/explain/?address=/staff/audit/"),
        ("sysadmin", "/staff/clients/"),
        ("sysadmin", "/staff/clients/new/"),
        ("clerk", "/accounts/second-factor/"),
        ("clerk", "/accounts/password/"),
    ],
)
def test_a_page_opens_for_whom_it_is_for(tree: Tree, role: str, address: str) -> None:
    official = factories.official(tree.transport)
    user = factories.user((role, tree.transport))
    place = address.format(code=tree.transport.uscc, official=official.pk, user=user.pk)
    assert signed_in(user).get(place).status_code == 200


def test_the_sign_in_page_opens_and_offers_demo_accounts(tree: Tree, client, settings) -> None:
    factories.account(factories.person("演示员"), "demo-clerk", is_demo=True)
    settings.DEMO = True
    assert "以演示员进入" in client.get("/accounts/").content.decode()
    settings.DEMO = False
    assert "以演示员进入" not in client.get("/accounts/").content.decode()
    assert User.objects.filter(is_demo=True).count() == 1
