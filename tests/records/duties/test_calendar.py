"""When a year is loaded, the days adverse steps are judged by move with the clocks, in the act of the import."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from accounts import wording
from accounts.models import User
from ledger.actors import SYSTEM
from ledger.refusals import Conflict
from records.models import DishonestyRecord, RecordState, RectificationState
from records.selectors.archives import chances
from records.selectors.archives.sections import Reader, Whom
from records.services import duties, notice, situation
from records.services.rectification import judging
from records.workflow.record import RECORD
from rules import calendar_import
from rules.models import Deadline
from tests.records import factories as records
from tests.records.duties import factories
from tests.records.factories import Scene
from tests.records.proofs import refused

JANUARY = datetime(2027, 1, 27, 2, 0, tzinfo=UTC)
"""Wednesday, three working days before a Spring Festival nobody has announced yet."""
BEFORE_THE_FESTIVAL = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
"""Thirty days before a Thursday that will turn out to be a holiday."""
IN_DECEMBER = datetime(2026, 12, 21, 2, 0, tzinfo=UTC)
"""An order of this day is overdue in January, and ordered again before the festival."""
LOADED = datetime(2027, 1, 28, 2, 0, tzinfo=UTC)
NOTICE = """日期,安排,名称
2027-01-01至2027-01-03,休,元旦
2027-02-01至2027-02-11,休,春节
2027-04-03至2027-04-05,休,清明节
2027-05-01至2027-05-05,休,劳动节
2027-06-09,休,端午节
2027-09-15,休,中秋节
2027-10-01至2027-10-07,休,国庆节
"""


def load(actor: User) -> None:
    """Import 2027 with a festival that pushes the days behind it."""
    given: dict[str, Any] = {"text": NOTICE, "year": 2027, "source": "国办发明电〔2026〕8号", "now": LOADED}
    calendar_import.confirm(actor=actor, digest=calendar_import.preview(**given).digest, **given)


def clock(obj: Any, rule: str) -> Deadline:
    """Return the open clock of a rule."""
    return Deadline.objects.get(object_id=str(obj.pk), rule=rule, closed_on=None)


def test_a_hearing_lasts_as_long_as_its_clock(scene: Scene) -> None:
    """The notice stays as it was served, frozen; whether the period is over is asked of the clock."""
    record = records.delivered(scene, now=JANUARY)
    served = record.notices.get()
    assert served.ends_provisional

    load(scene.approver)

    last = clock(record, "record.prior_notice_days").due_on
    assert last is not None
    assert last > served.ends_on
    early = factories.after(served.ends_on)
    assert notice.close_due(now=early) == 0
    with refused(Conflict, "还没有届满"):
        RECORD.perform("end_notice_period", records.fresh(record), actor=SYSTEM, now=early)
    whom = Whom(department=scene.bureau)
    offered = chances.statements(whom, Reader(scene.head, scene.head.grants(early), early))
    assert [(each.key, each.until) for each in offered] == [(record.pk, last)]
    assert notice.close_due(now=factories.on(last)) == 0
    assert notice.close_due(now=factories.after(last)) == 1
    assert records.fresh(record).state == RecordState.PENDING_APPROVAL


def test_the_pages_name_the_day_of_the_clock(scene: Scene, browser: Any) -> None:
    record = records.delivered(scene, now=JANUARY)
    load(scene.approver)
    last = clock(record, "record.prior_notice_days").due_on

    for page in ("records:record", "records:notice"):
        said = browser(scene.clerk).get(reverse(page, args=[record.pk])).content.decode()
        assert f"可以陈述到 {wording.day(last)}" in said or f"陈述申辩到 {wording.day(last)}" in said


def test_a_report_is_missed_only_after_its_clock(scene: Scene) -> None:
    report = factories.in_force(scene, now=JANUARY).situation_reports.get()
    before = report.due_on
    assert report.due_provisional

    load(scene.approver)

    report.refresh_from_db()
    running = clock(report, "report.situation_days")
    assert report.due_on == running.due_on > before
    assert report.due_provisional is running.provisional is False
    duties.turn(now=factories.after(before))
    assert factories.fresh(report).missed_on is None
    duties.turn(now=factories.after(report.due_on))
    assert factories.fresh(report).missed_on is not None


def test_an_order_is_overdue_only_after_its_clock(scene: Scene) -> None:
    order = factories.in_force(scene, now=BEFORE_THE_FESTIVAL).rectifications.get()
    before = order.due_on
    assert order.due_provisional

    load(scene.approver)

    order.refresh_from_db()
    running = clock(order, "rectify.default_days")
    assert order.due_on == running.due_on > before
    assert order.due_provisional is running.provisional is False
    duties.turn(now=factories.after(before))
    assert factories.fresh(order).state == RectificationState.ORDERED
    assert not DishonestyRecord.objects.filter(source_type="RECTIFY_OVERDUE").exists()
    duties.turn(now=factories.after(order.due_on))
    assert factories.fresh(order).state == RectificationState.OVERDUE


def test_nobody_refuses_before_the_clock_of_the_second_order(scene: Scene) -> None:
    order = factories.in_force(scene, now=IN_DECEMBER).rectifications.get()
    again = factories.after(order.due_on)
    duties.turn(now=again)
    order.refresh_from_db()
    order = judging.order_again(
        actor=scene.supervisor, rectification=order, reason="催办未果", version=order.version, now=again
    )
    before = order.second_due_on

    load(scene.approver)

    order.refresh_from_db()
    running = clock(order, "rectify.second_order_days")
    assert order.second_due_on == running.due_on > before
    given: dict[str, Any] = {
        "actor": scene.supervisor, "rectification": order, "reason": "两次责令均未整改", "version": order.version,
    }  # fmt: skip
    with refused(Conflict, "还没有届满"):
        judging.refuse(**given, now=factories.after(before))
    assert judging.refuse(**given, now=factories.after(order.second_due_on)).state == RectificationState.REFUSED


def test_a_clock_that_stands_is_left_to_whoever_lets_it_run_on(scene: Scene) -> None:
    report = factories.in_force(scene, now=JANUARY).situation_reports.get()
    report = situation.write(
        actor=scene.clerk, report=report, texts=factories.TEXTS, version=report.version, now=JANUARY
    )
    report = situation.submit(actor=scene.head, report=report, version=report.version, now=JANUARY)
    before = report.due_on

    load(scene.approver)

    report.refresh_from_db()
    assert report.due_on == before
    report = situation.send_back(
        actor=scene.supervisor, report=report, reason="没有说明损失的依据", version=report.version, now=LOADED
    )
    assert factories.fresh(report).due_on == clock(report, "report.situation_days").due_on > before
