"""委托代办: exactly what was lent, for exactly the days, by a third person's leave; never more, never on, never alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from accounts import roles, scope
from accounts.models import DelegatedGrant, Delegation, Department, Person, RoleGrant, User
from accounts.roles import LENDABLE, Role
from accounts.services import delegating, grants, proposals
from ledger.actors import SYSTEM
from ledger.acts import act
from ledger.refusals import Conflict, Invalid, NotAllowed, Refused
from tests.accounts import factories
from tests.accounts.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
LAST = TODAY + timedelta(days=4)


@pytest.fixture
def bureau() -> Department:
    root = factories.department("云山省人民政府")
    return factories.department("安平市交通运输局", parent=root, is_credit_lead=True)


@pytest.fixture
def colleague(bureau: Department) -> User:
    return factories.user(("clerk", bureau), name="林小禾")


def lend(giver: User, taker: User, *, wanted: list[RoleGrant] | None = None, **days: Any) -> Delegation:
    held = wanted if wanted is not None else delegating.lendable(giver, NOW)
    given = {"starts_on": TODAY, "ends_on": LAST, "reason": "公休假", "now": NOW, **days}
    return delegating.make(actor=giver, delegate=taker.person, grants=held, **given)


def confirmed(giver: User, taker: User, **facts: Any) -> Delegation:
    secadmin, _other = factories.administrators()
    return delegating.confirm(actor=secadmin, delegation=lend(giver, taker, **facts), now=NOW)


def places(user: User, at: Any = NOW) -> set[tuple[str, int, bool]]:
    return {(grant.role, grant.department_id, grant.person_id == user.person_id) for grant in user.grants(at)}


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_lending_gives_exactly_that_role_at_exactly_that_department_or_is_refused(
    role: str, bureau: Department, colleague: User
) -> None:
    giver = factories.user((role, bureau), name="周明远")
    before = places(colleague)
    if role not in LENDABLE:
        own = list(RoleGrant.objects.filter(person=giver.person))
        with pytest.raises(NotAllowed):
            lend(giver, colleague, wanted=own)
        by_force(giver.person, colleague.person, own[0], wall="cannot be lent")
        return
    asked = lend(giver, colleague)
    assert places(colleague) == before, "nothing before a third person has confirmed"
    secadmin, _other = factories.administrators()
    delegating.confirm(actor=secadmin, delegation=asked, now=NOW)
    added = places(colleague) - before
    assert added == (set() if role == "clerk" else {(role, bureau.pk, False)})
    reach = {"user": colleague, "now": NOW, "roles_wanted": frozenset({role})}
    theirs = scope.departments(user=giver, now=NOW, roles_wanted=frozenset({role}))
    assert set(scope.departments(**reach)) == set(theirs), "neither more nor less than the one on leave"  # type: ignore[arg-type]


def by_force(giver: Person, taker: Person, grant: RoleGrant, *, wall: str) -> None:
    """Write the rows past the service: the database says no by itself."""
    made = Delegation(grantor=giver, delegate=taker, starts_on=TODAY, ends_on=LAST, reason="公休假", made_on=TODAY)
    with pytest.raises(DatabaseError, match=wall):
        saved(made, DelegatedGrant(delegation=made, grant=grant))


def saved(*rows: Any) -> None:
    with act(kind="test.force", actor=SYSTEM, role="system", now=NOW):
        for row in rows:
            row.save()


def test_it_holds_from_its_first_day_to_its_last_and_not_a_day_longer(bureau: Department, colleague: User) -> None:
    giver = factories.user(("reviewer", bureau), name="周明远")
    confirmed(giver, colleague, starts_on=TODAY + timedelta(days=1))
    for day, holds in ((0, False), (1, True), (4, True), (5, False)):
        assert ("reviewer" in colleague.roles(NOW + timedelta(days=day))) is holds, day


def test_ending_it_bites_at_once_and_leaves_the_row(bureau: Department, colleague: User) -> None:
    giver = factories.user(("reviewer", bureau), name="周明远")
    held = confirmed(giver, colleague)
    delegating.end(actor=colleague, delegation=held, now=NOW)
    assert colleague.roles(NOW) == {"clerk"}
    with pytest.raises(Conflict):
        delegating.end(actor=giver, delegation=held, now=NOW)


def test_what_was_lent_cannot_be_lent_on(bureau: Department, colleague: User) -> None:
    giver = factories.user(("reviewer", bureau), name="周明远")
    third = factories.user(("clerk", bureau), name="陈立新")
    confirmed(giver, colleague)
    borrowed = next(grant for grant in colleague.grants(NOW) if grant.role == "reviewer")
    with pytest.raises(NotAllowed, match="只能委托本人现有的职责"):
        lend(colleague, third, wanted=[borrowed])
    by_force(colleague.person, third.person, borrowed, wall="holds himself can be lent")
    confirmed(colleague, third)
    assert third.roles(NOW) == {"clerk"}, "lending all one holds lends nothing borrowed"


def test_a_grant_that_ends_takes_its_delegation_with_it(bureau: Department, colleague: User) -> None:
    giver = factories.user(("reviewer", bureau), name="周明远")
    confirmed(giver, colleague)
    first, second = factories.administrators()
    grant = RoleGrant.objects.get(person=giver.person)
    asked = grants.propose_revoke(actor=first, grant=grant, reason="调离", now=NOW)
    proposals.confirm(actor=second, proposal=asked, now=NOW)
    assert colleague.roles(NOW + timedelta(minutes=1)) == {"clerk"}


@pytest.mark.parametrize("role", sorted(roles.THE_THREE))
def test_an_administrator_is_lent_nothing(role: str, bureau: Department) -> None:
    giver = factories.user(("reviewer", bureau), name="周明远")
    keeper = factories.user((role, bureau), name="陈立新")
    with pytest.raises(Conflict, match="三员分立"):
        lend(giver, keeper)
    with act(kind="test.force", actor=SYSTEM, role="system", now=NOW):
        made = Delegation(
            grantor=giver.person, delegate=keeper.person, starts_on=TODAY, ends_on=LAST, reason="公休假", made_on=TODAY,
            confirmed_by=factories.person("安管丙"), confirmed_on=TODAY,
        )  # fmt: skip
        made.save()
        DelegatedGrant(delegation=made, grant=RoleGrant.objects.get(person=giver.person)).save()
    assert keeper.roles(NOW) == {role}, "even where a row says so"


def test_a_third_person_confirms_the_head_of_the_department_or_a_security_administrator(
    bureau: Department, colleague: User
) -> None:
    giver = factories.user(("reviewer", bureau), name="周明远")
    head = factories.user(("head", bureau), name="黄秋实")
    elsewhere = factories.user(("head", bureau.parent), name="何远山")  # type: ignore[arg-type]
    asked = lend(giver, colleague)
    for person in (giver, colleague, elsewhere, factories.user(("clerk", bureau), name="陈立新")):
        with pytest.raises(Refused):
            delegating.confirm(actor=person, delegation=asked, now=NOW)
    assert delegating.confirm(actor=head, delegation=asked, now=NOW).confirmed_by_id == head.person_id
    own = lend(head, colleague)
    with pytest.raises(NotAllowed):
        delegating.confirm(actor=head, delegation=own, now=NOW)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"starts_on": TODAY - timedelta(days=1)}, "starts_on"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"ends_on": TODAY + timedelta(days=90)}, "ends_on"),
        ({"reason": " "}, "reason"),
        ({"wanted": []}, "grants"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(
    facts: dict[str, Any], field: str, bureau: Department, colleague: User
) -> None:
    giver = factories.user(("reviewer", bureau), name="周明远")
    with pytest.raises(Invalid) as refused:
        lend(giver, colleague, **facts)
    assert refused.value.field == field


def test_only_colleagues_and_only_once_at_a_time(bureau: Department, colleague: User) -> None:
    giver = factories.user(("reviewer", bureau), name="周明远")
    other = factories.department("安平市应急管理局", parent=bureau.parent)
    stranger = factories.user(("clerk", other), name="陈立新")
    with pytest.raises(Invalid, match="同一单位"):
        lend(giver, stranger)
    assert delegating.colleagues(giver, NOW) == [colleague.person]
    lend(giver, colleague)
    with pytest.raises(Conflict, match="已经委托过"):
        lend(giver, colleague, starts_on=LAST, ends_on=LAST + timedelta(days=3))


def test_a_confirmed_delegation_never_changes_but_ends(bureau: Department, colleague: User) -> None:
    giver = factories.user(("reviewer", bureau), name="周明远")
    held = confirmed(giver, colleague)
    for change in ({"ends_on": date(2030, 1, 1)}, {"confirmed_by": factories.person("安管丙")}):
        held.refresh_from_db()
        for name, value in change.items():
            setattr(held, name, value)
        with pytest.raises(DatabaseError, match="confirmed once and ended once"):
            saved(held)
