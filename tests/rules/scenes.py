"""A small tree with one person in each role, made through the services of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import Department, User
from ledger.acts import act
from rules import calendar_loading, loading
from rules.models import Parameter
from tests.accounts import factories
from tests.accounts.factories import NOW
from tests.rules.workshop import Case, State


def load_law() -> None:
    """This will load what the database of the run does not hold yet; usually it holds all of it."""
    if not Parameter.objects.exists():
        loading.load_rules(now=NOW)
        calendar_loading.load_years(now=NOW)


@dataclass
class People:
    """A bureau, its credit lead office and one person in each role."""

    bureau: Department
    elsewhere: Department
    clerk: User
    reviewer: User
    approver: User
    second_approver: User

    def case(self, state: str = State.DRAFT, **facts: Any) -> Case:
        """Put a case on the table as it stands before an act; its hands are those the test lays."""
        case = Case(state=state, department=self.bureau, **{"facts": "欠款未付。", "decided_on": NOW.date(), **facts})
        with act(kind="workshop.place", actor=self.clerk, role="clerk", now=NOW):
            case.save()
        return case


def tree_of_people() -> People:
    """This will make the tree and the people through the services of accounts."""
    root = factories.department("广东省人民政府")
    city = factories.department("梅州市人民政府", parent=root, level="CITY", kind="government", division_code="4414")
    lead = factories.department("市发展改革局", parent=city, is_credit_lead=True)
    bureau = factories.department("市交通运输局", parent=city)
    elsewhere = factories.department("市应急管理局", parent=city)
    return People(
        bureau=bureau,
        elsewhere=elsewhere,
        clerk=factories.user(("clerk", bureau), name="林小禾"),
        reviewer=factories.user(("reviewer", bureau), name="周明远"),
        approver=factories.user(("approver", lead), name="陈立新"),
        second_approver=factories.user(("approver", lead), name="黄秋实"),
    )
