"""The ladder of a deadline: holder before its day, head after it, superior later; each step once, however often it runs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from ledger.actors import SYSTEM
from ledger.acts import act
from records.models import Escalation, Level, Notification
from records.services.notifications import escalation, notify, sending
from rules import calendar, deadlines
from rules.models import Deadline
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.factories import NOW, Scene

pytestmark = pytest.mark.django_db


def at(day: date) -> datetime:
    return NOW + timedelta(days=(day - NOW.date()).days)


def told(user: User) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(person_id=user.person_id).order_by("at").values_list("kind", "text"))


def review_clock(record: Any) -> Deadline:
    return Deadline.objects.get(object_id=str(record.pk), rule="record.review_days", closed_on=None)


def only(record: Any) -> set[tuple[str, str]]:
    rows = Escalation.objects.filter(deadline__object_id=str(record.pk), deadline__rule="record.review_days")
    return set(rows.values_list("level", "reached_on"))  # type: ignore[arg-type]


def test_each_level_is_reached_on_its_day_and_told_once(scene: Scene) -> None:
    record = factories.in_review(scene)
    clock = review_clock(record)
    due = clock.due_on
    assert due == date(2026, 5, 18)
    superior = accounts.user(("head", scene.city), name="何远山")
    expected: dict[date, set[str]] = {}
    reached: set[str] = set()
    for offset in range(20):
        day = NOW.date() + timedelta(days=offset)
        late = calendar.working_days_between(due, day - timedelta(days=1)) if day > due else -1
        soon = calendar.working_days_between(day, due)
        reached |= {Level.HOLDER.value} if day <= due and soon <= 2 else set()
        reached |= {Level.HEAD.value} if day > due else set()
        reached |= {Level.SUPERIOR.value} if late >= 5 else set()
        expected[day] = set(reached)
        for _twice in range(2):
            escalation.escalate_due(now=at(day))
        assert {level for level, _day in only(record)} == expected[day], day
    assert dict(only(record)) == {
        "holder": date(2026, 5, 14), "head": date(2026, 5, 19), "superior": date(2026, 5, 26),
    }  # fmt: skip
    about = f"（{record.number}）"
    assert [kind for kind, text in told(scene.reviewer) if about in text and clock.label in text] == [
        "reminder",
        "overdue",
    ]
    assert [kind for kind, text in told(scene.head) if about in text and clock.label in text] == ["escalation"]
    above = [(kind, text) for kind, text in told(superior) if clock.label in text]
    assert [(kind, scene.bureau.name in text) for kind, text in above] == [("escalation", True)]
    assert not any(record.number in text for _kind, text in told(superior)), "who may not open it learns no number"
    assert told(scene.neighbour_clerk) == []


def test_a_closed_or_paused_deadline_climbs_no_further_and_a_moved_one_anew(scene: Scene) -> None:
    record = factories.in_review(scene)
    with act(kind="test.pause", actor=SYSTEM, role="system", now=NOW):
        deadlines.suspend(obj=record, rule="record.review_days", from_on=NOW.date(), reason="等材料")
    escalation.escalate_due(now=at(date(2026, 6, 30)))
    assert only(record) == set()
    with act(kind="test.resume", actor=SYSTEM, role="system", now=NOW):
        deadlines.resume(obj=record, rule="record.review_days", to_on=date(2026, 5, 20))
    moved = review_clock(record).due_on
    assert moved is not None
    escalation.escalate_due(now=at(moved + timedelta(days=1)))
    assert {level for level, _day in only(record)} == {"head"}
    with act(kind="test.close", actor=SYSTEM, role="system", now=NOW):
        deadlines.close(obj=record, rule="record.review_days", now=NOW)
    escalation.escalate_due(now=at(moved + timedelta(days=30)))
    assert {level for level, _day in only(record)} == {"head"}


def test_a_missed_situation_report_alerts_the_head_and_the_superior_on_the_same_day(scene: Scene) -> None:
    """Scenario 53: ten working days after the effect, both are told at once."""
    superior = accounts.user(("head", scene.city), name="何远山")
    record = factories.disclosed(scene)
    clocks = Deadline.objects.filter(rule="report.situation_days", closed_on=None)
    if not clocks.exists():  # the duties' own machine starts it; until then the test does
        report = record.situation_reports.get()
        with act(kind="test.start", actor=SYSTEM, role="system", now=NOW):
            deadlines.start(
                obj=report, rule="report.situation_days", started_on=NOW.date(), owner_role="clerk",
                owner_department=scene.bureau, now=NOW,
            )  # fmt: skip
    clock = clocks.get()
    assert clock.due_on == calendar.add_working_days(NOW.date(), 10).day
    escalation.escalate_due(now=at(clock.due_on))
    assert not any(kind == "escalation" and clock.label in text for kind, text in told(scene.head))
    escalation.escalate_due(now=at(clock.due_on + timedelta(days=1)))
    for person in (scene.head, superior):
        assert any(kind == "escalation" and clock.label in text for kind, text in told(person)), person
    levels = Escalation.objects.filter(deadline=clock).values_list("level", flat=True)
    assert {"head", "superior"} <= set(levels)


def test_stand_ins_are_told_beside_the_one_on_leave(scene: Scene) -> None:
    from tests.records.notifications.test_delegation import lend

    record = factories.in_review(scene)
    lend(scene.reviewer, scene.colleague)
    escalation.escalate_due(now=NOW)
    clock = review_clock(record)
    assert clock.due_on is not None
    from records.selectors.notifications import addressees

    holders = addressees.holders(clock, now=NOW)
    assert {user.person_id for user in holders} == {scene.reviewer.person_id, scene.colleague.person_id}


def test_notify_tells_each_person_once_hides_numbers_and_joins_an_open_act(scene: Scene) -> None:
    record = factories.in_review(scene)
    persons = [scene.clerk.person, scene.clerk.person, scene.head.person]
    text = "补充材料：身份证 441403198506150023，电话 13812345678"
    made = notify(to=persons, kind="case", obj=record, text=text, now=NOW, once="x:1")
    assert len(made) == 2
    assert notify(to=persons, kind="case", obj=record, text=text, now=NOW, once="x:1") == []
    assert "4414" not in made[0].text
    assert "138" not in made[0].text
    with act(kind="test.outer", actor=SYSTEM, role="system", now=NOW):
        by_role = notify(to=("clerk", scene.bureau), kind="alarm", obj=None, text="日历没有明年的数据", now=NOW)
    assert {row.person_id for row in by_role} == {scene.clerk.person_id, scene.colleague.person_id}


def test_reading_marks_one_s_own_and_only_once(scene: Scene) -> None:
    (mine,) = notify(to=[scene.clerk.person], kind="case", obj=None, text="已办结", now=NOW)
    from ledger.refusals import NotAllowed

    with pytest.raises(NotAllowed):
        sending.read(user=scene.head, notice=mine, now=NOW)
    sending.read(user=scene.clerk, notice=mine, now=NOW)
    sending.read(user=scene.clerk, notice=mine, now=NOW + timedelta(hours=1))
    mine.refresh_from_db()
    assert mine.read_at == NOW
    assert sending.read_all(user=scene.clerk, now=NOW) == 0
