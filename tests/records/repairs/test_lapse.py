"""An application that is not completed does not wait for ever: ten days, seen by the applicant, then deemed withdrawn."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ledger.refusals import Conflict, NotAllowed
from ledger.verification.run import verify
from records.models import CreditRepair, Notification, RepairState
from records.services.repairs import applying, checking, checklist
from records.tasks import turn_day
from records.workflow.repairs import clocks
from records.workflow.repairs.machine import REPAIR
from rules import clock, deadlines
from rules.models import Deadline
from tests.records import factories, proofs
from tests.records.factories import Scene
from tests.records.repairs import cases
from tests.records.repairs.cases import THEN

LAST = date(2026, 8, 21)
"""Ten calendar days after 11 August; a Friday, so nothing rolls."""


def on(day: date) -> datetime:
    """Return ten in the morning of a day."""
    return datetime.combine(day, THEN.time(), tzinfo=THEN.tzinfo)


AFTER = on(LAST + timedelta(days=1))


def page(user: object, repair: CreditRepair) -> str:
    """Return the page of a repair as somebody sees it."""
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client.get(reverse("repairs:repair", args=[repair.pk])).content.decode()


def told(scene: Scene) -> list[str]:
    """Return what the head of the unit was told, in order."""
    rows = Notification.objects.filter(person=scene.head.person).order_by("at", "id")
    return [row.text for row in rows]


def test_the_applicant_sees_until_when(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    repair = cases.supplement(scene)
    monkeypatch.setattr(clock, "now", lambda: THEN)

    held = deadlines.open_for(repair).get()
    assert (held.rule, held.due_on, held.owner_role) == (clocks.SUPPLEMENT, LAST, "subject")
    assert held.owner_department == repair.applicant_department
    assert "修复材料补正" in page(scene.head, repair)
    assert any("2026年8月21日前补正" in text and "视为撤回" in text for text in told(scene))


def test_the_night_after_its_last_day_deems_it_withdrawn_and_tells(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    repair = cases.supplement(scene)
    before = factories.fresh(repair.record)
    monkeypatch.setattr(clock, "now", lambda: on(LAST))
    assert turn_day()["repairs_lapsed"] == 0

    monkeypatch.setattr(clock, "now", lambda: AFTER)
    assert turn_day()["repairs_lapsed"] == 1
    assert turn_day()["repairs_lapsed"] == 0

    lapsed = cases.fresh(repair)
    assert (lapsed.state, lapsed.ended_on) == (RepairState.WITHDRAWN, AFTER.date())
    assert not Deadline.objects.filter(object_id=str(repair.pk), closed_on=None).exists()
    assert any("逾期没有补正，视为撤回" in text for text in told(scene))
    assert "补正期满没有补正，视为撤回" in page(scene.head, repair)
    assert factories.fresh(repair.record).version == before.version
    assert not verify().findings


def test_the_subject_may_ask_again(scene: Scene) -> None:
    repair = cases.supplement(scene)
    with proofs.refused(Conflict, "已有一件修复申请在办"):
        cases.opened(scene, found=factories.fresh(repair.record))
    checking.lapse_due(now=AFTER)

    again = cases.opened(scene, found=factories.fresh(repair.record), now=AFTER)

    assert again.state == RepairState.DRAFT


def test_what_is_completed_on_the_last_day_goes_on(scene: Scene) -> None:
    repair = cases.supplement(scene)
    repair = checklist.give(
        actor=scene.head, repair=repair, code="DUTY_PROOF", upload=factories.upload("回单.pdf"), now=on(LAST)
    )
    applying.supply(actor=scene.head, repair=repair, version=repair.version, now=on(LAST))

    assert checking.lapse_due(now=AFTER) == 0
    assert cases.fresh(repair).state == RepairState.SUBMITTED
    assert not deadlines.open_for(repair).filter(rule=clocks.SUPPLEMENT).exists()


def test_taking_it_back_closes_the_clock(scene: Scene) -> None:
    repair = cases.supplement(scene)
    applying.withdraw(actor=scene.head, repair=repair, reason="", version=repair.version, now=THEN)

    assert not deadlines.open_for(repair).exists()


def test_a_last_day_off_work_rolls_to_the_next_working_day(scene: Scene) -> None:
    repair = cases.supplement(scene, now=THEN + timedelta(days=1))  # the tenth day is Saturday 22 August

    assert clocks.supplement_due_on(repair) == date(2026, 8, 24)
    assert checking.lapse_due(now=on(date(2026, 8, 24))) == 0
    assert checking.lapse_due(now=on(date(2026, 8, 25))) == 1


def test_one_told_before_the_period_was_counted_lapses_too(scene: Scene) -> None:
    repair = cases.supplement(scene)
    with factories.changing_the_law():
        deadlines.close(obj=repair, rule=clocks.SUPPLEMENT, now=THEN)

    assert checking.lapse_due(now=on(LAST)) == 0
    assert checking.lapse_due(now=AFTER) == 1


def test_neither_too_early_nor_by_anybody(scene: Scene) -> None:
    repair = cases.supplement(scene)
    with proofs.refused(Conflict, "补正期到2026年8月21日止"):
        REPAIR.perform("lapse", repair, actor=factories.SYSTEM, now=on(LAST))
    with proofs.refused(NotAllowed, "系统"):
        REPAIR.perform("lapse", repair, actor=scene.appeals, now=AFTER)
