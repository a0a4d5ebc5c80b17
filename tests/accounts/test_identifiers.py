"""Credit codes, citizen numbers, telephone numbers, names, divisions and masks: every vector of the data standards."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import divisions, masking, ranks
from accounts.identifiers import id_number, naming, phone, uscc
from ledger.refusals import Invalid

TODAY = date(2026, 5, 11)

GOOD_CODES = [
    "11441400MB2C12348W",
    "11441400MB3E56782C",
    "12441400MB2C12348R",
    "11411002MB2C12348Q",
    "11440000MB3E56782B",
    "11440781MB2C12348A",
]


@pytest.mark.parametrize("code", GOOD_CODES)
def test_a_valid_code_of_a_government_unit_is_accepted(code: str) -> None:
    assert uscc.clean(code, kind="organ") == code
    assert uscc.warnings(code) == []


@pytest.mark.parametrize("body", ["600037341", "001755309", "MA1B3N1N2"])
def test_the_inner_check_character_follows_gb_11714(body: str) -> None:
    assert uscc.inner_check(body[:8]) == body[8]


def test_scenario_06_a_bad_check_character_is_named_and_full_width_input_is_accepted() -> None:
    with pytest.raises(Invalid, match="第 18 位（校验位）应为 W，您填的是 A") as refusal:
        uscc.clean("11441400MB2C12348A", kind="organ")
    assert refusal.value.field == "uscc"
    assert uscc.clean("１１４４１４００MB2C12348W", kind="organ") == "11441400MB2C12348W"
    assert uscc.clean(" 11441400-MB2C 12348w ", kind="organ") == "11441400MB2C12348W"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("11441400MI2C12348W", "第 10 位是“I”"),
        ("00000000000000000X", "统一社会信用代码"),
        ("11441400MB2C12348", "17 位"),
        ("11441400MB2C12348WW", "19 位"),
        ("1144140AMB2C12348W", "第 8 位应为数字"),
        ("", "0 位"),
        ("11441400MB2C1234\x00W", "第 17 位"),
    ],
)
def test_a_wrong_code_is_refused_by_the_character_that_is_wrong(code: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        uscc.clean(code, kind="organ")


def test_a_government_unit_does_not_carry_a_code_of_the_market_regulator() -> None:
    first = "91441400MA1B3N1N2"
    code = first + uscc.check_character(first)
    with pytest.raises(Invalid, match="11、12、13 或 19 开头"):
        uscc.clean(code, kind="organ")
    assert uscc.clean(code, kind="enterprise") == code


def test_a_code_whose_registrar_is_a_letter_is_accepted_where_the_kind_allows_it() -> None:
    for head in ("N2", "Y1", "A1"):
        first = f"{head}441400MA1B3N1N2"
        assert uscc.clean(first + uscc.check_character(first), kind="other")


def test_a_wrong_inner_check_character_is_only_a_warning() -> None:
    first = "11441400MB2C12340"
    code = first + uscc.check_character(first)
    assert uscc.clean(code, kind="organ") == code
    assert "第 17 位" in uscc.warnings(code)[0]


@given(st.sampled_from(GOOD_CODES), st.integers(0, 17), st.sampled_from(uscc.ALPHABET))
def test_no_single_changed_character_passes(code: str, place: int, char: str) -> None:
    changed = code[:place] + char + code[place + 1 :]
    if changed == code:
        return
    with pytest.raises(Invalid):
        uscc.clean(changed, kind="organ")


GOOD_NUMBERS = ["441402198001010010", "441403198506150023", "440781199001010016"]


@pytest.mark.parametrize("number", GOOD_NUMBERS)
def test_a_number_whose_county_is_younger_than_its_holder_is_accepted(number: str) -> None:
    assert id_number.clean(number, today=TODAY) == number


def test_scenario_08_a_child_of_four_is_refused_by_the_age_rule_and_the_other_number_is_accepted() -> None:
    with pytest.raises(Invalid, match="4 岁；公职人员应在 16 至 100 岁之间") as refusal:
        id_number.clean("330113202201010010", today=TODAY)
    assert refusal.value.field == "id_number"
    assert "330113" not in str(refusal.value)
    assert id_number.clean("441403198506150023", today=TODAY) == "441403198506150023"
    assert len(id_number.warnings("441403198506150023")) <= 1
    assert id_number.clean("330113202201010010", today=TODAY, official=False)


def test_scenario_09_a_birth_date_in_the_future_is_refused_although_the_check_digit_is_right() -> None:
    first = "44140220991231001"
    with pytest.raises(Invalid, match="晚于今天"):
        id_number.clean(first + id_number.check_character(first), today=TODAY)
    with pytest.raises(Invalid, match="晚于今天"):
        id_number.clean("110105209912310010", today=TODAY, official=False)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("441402800101001", "15 位旧号码"),
        ("44140219800101001", "17 位"),
        ("44140219800101001A", "末位为数字或 X"),
        ("441402198002300010", "不是真实的日期"),
        ("441402198001010011", "校验位"),
        ("", "0 位"),
        ("44140219800101001\x00", "前 17 位"),
    ],
)
def test_a_wrong_number_is_refused_with_its_rule(number: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        id_number.clean(number, today=TODAY)


def test_the_sample_of_the_standard_is_well_formed_but_too_early() -> None:
    with pytest.raises(Invalid, match="早于 1900 年"):
        id_number.clean("440524188001010014", today=TODAY, official=False)


def test_numbers_of_residents_from_hong_kong_macao_and_taiwan_pass_without_warning() -> None:
    for head in ("810000", "820000", "830000"):
        first = f"{head}19850615001"
        number = first + id_number.check_character(first)
        assert id_number.clean(number, today=TODAY) == number
        assert id_number.warnings(number) == []


def test_an_unknown_division_is_a_warning_and_no_refusal() -> None:
    first = "99999919850615001"
    number = first + id_number.check_character(first)
    assert id_number.clean(number, today=TODAY) == number
    assert id_number.warnings(number)


def test_full_width_digits_and_a_small_x_are_cleaned() -> None:
    first = "44140219800101"
    number = next(
        first + f"{order:03d}X" for order in range(1000) if id_number.check_character(first + f"{order:03d}") == "X"
    )
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number[:17]) + "ｘ"
    assert id_number.clean(wide, today=TODAY) == number


@given(st.text(max_size=25))
def test_no_text_whatever_is_an_error_of_the_program(text: str) -> None:
    for clean in (lambda: id_number.clean(text, today=TODAY), lambda: uscc.clean(text), lambda: phone.clean(text)):
        try:
            clean()
        except Invalid:
            continue


@pytest.mark.parametrize(
    "text", ["13812345678", "138 1234 5678", "+86 138-1234-5678", "１３８１２３４５６７８", "8613812345678"]
)
def test_a_mobile_number_is_cleaned(text: str) -> None:
    assert phone.clean(text) == "13812345678"


@pytest.mark.parametrize("text", ["12812345678", "1381234567", "138123456789", "0753-2212345", ""])
def test_what_is_no_mobile_number_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        phone.clean(text)
    assert not text or text not in str(refusal.value)


@pytest.mark.parametrize("text", ["林\u200b小禾", "林\u202e禾", "林\x00禾", "林\ue78d禾"])
def test_a_name_with_a_character_nobody_can_see_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="第 2 个字符是看不见的字符"):
        naming.clean(text, label="姓名", longest=60)


def test_rare_characters_and_middle_dots_stay_in_a_name() -> None:
    for text in ("𠮷田", "㐀一", "阿依古丽·买买提"):
        assert naming.clean(f" {text} ", label="姓名", longest=60) == text


def test_retired_divisions_are_known_with_their_dates_and_successors() -> None:
    for retired, successor, name in (("441421", "441403", "梅县区"), ("411023", "411003", "建安区")):
        row = divisions.find(retired)
        assert row is not None
        assert row.valid_to is not None
        assert not row.holds_on(TODAY)
        assert divisions.successor(retired) == successor
        assert divisions.name(successor).endswith(name)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("44", "广东省"),
        ("440000", "广东省"),
        ("4414", "广东省梅州市"),
        ("441400", "广东省梅州市"),
        ("441402", "广东省梅州市梅江区"),
        ("440781", "广东省江门市台山市"),
        ("411002", "河南省许昌市魏都区"),
        ("330113", "浙江省杭州市临平区"),
        ("370117", "山东省济南市钢城区"),
    ],
)
def test_a_division_is_named_from_the_province_down(code: str, name: str) -> None:
    assert divisions.name(code) == name


def test_every_successor_is_itself_in_the_table_and_in_force() -> None:
    rows = divisions._table().values()
    for row in rows:
        if row.successor:
            last = divisions.find(divisions.successor(row.code))
            assert last is not None
            assert last.valid_to is None


def test_the_twelve_ranks_stand_in_the_order_of_the_law() -> None:
    assert [code for code, _label in ranks.Rank.choices] == [f"R{place:02d}" for place in range(1, 13)]
    assert ranks.Rank("R01").label == "一级巡视员"
    assert ranks.Rank("R12").label == "二级科员"
    assert dict(ranks.Leadership.choices)["131"] == "县处级正职"


@pytest.mark.parametrize(
    ("full", "shown"), [("王小明", "王*"), ("欧阳明远", "欧阳*"), ("欧阳", "欧*"), ("林", "林*"), ("", "")]
)
def test_a_name_is_masked_to_its_family_name(full: str, shown: str) -> None:
    assert masking.name(full) == shown


def test_numbers_are_masked_in_the_middle() -> None:
    assert masking.id_number("441402198001010010") == "441402********0010"
    assert masking.phone("13812345678") == "138****5678"
    assert set(masking.id_number("123")) == {"*"}
