"""The filing form: what it keeps, what it refuses, and in which words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ledger.models import Entry
from records.models import DishonestyRecord, Evidence
from tests.records import factories
from tests.records.factories import Scene
from tests.records.web.browsing import Browser, text
from tests.records.web.typed import paper, typed

pytestmark = pytest.mark.django_db
NEW = "/staff/records/new/"


def refused_without_a_trace(answer: Any, words: str, status: int = 422) -> None:
    """The page says why, and nothing but the refusal was written."""
    assert answer.status_code == status, text(answer)[:400]
    assert words in text(answer)
    assert not DishonestyRecord.objects.exists()
    assert set(Entry.objects.filter(object_type="records.dishonestyrecord").values_list("kind", flat=True)) <= {
        "refused"
    }


def test_a_draft_is_saved_and_can_be_gone_on_with(scene: Scene, browser: Browser) -> None:
    client = browser(scene.clerk)
    answer = client.post(NEW, typed(scene), follow=True)
    record = DishonestyRecord.objects.get()
    assert record.state == "draft"
    assert record.document_number == "安交罚〔2026〕77号"
    assert record.document_number_original == "安交罚[2026] 77号"
    assert "已存为草稿" in text(answer)
    assert client.get(reverse("records:edit", args=[record.pk])).status_code == 200


def test_filing_attaching_and_handing_in_is_one_press(scene: Scene, browser: Browser) -> None:
    answer = browser(scene.clerk).post(NEW, typed(scene, act="submit", source=paper()), follow=True)
    record = DishonestyRecord.objects.get()
    assert record.state == "pending_review", text(answer)
    assert Evidence.objects.get().record_id == record.pk
    assert "等部门审核人初审" in text(answer)


def test_a_second_press_of_the_same_form_gives_the_first_record(scene: Scene, browser: Browser) -> None:
    client, form = browser(scene.clerk), typed(scene)
    first, second = client.post(NEW, form), client.post(NEW, form)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert DishonestyRecord.objects.count() == 1


def test_what_is_missing_is_told_at_its_field_and_the_draft_is_kept(scene: Scene, browser: Browser) -> None:
    answer = browser(scene.clerk).post(NEW, typed(scene, act="submit", social_impact="", in_duty=None))
    page = text(answer)
    assert answer.status_code == 422
    assert "内容已存为草稿" in page
    assert 'href="#id_social_impact"' in page
    assert 'href="#id_source"' in page
    assert DishonestyRecord.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"subject": "11441400MB2C12348A"}, "第 18 位"),
        ({"subject": "000000000000000000X"}, "应为 18 位"),
        ({"subject": "没有这个单位"}, "部门名录里没有"),
        ({"subject": ""}, "请填写单位"),
        ({"decided_on": "2026-05-12"}, "认定日期不能晚于今天"),
        ({"decided_on": "2026年2月30日"}, "没有这一天"),
        ({"facts": "付款\x00逾期，至今未清。"}, "控制字符"),
        ({"facts": "付款\u200b逾期，至今未清。"}, "零宽字符"),
        ({"facts": "付款\u202e逾期，至今未清。"}, "双向排版控制符"),
        ({"facts": "长" * 2001}, "最多 2000 字"),
        ({"facts": "长" * 400_000}, "太长"),
        ({"economic_loss_yuan": "一百万"}, "不是金额"),
        ({"economic_loss_yuan": "-1"}, "应在 0 到"),
        ({"source_type": "NO_SUCH"}, "请从列出的选项中选择"),
        ({"basis_codes": ["APL", "NO_SUCH"]}, "请从列出的选项中选择"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_bad_input_is_refused_in_words_and_nothing_is_stored(
    scene: Scene, browser: Browser, changed: dict[str, Any], words: str
) -> None:
    refused_without_a_trace(browser(scene.clerk).post(NEW, typed(scene, **changed)), words)


def test_several_faults_are_told_at_once(scene: Scene, browser: Browser) -> None:
    page = text(browser(scene.clerk).post(NEW, typed(scene, subject="11441400MB2C12348A", decided_on="2026-05-12")))
    assert "第 18 位" in page
    assert "认定日期不能晚于今天" in page


def test_full_width_digits_are_read_as_plain_ones(scene: Scene, browser: Browser) -> None:
    wide = scene.bureau.uscc.translate({code: code + 0xFEE0 for code in range(0x30, 0x5B)})
    browser(scene.clerk).post(NEW, typed(scene, subject=wide))
    assert DishonestyRecord.objects.get().subject_code == scene.bureau.uscc


def test_a_former_name_finds_the_unit(scene: Scene, browser: Browser) -> None:
    browser(scene.clerk).post(NEW, typed(scene, subject=scene.bureau.name))
    assert DishonestyRecord.objects.get().subject_department_id == scene.bureau.pk


def test_a_name_that_fits_several_units_asks_which_one(scene: Scene, browser: Browser) -> None:
    client, form = browser(scene.clerk), typed(scene, subject="安平市")
    page = client.post(NEW, form)
    assert page.status_code == 422
    assert 'name="subject_unit"' in text(page)
    assert scene.neighbour.uscc in text(page)
    client.post(NEW, form | {"subject_unit": scene.neighbour.uscc})
    assert DishonestyRecord.objects.get().subject_department_id == scene.neighbour.pk


def test_an_official_is_chosen_inside_his_unit_never_by_name_alone(scene: Scene, browser: Browser) -> None:
    client = browser(scene.clerk)
    form = typed(scene, about="person", source_type="GOV_SANCTION", basis_codes=["GSL"], discipline="DEMERIT")
    asked = client.post(NEW, form)
    assert asked.status_code == 422
    assert "请从该单位的人员中选一人" in text(asked)
    client.post(NEW, form | {"official": str(scene.official.pk)})
    assert DishonestyRecord.objects.get().subject_official_id == scene.official.pk


def test_a_file_over_20_mb_a_renamed_program_and_an_empty_one_are_refused(scene: Scene, browser: Browser) -> None:
    client = browser(scene.clerk)
    for upload, words in (
        (paper(content=b"%PDF-1.7\n" + b"0" * (30 * 1024 * 1024)), "20 MB"),
        (paper(content=b"MZ\x90\x00" + b"\x00" * 500), "附件"),
        (paper(content=b""), "空的"),
    ):
        answer = client.post(
            NEW, typed(scene, act="submit", source=upload, document_number=f"安交罚〔2026〕{upload.size}号")
        )
        assert answer.status_code in (409, 422), text(answer)[:300]
        assert words in text(answer)
    assert not Evidence.objects.exists()


def test_looking_at_the_consequences_stores_nothing(scene: Scene, browser: Browser) -> None:
    client = browser(scene.clerk)
    shown = client.post(NEW, typed(scene, act="preview"))
    assert shown.status_code == 200
    assert "2027年5月8日" in text(shown)
    alone = client.post(reverse("records:preview"), typed(scene))
    assert "2027年5月8日" in text(alone)
    assert not DishonestyRecord.objects.exists()


def test_a_telephone_number_in_the_facts_can_be_masked_on_the_form(scene: Scene, browser: Browser) -> None:
    client, facts = browser(scene.clerk), factories.FACTS + "电话13800000000。"
    page = text(client.post(NEW, typed(scene, act="preview", facts=facts)))
    start = facts.index("138")
    assert f'value="mask:{start}-{start + 11}"' in page
    masked = text(client.post(NEW, typed(scene, act=f"mask:{start}-{start + 11}", facts=facts)))
    assert "13800000000" not in masked
    assert "＊" * 11 in masked


def test_a_known_name_in_the_facts_can_be_masked_on_the_form_and_keeps_the_family_name(
    scene: Scene, browser: Browser
) -> None:
    name = scene.head.person.name
    client, facts = browser(scene.clerk), f"{factories.FACTS}由{name}签字。"
    page = text(client.post(NEW, typed(scene, act="preview", facts=facts)))
    start = facts.index(name)
    assert f'value="mask:{start}-{start + len(name)}"' in page
    assert f"由{name[0]}*签字。" in text(
        client.post(NEW, typed(scene, act=f"mask:{start}-{start + len(name)}", facts=facts))
    )


def test_a_twin_is_shown_beside_the_form_and_refused_with_a_link(scene: Scene, browser: Browser) -> None:
    first = factories.disclosed(scene, document_number="安交罚〔2026〕77号")
    client = browser(scene.clerk)
    assert first.number in text(client.post(NEW, typed(scene, act="preview")))
    answer = client.post(NEW, typed(scene))
    assert answer.status_code == 409
    assert first.number in text(answer)
    assert DishonestyRecord.objects.count() == 1


def test_units_are_suggested_by_code_or_part_of_a_name(scene: Scene, browser: Browser) -> None:
    found = browser(scene.clerk).get(reverse("records:units"), {"q": "交通"}).json()["items"]
    assert {"code": scene.bureau.uscc, "name": scene.bureau.name} in found


def test_only_clerks_may_file(scene: Scene, browser: Browser) -> None:
    for user in (scene.reviewer, scene.approver, scene.auditor, scene.official_user):
        assert browser(user).get(NEW).status_code == 403
        assert browser(user).post(NEW, typed(scene)).status_code == 403
    assert not DishonestyRecord.objects.exists()


def test_a_request_too_large_to_read_is_refused_in_words(scene: Scene, browser: Browser) -> None:
    answer = browser(scene.clerk).post(NEW, typed(scene, facts="长" * 1_000_000))
    refused_without_a_trace(answer, "没有看懂这次请求", status=400)


def test_a_form_whose_token_no_longer_fits_is_refused_in_words(scene: Scene) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(scene.clerk)
    refused_without_a_trace(strict.post(NEW, typed(scene)), "放置太久", status=403)
