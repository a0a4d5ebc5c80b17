"""Role exclusions, heads, names and paths hold in the database, whatever the code says."""

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction

from accounts.models import FirstResponsiblePerson, RoleGrant
from accounts.roles import THE_THREE, Role
from accounts.services import founding, grants, heads, proposals
from ledger.actors import SYSTEM
from ledger.refusals import Conflict, Invalid, NotAllowed
from tests.accounts import factories
from tests.accounts.factories import NOW, Tree

pytestmark = pytest.mark.django_db

PAIRS = [(one, other.value) for one in sorted(THE_THREE) for other in Role if other.value != one]


def by_sql(statement: str, *values: object) -> None:
    """Run a statement as the application's own login, past every service."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(("held", "wanted"), PAIRS)
def test_no_role_beside_one_of_the_three_even_by_sql(held: str, wanted: str) -> None:
    root = factories.department("广东省人民政府")
    factories.administrators()
    someone = factories.person()
    factories.granted(someone, held, root)
    with pytest.raises(Error, match="excludes"):
        by_sql(
            "INSERT INTO accounts_rolegrant (id, person_id, role, department_id, valid_from, granted_by_id, confirmed_by_id) "
            "SELECT gen_random_uuid(), person_id, %s, department_id, valid_from, granted_by_id, confirmed_by_id "
            "FROM accounts_rolegrant WHERE person_id = %s",
            wanted,
            someone.pk,
        )
    assert RoleGrant.objects.filter(person=someone).count() == 1


@pytest.mark.parametrize(("held", "wanted"), PAIRS)
def test_the_service_says_which_roles_exclude_each_other(tree: Tree, held: str, wanted: str) -> None:
    someone = factories.person("何守一")
    factories.granted(someone, held, tree.province)
    first, _second = factories.administrators()
    with pytest.raises(Conflict, match="互斥"):
        grants.propose(actor=first, person=someone, role=wanted, department=tree.city, reason="岗位需要", now=NOW)


def test_an_ended_role_excludes_nothing(tree: Tree) -> None:
    someone = factories.person()
    grant = factories.granted(someone, "auditor", tree.province)
    first, second = factories.administrators()
    proposals.confirm(
        actor=second, proposal=grants.propose_revoke(actor=first, grant=grant, reason="轮岗", now=NOW), now=NOW
    )
    factories.granted(someone, "clerk", tree.transport, at=NOW)
    assert factories.account(someone).roles(NOW) == {"clerk"}


def test_an_exclusion_that_arose_between_asking_and_confirming_is_found(tree: Tree) -> None:
    someone = factories.person()
    first, second = factories.administrators()
    asked = [
        grants.propose(actor=first, person=someone, role=role, department=tree.city, reason="岗位需要", now=NOW)
        for role in ("auditor", "clerk")
    ]
    proposals.confirm(actor=second, proposal=asked[0], now=NOW)
    with pytest.raises(Conflict, match="互斥"):
        proposals.confirm(actor=second, proposal=asked[1], now=NOW)


def test_business_roles_may_be_held_together(tree: Tree) -> None:
    both = factories.user(("clerk", tree.transport), ("reviewer", tree.transport))
    assert both.roles(NOW) == {"clerk", "reviewer"}


def test_the_same_role_at_the_same_place_is_held_once(tree: Tree) -> None:
    someone = factories.person()
    factories.granted(someone, "clerk", tree.transport)
    with pytest.raises(Error, match="already"):
        factories.granted(someone, "clerk", tree.transport, at=NOW)


def test_a_grant_by_one_person_alone_is_refused_by_the_database(tree: Tree) -> None:
    first, _second = factories.administrators()
    factories.granted(factories.person(), "clerk", tree.transport)
    someone = factories.person()
    insert = (
        "INSERT INTO accounts_rolegrant (id, person_id, role, department_id, valid_from, granted_by_id, confirmed_by_id) "
        "VALUES (gen_random_uuid(), %s, 'clerk', %s, now(), %s, %s)"
    )
    for granted_by, confirmed_by in (
        (first.person_id, first.person_id),
        (None, None),
        (first.person_id, None),
        (someone.pk, first.person_id),
        (first.person_id, someone.pk),
    ):
        with pytest.raises(Error):
            by_sql(insert, someone.pk, tree.transport.pk, granted_by, confirmed_by)
    assert not RoleGrant.objects.filter(person=someone).exists()


@pytest.mark.parametrize(
    "change", ["role = 'approver'", "valid_from = valid_from - interval '1 day'", "granted_by_id = confirmed_by_id"]
)
def test_a_grant_can_only_be_ended(tree: Tree, change: str) -> None:
    grant = factories.granted(factories.person(), "clerk", tree.transport)
    with pytest.raises(Error):
        by_sql(f"UPDATE accounts_rolegrant SET {change} WHERE id = %s", grant.pk)  # noqa: S608  constants above
    by_sql("UPDATE accounts_rolegrant SET valid_to = now() WHERE id = %s", grant.pk)
    with pytest.raises(Error, match="only be ended"):
        by_sql("UPDATE accounts_rolegrant SET valid_to = NULL WHERE id = %s", grant.pk)


def test_administrators_are_founded_once_and_never_fewer_than_two(tree: Tree) -> None:
    one, two = factories.person("甲"), factories.person("乙")
    with pytest.raises(Conflict, match="至少两人"):
        founding.appoint(department=tree.province, people={one: "secadmin", two: "auditor"}, now=NOW)
    with pytest.raises(Conflict, match="至少两人"):
        founding.appoint(department=tree.province, people={one: "secadmin", two: "clerk"}, now=NOW)
    founding.appoint(department=tree.province, people={one: "secadmin", two: "secadmin"}, now=NOW)
    with pytest.raises(Conflict, match="不能再次初始化"):
        founding.appoint(department=tree.province, people={one: "secadmin", two: "secadmin"}, now=NOW)


def test_nobody_grants_himself_a_role(tree: Tree, secadmins) -> None:
    first, second = secadmins
    with pytest.raises(NotAllowed, match="不能给自己"):
        grants.propose(actor=first, person=first.person, role="auditor", department=tree.city, reason="试", now=NOW)
    other = factories.account(first.person)
    with pytest.raises(NotAllowed, match="不能给自己"):
        grants.propose(actor=other, person=first.person, role="auditor", department=tree.city, reason="试", now=NOW)
    asked = grants.propose(
        actor=first, person=factories.person(), role="clerk", department=tree.city, reason="岗位", now=NOW
    )
    with pytest.raises(NotAllowed, match="另一人"):
        proposals.confirm(actor=other, proposal=asked, now=NOW)
    with pytest.raises(Conflict, match="24 小时"):
        proposals.confirm(actor=second, proposal=asked, now=NOW + timedelta(hours=24))


def test_two_first_responsible_persons_at_once_are_impossible_even_by_sql(tree: Tree) -> None:
    one, two = factories.official(tree.transport), factories.official(tree.transport, "许清和")
    heads.appoint(actor=SYSTEM, department=tree.transport, official=one, held_from=date(2024, 1, 1), now=NOW)
    with pytest.raises(Error, match="one_head_at_a_time"):
        by_sql(
            "INSERT INTO accounts_firstresponsibleperson (id, department_id, official_id, held_from) "
            "VALUES (gen_random_uuid(), %s, %s, '2025-01-01')",
            tree.transport.pk,
            two.pk,
        )
    heads.appoint(actor=SYSTEM, department=tree.transport, official=two, held_from=date(2026, 3, 1), now=NOW)
    assert tree.transport.head_on(date(2026, 2, 28)) == one
    assert tree.transport.head_on(date(2026, 3, 1)) == two
    assert tree.transport.head_on(date(2023, 12, 31)) is None
    with pytest.raises(Invalid, match="晚于现任"):
        heads.appoint(actor=SYSTEM, department=tree.transport, official=one, held_from=date(2026, 3, 1), now=NOW)
    assert FirstResponsiblePerson.objects.filter(department=tree.transport).count() == 2


def test_two_names_on_one_day_are_impossible_even_by_sql(tree: Tree) -> None:
    with pytest.raises(Error, match="one_name_at_a_time"):
        by_sql(
            "INSERT INTO accounts_departmentname (department_id, name, valid_from) VALUES (%s, '另一个名称', '2020-01-01')",
            tree.transport.pk,
        )


def test_a_path_that_does_not_agree_with_the_parent_never_commits(tree: Tree) -> None:
    with pytest.raises(Error, match="does not agree"):
        by_sql(
            "UPDATE accounts_department SET path = %s WHERE id = %s; SET CONSTRAINTS ALL IMMEDIATE",
            f"{tree.lead.path}{tree.transport.pk}/",
            tree.transport.pk,
        )
    with pytest.raises(Error, match="does not agree"):
        by_sql(
            "UPDATE accounts_department SET parent_id = %s WHERE id = %s; SET CONSTRAINTS ALL IMMEDIATE",
            tree.lead.pk,
            tree.transport.pk,
        )


def test_one_government_has_one_credit_lead(tree: Tree) -> None:
    with pytest.raises(Conflict, match="已经有牵头部门"):
        factories.department("梅州市信用办", parent=tree.city, is_credit_lead=True)
    with pytest.raises(Error, match="one_credit_lead_per_government"):
        by_sql("UPDATE accounts_department SET is_credit_lead = true WHERE id = %s", tree.safety.pk)


@pytest.mark.parametrize("table", ["person", "user", "rolegrant", "reveal", "adminproposal", "department"])
def test_rows_of_this_room_cannot_be_deleted(tree: Tree, table: str) -> None:
    factories.administrators()
    with pytest.raises(Error):
        by_sql(f"DELETE FROM accounts_{table}")  # noqa: S608  table names are constants above
