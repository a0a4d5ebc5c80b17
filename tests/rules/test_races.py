"""Two who decide at once: exactly one succeeds, whatever the order of the locks."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from ledger.actors import SYSTEM
from ledger.acts import act
from ledger.refusals import Conflict, Refused
from rules.models import Hand, Repeat, Signature
from rules.numbers import serials
from tests.accounts import factories
from tests.accounts.factories import NOW
from tests.rules import scenes, workshop
from tests.rules.workshop import CASE, Case, State


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls at the same moment in threads of their own; give each result or the error it raised."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            barrier.wait(10)
            return call()
        except Exception as error:  # noqa: BLE001
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def people(fresh_database: Any) -> scenes.People:
    workshop.build_table()
    scenes.load_law()
    return scenes.tree_of_people()


def test_of_two_who_decide_at_once_exactly_one_succeeds(people: scenes.People) -> None:
    for _round in range(5):
        case = people.case(State.DECIDING)
        results = at_once(
            lambda case=case: CASE.perform("decide", case, actor=people.approver, now=NOW, version=1),
            lambda case=case: CASE.perform("decide", case, actor=people.second_approver, now=NOW, version=1),
        )
        assert sorted(type(each).__name__ for each in results) == ["Case", "Stale"]
        assert Case.objects.get(pk=case.pk).version == 2
        assert Hand.objects.filter(object_id=str(case.pk)).count() == 1


def test_without_a_version_the_second_meets_the_moved_state(people: scenes.People) -> None:
    case = people.case(State.DECIDING)
    results = at_once(
        lambda: CASE.perform("decide", case, actor=people.approver, now=NOW),
        lambda: CASE.perform("decide", case, actor=people.second_approver, now=NOW),
    )
    assert sum(isinstance(each, Case) for each in results) == 1
    assert sum(isinstance(each, Conflict) for each in results) == 1


def test_a_double_press_with_one_request_key_performs_once(people: scenes.People) -> None:
    case = people.case()
    results = at_once(
        *[lambda: CASE.perform("submit", case, actor=people.clerk, now=NOW, request_key="press") for _press in range(4)]
    )
    assert [each.state for each in results] == [State.PENDING] * 4
    assert Case.objects.get(pk=case.pk).version == 2
    assert Repeat.objects.count() == 1


def test_two_last_signatures_at_once_perform_once(people: scenes.People) -> None:
    lead = people.approver.grants(NOW)[0].department
    third = factories.user(("approver", lead), name="第三人")
    case = people.case(State.SHOWN)
    proposal = CASE.propose("withdraw", case, actor=people.approver, now=NOW, reason="依据已被撤销")
    results = at_once(
        lambda: CASE.sign(proposal, actor=people.second_approver, now=NOW),
        lambda: CASE.sign(proposal, actor=third, now=NOW),
    )
    assert sum(isinstance(each, Case) for each in results) == 1
    assert sum(isinstance(each, Refused) for each in results) == 1
    assert Signature.objects.filter(proposal=proposal).count() == 2


def test_serials_taken_at_once_have_no_gap_and_no_double(people: scenes.People) -> None:
    now = datetime(2026, 5, 11, 3, 0, tzinfo=UTC)

    def take(fails: bool) -> str:
        with act(kind="workshop.number", actor=SYSTEM, role="system", now=now):
            number = serials.take(department=people.bureau, kind="record", year=2026)
            if fails:
                raise Conflict("退回这个号")
            return number

    results = at_once(*[lambda fails=place % 3 == 0: take(fails) for place in range(12)])
    taken = sorted(each for each in results if isinstance(each, str))
    prefix = people.bureau.serial_prefix
    assert taken == [f"{prefix}-2026-{place:04d}" for place in range(1, 9)]
