"""Bad input: a clear sentence in Chinese that names the field, and nothing stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from ledger.refusals import Invalid
from records.models import DishonestyRecord
from records.services import drafting, notice, review
from records.workflow import writing
from records.workflow.filing import Incomplete
from tests.records import factories
from tests.records.factories import NOW, Scene
from tests.records.proofs import refused

BAD: list[tuple[str, object, str]] = [
    ("facts", "含有\x00空字符的事实说明文字", "“事实”第 3 个字符是控制字符"),
    ("facts", "零宽\u200b空格藏在事实说明里", "看不见的零宽字符（U+200B）"),
    ("facts", "\ufeff不在开头\ufeff的字节序标记", "零宽"),
    ("facts", "从右到左\u202e的事实说明文字", "双向排版控制符"),
    ("facts", "隔离符\u2067藏在事实说明文字", "双向排版控制符"),
    ("facts", "乱码\ufffd出现在事实说明文字", "乱码替换符"),
    ("facts", "自造字\ue000出现在事实说明里", "自造字区"),
    ("facts", "孤立代理\ud800出现在事实里", "代理"),
    ("facts", "响铃\x07出现在事实说明文字里", "控制字符"),
    ("facts", "好" * 2001, "最多 2000 字"),
    ("facts", "好" * 1_048_576, "最多 2000 字"),
    ("document_name", "处罚\n决定书", "控制字符"),
    ("document_name", "书" * 201, "最多 200 字"),
    ("document_number", "号" * 300, "最多 120 字"),
    ("source_type", "NOT_A_TYPE", "不在现行目录中"),
    ("severity_proposed", "terrible", "不在现行目录中"),
    ("social_impact", "GENERAL", "不在现行目录中"),
    ("basis_codes", ("APL", "MADE_UP"), "不在现行目录中"),
    ("sanctions_proposed", ("罚站",), "不在现行目录中"),
    ("key_areas", ("SPACE",), "不在现行目录中"),
    ("discipline", "FLOGGING", "不在现行目录中"),
    ("economic_loss_yuan", "很多钱", "不是金额"),
    ("economic_loss_yuan", "NaN", "应在 0 到"),
    ("economic_loss_yuan", "Infinity", "应在 0 到"),
    ("economic_loss_yuan", "-1", "应在 0 到"),
    ("economic_loss_yuan", "1e30", "应在 0 到"),
    ("economic_loss_yuan", "1.005", "精确到分"),
    ("decided_on", date(2026, 5, 12), "认定日期不能晚于今天"),
    ("decided_on", date(1911, 10, 10), "1949"),
]


@pytest.mark.parametrize(("field", "value", "words"), BAD, ids=lambda value: str(value)[:24])
def test_bad_input_names_its_field_and_stores_nothing(scene: Scene, field: str, value: object, words: str) -> None:
    with refused(Incomplete, words) as caught:
        drafting.register(
            actor=scene.clerk,
            key=uuid4(),
            department=scene.bureau,
            filing=factories.filing(scene, **{field: value}),
            now=NOW,
        )

    assert set(caught.value.errors) == {field}


def test_all_bad_fields_are_told_at_once(scene: Scene) -> None:
    with refused(Incomplete) as caught:
        drafting.register(
            actor=scene.clerk,
            key=uuid4(),
            department=scene.bureau,
            now=NOW,
            filing=factories.filing(scene, facts="零宽\u200b", economic_loss_yuan="x", decided_on=date(2030, 1, 1)),
        )

    assert set(caught.value.errors) == {"facts", "economic_loss_yuan", "decided_on"}


def test_full_width_digits_are_made_plain_so_that_the_scan_sees_them(scene: Scene) -> None:
    record = factories.draft(
        scene,
        facts="电话１３８１２３４５６７８，见附件ＡＢＣ，未付清。",
        economic_loss_yuan="１，２６８，４００．００".replace("．", "."),
    )

    assert "13812345678" in record.facts
    assert "ABC" in record.facts
    assert record.economic_loss_yuan == Decimal("1268400.00")


def test_a_document_number_is_written_the_official_way_and_the_typed_one_kept(scene: Scene) -> None:
    record = factories.draft(scene, document_number="安交罚[2026] 52 号")

    assert record.document_number == "安交罚〔2026〕52号"
    assert record.document_number_original == "安交罚[2026] 52 号"


@pytest.mark.parametrize(
    "text", ["𠮷家桥㐀镇政府拖欠工程款，至今未付。", "第一行\n第二行\t缩进，合同约定。"], ids=["rare", "lines"]
)
def test_rare_characters_and_lines_are_kept_as_typed(scene: Scene, text: str) -> None:
    record = factories.draft(scene, facts=text)

    assert factories.fresh(record).facts == text


def test_reasons_are_cleaned_too(scene: Scene) -> None:
    record = factories.in_review(scene)
    # Only the first reaches the act, and the same refusal within a minute leaves no second entry.
    for reason in ("", "   ", "藏\u200b着", "长" * 1001):
        with refused(Invalid, logged=reason == ""):
            review.send_back(actor=scene.reviewer, record=record, reason=reason, version=record.version, now=NOW)


def test_a_delivery_in_the_future_or_before_the_record_is_refused(scene: Scene) -> None:
    record = factories.notified(scene)
    for day, words in ((date(2026, 5, 12), "不能晚于今天"), (date(2026, 5, 10), "不能早于登记日期")):
        with refused(Invalid, words, logged=False):
            notice.deliver(
                actor=scene.clerk,
                record=record,
                method="direct",
                received_by="收发室",
                delivered_on=day,
                version=record.version,
                now=NOW,
            )


@pytest.mark.parametrize("text", ["普通文字，（全角标点）。", "a-b_c 1/2", "藏文བོད", "emoji 😀"])
def test_ordinary_text_passes_untouched(text: str) -> None:
    assert writing.clean(text, field="facts", label="事实", limit=50) == text


def test_nothing_of_a_refused_form_is_kept(scene: Scene) -> None:
    before = DishonestyRecord.objects.count()
    with pytest.raises(Incomplete):
        drafting.register(
            actor=scene.clerk,
            key=uuid4(),
            department=scene.bureau,
            filing=factories.filing(scene, facts="\x00"),
            now=NOW,
        )

    assert DishonestyRecord.objects.count() == before
