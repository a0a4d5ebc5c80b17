"""The acts on a record through the browser: the way of a record, stale forms, refusals, proposals, hits, files."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts import wording
from ledger.models import Entry
from records.models import DishonestyRecord, RecordState
from records.services import correction, drafting, withdrawal
from rules.models import Proposal
from tests.records import factories
from tests.records.factories import NOW, Scene, fresh
from tests.records.web.browsing import Browser, text
from tests.records.web.typed import paper, typed

pytestmark = pytest.mark.django_db


def at(name: str, record: DishonestyRecord, *more: Any) -> str:
    """Give the address of an act on a record."""
    return reverse(f"records:{name}", args=[record.pk, *more])


def acts_since(record: DishonestyRecord, count: int) -> list[str]:
    """Give the kinds of the entries about a record beyond the first ones."""
    return list(Entry.objects.filter(object_id=str(record.pk)).order_by("position").values_list("kind", flat=True))[
        count:
    ]


def test_a_record_goes_its_way_through_the_browser(scene: Scene, browser: Browser) -> None:
    clerk, reviewer, approver = browser(scene.clerk), browser(scene.reviewer), browser(scene.approver)
    clerk.post("/staff/records/new/", typed(scene, act="submit", source=paper()))
    record = DishonestyRecord.objects.get()
    reviewer.post(at("pass_on", record), {"version": record.version, "note": "材料齐全"})
    record = fresh(record)
    assert record.state == RecordState.NOTIFIED
    facts = {"method": "direct", "received_by": "收发室", "delivered_on": "2026-05-11"}
    clerk.post(at("deliver", record), {"version": record.version, **facts})
    record = fresh(record)
    said = {"text": "已于五月付清，附银行回单。", "received_on": "2026-05-11"}
    browser(scene.head).post(at("state", record), {"version": record.version, **said})
    record = fresh(record)
    assert record.state == RecordState.PENDING_APPROVAL
    page = text(approver.get(at("recognise", record)))
    assert "已于五月付清" in page
    decided = {"severity": "general", "sanctions": ["PUBLIC_CRITICISM"], "answer": "付清发生在逾期之后，不影响认定。"}
    told = text(approver.post(at("recognise", record), {"version": record.version, **decided}, follow=True))
    record = fresh(record)
    assert record.state == RecordState.DISCLOSED, told
    assert f"公示到 {wording.day(record.public_until)}" in told
    assert reverse("public:document", args=[record.pk]) in told


def test_a_statement_must_be_answered(scene: Scene, browser: Browser) -> None:
    record = factories.delivered(scene)
    browser(scene.head).post(
        at("state", record), {"version": record.version, "text": "不同意。", "received_on": "2026-05-11"}
    )
    record = fresh(record)
    form = {"version": record.version, "severity": "general", "answer": ""}
    answer = browser(scene.approver).post(at("recognise", record), form)
    assert answer.status_code == 422
    assert 'href="#id_answer"' in text(answer)
    assert fresh(record).state == RecordState.PENDING_APPROVAL


def test_a_return_pins_its_reasons_to_the_fields(scene: Scene, browser: Browser) -> None:
    record = factories.in_review(scene)
    form = {
        "version": record.version,
        "fields_wrong": ["decided_on", "facts"],
        "usual": ["与来源文书不一致"],
        "reason": "以判决书为准",
    }
    browser(scene.reviewer).post(at("send_back", record), form)
    page = text(browser(scene.clerk).get(at("edit", record)))
    assert fresh(record).state == RecordState.RETURNED
    assert page.count("与来源文书不一致。以判决书为准") == 3  # on top and beside both fields


def test_a_return_needs_a_reason(scene: Scene, browser: Browser) -> None:
    record = factories.in_review(scene)
    answer = browser(scene.reviewer).post(at("send_back", record), {"version": record.version})
    assert answer.status_code == 422
    assert "请选一条常见理由" in text(answer)
    assert fresh(record).state == RecordState.PENDING_REVIEW


def test_a_stale_act_says_what_changed_and_writes_nothing(scene: Scene, browser: Browser) -> None:
    record = factories.in_review(scene)
    reviewer = browser(scene.reviewer)
    reviewer.get(at("record", record))
    before = Entry.objects.filter(object_id=str(record.pk)).count()
    answer = reviewer.post(at("pass_on", record), {"version": record.version - 1})
    assert answer.status_code == 409
    assert "记录已经变了" in text(answer)
    assert fresh(record).state == RecordState.PENDING_REVIEW
    assert set(acts_since(record, before)) <= {"refused"}


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "\x00"])
def test_a_version_that_is_none_is_refused_in_words(scene: Scene, browser: Browser, version: str) -> None:
    record = factories.in_review(scene)
    answer = browser(scene.reviewer).post(at("pass_on", record), {"version": version})
    assert answer.status_code in (409, 422)
    assert fresh(record).version == record.version


def test_pressing_an_act_twice_does_it_once(scene: Scene, browser: Browser) -> None:
    record = factories.in_review(scene)
    reviewer, form = browser(scene.reviewer), {"version": record.version}
    assert reviewer.post(at("pass_on", record), form).status_code == 302
    assert reviewer.post(at("pass_on", record), form).status_code == 409
    assert acts_since(record, 0).count("record.pass_on") == 1


def test_two_editors_see_base_mine_and_theirs_and_choose(scene: Scene, browser: Browser) -> None:
    record = factories.draft(scene)
    first, second = browser(scene.clerk), browser(scene.colleague)
    for client in (first, second):
        client.get(at("record", record))
    number = record.document_number
    theirs = typed(scene, version=record.version, document_number=number, economic_loss_yuan="1260000")
    mine = typed(
        scene, version=record.version, document_number=number, economic_loss_yuan="1270000", issuer_name="我写的机关"
    )
    assert second.post(at("edit", record), theirs).status_code == 302
    clash = first.post(at("edit", record), mine)
    page = text(clash)
    assert clash.status_code == 409
    for words in ("1,268,400.00", "1,270,000.00", "1,260,000.00", "我写的机关"):
        assert words in page
    now = fresh(record)
    chosen = mine | {"version": now.version, "use_economic_loss_yuan": "theirs", "use_issuer_name": "mine"}
    assert first.post(at("edit", record), chosen).status_code == 302
    kept = fresh(record)
    assert (str(kept.economic_loss_yuan), kept.issuer_name) == ("1260000.00", "我写的机关")


def test_an_editor_who_opened_only_the_form_still_sees_what_he_opened(scene: Scene, browser: Browser) -> None:
    record = factories.draft(scene)
    first, second = browser(scene.clerk), browser(scene.colleague)
    first.get(at("edit", record))
    number, version = record.document_number, record.version
    theirs = typed(scene, version=version, document_number=number, facts=factories.FACTS + "另查。")
    assert second.post(at("edit", record), theirs).status_code == 302
    mine = typed(scene, version=version, document_number=number, economic_loss_yuan="1270000")
    page = text(first.post(at("edit", record), mine))
    assert "1,268,400.00" in page, "the sum as he opened it"
    assert f"{factories.FACTS}<ins>另查。</ins>" in page, "only what is new is marked"
    assert 'name="use_facts" value="theirs" checked' in page, "he did not touch it"


def test_the_changes_since_my_last_look_are_marked(scene: Scene, browser: Browser) -> None:
    record = factories.returned(scene)
    reviewer = browser(scene.reviewer)
    reviewer.get(at("record", record))
    content = factories.filing(scene, document_number=record.document_number, economic_loss_yuan="1286400.00")
    drafting.edit(actor=scene.clerk, record=fresh(record), filing=content, version=fresh(record).version, now=NOW)
    page = text(reviewer.get(at("record", record)))
    assert "您上次看过以后，改了 1 处" in page
    assert "<del>" in page
    assert "<ins>" in page


def test_what_one_may_not_do_stays_closed_with_its_reason(scene: Scene, browser: Browser) -> None:
    record = factories.in_review(scene)
    page = text(browser(scene.clerk).get(at("record", record)))
    assert 'aria-disabled="true"' in page
    assert "不能由您办" in page
    assert browser(scene.clerk).post(at("pass_on", record), {"version": record.version}).status_code == 403


def test_a_withdrawal_is_proposed_by_one_and_signed_by_another(scene: Scene, browser: Browser) -> None:
    record = factories.disclosed(scene)
    first, second = browser(scene.approver), browser(scene.second)
    ground = withdrawal.grounds()[0][0]
    first.post(at("withdraw", record), {"version": record.version, "ground": ground, "reason": "处罚决定已被撤销"})
    proposal = Proposal.objects.get()
    place = at("proposal", record, proposal.pk)
    assert "您已经签署" in text(first.get(place))
    assert first.post(place, {"act": "sign"}).status_code == 403
    assert fresh(record).state == RecordState.DISCLOSED
    assert place in text(second.get(at("record", record)))
    told = text(second.post(place, {"act": "sign"}, follow=True))
    assert fresh(record).state == RecordState.WITHDRAWN
    assert "已撤销" in told


def test_a_proposal_is_declined_with_a_reason(scene: Scene, browser: Browser) -> None:
    record = factories.disclosed(scene)
    proposal = withdrawal.propose(
        actor=scene.approver,
        record=record,
        ground=withdrawal.grounds()[0][0],
        reason="待核",
        version=record.version,
        now=NOW,
    )
    second, place = browser(scene.second), at("proposal", record, proposal.pk)
    assert second.post(place, {"act": "decline", "reason": ""}).status_code == 422
    assert second.post(place, {"act": "decline", "reason": "依据不足"}).status_code == 302
    assert fresh(record).state == RecordState.DISCLOSED
    assert "已经办结" in text(second.get(place))


def test_another_records_proposal_and_file_are_not_found(scene: Scene, browser: Browser) -> None:
    record, other = factories.disclosed(scene), factories.disclosed(scene)
    proposal = withdrawal.propose(
        actor=scene.approver,
        record=record,
        ground=withdrawal.grounds()[0][0],
        reason="待核",
        version=record.version,
        now=NOW,
    )
    second = browser(scene.second)
    assert second.get(at("proposal", other, proposal.pk)).status_code == 404
    assert second.get(at("download", other, record.evidence.get().pk)).status_code == 404


def test_a_correction_shows_the_difference_before_it_is_proposed_and_signed(scene: Scene, browser: Browser) -> None:
    record = factories.disclosed(scene)
    clerk, place = browser(scene.clerk), at("correct", record)
    words = {
        "version": record.version, "document_name": record.document_name, "document_number": record.document_number,
        "issuer_name": record.issuer_name, "facts": record.facts.replace("60日", "30日"), "basis_codes": record.basis_codes,
        "economic_loss_yuan": "1268400.00", "social_impact": record.social_impact, "key_areas": record.key_areas,
        "reason": "约定的日数抄错",
    }  # fmt: skip
    shown = text(clerk.post(place, words | {"act": "preview"}))
    assert "<del>6</del><ins>3</ins>" in shown
    assert not Proposal.objects.exists()
    clerk.post(place, words | {"act": "propose"})
    proposal = Proposal.objects.get()
    page = text(browser(scene.approver).get(at("proposal", record, proposal.pk)))
    assert "<del>6</del><ins>3</ins>" in page
    browser(scene.second).post(at("proposal", record, proposal.pk), {"act": "sign"})
    assert "30日" in fresh(record).facts


def test_hits_keep_publication_closed_until_each_is_answered(scene: Scene, browser: Browser) -> None:
    record = factories.recognised(scene, facts=factories.FACTS + "热线13800000000。")
    assert record.state == RecordState.EFFECTIVE
    approver, place = browser(scene.approver), at("publish", record)
    page = text(approver.get(place))
    assert "13800000000" in page
    assert "先处理上面的命中" in page
    assert approver.post(place, {"version": record.version, "reason": ""}).status_code == 409
    key = page.split('name="hit" value="')[1].split('"')[0]
    approver.post(at("acknowledge", record), {"hit": key, "reason": ""})
    assert "先处理上面的命中" in text(approver.get(place))
    approver.post(at("acknowledge", record), {"hit": key, "reason": "这是对外公布的服务热线"})
    assert "没有待处理的命中" in text(approver.get(place))
    approver.post(place, {"version": fresh(record).version, "reason": ""})
    assert fresh(record).state == RecordState.DISCLOSED


def test_a_hit_in_force_is_masked_by_a_correction(scene: Scene, browser: Browser) -> None:
    record = factories.recognised(scene, facts=factories.FACTS + "电话13800000000。")
    start = record.facts.index("138")
    browser(scene.clerk).post(
        at("mask", record), {"hit": f"facts:mobile:{start}:{start + 11}", "version": record.version}
    )
    proposal = Proposal.objects.get()
    assert "＊" * 11 in proposal.facts["content"]["facts"]
    correction.sign(actor=scene.second, proposal=proposal, now=NOW)
    assert "13800000000" not in fresh(record).facts


def test_evidence_comes_as_an_attachment_to_those_who_may_see_the_record(scene: Scene, browser: Browser) -> None:
    record = factories.in_review(scene)
    item = record.evidence.get()
    answer = browser(scene.reviewer).get(at("download", record, item.pk))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == factories.PDF
    assert browser(scene.neighbour_clerk).get(at("download", record, item.pk)).status_code == 404


def test_evidence_is_added_to_a_draft_and_taken_out_again(scene: Scene, browser: Browser) -> None:
    record = factories.draft(scene)
    clerk = browser(scene.clerk)
    added = clerk.post(at("attach", record), {"kind": "other", "file": paper("合同.pdf")})
    assert added.status_code == 302, text(added)
    item = record.evidence.get(kind="other")
    clerk.post(at("remove", record, item.pk))
    assert record.evidence.get(pk=item.pk).removed_at is not None
    assert clerk.post(at("attach", record), {"kind": "other"}).status_code == 422
    assert (
        clerk.post(at("attach", record), {"kind": "other", "file": paper("b.pdf", b"MZ" + b"0" * 99)}).status_code
        == 422
    )


def test_the_flag_of_a_lawsuit_is_set_and_cleared(scene: Scene, browser: Browser) -> None:
    record = factories.disclosed(scene)
    clerk = browser(scene.clerk)
    clerk.post(at("flag_litigation", record), {"version": record.version, "reason": "已起诉，（2026）安行初5号"})
    record = fresh(record)
    assert record.under_litigation
    assert "复议或诉讼中" in text(clerk.get(at("record", record)))
    clerk.post(at("clear_litigation", record), {"version": record.version, "reason": "判决驳回"})
    assert not fresh(record).under_litigation
