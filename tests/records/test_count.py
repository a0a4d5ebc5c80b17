"""The count beside the start page: kept between changes, and right after every one of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from redis.exceptions import RedisError

from accounts.models import User
from ledger.refusals import Refused
from records.selectors import inbox, waiting
from records.services import review
from tests.records import factories
from tests.records.complaints import cases
from tests.records.factories import NOW, Scene


def count(user: User, *, now: Any = NOW) -> int:
    """Count as the frame of a page does."""
    return inbox.count(user=user, grants=user.grants(now), now=now)


def test_the_count_follows_every_act_and_is_that_of_the_list(scene: Scene) -> None:
    assert count(scene.reviewer) == 0

    record = factories.in_review(scene)
    assert count(scene.reviewer) == 1 == len(inbox.inbox(user=scene.reviewer, now=NOW).mine)

    review.send_back(actor=scene.reviewer, record=record, reason="金额不符", version=record.version, now=NOW)
    assert (count(scene.reviewer), count(scene.clerk)) == (0, 1)


def test_nothing_is_counted_again_while_nothing_has_changed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    record = factories.in_review(scene)
    asked: list[User] = []
    real = waiting.tasks
    monkeypatch.setattr(waiting, "tasks", lambda **given: asked.append(given["user"]) or real(**given))

    assert [count(scene.reviewer) for _again in range(3)] == [1, 1, 1]
    with pytest.raises(Refused):  # a refusal is an entry, but it changes nothing
        review.pass_on(actor=scene.clerk, record=record, version=record.version, now=NOW)
    assert count(scene.reviewer) == 1
    assert asked == [scene.reviewer]

    assert count(scene.reviewer, now=NOW + timedelta(days=1)) == 1, "another day may close what was open"
    assert len(asked) == 2


def test_a_complaint_taken_in_without_an_entry_counts_at_once(scene: Scene) -> None:
    cast = cases.cast(scene)
    before = count(scene.approver)

    cases.received(cast)

    assert count(scene.approver) == before + 1


def test_without_the_memory_store_it_is_counted_every_time(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_given: Any, **_more: Any) -> None:
        raise RedisError("away")

    factories.in_review(scene)
    monkeypatch.setattr(type(cache), "__getattr__", lambda self, name: away)

    assert count(scene.reviewer) == 1
