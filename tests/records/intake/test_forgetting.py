"""Retention: some time after its end nobody knows who sent a case, later not even what it said; the log proves it and stays clean."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connections
from django.test import Client
from django.urls import reverse

from ledger import acts
from ledger.models import Entry
from ledger.refusals import Conflict
from ledger.verification.run import verify
from records.models import Complaint, ComplaintFile, ComplaintIdentity, ComplaintKey, IdentityRequest
from records.models.complaint_thread import folder
from records.services.complaints import screening
from records.services.intake import custody, forgetting, thread
from records.services.intake.register import Received
from records.tasks import turn_day
from records.workflow.complaints import keeping
from records.workflow.intake import vault
from rules import clock, parameters
from tests.records import factories, proofs
from tests.records.factories import NOW, Scene
from tests.records.intake.making import WORDS, file, handler, jpg, keyed, night_after, pdf, reread, sent

NAME, CONTACT = "陈某某", "marker-4471@example.org"
HALF_A_YEAR, FIVE_YEARS = NOW + timedelta(days=181), NOW + timedelta(days=5 * 365 + 3)
ASK = "/complaints/receipt/"


@pytest.fixture
def world(fresh_database: None, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Give the scene with a custodian's key in a database of its own, on the day of the scene."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()
    factories.load_law()
    scene = factories.scene()
    keyed(scene)
    return scene


def over(scene: Scene, **facts: object) -> Received:
    """Send a complaint with a name and files, let it be refused at once, and let the night number it."""
    given = {"name": NAME, "contact": CONTACT, "uploads": [file("证据.jpg", jpg()), file("合同.pdf", pdf())], **facts}
    got = sent(scene, **given)
    night_after()
    held = reread(got.complaint)
    screening.not_accept(
        actor=scene.approver, complaint=held, reason="属于劳动争议。", where_to="劳动监察大队 12333",
        version=held.version, now=NOW,
    )  # fmt: skip
    return got


def lying() -> set[str]:
    return {path.name for path in folder().iterdir()}


def clean() -> list[str]:
    return [str(each) for each in verify().findings]


def answered(got: Received) -> str:
    return Client().post(ASK, {"number": got.number, "code": got.code}).content.decode()


def test_the_sender_is_forgotten_after_half_a_year_and_the_log_stays_clean(world: Scene) -> None:
    got = over(world)
    files = list(ComplaintFile.objects.all())
    assert all(each.original_as for each in files)
    assert clean() == []
    assert forgetting.erase_identities(now=NOW + timedelta(days=180)) == 0

    assert forgetting.erase_identities(now=HALF_A_YEAR) == 1

    kept = ComplaintIdentity.objects.get()
    assert bytes(kept.sealed) == b""
    assert lying() == {each.stored_as for each in files}, "the originals are gone, the cleaned copies stay"
    assert WORDS in vault.content(reread(got.complaint)).content
    assert clean() == []
    assert forgetting.erase_identities(now=HALF_A_YEAR + timedelta(days=1)) == 0
    assert Entry.objects.filter(kind="custody.erase").count() == 1


def test_the_content_is_forgotten_after_five_years_and_the_receipt_still_answers(world: Scene) -> None:
    got = over(world)
    assert "劳动监察大队" in answered(got)
    assert forgetting.erase_contents(now=FIVE_YEARS - timedelta(days=10)) == 0

    assert forgetting.erase_contents(now=FIVE_YEARS) == 1

    case = reread(got.complaint)
    assert lying() == set()
    assert {bytes(each) for each in ComplaintKey.objects.values_list("wrapped", flat=True)} == {b""}
    for sealed in (vault.content, vault.key_of):
        with pytest.raises(Conflict, match="已按保存期限删除"):
            sealed(case)
    assert clean() == []
    page = answered(got)
    assert "没有受理" in page
    assert "已按保存期限删除" in page
    assert "劳动监察大队" not in page
    assert "自动提醒上级" not in page, "it is over, nobody is reminded"
    assert 'name="text"' not in page
    assert forgetting.erase_contents(now=FIVE_YEARS + timedelta(days=1)) == 0
    assert Entry.objects.filter(kind="complaint.erase").count() == 1


def test_the_entry_proves_it_and_does_not_tell_whether_there_was_a_name(world: Scene) -> None:
    over(world)
    over(world, name="", contact="", uploads=[])
    forgetting.erase_identities(now=HALF_A_YEAR)
    entries = list(Entry.objects.filter(kind="custody.erase"))
    assert {each.object_id for each in entries} == {str(each.pk) for each in Complaint.objects.all()}
    told = {
        (each.person, each.role, each.reason_digest, each.object_type, each.at)
        for each in entries
    }  # fmt: skip
    assert len(told) == 1


def test_the_page_says_what_was_deleted_on_which_day_and_by_what_rule(world: Scene) -> None:
    got = over(world)
    client = Client()
    client.force_login(world.approver)
    address = reverse("complaints:complaint", args=[got.complaint.pk])
    assert "已删除" not in client.get(address).content.decode()
    forgetting.erase_identities(now=HALF_A_YEAR)
    page = client.get(address).content.decode()
    assert "举报人身份和附件原件已删除" in page
    assert "2026年11月8日由系统删除" in page
    assert "办结后保存投诉人身份和附件原件 180 天，从办结日 2026年5月11日 起算" in page
    assert WORDS in page
    paper = reverse("complaints:paper", args=[got.complaint.pk, ComplaintFile.objects.first().pk])
    assert client.get(paper).status_code == 200

    forgetting.erase_contents(now=FIVE_YEARS)
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "投诉内容、往来和附件已删除" in page
    assert "办结后保存投诉内容 5 年" in page
    assert reverse("complaints:write", args=[got.complaint.pk]) not in page, "a letter could not be sealed any more"
    assert WORDS not in page
    assert client.get(paper).status_code == 404


def test_a_night_cut_off_before_the_files_is_finished_by_the_next(
    world: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    over(world)
    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", lambda *_args, **_rest: (_ for _ in ()).throw(OSError("the disk is away")))
        with pytest.raises(OSError, match="away"):
            forgetting.erase_contents(now=FIVE_YEARS)
    assert any("没有任何一行登记过" in each for each in clean())
    monkeypatch.setattr(clock, "now", lambda: FIVE_YEARS + timedelta(days=1))
    assert turn_day()["complaints_erased"] == 0
    assert lying() == set()
    assert clean() == []


def test_what_was_released_is_taken_back_with_the_identity(world: Scene) -> None:
    got, asker = over(world), handler(world)
    asked = custody.ask(actor=asker, complaint=reread(got.complaint), reason="须当面核对合同原件上的编号", now=NOW)
    forgetting.erase_identities(now=HALF_A_YEAR)
    asked.refresh_from_db()
    assert (asked.state, asked.released_sealed) == ("lapsed", None)
    with proofs.refused(Conflict, "没有身份可看"):
        custody.ask(actor=asker, complaint=reread(got.complaint), reason="须当面核对合同原件上的编号", now=HALF_A_YEAR)
    assert IdentityRequest.objects.count() == 1


def test_a_case_that_runs_and_one_joined_to_it_forget_nothing(world: Scene) -> None:
    running = reread(sent(world, contact=CONTACT).complaint)
    twin = reread(sent(world, contact=CONTACT).complaint)
    held = screening.accept(actor=world.approver, complaint=running, version=running.version, now=NOW)
    screening.merge(actor=world.approver, complaint=twin, into=held, version=twin.version, now=NOW)
    assert forgetting.erase_identities(now=FIVE_YEARS) == 0
    assert forgetting.erase_contents(now=FIVE_YEARS) == 0
    assert ComplaintIdentity.objects.filter(erased_on=None).count() == 2


def test_an_erased_case_takes_nothing_more(world: Scene) -> None:
    got = over(world)
    forgetting.erase_contents(now=FIVE_YEARS)
    with proofs.refused(Conflict, "另外提交", logged=False):
        thread.supplement(receipt=got.complaint.receipts.get(), text="我还有话要说", nonce=b"1" * 16, now=FIVE_YEARS)
    fresh = reread(sent(world).complaint)
    with pytest.raises(Exception, match="不能并入"):
        screening.merge(
            actor=world.approver, complaint=fresh, into=reread(got.complaint), version=fresh.version, now=FIVE_YEARS
        )


@pytest.mark.parametrize("statement", [
    "UPDATE records_complaint SET content_erased_on = NULL",
    "UPDATE records_complaint SET identity_erased_on = '2020-01-01'",
    "UPDATE records_complaintkey SET wrapped = 'x'",
])  # fmt: skip
def test_nobody_undoes_it_in_the_database(world: Scene, statement: str) -> None:
    over(world)
    forgetting.erase_contents(now=FIVE_YEARS)
    with pytest.raises(DatabaseError), connections["default"].cursor() as cursor:
        cursor.execute(statement)


def test_no_key_is_emptied_and_no_day_set_while_a_case_is_kept(world: Scene) -> None:
    running = reread(sent(world).complaint)
    with pytest.raises(DatabaseError), connections["default"].cursor() as cursor:
        cursor.execute("UPDATE records_complaintkey SET wrapped = ''")
    running.identity_erased_on = datetime.date(NOW)
    with pytest.raises(DatabaseError), acts.act(kind="x", actor=world.approver, role="approver", now=NOW):
        running.save()


def test_the_rules_are_rows_the_portal_marks_as_its_own(world: Scene) -> None:
    for rule in (keeping.IDENTITY, keeping.CONTENT):
        assert parameters.row(rule, on=NOW.date()).mark == "design"
