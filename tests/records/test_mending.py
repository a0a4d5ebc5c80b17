"""What a refused field is put right by: every column of both mappings has a way, and the way is one there is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange import mappings
from exchange.models import Delivery, DeliveryState
from exchange.selectors import rows
from exchange.subjects import ASK, CORRECT, Way
from records import report
from records.models import CommitmentState
from records.services import correction
from records.web import scanning
from records.workflow import corrections, mending
from records.workflow.commitments import telling
from records.workflow.commitments.promise import AMENDABLE
from tests.exchange import scenes
from tests.records import factories
from tests.records.commitments import promising
from tests.records.factories import NOW, Scene

pytestmark = pytest.mark.django_db
OTHER: dict[str, Any] = {
    "key_areas": [],
    "basis_codes": [],
    "economic_loss_yuan": Decimal("1.00"),
    "due_on": NOW.date(),
}


def moved(subject: Any, columns: tuple[str, ...], read: Any) -> set[str]:
    """Say which fields of the report move when these columns do."""
    found: set[str] = set()
    for column in columns:
        before, kept = read(), getattr(subject, column)
        setattr(subject, column, OTHER.get(column, "别的"))
        after = read()
        found |= {name for name in before if before[name] != after[name]}
        setattr(subject, column, kept)
    return found


@pytest.mark.parametrize(("resource", "ways"), [("SX", mending.RECORD), ("CN", mending.PROMISE)])
def test_every_column_has_a_way_and_no_way_is_without_a_column(resource: str, ways: dict[str, Way]) -> None:
    mapping = mappings.for_resource(resource)
    assert {column.value.source for column in mapping.columns} == set(ways)
    assert all(str(stage.words) % {"n": 2} for way in ways.values() for stage in way)


def test_a_correction_is_advised_for_exactly_what_a_correction_moves(scene: Scene) -> None:
    record = factories.effective(scene)
    told = moved(record, corrections.CORRECTABLE, lambda: report.fields(record))
    assert {field for field, way in mending.RECORD.items() if way is CORRECT} == told


def test_an_amendment_is_advised_for_exactly_what_an_amendment_moves(scene: Scene) -> None:
    promise = promising.active(scene)
    told = moved(promise, AMENDABLE, lambda: telling.fields(promise, today=NOW.date()))
    assert {field for field, way in mending.PROMISE.items() if way is mending.AMEND} == told


@pytest.mark.parametrize(
    ("field", "state", "way"),
    [
        ("title", CommitmentState.ACTIVE, mending.AMEND),
        ("title", CommitmentState.OVERDUE, mending.ANOTHER),
        ("title", CommitmentState.FULFILLED, ASK),
        ("kind", CommitmentState.ACTIVE, mending.ANOTHER),
        ("kind", CommitmentState.BREACHED, ASK),
        ("subject_name", CommitmentState.CHANGED, ASK),
        ("subject_code", CommitmentState.FULFILLED, mending.PROMISE["subject_code"]),
        ("what nobody knows", CommitmentState.ACTIVE, ASK),
    ],
)
def test_a_promise_that_is_over_is_amended_by_nobody(field: str, state: str, way: Way) -> None:
    assert mending.of_promise(field, {"state": state}) is way


def refused(scene: Scene, record: Any, field: str, code: str = "E010") -> Delivery:
    """Relay the record's report and let the platform refuse a column of it."""
    scenes.relay.relay(NOW)
    sent = Delivery.objects.filter(subject_id=record.pk)
    sent.update(state=DeliveryState.REJECTED, code=code, field=field, message="不对")
    return rows.with_waiting(sent).order_by("-version")[0]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("SX_SS", "改数据，出第 2 版"),
        ("SX_DJ", "撤销后另行登记"),
        ("SX_LYLX", "撤销后另行登记"),
        ("SX_RDRQ", "撤销后另行登记"),
        ("SX_ZT_MC", "核对部门登记的名称，有误的先改名，再撤销本记录，按正确的名称另行登记"),
        ("SX_ZT_DM", "由安全管理员到部门登记中更正代码，再在记录里更正，出第 2 版"),
        ("SX_RDJGDM", "由安全管理员到部门登记中更正代码，再由系统自动报第 2 版"),
        ("SX_GKBS", "由系统生成，请系统管理员同省信用平台核对"),
        ("SX_NEW", "由系统生成，请系统管理员同省信用平台核对"),
        ("", "平台没有说是哪一项，请系统管理员同省信用平台核对"),
    ],
)
def test_the_next_step_depends_on_what_was_refused(scene: Scene, field: str, said: str) -> None:
    record = factories.disclosed(scene)
    sent = refused(scene, record, field)
    line = rows.row(delivery=sent, now=NOW, may_resend=False)
    assert line.next_step == said
    page, unit = reverse("records:record", args=[record.pk]), reverse("people:department", args=[record.subject_code])
    addresses = [step.url for step in line.steps if step.url]
    assert set(addresses) <= {page, unit, reverse("people:department", args=[scene.lead.uscc])}
    assert [
        step.url for step in rows.row(delivery=sent, now=NOW, may_resend=False, leads=False).steps if step.url
    ] == []


def test_what_has_ended_or_was_told_again_needs_no_correction(scene: Scene) -> None:
    record = factories.withdrawn(scene)
    ended = refused(scene, record, "SX_SS")
    assert rows.row(delivery=ended, now=NOW, may_resend=False).next_step.startswith("已经结束")
    first = rows.with_waiting(Delivery.objects.filter(subject_id=record.pk)).order_by("version")[0]
    assert rows.row(delivery=first, now=NOW, may_resend=False).next_step == f"已接着报送第 {ended.version} 版"


def test_a_list_of_refused_deliveries_costs_one_look_into_the_register(scene: Scene) -> None:
    for _ in range(3):
        refused(scene, factories.disclosed(scene), "SX_ZT_DM", "E020")
    listed = list(rows.with_waiting(Delivery.objects.filter(state=DeliveryState.REJECTED)))
    with CaptureQueriesContext(connection) as queries:
        told = rows.rows(deliveries=listed, now=NOW, may_resend=False)
    assert len(told) == 3
    assert sum("accounts_department" in query["sql"] for query in queries) == 1


def test_a_correction_of_words_leaves_the_code_alone(scene: Scene) -> None:
    record = factories.effective(scene)
    filing = scanning.filing_of(record, facts=record.facts + "已付清。")
    proposal = correction.propose(
        actor=scene.clerk,
        record=record,
        filing=filing,
        reason="补记付款",
        version=record.version,
        takes_code=True,
        now=NOW,
    )
    assert set(proposal.facts["content"]) == {"facts"}
