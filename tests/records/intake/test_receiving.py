"""Taking complaints in: who receives them, who can read them, what is refused, and that a form sent twice counts once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError

from ledger import acts
from ledger.models import Entry
from ledger.refusals import Conflict, Invalid
from records.models import Complaint, ComplaintFile, ComplaintIdentity, ComplaintKey, ComplaintReceipt
from records.models.complaint_thread import folder
from records.services.intake import keys, papers, register, thread
from records.workflow.intake import offices, receipts, vault
from tests.records.factories import NOW
from tests.records.intake.making import WORDS, docx, file, jpg, keyed, pdf, png, sent


def test_scenario_31_an_anonymous_report_gets_number_and_code_at_once(scene):
    received = sent(scene)

    assert len(received.number) == 16
    assert received.number.isdigit()
    assert len(received.code) == 8
    held = thread.find(number=received.number, code=received.code)
    assert held is not None
    assert held.complaint_id == received.complaint.pk
    assert received.complaint.recorded_by is None
    assert not ComplaintIdentity.objects.exists()


def test_neither_half_of_the_receipt_is_kept(scene):
    received = sent(scene)
    held = ComplaintReceipt.objects.get()

    told = f"{bytes(held.number_lookup).hex()} {held.code_hash}"
    assert received.number not in told
    assert received.code not in told
    assert held.code_hash.startswith("$argon2id$")
    assert thread.find(number=received.number, code="0000-0000") is None
    assert thread.find(number="0" * 16, code=received.code) is None


def test_the_receipt_is_read_however_it_is_typed(scene):
    received = sent(scene)
    number, code = received.slip.spaced

    assert thread.find(number=f" {number} ", code=code.lower().replace("0", "o")) is not None


def test_taking_in_from_the_public_writes_no_entry(scene):
    before = Entry.objects.count()
    sent(scene)
    assert Entry.objects.count() == before


def test_staff_registering_a_call_is_an_act_with_an_entry(scene):
    facts = register.Intake(object_department=scene.bureau, content=WORDS, channel="PHONE")
    received = register.receive(actor=scene.approver, role="approver", facts=facts, now=NOW)

    entry = Entry.objects.order_by("-position").first()
    assert entry.kind == "complaint.register"
    assert entry.object_id == str(received.complaint.pk)
    assert received.complaint.recorded_by_id == scene.approver.person_id


def test_the_accused_never_receives_it(scene):
    assert offices.receiving(scene.bureau) == scene.lead
    assert offices.receiving(scene.county) == scene.lead
    assert offices.receiving(scene.lead).parent == scene.province  # the lead office's own case goes one level up
    assert offices.receiving(scene.city).parent == scene.province
    assert offices.receiving(scene.province).parent == scene.province  # nobody stands above a province here


def test_content_is_sealed_and_opens_for_the_case_only(scene):
    first, second = sent(scene).complaint, sent(scene, content=WORDS * 2).complaint

    assert "养护" not in bytes(first.content_sealed).decode("utf-8", "replace")
    assert vault.content(first).content == WORDS
    second.content_sealed = first.content_sealed
    with pytest.raises(Exception, match="case"):
        vault.content(second)


def test_only_offices_with_a_key_see_it_and_the_accused_can_hold_none(scene):
    complaint = sent(scene).complaint

    assert Complaint.objects.visible_to(scene.approver, NOW).filter(pk=complaint.pk).exists()
    for user in (scene.clerk, scene.reviewer, scene.head, scene.neighbour_reviewer, scene.auditor):
        assert not Complaint.objects.visible_to(user, NOW).exists()
    with pytest.raises(Conflict):
        keys.give(complaint=complaint, role="handler", department=scene.bureau, now=NOW)
    with pytest.raises(DatabaseError, match="accused"), acts.quietly(now=NOW):
        ComplaintKey(
            complaint=complaint, role="handler", department=scene.bureau, wrapped=b"x", given_on=complaint.received_on
        ).save()


def test_the_same_form_sent_twice_gives_one_complaint_and_the_same_receipt(scene):
    nonce = receipts.new_nonce()
    facts = register.Intake(object_department=scene.bureau, content=WORDS)
    first = register.receive(actor=None, facts=facts, now=NOW, nonce=nonce)
    second = register.receive(actor=None, facts=facts, now=NOW, nonce=nonce)

    assert (second.slip, second.complaint.pk, second.is_repeat) == (first.slip, first.complaint.pk, True)
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"content": "太短"}, "content"),
        ({"content": "二十个字以上但是里面有一个空字符\x00藏着的投诉内容"}, "content"),
        ({"content": "二十个字以上但是里面有一个看不见的\u200b零宽字符"}, "content"),
        ({"content": "长" * 1_000_000}, "content"),
        ({"happened": "\u202e2026"}, "happened"),
        ({"kind": "gossip"}, "kind"),
        ({"channel": "PIGEON"}, "channel"),
        ({"contact": "13800000000"}, "contact"),  # no custodian has made a key, so no contact can be kept
        ({"received_on": NOW.date() + timedelta(days=2)}, "received_on"),
    ],
)
def test_nonsense_is_refused_with_its_field_and_nothing_is_kept(scene, facts, field):
    with pytest.raises(Invalid) as refusal:
        sent(scene, **facts)
    assert refusal.value.field == field
    assert not Complaint.objects.exists()
    assert not ComplaintReceipt.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"MZ\x90\x00" + b"\x00" * 200),
        ("report.pdf.exe", b"MZ\x90\x00"),
        ("a\u202egpj.exe", b"MZ"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        ("photo.png", png()[:60]),
        ("empty.pdf", b""),
        ("large.pdf", b"%PDF-1.7" + b"0" * (20 * 1024 * 1024)),
        ("page.svg", b"<svg/>"),
        ("list.docx", b"PK\x03\x04broken"),
    ],
)
def test_scenario_39_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept(scene, name, content):
    with pytest.raises(Invalid) as refusal:
        sent(scene, uploads=[file(name, content)])
    assert refusal.value.field == "papers"
    assert not Complaint.objects.exists()
    assert not list(folder().glob("*"))


def test_too_many_files_are_refused(scene):
    with pytest.raises(Invalid):
        sent(scene, uploads=[file(f"{place}.png", png()) for place in range(papers.MOST + 1)])


@pytest.mark.parametrize(
    ("name", "content"), [("a.jpg", jpg()), ("b.png", png()), ("c.docx", docx()), ("d.pdf", pdf())]
)
def test_a_file_is_kept_sealed_and_loses_what_tells_on_its_sender(scene, name, content):
    keyed(scene)
    complaint = sent(scene, uploads=[file(name, content)]).complaint
    item = ComplaintFile.objects.get(complaint=complaint)

    assert b"marker-4471" not in papers.open_file(item)
    assert item.original_as
    assert "marker" not in item.stored_as
    for path in folder().iterdir():
        assert b"marker" not in path.read_bytes()
        assert b"PDF" not in path.read_bytes()
        assert path.stat().st_mtime % 3600 == 0  # midnight of the day, not the hour it came
    assert name.encode() not in bytes(item.name_sealed)


def test_an_act_that_fails_leaves_no_file(scene, monkeypatch):
    monkeypatch.setattr(ComplaintFile, "save", lambda self: (_ for _ in ()).throw(DatabaseError("disk")))
    with pytest.raises(DatabaseError):
        sent(scene, uploads=[file("b.png", png())])
    assert not list(folder().glob("*"))
    assert not Complaint.objects.exists()
