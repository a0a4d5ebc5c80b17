"""A record two approvers withdrew is put right in public, once, where the public had read it (domain 4.2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from disclosure import reading
from disclosure.models import Document
from ledger.refusals import Conflict, NotAllowed
from records.models import CorrectionNotice, DishonestyRecord
from records.services import righting, withdrawal
from records.services.objections import notices
from rules.clock import local_day
from tests.records import factories
from tests.records.factories import NOW, Scene
from tests.records.proofs import refused


def withdrawn(scene: Scene, record: DishonestyRecord, ground: str = "WRONG_SUBJECT") -> DishonestyRecord:
    """Withdraw this record by two approvers."""
    proposal = withdrawal.propose(
        actor=scene.approver,
        record=record,
        ground=ground,
        reason="文书所指单位另有其人",
        version=record.version,
        now=NOW,
    )
    return withdrawal.sign(actor=scene.second, proposal=proposal, now=NOW)


@pytest.mark.parametrize(("ground", "said"), [("WRONG_SUBJECT", "主体有误"), ("BASIS_REVOKED", "认定依据被撤销或变更")])
def test_the_notice_says_what_was_done_and_nothing_of_what_was_said(scene: Scene, ground: str, said: str) -> None:
    record = withdrawn(scene, factories.disclosed(scene), ground)

    notice = righting.publish(actor=scene.approver, record=record, version=record.version, now=NOW)

    document = Document.objects.get(pk=notice.pk)
    assert document.kind == "correction_notice"
    assert scene.bureau.name in document.title
    assert said in document.body
    assert record.number in document.body
    assert factories.FACTS not in document.body
    assert record.document_number not in document.body
    with reading.reader(now=NOW):
        assert reading.visible(on=NOW).filter(pk=notice.pk).exists()


def test_it_is_published_once_and_ends_by_the_clock(scene: Scene) -> None:
    record = withdrawn(scene, factories.disclosed(scene))
    notice = righting.publish(actor=scene.second, record=record, version=record.version, now=NOW)
    record = factories.fresh(record)
    with refused(Conflict, "已经公布过"):
        righting.publish(actor=scene.approver, record=record, version=record.version, now=NOW)

    last = notice.shown_until
    assert (last - local_day(NOW)).days > 0
    late = NOW + (last - local_day(NOW)) + timedelta(days=1)
    assert notices.end_due(now=late - timedelta(days=1)) == 0
    assert notices.end_due(now=late) == 1
    assert notices.end_due(now=late) == 0
    with reading.reader(now=late):
        assert not reading.visible(on=late).filter(pk=notice.pk).exists()


def test_only_an_approver_and_only_for_what_the_public_had_read(scene: Scene) -> None:
    hidden = withdrawn(scene, factories.effective(scene))
    with refused(Conflict, "没有公示过"):
        righting.publish(actor=scene.approver, record=hidden, version=hidden.version, now=NOW)
    record = withdrawn(scene, factories.disclosed(scene))
    for user in (scene.clerk, scene.head, scene.reviewer, scene.appeals):
        with pytest.raises(NotAllowed):
            righting.publish(actor=user, record=record, version=record.version, now=NOW)
    assert not CorrectionNotice.objects.exists()


def test_the_approver_is_offered_it_on_the_page_and_reads_it_first(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rules.clock.now", lambda: NOW)
    record = withdrawn(scene, factories.disclosed(scene))
    address = reverse("records:publish_notice", args=[record.pk])

    assert address in _page(scene.approver, reverse("records:record", args=[record.pk]))
    assert address not in _page(scene.clerk, reverse("records:record", args=[record.pk]))
    assert "自始不应被引用" in _page(scene.approver, address)

    done = _client(scene.approver).post(address, {"version": record.version})
    assert done.status_code == 302
    notice = CorrectionNotice.objects.get(withdrawn=record)
    public = Client().get(reverse("public:document", args=[notice.pk])).content.decode()
    assert "更正公告" in public
    assert "主体有误" in public


def _client(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _page(user: Any, address: str) -> str:
    return _client(user).get(address).content.decode()
