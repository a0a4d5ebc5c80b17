"""The scan finds numbers of people however they are written, leaves other numbers alone, and never takes long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import scan
from rules.numbers import document_number

ID, MOBILE, CARD, EMAIL, PLATE, NAME = (
    scan.ID_NUMBER, scan.MOBILE, scan.BANK_CARD, scan.EMAIL, scan.PLATE, scan.NAME,
)  # fmt: skip

FOUND = [
    ("身份证441402198001010010。", ID, "441402198001010010"),
    ("号码44140219800101001X，", ID, "44140219800101001X"),
    ("号码11010519491231002x，", ID, "11010519491231002x"),
    ("４４１４０２１９８００１０１００１０", ID, "４４１４０２１９８００１０１００１０"),
    ("441402 19800101 0010", ID, "441402 19800101 0010"),
    ("441402-19800101-0010", ID, "441402-19800101-0010"),
    ("4 4 1 4 0 2 1 9 8 0 0 1 0 1 0 0 1 0", ID, "4 4 1 4 0 2 1 9 8 0 0 1 0 1 0 0 1 0"),
    ("441402\u200b19800101\u200b0010", ID, "441402\u200b19800101\u200b0010"),
    ("四四一四零二一九八零零一零一零零一零", ID, "四四一四零二一九八零零一零一零零一零"),
    ("电话13800000000", MOBILE, "13800000000"),
    ("电话138-0000-0000", MOBILE, "138-0000-0000"),
    ("电话138 0000 0000", MOBILE, "138 0000 0000"),
    ("电话138·0000·0000", MOBILE, "138·0000·0000"),
    ("电话１３８００００００００", MOBILE, "１３８００００００００"),
    ("电话1 3 8 0 0 0 0 0 0 0 0", MOBILE, "1 3 8 0 0 0 0 0 0 0 0"),
    ("电话+8613800000000", MOBILE, "8613800000000"),
    ("电话一三八零零零零零零零零", MOBILE, "一三八零零零零零零零零"),
    ("电话幺三八〇〇〇〇〇〇〇〇", MOBILE, "幺三八〇〇〇〇〇〇〇〇"),
    ("电话①③⑧⓪⓪⓪⓪⓪⓪⓪⓪", MOBILE, "①③⑧⓪⓪⓪⓪⓪⓪⓪⓪"),
    ("电话𝟏𝟑𝟖𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟎", MOBILE, "𝟏𝟑𝟖𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟎"),
    ("卡号6222021234567890128", CARD, "6222021234567890128"),
    ("卡号6222 0212 3456 7890 128", CARD, "6222 0212 3456 7890 128"),
    ("卡号4111111111111111", CARD, "4111111111111111"),
    ("邮箱lin.xh@example.com。", EMAIL, "lin.xh@example.com"),
    ("邮箱lin＠example．com", EMAIL, "lin＠example．com"),
    ("邮箱lin @ example.com", EMAIL, "lin @ example.com"),
    ("车牌粤A12345", PLATE, "粤A12345"),
    ("车牌粤M·A1B23", PLATE, "粤M·A1B23"),
    ("新能源粤AD12345。", PLATE, "粤AD12345"),
    ("车牌粤Ｂ１２３４５", PLATE, "粤Ｂ１２３４５"),
    ("车牌粤B1234学", PLATE, "粤B1234学"),
]
CLEAN = [
    "", "事实清楚。", "粤府〔2017〕140号", "（2026）粤1402执123号", "11441400MB2C12348W", "金额1,268,400.00元",
    "2024年11月交付，2025年3月、9月催告", "2024-05-11 2025-06-12", "二〇二六年五月十一日", "第138号", "1380000000",
    "138000000001", "联系@某部门", "a@b", "豫A", "京A座1号楼", "12345热线", "12350", "面积 1380 平方米，造价 0000 元",
    "邮编 514000 电话 0753-2123456", "合同编号 HT-2024-0511-001", "11010000MB1234567X",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "what"), FOUND, ids=[f"{kind}:{text[:12]}" for text, kind, _what in FOUND])
def test_what_must_not_be_published_is_found_as_it_stands(text: str, kind: str, what: str) -> None:
    hit = scan.find(text)[0]
    assert (hit.kind, hit.text) == (kind, what)
    assert text[hit.start : hit.end] == what
    assert len(scan.find(text)) == 1


@pytest.mark.parametrize("text", CLEAN)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert scan.find(text) == []


@pytest.mark.parametrize(("text", "kind", "hint"), [
    ("441402198001010011", ID, "校验码不符"), ("合同20240511123456789", CARD, "合同号"), ("441402198001010010", ID, ""),
    ("4111111111111111", CARD, ""),
])  # fmt: skip
def test_a_check_that_does_not_fit_is_a_hint_and_still_a_hit(text: str, kind: str, hint: str) -> None:
    hit = scan.find(text)[0]
    assert hit.kind == kind
    assert hint in hit.hint
    assert bool(hit.hint) == (not hit.sure)


def test_hits_name_their_sentence() -> None:
    text = "工程已交付。联系人电话13800000000；车牌粤A12345！\n\n身份证441402198001010010。"
    assert [(hit.kind, hit.sentence) for hit in scan.find(text)] == [(MOBILE, 2), (PLATE, 3), (ID, 4)]
    assert [hit.label for hit in scan.find(text)] == ["手机号", "车牌", "身份证号"]


def test_two_numbers_side_by_side_are_two_hits() -> None:
    assert [hit.text for hit in scan.find("13800000000 13900000000、441402198001010010")] == [
        "13800000000",
        "13900000000",
        "441402198001010010",
    ]


def test_known_names_are_found_as_written() -> None:
    text = "经办人林小禾称，林小禾已付款。"
    assert [(hit.kind, hit.start) for hit in scan.find(text, names=["林小禾", "周"])] == [(NAME, 3), (NAME, 8)]


@pytest.mark.parametrize("written", ["林小禾", "林 小 禾", "林\u3000小\u3000禾", "林\u200b小\u00a0禾", "林  小禾"])
def test_a_name_spaced_out_is_found_as_it_stands(written: str) -> None:
    (hit,) = scan.find(f"经办人{written}已付款，林木小禾苗照旧。", names=["林小禾"])
    assert (hit.kind, hit.start, hit.text) == (NAME, 3, written)
    assert [each.text for each in scan.find("经办人林小禾。", names=["林\u3000小禾"])] == ["林小禾"]


def test_what_only_looks_like_a_name_is_left_alone() -> None:
    assert scan.find("林、小、禾三家；双木林\n小禾苗；林" + " " * 9 + "小禾", names=["林小禾", " 周 "]) == []


@pytest.mark.parametrize("text", [
    "1" * 300_000, "1 " * 100_000, "1-" * 100_000 + "x", "@" * 300_000, "a@" * 100_000, "粤B" * 100_000, "一 " * 100_000,
    "粤A1" * 100_000, "1   " * 60_000, "13800000000 " * 20_000, "6222 " * 60_000, "a" * 300_000 + "@", "。" * 200_000,
], ids=range(13))  # fmt: skip
def test_a_hostile_text_is_read_to_its_end(text: str) -> None:
    # A pattern that backtracks would not come back before the suite's own limit.
    assert len(scan.find(text + "。13800000000")) >= len(scan.find("13800000000"))


@settings(max_examples=200, deadline=None)
@given(before=st.text(alphabet="工程款，。已付 \n", max_size=20), after=st.text(alphabet="工程款，。已付 \n", max_size=20),
       gap=st.sampled_from(["", " ", "-", "\u3000", "\u200b", "·"]), digits=st.integers(3, 9),
       rest=st.integers(0, 999_999_999))  # fmt: skip
def test_no_way_of_spacing_hides_a_mobile(before: str, after: str, gap: str, digits: int, rest: int) -> None:
    number = f"1{digits}{rest:09d}"
    hits = scan.find(f"{before}{gap.join(number)}{after}")
    assert [hit.kind for hit in hits] == [MOBILE]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_the_scan_never_fails_and_hits_lie_apart_in_order(text: str) -> None:
    hits = scan.find(text)
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)
    assert all(one.end <= other.start for one, other in zip(hits, hits[1:], strict=False))


# --- document numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "shown"), [
    ("粤府〔2017〕140号", "粤府〔2017〕140号"), ("梅市应急〔2020〕52 号", "梅市应急〔2020〕52号"),
    ("梅市应急[2020]52 号", "梅市应急〔2020〕52号"), ("梅市应急(2020)52号", "梅市应急〔2020〕52号"),
    ("梅市应急（2020）52号", "梅市应急〔2020〕52号"), ("梅市应急【2019】52号", "梅市应急〔2019〕52号"),
    ("梅市应急［２０２０］５２号", "梅市应急〔2020〕52号"), ("国办发〔2025〕 22号", "国办发〔2025〕22号"),
    ("梅市应急〔2020〕第52号", "梅市应急〔2020〕第52号"), ("\u200b粤府〔2017〕140号\u3000", "粤府〔2017〕140号"),
    ("（2026）粤1402执123号", "（2026）粤1402执123号"), ("(2026)粤1402执123号", "（2026）粤1402执123号"),
    ("〔2026〕粤1402执123号之一", "（2026）粤1402执123号之一"), ("（2025）最高法行申12号", "（2025）最高法行申12号"),
    ("（2026）安民终字第118号", "（2026）安民终字第118号"),
])  # fmt: skip
def test_document_numbers_are_written_the_official_way(typed: str, shown: str) -> None:
    held = document_number.normalise(typed)
    assert (held.shown, held.original, held.warning) == (shown, typed, "")
    assert held.is_court == shown.startswith("（")
    assert document_number.normalise(shown).shown == shown


def test_scenario_10_a_pasted_number_is_shown_officially_and_the_original_is_kept() -> None:
    held = document_number.normalise("梅市应急[2020]52 号")
    assert (held.shown, held.original) == ("梅市应急〔2020〕52号", "梅市应急[2020]52 号")


@pytest.mark.parametrize(
    "typed", ["国家发展改革委令第36号", "梅市应急52号", "公告（第80号）", "梅市应急〔1820〕52号", "", "x" * 50]
)
def test_an_unusual_number_is_a_warning_never_a_refusal(typed: str) -> None:
    held = document_number.normalise(typed)
    assert held.warning
    assert held.shown == typed
