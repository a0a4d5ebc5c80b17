"""The pages of objections: who sees which, what they say first, what wrong input and other people's ids answer."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from disclosure.models import Document
from records.models import Objection, ObjectionState, Outcome, RecordState
from rules import clock
from rules.models import Proposal
from tests.records import factories as records
from tests.records.factories import NOW
from tests.records.objections import factories
from tests.records.objections.factories import Hall

S = ObjectionState


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def as_user(user: Any) -> Client:
    """Return a client signed in as somebody."""
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, name: str, *keys: Any) -> Any:
    """Return the answer of a page."""
    return client.get(reverse(f"objections:{name}", args=keys))


def text(answer: Any) -> str:
    """Return the words of a page without its marks."""
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def post(client: Client, name: str, case: Objection, **typed: Any) -> Any:
    """Send a form of one case at its present version."""
    version = factories.fresh(case).version
    return client.post(reverse(f"objections:{name}", args=[case.pk]), {"version": version, **typed})


QUICK = (S.DRAFT, S.NOT_ACCEPTED, S.DECISION_DRAFT, S.UPHELD_CORRECT, S.REVIEW_REQUESTED)


@pytest.mark.parametrize(
    "state",
    [pytest.param(each, marks=() if each in QUICK else pytest.mark.matrix) for each in sorted(factories.BUILDERS)],
)
def test_every_state_has_a_page_for_applicant_officer_and_nobody_else(hall: Hall, state: str) -> None:
    objection = factories.fresh(factories.BUILDERS[state](hall))

    seen = page(as_user(hall.scene.head), "objection", objection.pk)
    assert seen.status_code == 200
    assert objection.get_state_display() in text(seen)
    office = page(as_user(hall.handler), "objection", objection.pk)
    assert office.status_code == (404 if state == S.DRAFT else 200)
    assert page(as_user(hall.scene.neighbour_clerk), "objection", objection.pk).status_code == 404
    assert page(as_user(hall.scene.auditor), "objection", objection.pk).status_code == 404
    assert page(as_user(hall.scene.reviewer), "objection", objection.pk).status_code == 404  # he reviewed the record
    assert as_user(hall.handler).get("/staff/").status_code == 200


def test_the_applicant_reads_neither_draft_nor_names_before_the_decision(hall: Hall) -> None:
    objection = factories.proposed(hall)

    told = text(page(as_user(hall.scene.head), "objection", objection.pk))

    assert factories.FINDINGS not in told
    assert hall.handler.person.name not in told
    assert "成立，撤销记录" not in told
    assert factories.FINDINGS in text(page(as_user(hall.decider), "objection", objection.pk))


def test_it_is_said_before_the_form_whether_one_may_object(hall: Hall) -> None:
    record = records.disclosed(hall.scene)
    client = as_user(hall.scene.head)

    assert "可以提出" in text(page(client, "new", record.pk))
    assert "提出异议" in text(client.get(reverse("records:record", args=[record.pk])))
    listed = text(page(client, "mine"))
    assert record.number in listed
    assert "2027年5月11日" in listed

    factories.submitted(hall, record=record)
    closed = text(page(client, "new", record.pk))
    assert "现在不能提出" in closed
    assert "正在处理" in closed
    assert "<textarea" not in page(client, "new", record.pk).content.decode()
    assert page(as_user(hall.scene.neighbour_clerk), "new", record.pk).status_code == 404


def test_an_objection_is_filed_with_evidence_in_one_step_and_twice_is_once(hall: Hall) -> None:
    record = records.disclosed(hall.scene)
    client, key = as_user(hall.scene.head), uuid4()
    typed = {
        "key": str(key), "ground": "WRONG", "facts": factories.FACTS, "wanted": "revoke", "act": "submit",
    }  # fmt: skip

    first = client.post(reverse("objections:new", args=[record.pk]), {**typed, "evidence": records.upload()})
    assert first.status_code == 302
    objection = Objection.objects.get(pk=key)
    assert (objection.state, objection.number) == (S.SUBMITTED, objection.number)
    assert "决定书.pdf" in text(page(client, "objection", key))

    again = client.post(reverse("objections:new", args=[record.pk]), typed)
    assert again.status_code in (302, 409)
    assert Objection.objects.count() == 1


def test_wrong_input_stands_at_its_field_and_keeps_what_was_typed(hall: Hall) -> None:
    record = records.disclosed(hall.scene)
    client = as_user(hall.scene.head)
    key = str(uuid4())

    answer = client.post(
        reverse("objections:new", args=[record.pk]),
        {"key": key, "ground": "", "facts": factories.FACTS, "wanted": "revoke", "act": "submit"},
    )
    assert answer.status_code == 422
    assert "请选择异议的理由" in text(answer)
    assert factories.FACTS in answer.content.decode()
    saved = Objection.objects.get(pk=key)
    assert saved.state == S.DRAFT

    mended = client.post(
        reverse("objections:new", args=[record.pk]),
        {"key": key, "version": saved.version, "ground": "WRONG", "facts": factories.FACTS, "wanted": "revoke",
         "act": "submit"},
    )  # fmt: skip
    assert mended.status_code == 302
    assert factories.fresh(saved).state == S.SUBMITTED
    broken = post(as_user(hall.handler), "ask_supplement", saved, items="\n \n")
    assert broken.status_code == 422
    assert "必须" in text(broken) or "请" in text(broken)


def test_the_whole_way_by_pages(hall: Hall) -> None:
    objection = factories.submitted(hall)
    handler, decider, head = as_user(hall.handler), as_user(hall.decider), as_user(hall.scene.head)

    assert "异议处理中" in text(page(handler, "accept", objection.pk))
    assert post(handler, "accept", objection, note="").status_code == 302
    assert Document.objects.get(pk=objection.record_id).marked_on == date(2026, 5, 11)
    assert post(handler, "check_platform", objection, result="三处一致").status_code == 302
    assert post(handler, "ask_provider", objection, question="合同是谁签的？").status_code == 302
    inquiry = objection.inquiries.get()
    clerk = as_user(hall.scene.clerk)
    assert "合同是谁签的" in text(page(clerk, "inquiry", inquiry.pk))
    assert "核实并回复" in text(clerk.get("/staff/"))
    answered = clerk.post(
        reverse("objections:answer", args=[inquiry.pk]), {"version": inquiry.version, "text": "另一单位签的。"}
    )
    assert answered.status_code == 302
    assert "另一单位签的" in text(page(handler, "objection", objection.pk))
    assert "另一单位签的" not in text(page(head, "objection", objection.pk))

    look = post(handler, "draft", objection, findings=factories.FINDINGS, outcome="correct",
                facts=records.FACTS.replace("9月", "10月"), act="preview")  # fmt: skip
    assert look.status_code == 200
    assert "<ins>" in look.content.decode()
    assert post(handler, "draft", objection, findings=factories.FINDINGS, outcome="revoke").status_code == 302
    assert post(handler, "decide", objection, reasons="是", document_number="安1号").status_code == 403
    assert "记录撤销" in text(page(decider, "decide", objection.pk))
    done = post(decider, "decide", objection, reasons=factories.REASONS, document_number="安发改异[2026]7号")
    assert done.status_code == 302
    assert records.fresh(objection.record).state == RecordState.WITHDRAWN
    told = text(page(head, "objection", objection.pk))
    assert "安发改异〔2026〕7号" in told
    assert "要求公布更正公告" in told
    assert "自始不应被引用" in text(page(head, "request_notice", objection.pk))
    assert post(head, "request_notice", objection).status_code == 302
    notice = Document.objects.get(kind="correction_notice")
    public = Client().get(reverse("public:document", args=[notice.pk]))
    assert public.status_code == 200
    assert "更正公告" in text(public)
    assert Client().get(reverse("public:document", args=[objection.record_id])).status_code == 410


def test_stale_forms_are_refused_and_a_second_press_writes_nothing(hall: Hall) -> None:
    objection = factories.submitted(hall)
    client = as_user(hall.handler)
    url = reverse("objections:accept", args=[objection.pk])

    assert client.post(url, {"version": objection.version, "note": ""}).status_code == 302
    again = client.post(url, {"version": objection.version, "note": ""})

    assert again.status_code == 409
    assert "没有办成" in text(again)
    assert client.post(url, {}).status_code == 422


@pytest.mark.parametrize("name", ["extend", "review"])
def test_second_persons_sign_on_a_page_of_their_own(hall: Hall, name: str) -> None:
    if name == "extend":
        objection = factories.accepted(hall)
        assert post(as_user(hall.handler), "extend", objection, reason="调取档案").status_code == 302
        signer, first = hall.lead_head, hall.handler
    else:
        objection = factories.review_requested(hall)
        sent = post(
            as_user(hall.superior), "uphold_review", objection, findings=factories.REASONS, outcome="stop",
            document_number_decision="云复〔2026〕1号",
        )  # fmt: skip
        assert sent.status_code == 302
        signer, first = hall.superior2, hall.superior
    proposal = Proposal.objects.get(object_id=str(objection.pk))
    address = reverse("objections:proposal", args=[objection.pk, proposal.pk])

    assert as_user(first).post(address, {"act": "sign"}).status_code == 403
    assert "签署" in text(as_user(signer).get(address))
    assert as_user(signer).post(address, {"act": "sign"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "performed"


def test_what_is_closed_says_why_and_the_page_refuses_it_too(hall: Hall) -> None:
    objection = factories.proposed(hall, outcome=Outcome.DISMISS)

    told = text(page(as_user(hall.handler), "objection", objection.pk))
    assert "不得" in told
    assert post(as_user(hall.lead_head), "decide", objection, reasons="是", document_number="安1号").status_code == 403
    assert post(as_user(hall.scene.head), "decide", objection, reasons="是", document_number="1").status_code == 403
    assert page(as_user(hall.scene.head), "decide", uuid4()).status_code in (403, 404)


def test_papers_between_offices_are_not_the_applicants(hall: Hall) -> None:
    objection = factories.registered(hall)
    handler, head = as_user(hall.handler), as_user(hall.scene.head)

    told = page(head, "objection", objection.pk)
    assert "授权委托书.pdf" in text(told)
    links = re.findall(r"/staff/objections/[-0-9a-f]+/files/[-0-9a-f]+/", told.content.decode())
    assert head.get(links[0]).status_code == 200
    assert handler.get(links[0])["Content-Disposition"].startswith("attachment")
    assert as_user(hall.scene.neighbour_clerk).get(links[0]).status_code == 404


def test_lists_and_inbox_show_each_the_own(hall: Hall) -> None:
    objection = factories.submitted(hall)

    for user in (hall.scene.head, hall.handler):
        assert objection.number in text(page(as_user(user), "list"))
    assert objection.number not in text(page(as_user(hall.scene.neighbour_clerk), "list"))
    assert "受理或一次告知补正" in text(as_user(hall.handler).get("/staff/"))
    assert "受理或一次告知补正" not in text(as_user(hall.superior).get("/staff/"))  # the province is not asked
