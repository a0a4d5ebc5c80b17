"""A stand-in in the casework: he does what the one on leave may do, under his own name, and never what that one may not."""

from __future__ import annotations

from typing import Any

import pytest

from accounts import behalf
from accounts.models import User
from accounts.services import delegating, recusing
from ledger.models import Entry
from ledger.refusals import NotAllowed
from records.models import RecordState
from records.selectors import history, inbox
from records.services import review
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.factories import NOW, Scene

pytestmark = pytest.mark.django_db


def lend(giver: User, taker: User) -> None:
    """Lend everything for today and let a security administrator confirm it."""
    today = NOW.date()
    asked = delegating.make(
        actor=giver, delegate=taker.person, grants=delegating.lendable(giver, NOW), starts_on=today, ends_on=today,
        reason="公休假", now=NOW,
    )  # fmt: skip
    delegating.confirm(actor=accounts.administrators()[0], delegation=asked, now=NOW)


def pass_on(user: User, record: Any) -> Any:
    return review.pass_on(actor=user, record=record, version=record.version, now=NOW)


def test_the_stand_in_acts_under_his_own_name_and_the_log_says_for_whom(scene: Scene) -> None:
    record = factories.in_review(scene)
    with pytest.raises(NotAllowed):
        pass_on(scene.colleague, record)
    lend(scene.reviewer, scene.colleague)
    assert record in [each.case for each in inbox.inbox(user=scene.colleague, now=NOW).mine]
    moved = pass_on(scene.colleague, record)
    assert moved.state == RecordState.NOTIFIED
    assert moved.reviewer_id == scene.colleague.person_id, "the hand is that of the person who acted"
    entry = Entry.objects.filter(kind="record.pass_on", object_id=str(record.pk)).latest("position")
    assert (entry.person, entry.role, behalf.of(entry)) == (
        scene.colleague.person_id, "reviewer", scene.reviewer.person_id,
    )  # fmt: skip
    told = [step.who for step in history.timeline(record=moved, now=NOW) if step.action == "record.pass_on"]
    assert told == [f"{scene.colleague.person.name}（代{scene.reviewer.person.name}）"]
    assert behalf.of(Entry.objects.filter(kind="record.submit", object_id=str(record.pk)).latest("position")) is None


def test_four_eyes_hold_for_the_natural_person_of_the_stand_in(scene: Scene) -> None:
    record = factories.in_review(scene, by=scene.colleague)
    lend(scene.reviewer, scene.colleague)
    with pytest.raises(NotAllowed, match="不得审核本人填报的记录"):
        pass_on(scene.colleague, record)


def test_four_eyes_hold_for_the_one_on_leave_too(scene: Scene) -> None:
    accounts.granted(scene.reviewer.person, "clerk", scene.bureau)
    record = factories.in_review(scene, by=scene.reviewer)
    lend(scene.reviewer, scene.colleague)
    assert record not in [each.case for each in inbox.inbox(user=scene.colleague, now=NOW).mine], "not even asked"
    with pytest.raises(NotAllowed, match="对委托人本人也关闭"):
        pass_on(scene.colleague, record)


@pytest.mark.parametrize("whose", ["stand-in", "one on leave"])
@pytest.mark.parametrize("place", ["department", "subject"])
def test_the_recusals_of_both_hold(whose: str, place: str, scene: Scene) -> None:
    record = factories.in_review(scene, subject_department=scene.neighbour)
    lend(scene.reviewer, scene.colleague)
    tied = scene.colleague if whose == "stand-in" else scene.reviewer
    unit = scene.bureau if place == "department" else scene.neighbour
    recusing.declare(actor=tied, relation="interest", department=unit, now=NOW)
    with pytest.raises(NotAllowed, match="回避"):
        pass_on(scene.colleague, record)


@pytest.mark.parametrize("whose", ["stand-in", "one on leave"])
def test_nobody_stands_in_for_a_case_of_his_own_or_of_the_one_on_leave(whose: str, scene: Scene) -> None:
    concerned = scene.official_user
    if whose == "stand-in":
        accounts.granted(concerned.person, "clerk", scene.bureau)
        giver, taker = scene.reviewer, concerned
    else:
        accounts.granted(concerned.person, "reviewer", scene.bureau)
        giver, taker = concerned, scene.colleague
    record = factories.in_review(scene, content=factories.about_official(scene))
    lend(giver, taker)
    with pytest.raises(NotAllowed, match="当事人"):
        pass_on(taker, record)
