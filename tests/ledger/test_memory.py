"""What is remembered, for how long, and what an act always asks anew."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from ledger import acts, memory
from ledger.actors import SYSTEM
from tests.ledger.scenes import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_request() -> Iterator[None]:
    former = acts.request_id_of()
    acts.set_request_id("one-request")
    yield
    acts.set_request_id(former)
    memory.forget()


def asked(times: int, how: object = memory.remember) -> list[int]:
    """Ask the same question several times; the answers tell how often it was looked up."""
    numbers = count(1)
    return [how("question", lambda: next(numbers)) for _turn in range(times)]  # type: ignore[operator]


def act() -> object:
    return acts.act(kind="test", actor=SYSTEM, role="system", now=NOW)


def test_outside_requests_and_acts_nothing_is_remembered():
    assert asked(3) == [1, 2, 3]
    assert asked(3, memory.for_page) == [1, 2, 3]


def test_a_request_looks_up_once_until_somebody_forgets(in_request):
    assert asked(3) == [1, 1, 1]
    memory.forget()
    assert asked(2) == [1, 1]
    acts.set_request_id("the-next")
    assert asked(2) == [1, 1]


def test_an_act_without_a_request_stands_on_one_law_and_the_next_asks_again():
    with act():
        assert asked(2) == [1, 1]
        with act():
            assert memory.remember("question", lambda: 9) == 1
    with act():
        assert memory.remember("question", lambda: 9) == 9


def test_what_only_shows_is_asked_once_a_request_and_anew_in_every_act(in_request):
    assert asked(2, memory.for_page) == [1, 1]
    with act():
        assert asked(2, memory.for_page) == [1, 2]
    assert memory.for_page("question", lambda: 9) == 1
