"""A mistyped credit code at the faces: refused by the platform, put right in the register, taken over by a correction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import AdminProposal, Department
from accounts.services import proposals as answers
from accounts.services import recoding as register
from disclosure import canonical
from disclosure.models import Document
from exchange import delivery, freezing, relay
from exchange.models import Delivery, DeliveryState, Report
from ledger.models import Entry
from ledger.refusals import Conflict
from records.models import DishonestyRecord
from records.services import correction, drafting, recoding
from records.web import scanning
from rules.models import Proposal
from tests.accounts import factories as accounts
from tests.exchange import scenes
from tests.records import factories, proofs
from tests.records.commitments import promising
from tests.records.factories import NOW, Scene, fresh
from tests.records.web.browsing import Browser, text
from tests.records.web.test_acts import at
from tests.records.web.typed import typed

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=7)
REASON = "单位的统一社会信用代码登记有误，已更正"


@pytest.fixture
def standin(tmp_path: Path) -> Iterator[scenes.Standin]:
    """Give a running stand-in of the platform."""
    with scenes.standin(tmp_path) as running:
        yield running


def recoded(unit: Department, *, now: Any = NOW) -> str:
    """Correct a department's code by two security administrators and give the new one."""
    first, second = accounts.administrators()
    asked = register.propose(
        actor=first,
        department=Department.objects.get(pk=unit.pk),
        code=accounts.credit_code(),
        reason="填错一位",
        now=now,
    )
    answers.confirm(actor=second, proposal=asked, now=now)
    return str(Department.objects.get(pk=unit.pk).uscc)


def unchanged(record: DishonestyRecord, **more: Any) -> dict[str, Any]:
    """Give the correction form as it opens."""
    return {
        "version": record.version, "document_name": record.document_name, "document_number": record.document_number,
        "issuer_name": record.issuer_name, "facts": record.facts, "basis_codes": record.basis_codes,
        "economic_loss_yuan": "1268400.00", "social_impact": record.social_impact, "key_areas": record.key_areas,
        "reason": REASON, "act": "propose", **more,
    }  # fmt: skip


def sent(way: Any, now: Any) -> None:
    """Relay what was reported and send it; the stand-in compares the time of the signature with the machine's clock."""
    relay.relay(now)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rules.clock.now", lambda: datetime.now(UTC))
        delivery.deliver_due(now, transport=way)


def test_scenario_57_a_create_refused_for_its_code_is_corrected_and_goes_as_version_two(
    scene: Scene, browser: Browser, standin: scenes.Standin
) -> None:
    standin.switch(mode="reject", code="E020", field="SX_ZT_DM", times=1)
    record = factories.disclosed(scene)
    old = record.subject_code
    sent(standin.transport(), NOW)
    first = Delivery.objects.get(subject_id=record.pk)
    assert (first.state, first.code, first.field) == (DeliveryState.REJECTED, "E020", "SX_ZT_DM")

    # The list tells the officer the whole way: the register first, then the record.
    clerk = browser(scene.clerk)
    listed = text(clerk.get(reverse("exchange:deliveries")))
    unit_page = reverse("people:department", args=[old])
    assert f'<a href="{unit_page}">由安全管理员到部门登记中更正代码</a>，再' in listed
    assert f'，再<a href="{at("record", record)}">在记录里更正，出第 2 版</a>' in listed

    # One security administrator asks, another confirms.
    asks, confirms = (browser(each) for each in accounts.administrators())
    new = accounts.credit_code()
    asks.post(reverse("people:recode_department", args=[old]), {"uscc": new, "reason": "登记时填错一位"})
    confirms.post(reverse("people:confirm", args=[AdminProposal.objects.get(kind="code").pk]))
    assert Department.objects.get(pk=scene.bureau.pk).uscc == new
    listed = text(clerk.get(reverse("exchange:deliveries")))
    assert "到部门登记中更正代码" not in listed
    assert "在记录里更正，出第 2 版" in listed

    # The record says so and offers the correction; its form has the code ready.
    page = text(clerk.get(at("record", record)))
    assert f"代码已在部门登记中更正为 {new}。" in page
    assert f'<a class="small" href="{at("correct", record)}">更正本记录</a>' in page
    form = text(clerk.get(at("correct", record)))
    assert f"单位代码已在部门登记中更正：{old} → {new}，一并写入本记录" in form
    assert 'name="takes_code"' in form
    ticked = form.split('name="takes_code"')[1].split(">")[0]
    assert "checked" in ticked
    shown = text(clerk.post(at("correct", record), unchanged(record, takes_code="on", act="preview")))
    assert "统一社会信用代码" in shown.split("会改成")[1].split("</section>")[0]
    assert clerk.post(at("correct", record), unchanged(record, takes_code="on")).status_code == 302
    proposal = Proposal.objects.get()
    assert proposal.facts["content"] == {"subject_code": new}
    second = browser(scene.second)
    asked = text(second.get(at("proposal", record, proposal.pk)))
    assert "统一社会信用代码" in asked
    assert f'<dd class="prose">{REASON}</dd>' in asked
    assert second.post(at("proposal", record, proposal.pk), {"act": "sign"}).status_code == 302

    sent(standin.transport(), LATER)
    first.refresh_from_db()
    again = Delivery.objects.get(subject_id=record.pk, version=2)
    assert first.state == DeliveryState.REJECTED
    assert (again.state, again.operation, again.wire_operation) == (DeliveryState.STORED, "U", "C")
    assert standin.held() == {str(record.pk): (2, "live")}
    assert freezing.row_of(first)["SX_ZT_DM"] == old
    row = freezing.row_of(again)
    assert (row["SX_ZT_DM"], row["SX_SJLYDM"]) == (new, new)
    assert "已接着报送第 2 版" in text(clerk.get(reverse("exchange:deliveries"), {"list": "all"}))

    # The new edition and the public copy bear the new code, the former edition the old one.
    record = fresh(record)
    assert record.subject_code == new
    assert dict(record.editions.values_list("edition", "content__subject_code")) == {1: old, 2: new}
    body = canonical.decode(Document.objects.get(pk=record.pk).body)
    assert body["department"]["code"] == new
    assert body["corrections"][-1]["what"] == REASON
    assert "部门登记中更正为" not in text(clerk.get(at("record", record)))


def test_without_the_tick_the_code_stays_and_nothing_else_changed_is_refused(scene: Scene, browser: Browser) -> None:
    record = factories.effective(scene)
    recoded(scene.bureau)
    clerk = browser(scene.clerk)
    answer = clerk.post(at("correct", record), unchanged(record))
    assert answer.status_code == 422
    assert "没有改动任何内容" in text(answer)
    clerk.post(at("correct", record), unchanged(record, facts=record.facts + "已付清。"))
    assert "subject_code" not in Proposal.objects.get().facts["content"]


def test_a_code_the_register_has_not_corrected_is_never_written(scene: Scene, browser: Browser) -> None:
    record = factories.effective(scene)
    clerk = browser(scene.clerk)
    assert 'name="takes_code"' not in text(clerk.get(at("correct", record)))
    forged = unchanged(record, takes_code="on", subject_code=accounts.credit_code())
    assert clerk.post(at("correct", record), forged).status_code == 422
    assert not Proposal.objects.exists()


def test_a_code_corrected_again_before_the_signature_is_refused(scene: Scene) -> None:
    record = factories.effective(scene)
    recoded(scene.bureau)
    proposal = correction.propose(
        actor=scene.clerk, record=record, filing=scanning.filing_of(record), reason=REASON, version=record.version,
        takes_code=True, now=NOW,
    )  # fmt: skip
    recoded(scene.bureau)
    with proofs.refused(Conflict, "提议以后部门登记的代码又变了"):
        correction.sign(actor=scene.second, proposal=proposal, now=NOW)


def test_a_draft_takes_the_code_when_it_is_handed_in_and_pages_say_when(scene: Scene, browser: Browser) -> None:
    draft, waiting, over = factories.draft(scene), factories.in_review(scene), factories.withdrawn(scene)
    binding = factories.effective(scene)
    new = recoded(scene.bureau)
    clerk = browser(scene.clerk)
    for record, words in ((draft, "提交时写入"), (waiting, "退回后重新提交时写入"), (over, "仍写当时的代码")):
        page = text(clerk.get(at("record", record)))
        assert f"代码已在部门登记中更正为 {new}" in page
        assert words in page
    assert "由填报单位提出更正本记录" in text(browser(scene.approver).get(at("record", binding)))
    handed = drafting.submit(actor=scene.clerk, record=draft, version=draft.version, now=NOW)
    assert handed.subject_code == new
    assert handed.editions.get().content["subject_code"] == new
    assert fresh(over).subject_code != new


def test_the_form_of_a_new_record_takes_the_former_code(scene: Scene, browser: Browser) -> None:
    old = Department.objects.get(pk=scene.bureau.pk).uscc
    new = recoded(scene.bureau)
    clerk = browser(scene.clerk)
    clerk.post("/staff/records/new/", typed(scene, subject=old))
    assert DishonestyRecord.objects.get().subject_code == new
    for code in (old, new):
        found = clerk.get(reverse("records:search"), {"q": code})
        assert scene.bureau.name in text(found)


def test_a_promise_is_told_again_once_by_itself_and_its_last_public_day_stays(scene: Scene, browser: Browser) -> None:
    promise = promising.active(scene)
    old = Report.objects.get(resource="CN", subject_id=promise.pk)
    until, shown = promise.public_until, promise.public_version
    assert shown
    new = recoded(scene.bureau, now=NOW + timedelta(minutes=1))
    relay.relay(NOW)
    Delivery.objects.filter(report=old).update(state=DeliveryState.REJECTED, code="E020", field="CN_ZT_DM")
    listed = text(browser(scene.clerk).get(reverse("exchange:deliveries")))
    assert "由系统自动报第 2 版" in listed
    assert promise.title in listed
    assert "内容已抹去" not in listed

    assert recoding.follow_due(now=LATER) == 1
    assert recoding.follow_due(now=LATER) == 0
    told = Report.objects.get(resource="CN", subject_id=promise.pk, version=2)
    assert (told.operation, told.fields["subject_code"], told.fields["source_code"]) == ("U", new, new)
    assert old.fields["subject_code"] != new
    promise.refresh_from_db()
    assert (promise.public_until, promise.public_version) == (until, shown + 1)
    body = canonical.decode(Document.objects.get(pk=promise.pk).body)
    assert body["department"]["code"] == new
    assert body["corrections"][-1]["what"] == "承诺单位的统一社会信用代码登记有误，已经更正。"
    assert Entry.objects.filter(kind="commitment.follow_code", object_id=str(promise.pk)).count() == 1


def test_a_record_is_told_again_when_an_office_of_it_is_recoded_but_not_while_its_own_code_waits(scene: Scene) -> None:
    record = factories.disclosed(scene)
    document = Document.objects.get(pk=record.pk).version
    new = recoded(scene.lead, now=NOW + timedelta(minutes=1))
    assert recoding.follow_due(now=LATER) == 1
    assert recoding.follow_due(now=LATER) == 0
    told = Report.objects.get(subject_id=record.pk, version=2)
    assert (told.operation, told.fields["recogniser_code"]) == ("U", new)
    assert Document.objects.get(pk=record.pk).version == document
    recoded(scene.bureau, now=LATER + timedelta(minutes=1))  # its subject: waits for the correction of the record
    assert recoding.follow_due(now=LATER + timedelta(hours=1)) == 0


def test_the_night_before_any_correction_tells_nothing(scene: Scene) -> None:
    factories.disclosed(scene)
    promising.active(scene)
    before = Report.objects.count()
    assert recoding.follow_due(now=LATER) == 0
    assert Report.objects.count() == before
