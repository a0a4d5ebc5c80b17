"""Every unpaid payment of a promise is a deadline: derived, shown, reminded, moved, escalated and closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from ledger import acts
from ledger.actors import SYSTEM
from ledger.refusals import Conflict
from records.models import (
    Commitment,
    CommitmentDetail,
    CommitmentState,
    Escalation,
    Notification,
    PaymentNode,
    PaymentState,
)
from records.selectors import finding, inbox
from records.services.commitments import details, paying
from records.services.notifications import escalation
from rules import calendar, deadlines, parameters
from rules.details import derived
from rules.models import Deadline
from tests.accounts import factories as accounts
from tests.records import proofs
from tests.records.commitments import promising
from tests.records.commitments.details_scene import example
from tests.records.commitments.test_details_pages import address, sent
from tests.records.factories import NOW, Scene
from tests.records.web.browsing import Browser, text
from tests.records.web.conftest import _the_clock_stands, browser  # noqa: F401

pytestmark = pytest.mark.django_db

SME, ROWS = "SME_PAYMENT", "PROCUREMENT"
DELIVERED = {"delivered_on": "2026-05-08", "agreed_days": "", "paid_amount": "", "delay": "", "delay_note": ""}
LAST = date(2026, 6, 8)  # 30 days after 8 May is a Sunday
PAID = {"paid_on": "2026-05-11", "paid_amount": "58000"}


def at(day: date) -> datetime:
    return NOW + timedelta(days=(day - NOW.date()).days)


def write(scene: Scene, promise: Commitment, code: str = SME, *, version: int = 0, **over: Any) -> CommitmentDetail:
    """Keep the example of a form, changed where told."""
    now = over.pop("now", NOW)
    values = {**example(code, scene), **(DELIVERED if code == SME else {}), **over}
    return details.write(actor=scene.clerk, commitment=promise, form=code, values=values, version=version, now=now)


def owing(scene: Scene, **facts: Any) -> Commitment:
    """Give a promise that owes a small firm for a delivery of 8 May."""
    made = promising.active(scene, **facts)
    write(scene, made)
    return made


def running(promise: Commitment) -> list[Deadline]:
    keys = [str(key) for key in promise.payments.values_list("pk", flat=True)]
    return list(deadlines.open_on(PaymentNode, keys))


def told(user: User) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(person_id=user.person_id).order_by("at").values_list("kind", "text"))


def test_a_delivery_starts_a_deadline_with_its_law_and_holder(scene: Scene) -> None:
    promise = owing(scene)
    (node,), (clock,) = list(promise.payments.all()), running(promise)
    assert (node.payee, node.amount, node.state) == ("安平惠民印务有限公司", Decimal("58000"), PaymentState.DUE)
    assert (clock.rule, clock.started_on, clock.due_on) == ("payment.sme_days", date(2026, 5, 8), LAST)
    assert (clock.owner_role, clock.owner_department) == ("clerk", scene.bureau)
    told_by_the_form = derived.payment(promise.details.get().values)
    assert told_by_the_form is not None
    assert told_by_the_form.due_on == clock.due_on
    assert deadlines.kept_derivation(clock).source == "保障中小企业款项支付条例 第九条"


def test_a_contract_s_own_period_counts_and_each_row_of_a_procurement_is_a_node(scene: Scene) -> None:
    promise = promising.active(scene)
    write(scene, promise, agreed_days="60")
    write(scene, promise, ROWS)
    assert [(each.rule, each.due_on) for each in running(promise)] == [
        ("payment.node", date(2026, 5, 20)), ("payment.sme_days", date(2026, 7, 7)),
    ]  # fmt: skip
    assert list(promise.payments.order_by("form", "place").values_list("form", "place", "state")) == [
        (ROWS, 1, "paid"), (ROWS, 2, "due"), (SME, 1, "due"),
    ]  # fmt: skip


def test_a_draft_owes_nothing_until_it_is_given(scene: Scene) -> None:
    draft = promising.draft(scene)
    write(scene, draft)
    assert not PaymentNode.objects.exists()
    from records.services.commitments import drafting, review

    drafting.submit(actor=scene.clerk, commitment=draft, version=draft.version, now=NOW)
    held = promising.fresh(draft)
    review.activate(actor=scene.reviewer, commitment=held, version=held.version, now=NOW)
    assert [each.due_on for each in running(held)] == [LAST]


def test_a_corrected_delivery_moves_the_day_and_a_recorded_payment_closes_it(scene: Scene) -> None:
    promise = owing(scene)
    (first,) = running(promise)
    write(scene, promise, version=1, delivered_on="2026-05-05")
    (moved,) = running(promise)
    assert moved.due_on == date(2026, 6, 4)
    first.refresh_from_db()
    assert first.closed_on == NOW.date()
    part = {"paid_on": "2026-05-11", "paid_amount": "20000"}
    write(scene, promise, version=2, delivered_on="2026-05-05", **part)
    assert running(promise) == [moved], "a part is not the whole"
    write(scene, promise, version=3, delivered_on="2026-05-05", **PAID)
    assert running(promise) == []
    node = promise.payments.get()
    assert (node.state, node.paid_on) == (PaymentState.PAID, NOW.date())
    write(scene, promise, version=4, delivered_on="2026-05-05")
    assert [each.due_on for each in running(promise)] == [date(2026, 6, 4)], "recorded by mistake: it counts on"


def test_a_line_taken_out_ends_its_own_deadline_and_leaves_the_others(scene: Scene) -> None:
    promise = promising.active(scene)
    lines = [{"due_on": f"2026-0{month}-20", "amount": f"{month}00"} for month in (6, 7, 8)]
    write(scene, promise, ROWS, payments=lines)
    before = {each.due_on: each.pk for each in running(promise)}
    write(scene, promise, ROWS, version=1, payments=[lines[2], lines[1]])
    assert {each.due_on: each.pk for each in running(promise)} == {
        day: key for day, key in before.items() if day != date(2026, 6, 20)
    }
    gone = promise.payments.exclude(removed_on=None).get()
    assert (gone.amount, gone.removed_on) == (Decimal(600), NOW.date())


def test_each_warning_is_given_once_to_the_clerks_and_to_who_answers(scene: Scene) -> None:
    promise = owing(scene)
    (clock,) = running(promise)
    assert parameters.value("payment.warn_before_days", on=NOW.date()) == [30, 10, 3]
    days: list[tuple[int, int]] = []
    for offset in range(29):
        now = at(NOW.date() + timedelta(days=offset))
        if paying.remind_due(now=now):
            days.append((offset, calendar.working_days_between(now.date(), clock.due_on)))
        assert paying.remind_due(now=now) == 0
        escalation.escalate_due(now=now)
    assert days[0][0] == 0, "less than 30 working days are left: told at once"
    assert [left for _offset, left in days[1:]] == [10, 3]
    for person in (scene.clerk, scene.colleague, scene.official_user):
        mine = [words for kind, words in told(person) if kind == "reminder" and "安平惠民印务有限公司" in words]
        assert len(mine) == 3, "no second reminder from the general ladder"
        assert "2026年6月8日止" in mine[0]
    assert not any("安平惠民" in words for _kind, words in told(scene.neighbour_clerk))


def test_an_overdue_payment_climbs_to_the_head_and_the_superior(scene: Scene) -> None:
    superior = accounts.user(("head", scene.city), name="何远山")
    promise = owing(scene)
    (clock,) = running(promise)
    for offset in range(45):
        escalation.escalate_due(now=at(NOW.date() + timedelta(days=offset)))
    reached = Escalation.objects.filter(deadline=clock).order_by("reached_on").values_list("level", "reached_on")
    assert list(reached) == [("head", date(2026, 6, 9)), ("superior", date(2026, 6, 16))]
    for person, kind in ((scene.clerk, "overdue"), (scene.head, "escalation"), (superior, "escalation")):
        assert [each for each, words in told(person) if "向中小企业付款" in words] == [kind]
    assert not any(promise.number in words for _kind, words in told(superior)), "who may not open it learns no number"


def test_it_stands_on_the_start_page_of_the_clerks_and_nowhere_else(scene: Scene) -> None:
    promise = owing(scene)
    node = promise.payments.get()
    for person in (scene.clerk, scene.colleague):
        row = next(each for each in inbox.inbox(user=person, now=NOW).mine if each.case.pk == node.pk)
        assert (row.due_on, row.task) == (LAST, "按期付清并登记")
    for person in (scene.reviewer, scene.approver, scene.neighbour_clerk):
        assert node.pk not in {each.case.pk for each in inbox.inbox(user=person, now=NOW).mine}
    assert [hit.case for hit in finding.cases(promise.number, user=scene.clerk, now=NOW, limit=5)] == [promise]
    write(scene, promise, version=1, **PAID)
    assert node.pk not in {each.case.pk for each in inbox.inbox(user=scene.clerk, now=NOW).mine}


def test_the_pages_lead_from_the_promise_to_the_derivation_and_to_the_recording(scene: Scene, browser: Browser) -> None:  # noqa: F811
    promise = promising.active(scene)
    client = browser(scene.clerk)
    assert client.post(address(promise, SME), sent(SME, scene, **DELIVERED)).status_code == 302
    (clock,), node = running(promise), promise.payments.get()
    shown = text(client.get(reverse("commitments:commitment", args=[promise.pk])))
    assert "向安平惠民印务有限公司付款 58,000.00 元" in shown
    assert "2026年6月8日止，剩 20 个工作日" in shown
    explained = reverse("rules:deadline", args=[clock.pk])
    assert explained in shown
    assert "保障中小企业款项支付条例" in text(client.get(explained))
    page = text(client.get(reverse("commitments:payment", args=[node.pk])))
    assert "登记付款" in page
    assert address(promise, SME) in page
    assert browser(scene.neighbour_clerk).get(reverse("commitments:payment", args=[node.pk])).status_code == 404
    head = text(browser(scene.head).get(reverse("commitments:payment", args=[node.pk])))
    assert "btn-closed" in head, "only clerks record"
    paid = sent(SME, scene, version=1, **{**DELIVERED, **PAID})
    assert client.post(address(promise, SME), paid).status_code == 302
    assert "2026年5月11日付清" in text(client.get(reverse("commitments:commitment", args=[promise.pk])))
    assert "付清日期" in text(client.get(reverse("commitments:payment", args=[node.pk])))


def test_a_promise_in_arrears_is_not_claimed_as_kept(scene: Scene) -> None:
    promise = owing(scene)
    late = at(LAST + timedelta(days=1))
    with proofs.refused(Conflict, "有 1 笔款项逾期没有付清"):
        promising.claim(scene, promise, now=late)
    write(scene, promise, version=1, now=late, paid_on="2026-06-09", paid_amount="58000")
    assert promising.claim(scene, promise, now=late).state == CommitmentState.PERFORMED_CLAIMED


def test_arrears_that_come_while_a_claim_waits_are_paid_before_the_verdict(scene: Scene) -> None:
    promise = promising.claim(scene, owing(scene))
    late = at(LAST + timedelta(days=1))
    with proofs.refused(Conflict, "逾期没有付清"):
        promising.fulfil(scene, promise, now=late)
    with proofs.refused(Conflict, "只能登记付款，不能改“应付金额”"):
        write(scene, promise, version=1, now=late, amount="10")
    with proofs.refused(Conflict, "不能改专项信息"):
        write(scene, promise, ROWS, now=late + timedelta(minutes=5))
    write(scene, promise, version=1, now=late, paid_on="2026-06-09", paid_amount="58000")
    assert running(promise) == []
    assert promising.fulfil(scene, promise, now=late).state == CommitmentState.FULFILLED
    with proofs.refused(Conflict, "不能改专项信息"):
        write(scene, promise, version=2, now=late + timedelta(minutes=10))


def test_a_lawful_change_hands_the_payments_to_the_successor(scene: Scene) -> None:
    promise = owing(scene)
    changed = promising.change(scene, promising.compensate(scene, promising.request(scene, promise)))
    after = changed.successor
    assert running(changed) == []
    assert [(each.due_on, each.started_on) for each in running(after)] == [(LAST, date(2026, 5, 8))]
    assert after.details.get().values == changed.details.get().values
    write(scene, after, version=1, **PAID)
    assert running(after) == []


def test_details_from_before_payments_were_counted_get_their_deadlines_at_night(scene: Scene) -> None:
    promise = promising.active(scene)
    policy = promising.active(scene, key_areas=("POLICY",))
    write(scene, policy, "POLICY")
    kept = write(scene, promise)
    with acts.act(kind="test.before", actor=SYSTEM, role="system", now=NOW):
        twin = CommitmentDetail(
            commitment=promising.active(scene), form=SME, form_from=kept.form_from, version=1, values=kept.values,
            written_by=kept.written_by, written_at=NOW,
        )  # fmt: skip
        twin.save()
    assert running(twin.commitment) == []
    assert paying.open_missing(now=NOW) == 1
    assert [each.due_on for each in running(twin.commitment)] == [LAST]
    assert paying.open_missing(now=NOW) == 0


def test_a_payment_is_neither_deleted_nor_moved_to_another_promise(scene: Scene) -> None:
    from django.db import DatabaseError, connection, transaction

    node = owing(scene).payments.get()
    other = promising.active(scene)
    for statement in ("DELETE FROM records_paymentnode WHERE id = %s",
                      f"UPDATE records_paymentnode SET commitment_id = '{other.pk}' WHERE id = %s"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [node.pk])
