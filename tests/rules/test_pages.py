"""The staff pages of the rules: what holds, where it is written, how a day comes about; and who may change it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from ledger.acts import act
from ledger.refusals import Conflict, Invalid, Missing, NotAllowed
from rules import changing, deadlines, explaining, parameters
from rules.derivation import Pause, derive
from rules.models import Deadline, Origin, Parameter
from rules.workflow import MACHINES
from tests.accounts import factories
from tests.accounts.factories import NOW
from tests.rules.scenes import People
from tests.rules.workshop import CASE

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 11)
KEY = "report.situation_days"
READ = ["calendar", "parameters", "policies", "codes"]


@pytest.fixture
def deadline(people: People) -> Deadline:
    case = people.case()
    with act(kind="workshop.start", actor=people.clerk, role="clerk", obj=case, now=NOW):
        return deadlines.start(
            obj=case, rule="push.record_create_days", started_on=date(2026, 4, 29), owner_role="approver",
            owner_department=people.bureau, now=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_every_page_answers_with_a_heading(client: Client, people: People, name: str) -> None:
    client.force_login(people.clerk)
    answer = client.get(reverse(f"rules:{name}"))
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("name", READ)
def test_nobody_reads_them_without_signing_in(client: Client, name: str, db: None) -> None:
    assert client.get(reverse(f"rules:{name}")).status_code == 302


@pytest.mark.parametrize("year", [2026, 2027, 2004, 1990, 2100])
def test_any_year_has_a_calendar_and_an_unknown_one_says_so(client: Client, people: People, year: int) -> None:
    client.force_login(people.clerk)
    page = client.get(reverse("rules:calendar_year", args=[year])).content.decode()
    # The warning about the coming year, shown on every page from 1 December, says nothing of the year looked at.
    assert ("这一年的安排还没有导入" in page) == (year not in (2004, 2026))
    assert page.count("<caption>") == 12


@pytest.mark.parametrize("year", [0, 1989, 2101, 99999])
def test_a_year_beyond_all_calendars_does_not_exist(client: Client, people: People, year: int) -> None:
    client.force_login(people.clerk)
    assert client.get(reverse("rules:calendar_year", args=[year])).status_code == 404


def test_the_calendar_names_holidays_and_make_up_days(client: Client, people: People) -> None:
    client.force_login(people.clerk)
    page = client.get(reverse("rules:calendar_year", args=[2026])).content.decode()
    assert "10月1日至10月7日 国庆节，休" in page
    assert "10月10日 调休上班<" in page


def test_the_list_of_parameters_never_calls_own_numbers_law(client: Client, people: People) -> None:
    client.force_login(people.clerk)
    page = client.get(reverse("rules:parameters")).content.decode()
    assert "发改办财金〔2018〕424号" in page
    row = page[page.index(KEY) :][:600]
    assert "平台约定" in row
    assert page.count("法定") == 1  # the name of the list of fixed holidays


def test_a_parameter_shows_its_history_in_all_regions(client: Client, people: People) -> None:
    client.force_login(people.clerk)
    page = client.get(reverse("rules:parameter", args=["objection.decide_days"])).content.decode()
    for words in ("2 个工作日", "3 个工作日", "5 个工作日", "深圳经济特区", "河南省", "通用", "待核实的通行做法"):
        assert words in page
    assert client.get(reverse("rules:parameter", args=["no.such_key"])).status_code == 404


@pytest.mark.parametrize("chosen", ["source_type", "legal_basis", "sanction", "no_such_list", "x" * 500])
def test_a_code_list_shows_bases_and_days(client: Client, people: People, chosen: str) -> None:
    client.force_login(people.clerk)
    page = client.get(reverse("rules:codes"), {"list": chosen}).content.decode()
    assert ("NDRC58" in page) == (chosen == "legal_basis")


def test_a_deadline_is_explained_day_by_day(client: Client, people: People, deadline: Deadline) -> None:
    client.force_login(people.clerk)
    page = client.get(reverse("rules:deadline", args=[deadline.pk])).content.decode()
    for words in (
        "失信信息报送：2026年5月12日止", "劳动节放假 5 天不计", "5月9日周六调休上班，计入", "所以到2026年5月12日 24 时为止",
        "发改办财金〔2018〕424号", "市交通运输局 · 信用牵头部门认定人",
    ):  # fmt: skip
        assert words in page, words
    assert page.count('class="off"') == 6


def test_a_deadline_of_another_department_is_as_if_it_did_not_exist(
    client: Client, people: People, deadline: Deadline
) -> None:
    client.force_login(factories.user(("clerk", people.elsewhere), name="外单位"))
    assert client.get(reverse("rules:deadline", args=[deadline.pk])).status_code == 404
    client.force_login(people.approver)
    assert client.get(reverse("rules:deadline", args=[deadline.pk])).status_code == 200


@pytest.mark.usefixtures("law")
@pytest.mark.parametrize(("rule", "on", "pauses", "words"), [
    ("judicial.suggestion_reply_months", date(2026, 5, 11), [], "末日不是工作日，顺延到7月13日"),
    ("record.prior_notice_days", date(2026, 9, 24), [], "待核实的通行做法"),
    ("report.situation_days", date(2026, 12, 28), [], "暂定"),
    ("objection.decide_days", date(2026, 6, 1), [Pause(date(2026, 6, 3), date(2026, 6, 8), "专家论证")], "专家论证暂停 6 天不计"),
    ("objection.decide_days", date(2026, 6, 1), [Pause(date(2026, 6, 3), None, "专家论证")], "计时已暂停：专家论证"),
])  # fmt: skip
def test_the_sentence_says_what_was_skipped_and_why(rule: str, on: date, pauses: list[Pause], words: str) -> None:
    derived = derive(rule, on, None, pauses)
    assert words in explaining.sentence(derived)
    cells = explaining.strip(derived, today=TODAY)
    assert len(cells) <= 40
    assert cells[0]["mark"] == "起"
    assert derived.due_on is None or cells[-1]["name"] == "截止"


# --- changes by the office ---------------------------------------------------------------------------------------------


def change(actor: User, **facts: Any) -> Parameter:
    given = {
        "key": KEY, "profile": "", "value": 8, "valid_from": date(2026, 6, 1), "source": "", "reason": "按本市要求", "now": NOW, **facts,
    }  # fmt: skip
    return changing.change(actor=actor, **given)


def test_a_change_is_a_new_row_and_the_past_keeps_its_number(people: People) -> None:
    row = change(people.approver)
    assert (row.origin, row.mark, row.is_law) == (Origin.OFFICE, "design", False)
    assert parameters.value(KEY, on=date(2026, 5, 31)) == 10
    assert parameters.value(KEY, on=date(2026, 6, 1)) == 8
    assert change(people.approver, value=7, valid_from=date(2026, 7, 1), source="梅市信〔2026〕3号").is_law


@pytest.mark.parametrize(("facts", "error", "match"), [
    ({"valid_from": date(2026, 5, 10)}, Invalid, "不能早于今天"), ({"reason": " "}, Invalid, "请写明理由"),
    ({"value": -1}, Invalid, "整数"), ({"value": True}, Invalid, "整数"), ({"value": "8"}, Invalid, "整数"),
    ({"value": 10}, Conflict, "没有要改的"), ({"key": "no.such_key"}, Missing, "没有可以修改的参数"),
    ({"key": "calendar.fixed_holidays"}, Missing, "没有可以修改的参数"),
])  # fmt: skip
def test_a_change_that_does_not_fit_writes_nothing(
    people: People, facts: dict[str, Any], error: type[Exception], match: str
) -> None:
    before = Parameter.objects.count()
    with pytest.raises(error, match=match):
        change(people.approver, **facts)
    assert Parameter.objects.count() == before


def test_a_taken_day_and_a_foreign_hand_are_refused(people: People) -> None:
    change(people.approver)
    with pytest.raises(Invalid, match="已有一次修改"):
        change(people.approver, value=9)
    with pytest.raises(NotAllowed):
        change(people.clerk, value=9, valid_from=date(2026, 8, 1))
    assert [row.value for row in Parameter.objects.filter(key=KEY).order_by("valid_from")] == [10, 8]


def test_the_page_changes_a_number_and_a_switch(client: Client, people: People) -> None:
    client.force_login(people.approver)
    day = timezone.localdate().isoformat()
    for key, value, held in ((KEY, "8", 8), ("deadline.roll_forward", "0", False)):
        address = reverse("rules:change_parameter", args=[key])
        assert client.get(address).status_code == 200
        answer = client.post(address, {"value": value, "valid_from": day, "source": "", "reason": "按本市要求"})
        assert answer.status_code == 302, answer.content.decode()
        assert Parameter.objects.get(key=key, origin=Origin.OFFICE).value is held or held == 8
    assert client.post(address, {"value": "7", "valid_from": day}).status_code == 422
    assert client.get(reverse("rules:change_parameter", args=["calendar.fixed_holidays"])).status_code == 404


def test_a_choice_is_taken_from_its_list_and_said_in_words(client: Client, people: People) -> None:
    key = "rectify.overdue_drafts"
    with pytest.raises(Invalid, match="选一项"):
        change(people.approver, key=key, value="neither")
    with pytest.raises(Invalid, match="选一项"):
        change(people.approver, key=key, value=True)
    assert change(people.approver, key=key, value="official").value == "official"
    client.force_login(people.approver)
    address = reverse("rules:change_parameter", args=[key])
    page = client.get(address).content.decode()
    for words in ("单位和责任人都起草", "只起草单位记录", "只起草责任人记录"):
        assert words in page
    given = {"valid_from": timezone.localdate().isoformat(), "source": "", "reason": "按本市要求"}
    assert client.post(address, {"value": "neither", **given}).status_code == 422
    assert client.post(address, {"value": "unit", **given}).status_code == 302
    assert "只起草单位记录" in client.get(reverse("rules:parameter", args=[key])).content.decode()


@pytest.mark.parametrize("name", ["import_calendar", "change_parameter"])
def test_the_clerk_has_neither_the_button_nor_the_page(client: Client, people: People, name: str) -> None:
    client.force_login(people.clerk)
    address = reverse(f"rules:{name}", args=[KEY] if name == "change_parameter" else [])
    assert client.get(address).status_code == 403
    for page in (reverse("rules:calendar"), reverse("rules:parameter", args=[KEY])):
        assert address not in client.get(page).content.decode()


# --- the workflow document ---------------------------------------------------------------------------------------------


def test_the_workflow_document_is_written_from_the_tables_and_checked(tmp_path: Path) -> None:
    place = tmp_path / "workflows.md"
    MACHINES["workshop"] = CASE
    try:
        with pytest.raises(CommandError, match="out of date"):
            call_command("describe_workflows", "--check", "--to", str(place))
        call_command("describe_workflows", "--to", str(place))
        call_command("describe_workflows", "--check", "--to", str(place))
        text = place.read_text(encoding="utf-8")
        for words in (
            "## 检验事项 (`workshop`)", "    pending --> deciding: 通过审核", '    state "待审核" as pending', "[*] --> draft",
            "信用牵头部门认定人 → 信用牵头部门认定人（先后签署，须不同的人）", "四眼；须写理由", "起：审核 `record.review_days`",
        ):  # fmt: skip
            assert words in text, words
        place.write_text(text + "x", encoding="utf-8")
        with pytest.raises(CommandError, match="out of date"):
            call_command("describe_workflows", "--check", "--to", str(place))
    finally:
        MACHINES.pop("workshop", None)
