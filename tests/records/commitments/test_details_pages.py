"""The page of a described form as a clerk meets it: rows without a script, faults at their fields, nothing overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.services import recusing
from records.models import Commitment, CommitmentDetail
from records.web.forms.details import DetailForm
from rules.details import reading, shapes
from tests.records.commitments.details_scene import TODAY, commitment, example
from tests.records.factories import NOW, Scene
from tests.records.web.browsing import Browser, text
from tests.records.web.conftest import _the_clock_stands, browser  # noqa: F401
from tests.rules.detail_examples import EXAMPLES

pytestmark = pytest.mark.django_db


def sent(code: str, scene: Scene, *, version: int = 0, **over: str) -> dict[str, str]:
    """The example as a browser sends it: rows as ``key-number-column``."""
    data = {"version": str(version), "act": "save", "why": ""}
    for key, value in example(code, scene).items():
        if not isinstance(value, list):
            data[key] = value
            continue
        for number, row in enumerate(value):
            data |= {f"{key}-{number}-{column}": cell for column, cell in row.items()}
    return {**data, **over}


def address(promise: Commitment, code: str) -> str:
    return reverse("commitments:details", args=[promise.pk, code])


@pytest.mark.parametrize("code", EXAMPLES)
def test_each_form_opens_is_sent_and_shown_on_the_commitment(code: str, scene: Scene, browser: Browser) -> None:  # noqa: F811
    promise = commitment(scene)
    client = browser(scene.clerk)
    page = client.get(address(promise, code))
    assert page.status_code == 200
    form = reading.find(code, on=TODAY)
    assert form is not None
    assert all(each.label in text(page) for each in form.fields)
    assert client.post(address(promise, code), sent(code, scene)).status_code == 302
    kept = CommitmentDetail.objects.get()
    assert {each.key for each in form.fields if each.required} <= kept.values.keys()
    again = text(client.get(address(promise, code)))
    assert 'name="version" value="1"' in again
    shown = text(client.get(reverse("commitments:commitment", args=[promise.pk])))
    assert f'id="details-{code}"' in shown
    assert form.source in shown


def test_no_form_opens_to_whoever_is_tied_to_the_department(scene: Scene, browser: Browser) -> None:  # noqa: F811
    form = address(commitment(scene), "SME_PAYMENT")
    assert browser(scene.colleague).get(form).status_code == 200
    recusing.declare(actor=scene.colleague, relation="spouse", department=scene.bureau, now=NOW)

    answer = browser(scene.colleague).get(form)
    assert answer.status_code == 403
    assert "已申报回避（夫妻）" in text(answer)


def test_what_the_edit_page_shows_can_be_sent_back_as_it_is(scene: Scene, browser: Browser) -> None:  # noqa: F811
    promise = commitment(scene)
    client = browser(scene.clerk)
    for code in EXAMPLES:
        client.post(address(promise, code), sent(code, scene))
        held = CommitmentDetail.objects.get(form=code)
        form: DetailForm = client.get(address(promise, code)).context["form"]
        data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)}
        assert client.post(address(promise, code), {**data, "act": "save"}).status_code == 302, code
        last = CommitmentDetail.objects.filter(form=code).latest("version")
        assert (last.version, last.values) == (2, held.values), code


def test_rows_are_added_and_struck_without_a_script(scene: Scene, browser: Browser) -> None:  # noqa: F811
    promise = commitment(scene)
    client = browser(scene.clerk)
    data = sent("POLICY", scene)
    more = client.post(address(promise, "POLICY"), {**data, "act": "more:tasks"})
    assert more.status_code == 200
    assert 'name="tasks-3-item"' in text(more)
    assert "印发申报指南" in text(more), "what was typed is still there"
    assert not CommitmentDetail.objects.exists()
    client.post(address(promise, "POLICY"), {**data, "tasks-0-drop": "on"})
    assert [row["item"] for row in CommitmentDetail.objects.get().values["tasks"]] == ["兑付首批补贴"]


@pytest.mark.parametrize(
    ("code", "field", "value", "sentence"),
    [
        ("PPP", "partner", " ", "请填写“社会资本方”"),
        ("PPP", "stages-1-owner", "", "请选择“责任人”"),
        ("PPP", "stages-0-to_on", "2025-01-01", "不能早于“开始”"),
        ("SME_PAYMENT", "agreed_days", "61", "最长 60 日"),
        ("SME_PAYMENT", "delay", "WAITING_FOR_AUDIT", "不是延期付款的理由"),
        ("SME_PAYMENT", "object", "GOLD", "请从列出的选项中选择"),
        ("PROCUREMENT", "amount", "十万", "最多两位小数的金额"),
        ("INVESTMENT", "reviewed_on", "2026-04-01", "不能早于“审查日期”"),
    ],
)
def test_a_fault_stands_at_its_field_as_422(
    code: str,
    field: str,
    value: str,
    sentence: str,
    scene: Scene,
    browser: Browser,  # noqa: F811
) -> None:
    promise = commitment(scene)
    answer = browser(scene.clerk).post(address(promise, code), sent(code, scene, **{field: value}))
    assert answer.status_code == 422
    form: DetailForm = answer.context["form"]
    assert any(sentence in error for errors in form.errors.values() for error in errors)
    assert field in form.errors or "signed_on" in form.errors
    assert not CommitmentDetail.objects.exists()


def test_a_stale_page_and_a_closed_promise_answer_409_and_strangers_404(scene: Scene, browser: Browser) -> None:  # noqa: F811
    promise = commitment(scene)
    client = browser(scene.clerk)
    data = sent("PPP", scene)
    assert [client.post(address(promise, "PPP"), data).status_code for _twice in range(2)] == [302, 302]
    assert promise.details.count() == 1, "a second press keeps one version"
    assert client.post(address(promise, "PPP"), {**data, "partner": "另一家"}).status_code == 409
    assert client.post(address(promise, "PPP"), {**data, "version": ""}).status_code == 422
    closed = commitment(scene, state="pending_review", number="诺-009")
    assert client.post(address(closed, "PPP"), data).status_code == 409
    assert client.get(address(promise, "NO_SUCH")).status_code == 404
    assert browser(scene.neighbour_clerk).get(address(promise, "PPP")).status_code == 404
    assert browser(scene.reviewer).get(address(promise, "PPP")).status_code == 403


def test_rubbish_never_breaks_the_page(scene: Scene, browser: Browser) -> None:  # noqa: F811
    promise = commitment(scene)
    client = browser(scene.clerk)
    rubbish: list[dict[str, Any]] = [
        {}, {"version": "x", "act": "save"}, {"version": "0", "act": "more:nothing"}, {"version": "0", "act": "more:tasks"},
        {"version": "0", "tasks-999-item": "甲", "act": "save"}, {"version": "0", "tasks-٣-item": "甲"},
        {"version": "0", "document_name": "\x00甲", "tasks--item": "乙", "starts_on": "9999-99-99"},
        {"version": "0", "issuer": "甲" * 30_000},
    ]  # fmt: skip
    for data in rubbish:
        assert client.post(address(promise, "POLICY"), data).status_code in (200, 422), data
    assert not CommitmentDetail.objects.exists()
    assert shapes.LIMITS[shapes.ROWS] == 40
