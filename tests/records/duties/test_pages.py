"""The pages of duties: each opens for whom it is for, acts through its form, and says at the field what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.services import recusing
from records.models import AccountabilityCase, MitigationClaim, RecordResponsibility, Rectification
from records.services.rectification import ordering
from records.web.duties.urls import urlpatterns
from tests.records import factories as records
from tests.records.duties import factories
from tests.records.factories import NOW, Scene
from tests.records.proofs import rows

INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.I)
PAGES: dict[str, tuple[str, dict[str, Callable[[Scene], Any]]]] = {
    "situation": ("situations", factories.SITUATIONS),
    "rectification": ("rectifications", factories.RECTIFICATIONS),
    "accountability": ("accountabilities", factories.CASES),
    "mitigation": ("mitigations", factories.CLAIMS),
}
ACTS = {
    "situation": ("write", "submit_report", "accept_report", "return_report"),
    "rectification": (
        "receive", "begin", "answer", "attach", "request_extension", "submit", "grant_extension", "refuse_extension",
        "judge", "order_again", "refuse",
    ),
    "accountability": ("trace", "drop", "find", "return_finding", "decide", "transfer", "close_accountability"),
    "mitigation": ("take_up", "lighten", "waive", "refuse_claim"),
    "responsibility": ("remove_responsibility", "propose_draft"),
}  # fmt: skip
ON_RECORDS = ("measures", "order", "name", "open_accountability", "claim")
PEOPLE = ("clerk", "head", "supervisor", "approver", "official", "neighbour_clerk")
SHOWN = [("rectification", "submitted"), ("mitigation", "reviewing")]
REST = [(name, state) for name, (_list, made) in PAGES.items() for state in made if (name, state) not in SHOWN]


def say(answer: Any) -> str:
    """Return the page as text, having looked for what the content policy forbids."""
    page = answer.content.decode()
    assert not INLINE.search(page)
    return str(page)


def test_every_address_is_walked_here() -> None:
    walked = {*ON_RECORDS, *PAGES, "responsibility", *(listed for listed, _made in PAGES.values()), "responsibilities"}
    walked |= {act for acts in ACTS.values() for act in acts}
    files = {"rectification_file", "mitigation_file", "sign_draft"}
    assert {pattern.name for pattern in urlpatterns} == walked | files


def walk(scene: Scene, browser: Any, name: str, state: str, *, acting: tuple[str, ...]) -> None:
    """Open the page and the list of a case in a state as several people, and every act as some of them."""
    case = PAGES[name][1][state](scene)
    for who in PEOPLE:
        client = browser(scene.everyone()[who])
        page = client.get(reverse(f"duties:{name}", args=[case.pk]))
        listed = client.get(reverse(f"duties:{PAGES[name][0]}"))
        number = str(getattr(case, "number", ""))
        assert (number in say(listed)) is (page.status_code == 200), who
        assert (number in say(page)) is (page.status_code == 200)
        for act in ACTS[name] if who in acting else ():
            answer = client.get(reverse(f"duties:{act}", args=[case.pk]))
            assert answer.status_code in (200, 403, 404), (act, who)
            say(answer)


@pytest.mark.parametrize(("name", "state"), SHOWN)
def test_pages_open_in_the_states_people_meet_most(scene: Scene, browser: Any, name: str, state: str) -> None:
    walk(scene, browser, name, state, acting=("supervisor",))


@pytest.mark.matrix
@pytest.mark.parametrize(("name", "state"), REST)
def test_pages_open_in_every_other_state(scene: Scene, browser: Any, name: str, state: str) -> None:
    walk(scene, browser, name, state, acting=PEOPLE)


def test_who_may_not_see_a_case_meets_what_does_not_exist(scene: Scene, browser: Any) -> None:
    claim, stranger = factories.filed(scene), browser(scene.neighbour_clerk)
    hidden = stranger.get(reverse("duties:mitigation", args=[claim.pk]))
    missing = stranger.get(reverse("duties:mitigation", args=[uuid4()]))
    assert (hidden.status_code, missing.status_code) == (404, 404)


def post(client: Any, view: str, case: Any, **typed: Any) -> Any:
    """Send a form with the version the page shows."""
    return client.post(reverse(f"duties:{view}", args=[case.pk]), {"version": factories.fresh(case).version, **typed})


def test_a_rectification_goes_its_way_through_the_pages(scene: Scene, browser: Any) -> None:
    record = factories.in_force(scene)
    supervisor, clerk = browser(scene.supervisor), browser(scene.clerk)
    post(supervisor, "order", record, requirements="付清余款\n公开说明\n", limit_days="20")
    held = Rectification.objects.get(orderer=scene.supervisor.person)
    post(clerk, "receive", held)
    post(clerk, "begin", held, plan="一周内付清，月底公开。")
    wrong = post(clerk, "submit", held)
    assert wrong.status_code == 422
    post(clerk, "answer", held, answer_1="已付清", answer_2="已公开", report="整改完成。")
    for place in ("1", "2"):
        assert post(clerk, "attach", held, place=place, file=records.upload(f"凭证{place}.pdf")).status_code == 302
    post(clerk, "submit", held)
    again = post(supervisor, "judge", held, met_1="met", met_2="unmet", note_2="")
    assert (again.status_code, "请写明缺什么" in say(again)) == (422, True)
    done = post(supervisor, "judge", held, met_1="met", met_2="met")

    assert done.status_code == 302
    assert factories.fresh(held).state == "accepted"
    page = say(clerk.get(reverse("duties:rectification", args=[held.pk])))
    assert "验收通过" in page
    file = re.search(r"/staff/duties/rectifications/[-0-9a-f]+/files/[-0-9a-f]+/", page)
    assert file
    sent = clerk.get(file[0])
    assert sent["Content-Disposition"].startswith("attachment")
    assert browser(scene.neighbour_clerk).get(file[0]).status_code == 404


def test_a_stale_form_is_409_and_a_second_press_does_nothing(scene: Scene, browser: Any) -> None:
    held = factories.ordered(scene)
    client = browser(scene.clerk)
    typed = {"version": held.version}
    first = client.post(reverse("duties:receive", args=[held.pk]), typed)
    second = client.post(reverse("duties:receive", args=[held.pk]), typed)
    assert (first.status_code, second.status_code) == (302, 409)


def test_report_claim_person_and_case_go_through_their_pages(scene: Scene, browser: Any) -> None:
    record = factories.in_force(scene)
    clerk, head, supervisor = browser(scene.clerk), browser(scene.head), browser(scene.supervisor)
    approver, second, reviewer = browser(scene.approver), browser(scene.second), browser(scene.reviewer)
    report = record.situation_reports.get()
    assert post(clerk, "write", report, **factories.TEXTS).status_code == 302
    assert post(head, "submit_report", report).status_code == 302
    assert post(supervisor, "accept_report", report, note="说明清楚").status_code == 302

    facts = "已付清全部欠款和利息，有转账凭证。"
    claimed = post(
        head, "claim", record, grounds=["LOSS_RECOVERED"], done_on="2026-05-11", facts=facts, file=records.upload()
    )
    assert claimed.status_code == 302
    claim = MitigationClaim.objects.get()
    post(approver, "take_up", claim, opinion="凭证属实，同意。")
    lightened = post(
        second, "lighten", claim, how_PUBLIC_CRITICISM="keep", how_RECTIFY_ORDER="keep", how_HONOUR_DISQUALIFY="until",
        until_HONOUR_DISQUALIFY="2026-08-01", reply="主动挽回损失，从轻。",
    )  # fmt: skip
    assert lightened.status_code == 302

    post(clerk, "name", record, official=str(scene.official.pk), kind="DIRECT", share="50", evidence="分工文件载明。")
    row = RecordResponsibility.objects.get()
    assert post(clerk, "propose_draft", row, reason="应负直接责任").status_code == 302
    page = say(reviewer.get(reverse("duties:responsibility", args=[row.pk])))
    signing = re.search(r"/staff/duties/responsibilities/[-0-9a-f]+/draft/[-0-9a-f]+/", page)
    assert signing
    say(reviewer.get(signing[0]))
    assert reviewer.post(signing[0], {"act": "sign"}).status_code == 302
    assert factories.fresh(row).state == "drafted"

    opened = post(
        supervisor,
        "open_accountability",
        record,
        records=[str(record.pk)],
        acted_on="2026-05-11",
        cause="长期拖欠，须倒查。",
    )
    assert opened.status_code == 302
    case = AccountabilityCase.objects.get()
    for view in ("trace", "drop", "find"):
        assert supervisor.get(reverse(f"duties:{view}", args=[case.pk])).status_code == 200
    found = {f"finding_{each.pk.hex}": "负有责任" for each in case.persons.all()}
    found |= {f"measure_{each.pk.hex}": "CRITICISM" for each in case.persons.all()}
    assert post(supervisor, "find", case, finding="应予批评教育。", **found).status_code == 302
    assert post(approver, "decide", case, note="同意").status_code == 302

    page = say(clerk.get(reverse("duties:measures", args=[record.pk])))
    assert "从轻" in page
    assert say(clerk.get(reverse("records:record", args=[record.pk]))).count("/staff/duties/") >= 4


def test_an_order_for_a_complaint_names_no_source(scene: Scene, browser: Any) -> None:
    source = factories.required(scene)  # any case that is no record stands for it
    held = ordering.order(
        actor=scene.supervisor, source=source, department=scene.bureau, requirements=["限期付款"], now=NOW
    )
    page = say(browser(scene.clerk).get(reverse("duties:rectification", args=[held.pk])))
    assert "上级督办" in page
    assert str(source.pk) not in page


@pytest.mark.parametrize(
    ("page", "who"), [("order", "supervisor"), ("name", "approver"), ("open_accountability", "supervisor")]
)
def test_nothing_is_started_against_a_unit_by_whoever_is_tied_to_it(
    scene: Scene, browser: Any, page: str, who: str
) -> None:
    record, officer = records.disclosed(scene), getattr(scene, who)
    form, measures = reverse(f"duties:{page}", args=[record.pk]), reverse("duties:measures", args=[record.pk])
    client = browser(officer)
    assert client.get(form).status_code == 200
    assert f'href="{form}"' in say(client.get(measures))
    recusing.declare(actor=officer, relation="interest", department=scene.bureau, now=NOW)

    answer = client.get(form)
    assert answer.status_code == 403
    assert "已申报回避（利害关系）" in say(answer)
    assert f'href="{form}"' not in say(client.get(measures))
    before = rows()
    sent = {
        "version": record.version, "requirements": "付清余款", "limit_days": 10, "official": scene.official.pk, "kind": "DIRECT",
        "share": 10, "evidence": "合同由他签订", "records": [str(record.pk)], "acted_on": "2026-05-01", "cause": "逾期未付款",
    }  # fmt: skip
    assert client.post(form, sent).status_code == 403
    assert rows() == before
