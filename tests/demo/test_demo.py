"""The demo is built through the services, so it can only hold what officials could have done themselves."""

import pytest
from django.utils import timezone

from records.demo import people, places

pytestmark = pytest.mark.django_db


def test_every_role_has_a_person_of_its_own_in_an_invented_tree():
    now = timezone.now()
    built = places.build(now=now)
    accounts = people.build(built, now=now)

    held = {role for account in accounts.values() for role in account.roles(now)}

    assert {place.level for place in built.values()} == {"PROVINCE", "CITY", "COUNTY", "TOWN"}
    assert {"clerk", "reviewer", "head", "approver", "appeals", "supervisor", "personnel", "auditor"} <= held
    assert built["liuhe"].credit_lead() == built["qinghe_lead"]
