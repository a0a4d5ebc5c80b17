"""Role exclusions, heads and paths hold in the database, whatever the code says."""


import pytest
from django.db import Error, connection, transaction

from accounts.models import RoleGrant
from accounts.roles import THE_THREE, Role
from tests.accounts import factories
from tests.accounts.factories import NOW

pytestmark = pytest.mark.django_db

PAIRS = [(one, other.value) for one in sorted(THE_THREE) for other in Role if other.value != one]


@pytest.mark.parametrize(("held", "wanted"), PAIRS)
def test_no_role_beside_one_of_the_three_even_by_sql(held: str, wanted: str) -> None:
    root = factories.department("广东省人民政府")
    factories.administrators()
    someone = factories.person()
    factories.granted(someone, held, root)
    columns = "id, person_id, role, department_id, valid_from, granted_by_id, confirmed_by_id"
    with pytest.raises(Error, match="excludes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO accounts_rolegrant ({columns}) "  # noqa: S608  the column list is a constant above
            "SELECT gen_random_uuid(), person_id, %s, department_id, valid_from, granted_by_id, confirmed_by_id "
            "FROM accounts_rolegrant WHERE person_id = %s",
            [wanted, someone.pk],
        )
    assert RoleGrant.objects.filter(person=someone).count() == 1


def test_business_roles_may_be_held_together() -> None:
    unit = factories.department()
    both = factories.user(("clerk", unit), ("reviewer", unit))
    assert both.roles(NOW) == {"clerk", "reviewer"}
