"""Which departments a role reaches, as a truth table; and that reach follows the tree when it moves."""

from datetime import timedelta

import pytest

from accounts import scope
from accounts.models import Department, RoleGrant
from accounts.services import departments, grants, moves, proposals
from ledger.actors import SYSTEM
from ledger.refusals import Conflict, Invalid, NotAllowed
from tests.accounts import factories
from tests.accounts.factories import NOW, Tree

pytestmark = pytest.mark.django_db

PLACES = ("province", "city", "lead", "transport", "safety", "county", "county_transport")

REACH = {
    # role at a place: province city lead transport safety county county_transport
    ("clerk", "transport"): "...#...",
    ("reviewer", "transport"): "...#...",
    ("head", "transport"): "...#...",
    ("personnel", "transport"): "...#...",
    ("handler", "transport"): "...#...",
    ("clerk", "city"): ".#.....",
    ("approver", "lead"): ".######",
    ("appeals", "lead"): ".######",
    ("approver", "transport"): "...#...",
    ("supervisor", "city"): "..#####",
    ("supervisor", "county"): "......#",
    ("supervisor", "transport"): ".......",
    ("evaluator", "county"): ".....##",
    ("monitor", "city"): ".######",
    ("custodian", "transport"): "#######",
    ("sysadmin", "province"): "#######",
    ("secadmin", "province"): "#######",
    ("auditor", "province"): "#######",
}


@pytest.mark.parametrize(("role", "at"), REACH)
def test_a_role_reaches_what_the_table_says_and_nothing_else(tree: Tree, role: str, at: str) -> None:
    user = factories.user((role, getattr(tree, at)))
    reached = {name for name, mark in zip(PLACES, REACH[role, at], strict=True) if mark == "#"}
    listed = set(scope.departments(user=user, now=NOW).values_list("pk", flat=True))
    for name in PLACES:
        unit = Department.objects.get(pk=getattr(tree, name).pk)
        assert scope.covers(user=user, role=role, department=unit, now=NOW) is (name in reached), name
        assert (unit.pk in listed) is (name in reached), name
    other = "clerk" if role != "clerk" else "reviewer"
    assert not scope.covers(user=user, role=other, department=getattr(tree, at), now=NOW)


def test_a_grant_reaches_nothing_before_it_begins_and_after_it_ends(tree: Tree) -> None:
    someone = factories.person()
    first, second = factories.administrators()
    asked = grants.propose(
        actor=first,
        person=someone,
        role="clerk",
        department=tree.transport,
        reason="借调",
        now=NOW,
        valid_to=NOW + timedelta(days=1),
    )
    proposals.confirm(actor=second, proposal=asked, now=NOW)
    user = factories.account(someone)

    def reaches(at) -> bool:
        return scope.covers(user=user, role="clerk", department=tree.transport, now=at)

    assert not reaches(NOW - timedelta(seconds=1))
    assert reaches(NOW)
    assert reaches(NOW + timedelta(hours=23, minutes=59))
    assert not reaches(NOW + timedelta(days=1))


def test_revoking_bites_at_once_and_takes_two_persons(tree: Tree) -> None:
    user = factories.user(("clerk", tree.transport))
    first, second = factories.administrators()
    grant = RoleGrant.objects.get(person=user.person)
    asked = grants.propose_revoke(actor=first, grant=grant, reason="调离", now=NOW)
    assert user.roles(NOW) == {"clerk"}
    with pytest.raises(NotAllowed, match="另一人复核"):
        proposals.confirm(actor=first, proposal=asked, now=NOW)
    proposals.confirm(actor=second, proposal=asked, now=NOW)
    assert user.roles(NOW) == set()


def test_moving_a_department_moves_the_reach_of_both_superiors_and_keeps_the_path_right(tree: Tree) -> None:
    below = factories.user(("supervisor", tree.county))
    above = factories.user(("supervisor", tree.city))
    first, second = factories.administrators()
    with pytest.raises(Invalid, match="层级不能低于本部门"):
        moves.propose(actor=first, department=tree.transport, parent=tree.county, reason="机构改革", now=NOW)
    asked = moves.propose(
        actor=first, department=tree.county_transport, parent=tree.transport, reason="垂直管理", now=NOW
    )
    proposals.confirm(actor=second, proposal=asked, now=NOW)
    moved = Department.objects.get(pk=tree.county_transport.pk)
    assert moved.path == f"{tree.transport.path}{moved.pk}/"
    assert not scope.covers(user=below, role="supervisor", department=moved, now=NOW)
    assert scope.covers(user=above, role="supervisor", department=moved, now=NOW)
    rows = list(moved.parents.order_by("valid_from").values_list("parent_id", "valid_to"))
    assert [row[0] for row in rows] == [tree.county.pk, tree.transport.pk]
    assert rows[0][1] is not None
    assert rows[1][1] is None


def test_a_subtree_follows_the_department_it_hangs_on(tree: Tree) -> None:
    first, second = factories.administrators()
    team = factories.department("执法中队", parent=tree.county_transport)
    asked = moves.propose(actor=first, department=tree.county_transport, parent=tree.city, reason="上收", now=NOW)
    proposals.confirm(actor=second, proposal=asked, now=NOW)
    assert Department.objects.get(pk=team.pk).path == f"{tree.city.path}{tree.county_transport.pk}/{team.pk}/"
    assert [unit.pk for unit in Department.objects.get(pk=team.pk).ancestors()] == [
        tree.province.pk,
        tree.city.pk,
        tree.county_transport.pk,
    ]


def test_a_department_never_hangs_below_itself(tree: Tree) -> None:
    first, _second = factories.administrators()
    with pytest.raises(Invalid, match="本部门或本部门的下级"):
        moves.propose(actor=first, department=tree.city, parent=tree.county, reason="误", now=NOW)


def test_a_move_overtaken_by_another_is_refused(tree: Tree) -> None:
    first, second = factories.administrators()
    one = moves.propose(actor=first, department=tree.county_transport, parent=tree.city, reason="一", now=NOW)
    two = moves.propose(actor=first, department=tree.county_transport, parent=tree.transport, reason="二", now=NOW)
    proposals.confirm(actor=second, proposal=one, now=NOW)
    with pytest.raises(Conflict, match="隶属关系已变"):
        proposals.confirm(actor=second, proposal=two, now=NOW)


def test_old_days_keep_old_names(tree: Tree) -> None:
    first, _second = factories.administrators()
    day = NOW.date()
    departments.rename(actor=first, department=tree.safety, name="梅州市应急管理和防灾局", valid_from=day, now=NOW)
    assert tree.safety.name_on(day - timedelta(days=1)) == "梅州市应急管理局"
    assert tree.safety.name_on(day) == "梅州市应急管理和防灾局"
    assert tree.safety.name_on(factories.FOUNDED - timedelta(days=1)) == "梅州市应急管理局"


def test_the_credit_lead_of_a_place_is_that_of_the_nearest_government_that_has_one(tree: Tree) -> None:
    assert tree.county_transport.credit_lead() == tree.lead
    assert tree.city.credit_lead() == tree.lead
    assert tree.province.credit_lead() is None
    own = factories.department("梅江区发展和改革局", parent=tree.county, is_credit_lead=True)
    assert tree.county_transport.credit_lead() == own
    assert tree.transport.credit_lead() == tree.lead


def test_a_retired_division_is_refused_with_its_successor(tree: Tree) -> None:
    with pytest.raises(Invalid, match="441403"):
        departments.establish(
            actor=SYSTEM,
            name="梅县交通局",
            code=factories.credit_code(division="441421"),
            level="COUNTY",
            kind="organ",
            division_code="441421",
            serial_prefix="MXJT",
            valid_from=factories.FOUNDED,
            parent=tree.city,
            now=NOW,
        )
