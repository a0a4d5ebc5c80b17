"""Every page of a promise opens for whom it is for, in every state, and its forms do what they say."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.services import recusing
from records.models import Commitment, CommitmentState, Milestone
from records.services.commitments import amending
from records.web.commitments.urls import urlpatterns
from tests.records import factories
from tests.records.commitments import promising
from tests.records.factories import Scene
from tests.records.web.browsing import Browser, text

pytestmark = pytest.mark.django_db

S = CommitmentState
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.I)
ACTS = [
    str(pattern.name)
    for pattern in urlpatterns
    if str(pattern.pattern).startswith("<uuid:pk>/") and str(pattern.pattern).count("<") == 1
]
PEOPLE = ("clerk", "reviewer", "approver", "supervisor", "head")
OPENED = {  # who may open the page in which states; the responsible official sees what was given
    "clerk": set(S),
    "approver": set(S),
    "supervisor": set(S) - {S.DRAFT, S.PENDING_REVIEW, S.RETURNED, S.CANCELLED},
    "official": set(S) - {S.DRAFT, S.PENDING_REVIEW, S.RETURNED, S.CANCELLED},
    "neighbour_clerk": set(),
}


@pytest.mark.parametrize("state", S.values)
def test_the_page_opens_for_those_who_may_see_the_promise(scene: Scene, browser: Browser, state: str) -> None:
    made = promising.IN_STATE[state](scene)
    assert made.state == state
    for who, states in OPENED.items():
        answer = browser(scene.everyone()[who]).get(reverse("commitments:commitment", args=[made.pk]))
        assert answer.status_code == (200 if state in states else 404), who
        if answer.status_code == 200:
            assert made.number in text(answer)
            assert not INLINE.search(text(answer))


def walk(scene: Scene, browser: Browser, state: str, people: tuple[str, ...]) -> None:
    """Open every act's page of a promise in a state, as several people."""
    made = promising.IN_STATE[state](scene)
    for who in people:
        client = browser(scene.everyone()[who])
        for name in ACTS:
            answer = client.get(reverse(f"commitments:{name}", args=[made.pk]))
            assert answer.status_code in (200, 403, 404), (name, who)
            assert not INLINE.search(text(answer)), name


@pytest.mark.parametrize(("state", "who"), [(S.ACTIVE, "clerk"), (S.OVERDUE, "supervisor"), (S.CHANGE_PENDING, "head")])
def test_every_act_page_answers_without_breaking(scene: Scene, browser: Browser, state: str, who: str) -> None:
    walk(scene, browser, state, (who,))


@pytest.mark.matrix
@pytest.mark.parametrize("state", S.values)
def test_every_act_page_answers_to_everybody(scene: Scene, browser: Browser, state: str) -> None:
    walk(scene, browser, state, PEOPLE)


def test_the_list_shows_the_promises_and_the_rate(scene: Scene, browser: Browser) -> None:
    made = promising.active(scene)
    page = browser(scene.clerk).get(reverse("commitments:list"))
    assert page.status_code == 200
    assert made.number in text(page)
    assert "登记承诺" in text(page)
    empty = browser(scene.neighbour_clerk).get(reverse("commitments:list"))
    assert made.number not in text(empty)


def typed(scene: Scene, **facts: Any) -> dict[str, Any]:
    """A complete filing form as a browser sends it."""
    given = {
        "key": str(uuid4()), "kind": "TIME_LIMIT", "title": "限时付清养护款", "to_whom": "养护承包单位",
        "content": "验收后30日内付清工程款。按月公布清单。", "measure": "2026年6月30日前应付款全部付清。",
        "starts_on": "2026-05-11", "due_on": "2026年6月30日", "responsible_official": str(scene.official.pk),
        "origin": "PLEDGE", "disclosure_mode": "PROACTIVE", "key_areas": ["PROCUREMENT"],
        "step_title_1": "核清清单", "step_weight_1": "40", "step_due_1": "2026-05-29",
        "step_title_2": "付清", "step_weight_2": "60", "step_due_2": "2026-06-26", "act": "submit",
    }  # fmt: skip
    return {**given, **facts}


def test_a_promise_is_filed_reviewed_and_given_over_the_pages(scene: Scene, browser: Browser) -> None:
    form = typed(scene)
    for _twice in range(2):
        answer = browser(scene.clerk).post(reverse("commitments:new"), form)
    made = Commitment.objects.get()
    assert (made.state, made.milestones.count()) == (S.PENDING_REVIEW, 2)
    answer = browser(scene.reviewer).post(
        reverse("commitments:activate", args=[made.pk]), {"version": made.version, "note": ""}
    )
    assert answer.status_code == 302
    assert promising.fresh(made).state == S.ACTIVE


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"due_on": "2026-05-10"}, "到期日期不能早于起始日期"),
        ({"due_on": "昨天"}, "没有这一天"),
        ({"measure": ""}, "可衡量的标准"),
        ({"responsible_official": ""}, "请选择责任人"),
        ({"step_weight_2": "50"}, "权重合计应为 100"),
        ({"step_weight_2": "一半"}, "1 到 100"),
        ({"disclosure_mode": "WITHHELD"}, "不主动公开的理由"),
        ({"title": "乱\u202e码"}, "双向排版控制符"),
    ],
)
def test_wrong_input_answers_422_at_its_field(
    scene: Scene, browser: Browser, wrong: dict[str, str], sentence: str
) -> None:
    answer = browser(scene.clerk).post(reverse("commitments:new"), typed(scene, **wrong))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Commitment.objects.exclude(state=S.DRAFT).exists()


def test_a_stale_form_answers_409_and_writes_nothing(scene: Scene, browser: Browser) -> None:
    made = promising.handed_in(scene)
    answer = browser(scene.reviewer).post(
        reverse("commitments:activate", args=[made.pk]), {"version": made.version - 1}
    )
    assert answer.status_code == 409
    assert promising.fresh(made).state == S.PENDING_REVIEW


def test_a_claim_needs_its_proof_and_the_claimant_cannot_judge(scene: Scene, browser: Browser) -> None:
    made = promising.active(scene, milestones=())
    form = {"version": made.version, "performed_on": "2026-05-11", "note": "已经全部付清，凭证在附件里。"}
    url = reverse("commitments:claim", args=[made.pk])
    answer = browser(scene.official_user).post(url, form)
    assert answer.status_code == 422
    assert "证明材料" in text(answer)
    answer = browser(scene.official_user).post(url, {**form, "proof": factories.upload("凭证.pdf")})
    assert answer.status_code == 302
    made = promising.fresh(made)
    assert (made.state, made.claimant_id) == (S.PERFORMED_CLAIMED, scene.official_user.person_id)
    verdict = {"version": made.version, "score": "120", "verdict_note": "已核对凭证。"}
    url = reverse("commitments:fulfil", args=[made.pk])
    assert browser(scene.approver).post(url, verdict).status_code == 422
    assert browser(scene.approver).post(url, {**verdict, "score": "97"}).status_code == 302
    assert "核定的是第 1 版" in text(browser(scene.clerk).get(reverse("commitments:commitment", args=[made.pk])))


def test_a_milestone_counts_when_a_second_person_has_checked_it(scene: Scene, browser: Browser) -> None:
    made = promising.active(scene)
    step: Milestone = made.milestones.order_by("place")[0]
    client = browser(scene.clerk)
    form = {
        "version": step.version,
        "done_on": "2026-05-11",
        "note": "清单已核清。",
        "proof": factories.upload("清单.pdf"),
    }
    assert client.post(reverse("commitments:report_milestone", args=[step.pk]), form).status_code == 302
    page = reverse("commitments:commitment", args=[made.pk])
    assert "已核验 <b>0%" in text(client.get(page))
    step.refresh_from_db()
    own = browser(scene.colleague).post(
        reverse("commitments:check_milestone", args=[step.pk]), {"version": step.version}
    )
    assert own.status_code == 403
    checked = browser(scene.reviewer).post(
        reverse("commitments:check_milestone", args=[step.pk]), {"version": step.version, "note": ""}
    )
    assert checked.status_code == 302
    assert "已核验 <b>40%" in text(client.get(page))
    item = client.get(reverse("commitments:milestone", args=[step.pk]))
    assert "清单.pdf" in text(item)


def test_an_amendment_keeps_both_wordings_and_who_signed(scene: Scene, browser: Browser) -> None:
    made = promising.active(scene, milestones=())
    form = {
        "version": made.version, "title": made.title, "content": made.content, "to_whom": made.to_whom,
        "measure": "2026年6月25日前，应付款全部付清，付款凭证可查。", "due_on": "2026-06-25", "reason": "财政资金提前到位",
        "key_areas": made.key_areas,
    }  # fmt: skip
    url = reverse("commitments:amend", args=[made.pk])
    later = browser(scene.colleague).post(url, {**form, "due_on": "2026-07-30"})
    assert later.status_code == 422
    assert "依法变更" in text(later)
    assert browser(scene.colleague).post(url, form).status_code == 302
    proposal = amending.Proposal.objects.get()
    page = reverse("commitments:proposal", args=[made.pk, proposal.pk])
    asked = text(browser(scene.approver).get(page))
    assert "6月25日" in asked
    assert '<dd class="prose">财政资金提前到位</dd>' in asked
    assert browser(scene.colleague).post(page, {"act": "sign"}).status_code == 403
    assert browser(scene.approver).post(page, {"act": "sign"}).status_code == 302
    made = promising.fresh(made)
    assert (made.edition, str(made.due_on)) == (2, "2026-06-25")
    shown = text(browser(scene.clerk).get(reverse("commitments:commitment", args=[made.pk])))
    assert "第 2 版" in shown
    assert "2026年6月30日" in shown


def test_a_lawful_change_goes_over_the_pages_to_its_successor(scene: Scene, browser: Browser) -> None:
    made = promising.active(scene, milestones=())
    form = {
        "version": made.version, "basis_codes": ["GDYS"], "reason": "负责人调整", "compensation_plan": "按合同补偿延付利息。",
        "title": made.title, "content": made.content, "measure": "2026年9月30日前付清应付款。", "starts_on": "2026-05-11",
        "due_on": "2026-09-30",
    }  # fmt: skip
    url = reverse("commitments:request_change", args=[made.pk])
    refused = browser(scene.colleague).post(url, form)
    assert refused.status_code == 422
    assert "公共利益" in text(refused)
    real = {**form, "reason": "防汛应急响应期间养护资金统一调度用于抢险。"}
    assert browser(scene.colleague).post(url, real).status_code == 302
    made = promising.compensate(scene, promising.fresh(made))
    signed = browser(scene.head).post(
        reverse("commitments:approve_change", args=[made.pk]),
        {"version": made.version, "opinion": "同意，补偿已到位。"},
    )
    assert signed.status_code == 302
    proposal = amending.Proposal.objects.get(action="approve_change")
    page = reverse("commitments:proposal", args=[made.pk, proposal.pk])
    assert browser(scene.approver).post(page, {"act": "sign"}).status_code == 302
    after = Commitment.objects.get(replaces=made)
    assert after.number in text(browser(scene.clerk).get(reverse("commitments:commitment", args=[made.pk])))


def test_an_overdue_promise_is_ordered_and_broken_over_the_pages(
    scene: Scene, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = promising.overdue(scene)
    monkeypatch.setattr("rules.clock.now", lambda: datetime(2026, 7, 2, 2, 0, tzinfo=UTC))
    client = browser(scene.supervisor)
    early = client.post(
        reverse("commitments:breach", args=[made.pk]), {"version": made.version, "verdict_note": "逾期没有付清。"}
    )
    assert early.status_code == 409
    ordered = client.post(
        reverse("commitments:order", args=[made.pk]), {"version": made.version, "requirements": "付清欠款\n提交凭证"}
    )
    assert ordered.status_code == 302
    promising.ignored(made)
    made = promising.fresh(made)
    broken = client.post(
        reverse("commitments:breach", args=[made.pk]), {"version": made.version, "verdict_note": "期满仍没有付清。"}
    )
    assert broken.status_code == 302
    assert promising.fresh(made).state == S.BREACHED


def test_a_scan_hit_waits_until_somebody_else_answers(scene: Scene, browser: Browser) -> None:
    made = promising.active(scene, content="联系电话 13800138000，验收后30日内付清。")
    assert made.publication_waits
    url = reverse("commitments:publish", args=[made.pk])
    assert "13800138000" in text(browser(scene.reviewer).get(url))
    assert browser(scene.reviewer).post(url, {"version": made.version, "reason": ""}).status_code == 409
    done = browser(scene.reviewer).post(url, {"version": made.version, "reason": "是单位公开的服务电话。"})
    assert done.status_code == 302
    assert promising.fresh(made).public_from is not None


@pytest.mark.parametrize(
    ("page", "state", "who"),
    [
        ("edit", S.DRAFT, "colleague"),
        ("submit", S.DRAFT, "colleague"),
        ("claim", S.ACTIVE, "colleague"),
        ("fulfil", S.PERFORMED_CLAIMED, "approver"),
    ],
)
def test_no_form_opens_to_whoever_is_tied_to_the_department_that_promises(
    scene: Scene, browser: Browser, page: str, state: str, who: str
) -> None:
    made, officer = promising.IN_STATE[state](scene), getattr(scene, who)
    form = reverse(f"commitments:{page}", args=[made.pk])
    assert browser(officer).get(form).status_code == 200
    recusing.declare(actor=officer, relation="interest", department=scene.bureau, now=factories.NOW)

    answer = browser(officer).get(form)
    assert answer.status_code == 403
    assert "已申报回避（利害关系）" in text(answer)
