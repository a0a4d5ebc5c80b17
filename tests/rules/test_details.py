"""Described forms: every description is walked; what it asks for is asked, what it forbids is refused at its field."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from accounts.models import Department
from rules.details import checks, cleaning, derived, reading, shapes, spoken
from rules.details.cleaning import Faulty
from rules.details.shapes import Field, Form
from rules.models import DetailForm
from tests.accounts import factories
from tests.accounts.factories import NOW
from tests.rules import detail_examples
from tests.rules.detail_examples import EXAMPLES

ON = NOW.date()
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
WRONG = {
    shapes.TEXT: "甲\u200b乙", shapes.LONG: "甲\u202e乙", shapes.DAY: "2026-02-30", shapes.MONEY: "-1", shapes.NUMBER: "一",
    shapes.CODE: "NO_SUCH_CODE", shapes.UNIT: "没有这个单位", shapes.OFFICIAL: "00000000-0000-0000-0000-000000000000",
    shapes.YES_NO: "maybe", shapes.ROWS: "不是一行一行的",
}  # fmt: skip


@pytest.fixture
def bureau() -> Department:
    root = factories.department("安平省人民政府")
    unit = factories.department("安平市交通运输局", parent=root)
    held = factories.official(unit, "周明远")
    from accounts.models import Post
    from ledger.actors import SYSTEM
    from ledger.acts import act

    with act(kind="test.post", actor=SYSTEM, role="system", now=NOW):
        Post(official=held, department=unit, title="局长", leadership_code="141", held_from=date(2020, 1, 1)).save()
    return unit


@pytest.fixture
def typed(bureau: Department) -> Callable[[str], dict[str, Any]]:
    held = bureau.posts.get()

    def example(code: str) -> dict[str, Any]:
        return copy.deepcopy(detail_examples.filled(EXAMPLES[code], official=str(held.pk), unit=bureau.uscc))

    return example


def clean(form: Form, typed: dict[str, Any], bureau: Department) -> dict[str, Any]:
    return cleaning.clean(form, typed, on=ON, department=bureau)


def faults(form: Form, typed: dict[str, Any], bureau: Department) -> dict[str, str]:
    with pytest.raises(Faulty) as refused:
        clean(form, typed, bureau)
    return refused.value.errors


def places(form: Form) -> Iterator[tuple[str, Field, Callable[[dict[str, Any]], dict[str, Any]]]]:
    """Every field of a form, the columns of the first row included: its path, itself, and the map that holds it."""
    for each in form.fields:
        yield each.key, each, lambda typed: typed
        for column in each.fields:
            yield f"{each.key}.0.{column.key}", column, lambda typed, key=each.key: typed[key][0]  # type: ignore[misc]


def found(code: str) -> Form:
    form = reading.find(code, on=ON)
    assert form is not None
    return form


def test_every_description_has_an_example_and_every_example_a_description() -> None:
    assert {form.code for form in reading.forms(on=ON)} == EXAMPLES.keys()
    assert all(form.source for form in reading.forms(on=ON)), "a form says which law or plan it rests on"


@pytest.mark.parametrize("code", EXAMPLES)
def test_a_valid_example_is_kept_said_in_words_and_reads_back_as_itself(
    code: str, typed: Callable[[str], dict[str, Any]], bureau: Department
) -> None:
    form = found(code)
    values = clean(form, typed(code), bureau)
    told = spoken.lines(form, values, on=ON)
    assert [line.key for line in told] == [each.key for each in form.fields if each.key in values]
    assert all(line.text for line in told)
    assert clean(form, copy.deepcopy(values), bureau) == values, "what is kept can be kept again"
    assert derived.told(form, values, on=ON), "every form tells something nobody typed"
    assert spoken.turns(form, values, values, on=ON) == []


@pytest.mark.parametrize("code", EXAMPLES)
def test_each_required_field_is_asked_for_at_its_place(
    code: str, typed: Callable[[str], dict[str, Any]], bureau: Department
) -> None:
    form = found(code)
    wanted = [(path, each, holder) for path, each, holder in places(form) if each.required]
    assert wanted
    for path, each, holder in wanted:
        given = typed(code)
        holder(given)[each.key] = [] if each.type == shapes.ROWS else " "
        assert f"“{each.label}”" in faults(form, given, bureau)[path]


@pytest.mark.parametrize("code", EXAMPLES)
def test_each_field_refuses_what_is_not_of_its_type(
    code: str, typed: Callable[[str], dict[str, Any]], bureau: Department
) -> None:
    form = found(code)
    for path, each, holder in places(form):
        for wrong in (WRONG[each.type], ["一", "个列表"], {"a": 1}):
            given = typed(code)
            holder(given)[each.key] = wrong
            sentence = faults(form, given, bureau)[path]
            assert any("\u4e00" <= char <= "\u9fff" for char in sentence)


@pytest.mark.parametrize("code", EXAMPLES)
def test_each_limit_holds(code: str, typed: Callable[[str], dict[str, Any]], bureau: Department) -> None:
    form = found(code)
    for path, each, holder in places(form):
        if each.type not in (shapes.TEXT, shapes.LONG, shapes.NUMBER, shapes.ROWS):
            continue
        given = typed(code)
        longest: dict[str, Any] = {
            shapes.NUMBER: str(each.limit + 1),
            shapes.ROWS: given.get(each.key, [])[:1] * (each.limit + 1),
        }
        holder(given)[each.key] = longest.get(each.type, "长" * (each.limit + 1))
        assert str(each.limit) in faults(form, given, bureau)[path]


BREAKING: dict[str, Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]] = {
    "order": lambda facts, row: {facts["first"]: "2026-03-02", facts["then"]: "2026-03-01"},
    "not_future": lambda facts, row: {facts["field"]: "2026-05-12"},
    "at_most": lambda facts, row: {facts["small"]: "2", facts["large"]: "1"},
    "needs": lambda facts, row: {
        facts["field"]: "", facts["when"]: facts["is"][0] if facts.get("is") else row[facts["when"]] or "2026-03-01"
    },
    "uscc": lambda facts, row: {facts["field"]: "91440000MB2C12348A"},
    "in_post": lambda facts, row: {facts["first"]: "2018-01-01", facts["then"]: "2019-12-31", "done_on": "2019-12-31"},
    "not_refused": lambda facts, row: {facts["field"]: "INTERNAL_PAYMENT_FLOW"},
    "sme_payment": lambda facts, row: {facts["agreed_days"]: "61"},
}  # fmt: skip
AT = {"order": "then", "in_post": "owner", "at_most": "small", "sme_payment": "agreed_days"}


@pytest.mark.parametrize("code", EXAMPLES)
def test_each_named_check_is_broken_once_and_answers_at_its_field(
    code: str, typed: Callable[[str], dict[str, Any]], bureau: Department
) -> None:
    form = found(code)
    for check in form.checks:
        given = typed(code)
        if check.name == "once":
            given[check.within] = given[check.within][:1] * 2
            assert f"{check.within}.1.{check.facts['field']}" in faults(form, given, bureau)
            continue
        row = given[check.within][0] if check.within else given
        row |= BREAKING[check.name](dict(check.facts), row)
        path = str(check.facts[AT.get(check.name, "field")])
        assert (f"{check.within}.0.{path}" if check.within else path) in faults(form, given, bureau), check


def test_a_field_the_description_does_not_have_is_refused(
    typed: Callable[[str], dict[str, Any]], bureau: Department
) -> None:
    assert "不是这张表的栏目" in faults(found("PPP"), {**typed("PPP"), "bribe": "1"}, bureau)["bribe"]


@pytest.mark.parametrize(
    ("delivered", "agreed", "by_law", "due", "outcome"),
    [
        ("2026-04-10", "", "", date(2026, 5, 11), ""),  # 30 days end on Sunday 10 May and move to Monday
        ("2026-04-10", "30", "", date(2026, 5, 11), ""),
        ("2026-04-10", "31", "", date(2026, 5, 11), "须有合同约定"),
        ("2026-04-10", "60", "", date(2026, 6, 9), "须有合同约定"),
        ("2026-04-10", "61", "", None, "最长 60 日"),
        ("2026-04-10", "90", "政府投资条例第〇条", date(2026, 7, 9), "依据：政府投资条例第〇条"),
    ],
)
def test_a_small_firm_is_paid_in_30_days_by_contract_in_60_and_later_only_by_law(
    delivered: str, agreed: str, by_law: str, due: date | None, outcome: str,
    typed: Callable[[str], dict[str, Any]], bureau: Department,
) -> None:  # fmt: skip
    form = found("SME_PAYMENT")
    given = {**typed("SME_PAYMENT"), "delivered_on": delivered, "agreed_days": agreed, "by_law": by_law}
    if due is None:
        sentence = faults(form, given, bureau)["agreed_days"]
        assert outcome in sentence
        assert "保障中小企业款项支付条例 第九条" in sentence
        return
    values = clean(form, given, bureau)
    held = derived.payment(values)
    assert held is not None
    assert held.due_on == due
    said = " ".join(each.text for each in derived.told(form, values, on=ON))
    assert outcome in said


@pytest.mark.parametrize(
    ("paid_on", "paid", "on", "words"),
    [
        ("", "", date(2026, 5, 11), "待付 58,000.00 元，还有 0 天"),
        ("", "", date(2026, 5, 12), "拖欠 58,000.00 元，已逾期 1 天"),
        ("", "20000", date(2026, 5, 21), "拖欠 38,000.00 元，已逾期 10 天"),
        ("2026-05-11", "58000", date(2026, 5, 21), "已按期付清"),
        ("2026-05-09", "58000", date(2026, 5, 21), "已按期付清"),
    ],
)
def test_arrears_to_a_small_firm_are_counted_from_the_day_after_the_last(
    paid_on: str, paid: str, on: date, words: str, typed: Callable[[str], dict[str, Any]], bureau: Department
) -> None:
    form = found("SME_PAYMENT")
    given = {**typed("SME_PAYMENT"), "agreed_days": "", "paid_on": paid_on, "paid_amount": paid}
    assert words in [each.text for each in derived.told(form, clean(form, given, bureau), on=on)]


def test_the_share_of_tasks_is_counted_and_a_late_one_is_named(
    typed: Callable[[str], dict[str, Any]], bureau: Department
) -> None:
    form = found("POLICY")
    told = derived.told(form, clean(form, typed("POLICY"), bureau), on=ON)
    assert [(each.label, each.text, each.tone) for each in told] == [
        ("任务进度", "共 2 项，完成 1 项（50%），逾期 1 项", "bad")
    ]


def test_a_stage_in_default_names_who_answered_for_it_then(
    typed: Callable[[str], dict[str, Any]], bureau: Department
) -> None:
    form = found("PROJECT")
    told = derived.told(form, clean(form, typed("PROJECT"), bureau), on=ON)
    assert ("违约", "施工阶段违约，当时的责任人：周明远") in [(each.label, each.text) for each in told]
    form = found("PPP")
    late = derived.told(form, clean(form, typed("PPP"), bureau), on=date(2026, 7, 1))
    assert [each.label for each in late] == ["预警"]


def test_a_promise_without_review_stands_out(typed: Callable[[str], dict[str, Any]], bureau: Department) -> None:
    form = found("INVESTMENT")
    told = derived.told(form, clean(form, typed("INVESTMENT"), bureau), on=ON)
    assert ("提醒", "承诺作出前没有通过：公平竞争审查") in [(each.label, each.text) for each in told]


def test_only_people_of_the_department_and_below_can_be_named(
    typed: Callable[[str], dict[str, Any]], bureau: Department
) -> None:
    other = factories.department("安平市应急管理局", parent=bureau.parent)
    assert "请从本单位" in faults(found("PROCUREMENT"), typed("PROCUREMENT"), other)["responsible"]


def test_changes_are_said_in_words(typed: Callable[[str], dict[str, Any]], bureau: Department) -> None:
    form = found("POLICY")
    old = clean(form, typed("POLICY"), bureau)
    new = copy.deepcopy(old)
    new["ends_on"] = "2028-12-31"
    new["tasks"][1] |= {"progress": "DONE", "done_on": "2026-05-10"}
    turns = spoken.turns(form, old, new, on=ON)
    assert [(turn.label, turn.new) for turn in turns][0] == ("有效期至", "2028年12月31日")
    assert turns[1].label == "分解任务 第 2 行"
    assert "进展：已完成；完成日期：2026年5月10日" in turns[1].new


@pytest.mark.parametrize(
    "facts",
    [
        {"fields": [{"key": "a", "label": "甲", "type": "picture"}]},
        {"fields": [{"key": "a", "label": "甲", "type": "text", "colour": "red"}]},
        {"fields": [{"key": "a", "label": "甲", "type": "code"}]},
        {"fields": [{"key": "a", "label": "甲", "type": "rows"}]},
        {"fields": [{"key": "a", "label": "甲", "type": "text"}, {"key": "a", "label": "乙", "type": "text"}]},
        {"checks": [{"name": "feels_right"}]},
        {"checks": [{"name": "order", "first": "a", "then": "nowhere"}]},
        {"checks": [{"name": "order", "first": "a", "then": "a", "within": "a"}]},
        {"derived": [{"name": "magic"}]},
    ],
)
def test_a_description_that_cannot_be_obeyed_is_refused_on_loading(facts: dict[str, Any]) -> None:
    fair = {"fields": [{"key": "a", "label": "甲", "type": "text"}], "checks": [], "derived": []}
    with pytest.raises(ValueError, match="X"):
        shapes.read(DetailForm(code="X", label="某表", valid_from=ON, mark="design", **{**fair, **facts}))


def test_a_kept_version_is_read_by_the_description_it_was_written_with() -> None:
    held = DetailForm.objects.get(code="PPP")
    assert reading.kept("PPP", valid_from=held.valid_from).label == held.label
    with pytest.raises(LookupError):
        reading.kept("PPP", valid_from=date(1999, 1, 1))


def test_forms_suit_key_areas_and_kinds() -> None:
    def suiting(areas: list[str], kind: str) -> set[str]:
        return {form.code for form in reading.suiting(areas=areas, kind=kind, on=ON)}

    assert suiting(["PROCUREMENT"], "CONTRACT") == {"PROCUREMENT", "SME_PAYMENT"}
    assert suiting([], "SERVICE_QUALITY") == set()
    assert checks.RUN.keys() == shapes.CHECKS.keys()
    assert set(derived.RUN) == set(shapes.DERIVED)
