"""Disclosure: who may read a record, from when until when, and that nothing else ever leaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from accounts import sealed
from disclosure import answers, reading
from disclosure.models import Document
from exchange.models import Report
from ledger import memory
from ledger.refusals import Conflict, Invalid, NotAllowed
from records.models import DishonestyRecord, RecordState, Sanction
from records.selectors import consequences
from records.services import (
    correction,
    ending,
    litigation,
    marking,
    publication,
    recognition,
    withdrawal,
)
from records.web import scanning
from records.workflow.filing import Filing
from rules import clock, scan
from rules.models import Parameter
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.factories import NOW, Scene
from tests.records.proofs import refused

S = RecordState
ID_NUMBER, MOBILE = "441402198506150013", "13812345678"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Give a function that moves the faces' clock and forgets pages kept before."""

    def move(now: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: now)
        answers.forget_pages()

    return move


def ops(record: DishonestyRecord) -> list[str]:
    """Return what the platform was told, in order."""
    return list(Report.objects.filter(subject_id=record.pk).order_by("version").values_list("operation", flat=True))


def is_public(record: DishonestyRecord, on: datetime) -> bool:
    """Say whether the public login sees the record on a day."""
    with reading.reader(now=on):
        return reading.visible(on=on).filter(pk=record.pk).exists()


def test_scenario_12_an_id_number_and_a_mobile_in_the_facts_hold_publication_back(scene: Scene) -> None:
    text = f"{factories.FACTS}联系人身份证{ID_NUMBER}，电话{MOBILE}。"
    assert len(scan.find(text)) == 2
    record = factories.recognised(scene, facts=text)

    assert record.state == S.EFFECTIVE
    assert record.publication_waits
    assert [hit.text for hit in publication.hits(record=record)] == [ID_NUMBER, MOBILE]
    with refused(Conflict, MOBILE):
        publication.publish(actor=scene.approver, record=record, version=record.version, now=NOW)
    assert not Document.objects.filter(pk=record.pk).exists()
    assert Report.objects.get(subject_id=record.pk).fields["is_public"] is False


def test_two_hits_are_masked_one_after_the_other_before_the_record_is_shown(scene: Scene) -> None:
    record = factories.recognised(scene, facts=f"{factories.FACTS}联系人身份证{ID_NUMBER}，电话{MOBILE}。")

    record = masked(scene, record, MOBILE)
    assert [hit.text for hit in publication.hits(record=record)] == [ID_NUMBER]
    with refused(Conflict, ID_NUMBER):
        publication.publish(actor=scene.second, record=record, version=record.version, now=NOW)
    record = masked(scene, record, ID_NUMBER)

    assert publication.hits(record=record) == []
    shown = publication.publish(actor=scene.second, record=record, version=record.version, now=NOW)
    assert shown.state == S.DISCLOSED


def test_what_was_answered_stays_answered_in_the_next_edition_and_covers_nothing_new(scene: Scene) -> None:
    content = factories.filing(scene, facts=f"{factories.FACTS}热线{MOBILE}为单位公开电话。")
    record = factories.recognised(scene, content=content)
    hit = publication.hits(record=record)[0]
    publication.acknowledge(actor=scene.approver, record=record, key=hit.key, reason="单位公开电话", now=NOW)
    record = publication.publish(actor=scene.approver, record=record, version=record.version, now=NOW)
    with refused(Conflict, ID_NUMBER):
        correct(scene, record, replace(content, facts=f"{content.facts}经办人{ID_NUMBER}。"))

    record = correct(scene, record, replace(content, facts=f"其中十万元已支付。{content.facts}"))

    assert record.state == S.DISCLOSED
    [moved] = publication.hits(record=record)
    assert (moved.text, moved.answered) == (MOBILE, "单位公开电话")
    assert moved.start > hit.start
    kept = record.scan_acknowledgements.get(edition=2)
    assert (kept.person_id, kept.acknowledged_at) == (scene.approver.person_id, NOW)
    assert MOBILE in Document.objects.get(pk=record.pk).body
    again = correct(scene, record, replace(content, facts=f"其中二十万元已支付。{content.facts}"))
    assert again.edition == 3
    assert publication.hits(record=again)[0].answered == "单位公开电话"


def test_hits_explained_as_false_let_the_record_out(scene: Scene) -> None:
    record = factories.recognised(scene, facts=f"{factories.FACTS}热线{MOBILE}为单位公开电话。")
    for hit in publication.hits(record=record):
        publication.acknowledge(actor=scene.approver, record=record, key=hit.key, reason="单位公开电话", now=NOW)

    shown = publication.publish(actor=scene.approver, record=record, version=record.version, now=NOW)

    assert shown.state == S.DISCLOSED
    assert ops(record) == ["C", "U"]


def test_scenario_18_a_general_record_is_public_a_year_and_repairable_after_three_months(scene: Scene) -> None:
    record = factories.disclosed(scene)

    assert record.decided_on == date(2026, 5, 11)
    assert is_public(record, NOW)
    assert record.public_until == date(2027, 5, 11)
    early = datetime(2026, 8, 10, 2, tzinfo=UTC)
    with refused(Conflict, "2026年8月11日"):
        ending.repair(record=record, number="安信修〔2026〕3号", now=early)
    assert ending.repair(record=record, number="安信修〔2026〕3号", now=early + timedelta(days=1)).state == S.REPAIRED


def test_scenario_19_a_minor_record_is_public_only_by_decision_and_three_months_at_most(scene: Scene) -> None:
    record = factories.effective(scene)
    assert record.state == S.EFFECTIVE
    assert not is_public(record, NOW)
    with refused(Invalid, "默认不公示"):
        publication.publish(actor=scene.approver, record=record, version=record.version, now=NOW)

    shown = factories.shown(scene, record)

    assert shown.public_until == date(2026, 8, 11)
    assert is_public(record, NOW)


@pytest.mark.parametrize(
    ("day", "scheme"), [(date(2026, 3, 31), "ORDER58"), (date(2026, 4, 1), "CREDIT_REPAIR_2026")], ids=str
)
def test_scenario_20_the_scheme_is_that_of_the_day_of_the_document(scene: Scene, day: date, scheme: str) -> None:
    record = factories.disclosed(scene, decided_on=day)

    assert record.scheme == scheme
    assert json.loads(Document.objects.get(pk=record.pk).body)["why"]["start"] == day.isoformat()


def test_a_late_recognition_never_lengthens_exposure(scene: Scene) -> None:
    record = factories.disclosed(scene, decided_on=date(2026, 4, 10))

    assert record.public_from == date(2026, 5, 11)
    assert record.public_until == date(2027, 4, 10)


def test_what_would_have_ended_before_recognition_is_reported_and_never_shown(scene: Scene) -> None:
    content = factories.filing(scene, decided_on=date(2021, 4, 3), basis_codes=("GF76",))
    assert consequences.preview(content, now=NOW)[0].result.startswith("不再公示")
    record = factories.recognised(scene, content=content)

    assert record.state == S.EFFECTIVE
    assert not record.publication_waits
    assert ops(record) == ["C"]
    with refused(Conflict, "已过"):
        publication.publish(actor=scene.approver, record=record, version=record.version, now=NOW)


def test_scenario_21_the_record_expires_once_and_is_gone_everywhere(
    scene: Scene, client: Client, at: Callable[[datetime], None]
) -> None:
    record = factories.disclosed(scene)
    page, number = f"/documents/{record.pk}/", record.document_number
    places = ["/", f"/search/?q={number}", "/sitemap.xml", "/api/v1/documents/"]
    at(datetime(2027, 5, 11, 15, 59, tzinfo=UTC))
    assert client.get(page).status_code == 200
    assert number in client.get("/api/v1/documents/").content.decode()
    after = datetime(2027, 5, 11, 16, 0, tzinfo=UTC)
    at(after)
    assert client.get(page).status_code == 410, "at midnight it is gone, whether the nightly run came or not"

    assert [ending.expire_due(now=after), ending.expire_due(now=after)] == [1, 0]

    assert factories.fresh(record).state == S.EXPIRED
    assert ops(record) == ["C", "E"]
    at(after)
    for place in places:
        assert str(record.pk) not in client.get(place).content.decode()
    for place in (page, "/api/v1/changes/"):
        body = client.get(place).content.decode()
        assert number not in body
        assert record.subject_code not in body
    assert client.get(page).status_code == 410
    assert client.get(f"/api/v1/documents/{record.pk}/").status_code == 410


def test_scenario_22_an_officials_record_is_found_nowhere_not_even_by_its_id(
    scene: Scene, client: Client, at: Callable[[datetime], None]
) -> None:
    record = factories.recognised(scene, content=factories.about_official(scene), sanctions=("AWARD_RESTRICT",))
    assert record.state == S.EFFECTIVE
    at(NOW)

    assert client.get(f"/documents/{record.pk}/").status_code == 404
    assert client.get(f"/api/v1/documents/{record.pk}/").status_code == 404
    for place in ("/", "/search/?q=政务处分", "/sitemap.xml", "/api/v1/documents/", "/api/v1/changes/"):
        body = client.get(place).content.decode()
        assert str(record.pk) not in body
        assert scene.official.person.name not in body
    with refused(Conflict, "没有开通个人记录公示"):
        publication.propose(
            actor=scene.approver, record=record, basis="PIPL", reason="已取得单独同意", version=record.version, now=NOW
        )


def masked(scene: Scene, record: DishonestyRecord, text: str) -> DishonestyRecord:
    """Return the record with one hit masked by a correction that was signed."""
    hit = next(hit for hit in publication.hits(record=record) if hit.text == text)
    return correct(scene, record, scanning.masked(record, hit.key))


def correct(scene: Scene, record: DishonestyRecord, filing: Filing) -> DishonestyRecord:
    """Return the record with words a clerk proposed and a second person signed."""
    proposal = correction.propose(
        actor=scene.clerk, record=record, filing=filing, reason="更正文字", version=record.version, now=NOW
    )
    return correction.sign(actor=scene.second, proposal=proposal, now=NOW)


def test_scenario_24_a_name_known_to_the_record_stays_out_of_the_public_text_and_finds_nothing(
    scene: Scene, client: Client, at: Callable[[datetime], None]
) -> None:
    boss, clerk = scene.head.person.name, scene.clerk.person.name
    record = factories.recognised(scene, facts=f"{factories.FACTS}{boss}签字，{clerk}经办。")
    assert record.state == S.EFFECTIVE
    assert [(hit.kind, hit.text) for hit in publication.hits(record=record)] == [(scan.NAME, boss), (scan.NAME, clerk)]
    other = factories.disclosed(scene)
    at(NOW)

    for path in ("/search/", "/api/v1/documents/"):
        assert str(other.pk) in client.get(path).content.decode()
        for name in (boss, clerk):
            said = client.get(path, {"q": name}).content.decode()
            assert str(record.pk) not in said
            assert str(other.pk) not in said
            assert boss not in said.replace(name, "")


def open_officials() -> None:
    """Let the region have opened officials' records, the way its office would have."""
    row = Parameter.objects.get(key="official.public_disclosure_enabled", profile="", valid_to=None)
    with factories.changing_the_law():
        row.value = True
        row.save()
    memory.forget()


def test_scenario_23_an_official_is_shown_masked_after_two_approvers_with_a_basis(
    scene: Scene, client: Client, at: Callable[[datetime], None]
) -> None:
    name = scene.official.person.name
    content = factories.about_official(scene, facts=f"{factories.FACTS}经办人{name}未按约付款。")
    record = factories.recognised(scene, content=content, sanctions=("AWARD_RESTRICT",))
    open_officials()
    with refused(Conflict, name):
        publication.propose(
            actor=scene.second, record=record, basis="PIPL", reason="已取得单独同意", version=record.version, now=NOW
        )
    record = masked(scene, record, name)
    assert record.facts.endswith("经办人欧阳*未按约付款。")
    with refused(Invalid, "法律依据"):
        publication.propose(
            actor=scene.approver, record=record, basis="GF76", reason="同意书", version=record.version, now=NOW
        )
    proposal = publication.propose(
        actor=scene.approver, record=record, basis="PIPL", reason="已取得单独同意", version=record.version, now=NOW
    )
    with refused(NotAllowed, "同一人不能签署两次"):
        publication.sign(actor=scene.approver, proposal=proposal, now=NOW)

    shown = publication.sign(actor=scene.second, proposal=proposal, now=NOW)

    assert shown.public_until == date(2027, 5, 11)
    at(NOW)
    body = client.get(f"/documents/{record.pk}/").content.decode()
    data = json.dumps(client.get(f"/api/v1/documents/{record.pk}/").json(), ensure_ascii=False)
    for text in (body, data):
        assert "欧阳*" in text
        assert scene.official.person.name not in text
        assert sealed.open_id_number(scene.official.person) not in text
        assert sealed.open_phone(scene.official.person) not in text


def test_a_record_about_an_official_without_a_disciplinary_period_cannot_be_shown(scene: Scene) -> None:
    content = factories.about_official(scene, discipline="", source_type="ACCOUNTABILITY", basis_codes=("GF76",))
    record = factories.recognised(scene, content=content, sanctions=())
    open_officials()

    with refused(Conflict, "处分影响期"):
        publication.propose(
            actor=scene.approver, record=record, basis="PIPL", reason="同意书", version=record.version, now=NOW
        )


def test_party_discipline_is_told_to_nobody(scene: Scene) -> None:
    content = factories.about_official(
        scene, source_type="DISCIPLINE", basis_codes=("GF76",), discipline="PARTY_WARNING"
    )
    record = factories.recognised(scene, content=content, sanctions=())
    open_officials()

    assert ops(record) == []
    with refused(Conflict, "限内部使用"):
        publication.propose(
            actor=scene.approver, record=record, basis="PIPL", reason="同意书", version=record.version, now=NOW
        )


def test_withdrawal_takes_the_record_out_of_everything_at_once(
    scene: Scene, client: Client, at: Callable[[datetime], None]
) -> None:
    record = factories.disclosed(scene)
    with refused(NotAllowed, "这一步属于"):
        withdrawal.propose(
            actor=scene.clerk, record=record, ground="BASIS_REVOKED", reason="撤销", version=record.version, now=NOW
        )
    proposal = withdrawal.propose(
        actor=scene.approver,
        record=record,
        ground="BASIS_REVOKED",
        reason="处罚决定被法院撤销",
        version=record.version,
        now=NOW,
    )
    with refused(NotAllowed, "同一人不能签署两次"):
        withdrawal.sign(actor=scene.approver, proposal=proposal, now=NOW)

    gone = withdrawal.sign(actor=scene.second, proposal=proposal, now=NOW)

    assert gone.state == S.WITHDRAWN
    assert ops(record) == ["C", "W"]
    told = Report.objects.get(subject_id=record.pk, operation="W")
    assert told.fields["withdrawn_because"] == "处罚决定被法院撤销"
    assert told.due_at == datetime(2026, 5, 14, 15, 59, 59, tzinfo=UTC)
    assert not Sanction.objects.filter(record=record, state="active").exists()
    assert record.situation_reports.get().state == "cancelled"
    at(NOW)
    answer = client.get(f"/documents/{record.pk}/")
    assert answer.status_code == 410
    assert record.subject_unit_name not in answer.content.decode()


def test_a_withdrawal_lapses_when_the_record_changes_between_the_signatures(scene: Scene) -> None:
    record = factories.disclosed(scene)
    proposal = withdrawal.propose(
        actor=scene.approver, record=record, ground="WRONG_SUBJECT", reason="主体有误", version=record.version, now=NOW
    )
    marking.mark(record=record, since=NOW.date(), now=NOW)

    with refused(Conflict, "原签署失效"):
        withdrawal.sign(actor=scene.second, proposal=proposal, now=NOW)


def test_a_correction_is_a_new_edition_signed_by_another(scene: Scene) -> None:
    content = factories.filing(scene)
    record = factories.disclosed(scene, content=content)
    better = replace(content, facts=factories.FACTS + "其中十万元已支付。")
    proposal = correction.propose(
        actor=scene.clerk, record=record, filing=better, reason="补记已付部分", version=record.version, now=NOW
    )
    accounts.granted(scene.colleague.person, "approver", scene.lead)

    corrected = correction.sign(actor=scene.second, proposal=proposal, now=NOW)

    assert corrected.edition == 2
    assert corrected.facts.endswith("其中十万元已支付。")
    assert ops(record) == ["C", "U"]
    assert record.editions.get(edition=1).content["facts"] == factories.FACTS
    shown = Document.objects.get(pk=record.pk)
    assert "其中十万元已支付" in shown.body
    assert shown.corrected_on == NOW.date()


def test_a_correction_cannot_carry_a_telephone_into_the_open(scene: Scene) -> None:
    content = factories.filing(scene)
    record = factories.disclosed(scene, content=content)

    with refused(Conflict, MOBILE):
        correction.propose(
            actor=scene.clerk,
            record=record,
            filing=replace(content, facts=f"{factories.FACTS}电话{MOBILE}"),
            reason="补记",
            version=record.version,
            now=NOW,
        )


def test_the_reason_of_a_correction_carries_neither_telephone_nor_name_into_the_open(scene: Scene) -> None:
    content, name = factories.filing(scene), scene.clerk.person.name
    record = factories.disclosed(scene, content=content)

    with refused(Conflict, f"手机号：{MOBILE}、姓名：{name}", logged=False) as caught:
        correction.propose(
            actor=scene.clerk,
            record=record,
            filing=replace(content, facts=factories.FACTS + "其中十万元已支付。"),
            reason=f"原文误记，请致电{MOBILE}，联系{name}",
            version=record.version,
            now=NOW,
        )

    assert caught.value.field == "reason"


def test_who_reviewed_a_record_cannot_sign_its_correction(scene: Scene) -> None:
    content = factories.filing(scene)
    record = factories.disclosed(scene, content=content)
    proposal = correction.propose(
        actor=scene.clerk,
        record=record,
        filing=replace(content, facts=factories.FACTS + "更正。"),
        reason="更正",
        version=record.version,
        now=NOW,
    )
    accounts.granted(scene.reviewer.person, "approver", scene.lead)

    with refused(NotAllowed, "不得认定本人审核过的记录"):
        correction.sign(actor=scene.reviewer, proposal=proposal, now=NOW)


def test_litigation_is_shown_and_a_suspended_effect_blocks_recognition(scene: Scene) -> None:
    waiting = factories.pending_approval(scene)
    flagged = litigation.flag(
        actor=scene.clerk,
        record=waiting,
        suspended=True,
        reason="已申请行政复议并停止执行",
        version=waiting.version,
        now=NOW,
    )
    with refused(Conflict, "效力已中止"):
        recognition.recognise(
            actor=scene.approver, record=flagged, severity="general", sanctions=(), version=flagged.version, now=NOW
        )
    public = factories.disclosed(scene)
    noted = litigation.flag(
        actor=scene.approver, record=public, suspended=False, reason="已起诉", version=public.version, now=NOW
    )
    assert ops(noted) == ["C", "U"]
    assert "正在复议或诉讼中" in Document.objects.get(pk=noted.pk).body
    cleared = litigation.clear(actor=scene.approver, record=noted, reason="判决维持", version=noted.version, now=NOW)
    assert "正在复议或诉讼中" not in json.loads(Document.objects.get(pk=noted.pk).body)["fields"]["points"][-1]["text"]
    assert not cleared.under_litigation


def test_a_mark_is_shown_and_told_at_once_and_disclosure_goes_on(scene: Scene) -> None:
    record = factories.objected(scene)

    assert ops(record) == ["C", "M"]
    assert is_public(record, NOW)
    assert Document.objects.get(pk=record.pk).marked_on == NOW.date()
    with refused(Conflict, "已经有一件异议在处理"):
        marking.mark(record=record, since=NOW.date(), now=NOW)
    marking.unmark(record=factories.fresh(record), now=NOW)
    assert ops(record) == ["C", "M", "N"]


def test_a_repair_stops_disclosure_and_sanctions_at_once(scene: Scene) -> None:
    record = factories.repaired(scene)

    assert ops(record) == ["C", "R"]
    assert not Sanction.objects.filter(record=record, state="active").exists()
    assert Document.objects.get(pk=record.pk).ended_kind == "repaired"


def test_a_failed_transition_leaves_no_report(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    record = factories.pending_approval(scene)

    def fail(**_facts: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("disclosure.publishing.publish", fail)
    with pytest.raises(RuntimeError):
        recognition.recognise(
            actor=scene.approver, record=record, severity="general", sanctions=(), version=record.version, now=NOW
        )

    assert ops(record) == []
    assert factories.fresh(record).state == S.PENDING_APPROVAL


@pytest.mark.parametrize("kind", ["CONTRACT_DEFAULT", "ARREARS"])
def test_defaults_and_arrears_are_reported_within_the_hour(scene: Scene, kind: str) -> None:
    record = factories.disclosed(scene, source_type=kind, basis_codes=("F1103",))

    assert Report.objects.get(subject_id=record.pk).due_at == NOW + timedelta(minutes=60)
    assert record.scheme == "GOV_DEFAULT"
    assert record.repair_from == NOW.date()
