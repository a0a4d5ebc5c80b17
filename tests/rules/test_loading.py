"""The shipped law goes into its tables once; a changed file becomes a new dated row; what the office wrote stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from ledger.acts import act
from ledger.models import Entry
from ledger.refusals import Invalid
from ledger.request_id import set_request_id
from rules import codes, data_files, loading, parameters
from rules.models import Code, DisclosurePolicy, Mark, Origin, Parameter
from rules.parameters import UnknownParameter
from tests.accounts.factories import NOW
from tests.rules.scenes import People

TODAY = date(2026, 5, 11)
KEY = "report.situation_days"


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """Give a copy of the data files with one stretch of text replaced."""

    def change(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "data"
        if not folder.exists():
            shutil.copytree(data_files.FOLDER, folder)
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return change


def history(key: str) -> list[tuple[object, date, date | None, str]]:
    rows = Parameter.objects.filter(key=key).order_by("valid_from")
    return [(row.value, row.valid_from, row.valid_to, row.origin) for row in rows]


@pytest.mark.usefixtures("bare_database")
def test_a_second_run_writes_nothing_and_leaves_no_entry() -> None:
    assert loading.load_rules(now=NOW) == sum(1 for _row in data_files.rows())
    before = Entry.objects.count()
    assert loading.load_rules(now=NOW + timedelta(days=400)) == 0
    assert Entry.objects.count() == before


@pytest.mark.usefixtures("bare_database")
def test_the_commands_load_and_then_say_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_rules")
    call_command("load_rules")
    call_command("load_calendar")
    call_command("load_calendar")
    said = capsys.readouterr().out
    assert "规则：没有变化" in said
    assert "日历：写入 8401 天" in said
    assert "日历：没有变化" in said


@pytest.mark.django_db
def test_a_changed_value_becomes_a_new_row_from_the_day_of_loading(changed: Callable[..., Path]) -> None:
    loading.load_rules(now=NOW)
    folder = changed(
        "parameters.toml",
        f'key = "{KEY}"\nlabel = "失信情况报告"\nvalue = 10',
        f'key = "{KEY}"\nlabel = "失信情况报告"\nvalue = 15',
    )
    assert loading.load_rules(folder=folder, now=NOW) == 2
    assert history(KEY) == [
        (10, date(2004, 1, 1), TODAY - timedelta(days=1), Origin.FILE),
        (15, TODAY, None, Origin.FILE),
    ]
    assert parameters.value(KEY, on=TODAY - timedelta(days=1)) == 10
    assert parameters.value(KEY, on=TODAY) == 15
    assert loading.load_rules(folder=folder, now=NOW + timedelta(days=3)) == 0


@pytest.mark.django_db
def test_a_new_dated_row_in_the_file_holds_from_its_own_day(changed: Callable[..., Path]) -> None:
    loading.load_rules(now=NOW)
    row = f'[[row]]\nkey = "{KEY}"\nvalid_from = 2026-07-01\nlabel = "失信情况报告"\nvalue = 5\nunit = "wd"\nholder = "organ"\nmark = "design"\n'
    folder = changed(
        "parameters.toml", '[[row]]\nkey = "rectify.receipt_days"', row + '\n[[row]]\nkey = "rectify.receipt_days"'
    )
    loading.load_rules(folder=folder, now=NOW)
    assert parameters.value(KEY, on=date(2026, 6, 30)) == 10
    assert parameters.value(KEY, on=date(2026, 7, 1)) == 5
    assert loading.load_rules(folder=folder, now=NOW) == 0


@pytest.mark.django_db
def test_what_the_office_wrote_is_not_written_over(people: People, changed: Callable[..., Path]) -> None:
    with act(kind="rules.change", actor=people.approver, role="approver", now=NOW):
        held = parameters.row(KEY, on=TODAY)
        loading.write([Parameter(
            key=KEY, label=held.label, value=8, unit=held.unit, holder=held.holder, mark=Mark.DESIGN,
            valid_from=date(2026, 6, 1), origin=Origin.OFFICE,
        )])  # fmt: skip
    assert loading.load_rules(now=NOW + timedelta(days=60)) == 0
    assert [row[0] for row in history(KEY)] == [10, 8]
    assert parameters.value(KEY, on=date(2026, 6, 1)) == 8


@pytest.mark.django_db
def test_a_parameter_shipped_no_more_ends_whoever_wrote_it(people: People) -> None:
    gone = {"label": "受理异议立即标注", "value": True, "unit": "switch", "mark": Mark.DESIGN}
    with act(kind="rules.change", actor=people.approver, role="approver", now=NOW):
        for key, origin in (("objection.mark_immediately", Origin.FILE), ("objection.other", Origin.OFFICE)):
            loading.write([Parameter(key=key, valid_from=date(2004, 1, 1), origin=origin, **gone)])

    assert loading.load_rules(now=NOW) == 2
    assert history("objection.mark_immediately") == [(True, date(2004, 1, 1), TODAY - timedelta(days=1), Origin.FILE)]
    assert history("objection.other")[0][2] == TODAY - timedelta(days=1)
    assert loading.load_rules(now=NOW) == 0


@pytest.mark.django_db
def test_a_choice_off_its_list_is_not_loaded(changed: Callable[..., Path]) -> None:
    loading.load_rules(now=NOW)
    folder = changed("parameters.toml", 'value = "both"', 'value = "nobody"')
    before = Entry.objects.count()
    with pytest.raises(ValueError, match="rectify_overdue_drafts"):
        loading.load_rules(folder=folder, now=NOW)
    assert Entry.objects.count() == before
    assert [row[0] for row in history("rectify.overdue_drafts")] == ["both"]


@pytest.mark.django_db
def test_going_back_to_the_former_value_is_a_change_too(changed: Callable[..., Path]) -> None:
    loading.load_rules(now=NOW)
    first = f'key = "{KEY}"\nlabel = "失信情况报告"\nvalue = 10'
    folder = changed("parameters.toml", first, first.replace("10", "15"))
    loading.load_rules(folder=folder, now=NOW)
    loading.load_rules(now=NOW + timedelta(days=30))
    assert [row[0] for row in history(KEY)] == [10, 15, 10]
    assert parameters.value(KEY, on=date(2026, 6, 10)) == 10


@pytest.mark.parametrize(("old", "new", "match"), [
    ('unit = "wd"', 'unitt = "wd"', "unitt"), ('mark = "source"', 'mark = ""', "mark"),
])  # fmt: skip
@pytest.mark.usefixtures("bare_database")
def test_a_malformed_file_stops_the_load_before_anything_is_written(
    changed: Callable[..., Path], old: str, new: str, match: str
) -> None:
    with pytest.raises(ValueError, match=match):
        loading.load_rules(folder=changed("parameters.toml", old, new), now=NOW)
    assert not Parameter.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_the_database_itself_keeps_one_open_row_for_one_key() -> None:
    loading.load_rules(now=NOW)
    twin = Parameter.objects.get(key=KEY)
    twin.pk, twin.valid_from = None, date(2026, 1, 1)
    with pytest.raises(IntegrityError, match="parameter_one_open"), transaction.atomic():
        twin.save_base(raw=True, force_insert=True)


@pytest.mark.django_db
def test_every_key_of_the_reference_is_loaded() -> None:
    loading.load_rules(now=NOW)
    wanted = {
        "push.record_create_days": 7, "push.withdraw_days": 3, "push.repair_sync_days": 1, "push.default_realtime_minutes": 60,
        "push.platform_verify_days": 5, "push.retry_max": 8, "record.review_days": 5, "record.prior_notice_days": 5,
        "record.max_disclosure_years": 5, "report.situation_days": 10, "rectify.default_days": 30,
        "rectify.max_extension_days": 30, "rectify.acceptance_days": 10, "objection.accept_days": 2,
        "rectify.overdue_drafts": "both", "objection.platform_check_days": 1, "objection.decide_days": 5,
        "objection.decide_with_source_days": 7, "objection.extension_days": 5, "objection.provider_reply_days": 3,
        "objection.exclude_expert_time": True, "objection.review_apply_days": 10, "repair.supplement_notice_days": 1,
        "repair.forward_days": 1, "repair.feedback_total_days": 10, "repair.decide_days": 3, "repair.extension_days": 3,
        "repair.fee": 0, "repair.false_promise_block_months": 12, "complaint.register_days": 1, "complaint.accept_days": 15,
        "complaint.sme_transfer_days": 10, "complaint.sme_result_days": 30, "complaint.sme_result_max_days": 90,
        "complaint.finish_days": 60, "complaint.extend_days": 30, "complaint.simple_finish_days": 15, "payment.sme_days": 30,
        "payment.sme_max_days": 60, "suggestion.reply_months": 3, "suggestion.reply_max_months": 6,
        "judicial.suggestion_reply_months": 2, "judicial.hearing_notice_days": 3, "publicity.ogi_days": 20,
        "ogi.request_days": 20, "ogi.extension_days": 20, "inspection.frequency_per_year": 1, "archive.coverage_target": 1.0,
        "official.public_disclosure_enabled": False, "retention.query_log_years": 5, "retention.pia_years": 3,
        "retention.audit_log_years": 6, "retention.ended_record": "archive", "commitment.warn_before_days": [10, 3, 1],
        "assessment.year_start": "01-01", "complaint.default_transfer_days": 1, "deadline.roll_forward": True,
    }  # fmt: skip
    assert {key: parameters.value(key, on=TODAY, profile="GD") for key in wanted} == wanted


@pytest.mark.parametrize(("key", "profile", "value"), [
    ("push.withdraw_days", "HN", 1), ("objection.decide_days", "SZ", 2), ("objection.decide_days", "HN", 3),
    ("objection.extension_days", "SZ", 3), ("repair.decide_days", "HN", 1), ("repair.extension_days", "SZ", 3),
    ("objection.extension_days", "HN", 5),
])  # fmt: skip
@pytest.mark.django_db
def test_a_profile_has_its_own_numbers(key: str, profile: str, value: int) -> None:
    loading.load_rules(now=NOW)
    assert parameters.value(key, on=TODAY, profile=profile) == value


@pytest.mark.django_db
def test_own_and_design_values_are_never_law() -> None:
    loading.load_rules(now=NOW)
    for row in Parameter.objects.all():
        assert row.is_law == (row.mark in ("source", "seed"))
        assert not row.is_law or row.source, row.key


@pytest.mark.django_db
def test_an_unknown_key_names_the_command_that_loads_it() -> None:
    with pytest.raises(UnknownParameter, match="load_rules"):
        parameters.value("no.such_key", on=TODAY)


@pytest.mark.django_db
def test_codes_hold_from_to_and_keep_their_words_afterwards() -> None:
    loading.load_rules(now=NOW)
    assert codes.label("source_type", "ARREARS", TODAY) == "拖欠账款"
    assert ("ARREARS", "拖欠账款") in codes.choices("source_type", TODAY)
    assert "ARREARS" not in dict(codes.choices("source_type", date(2023, 8, 9)))
    assert codes.entry("legal_basis", "NDRC58", date(2026, 3, 31)).basis == "国家发展改革委令第58号"
    with pytest.raises(Invalid, match="2026年4月1日"):
        codes.entry("legal_basis", "NDRC58", date(2026, 4, 1))
    assert codes.label("legal_basis", "NDRC58", date(2026, 4, 1)).startswith("失信行为纠正后")
    assert codes.label("source_type", "NOT_LISTED") == "NOT_LISTED"


@pytest.mark.django_db
def test_the_closed_lists_are_whole_and_every_sanction_has_a_basis() -> None:
    loading.load_rules(now=NOW)
    assert set(dict(codes.choices("source_type", TODAY))) == {
        "COURT_JUDGMENT", "ADMIN_PENALTY", "DISCIPLINE", "GOV_SANCTION", "ACCOUNTABILITY", "BROKEN_COMMITMENT",
        "ONLINE_APPROVAL_FAIL", "RECTIFY_OVERDUE", "JUDGMENT_DEFAULTER", "PPP_DEFAULT", "PROJECT_DEFAULT",
        "CONTRACT_DEFAULT", "ARREARS",
    }  # fmt: skip
    assert len(codes.choices("channel", TODAY)) == 12
    assert all(row.basis for row in codes.rows("sanction"))
    bases = {row.code for row in codes.rows("legal_basis")}
    for row in codes.rows("source_type"):
        assert set(row.facts["basis"]) <= bases, row.code
        assert row.facts["about"], row.code


@pytest.mark.django_db
def test_one_page_asks_once_and_the_next_sees_a_change(
    people: People, django_assert_num_queries: Callable[..., object]
) -> None:
    set_request_id("one")
    try:
        with django_assert_num_queries(2):  # type: ignore[attr-defined]
            for _row in range(50):
                codes.label("source_type", "ARREARS", TODAY)
                parameters.value(KEY, on=TODAY)
        with act(kind="rules.change", actor=people.approver, role="approver", now=NOW):
            loading.write(
                [Parameter(key=KEY, label="失信情况报告", value=8, unit="wd", mark=Mark.DESIGN, valid_from=TODAY)]
            )
        assert parameters.value(KEY, on=TODAY) == 8
    finally:
        set_request_id("")


@pytest.mark.django_db
def test_what_another_process_changed_is_seen_with_the_next_page() -> None:
    loading.load_rules(now=NOW)
    for request, words in (("one", "拖欠账款"), ("two", "拖欠企业账款")):
        set_request_id(request)
        assert codes.label("source_type", "ARREARS", TODAY) == words
        with act(kind="rules.elsewhere", actor=loading.SYSTEM, role="system", now=datetime(2026, 5, 11, tzinfo=UTC)):
            row = Code.objects.get(list_name="source_type", code="ARREARS")
            row.label = "拖欠企业账款"
            row.save()
    set_request_id("")


@pytest.mark.django_db
def test_the_policies_are_those_of_the_reference() -> None:
    loading.load_rules(now=NOW)
    rows = {(row.scheme, row.severity): row for row in DisclosurePolicy.objects.all()}
    assert {key: (row.publish_by_default, row.min_months, row.max_months) for key, row in rows.items()} == {
        ("CREDIT_REPAIR_2026", "minor"): (False, 0, 3), ("CREDIT_REPAIR_2026", "general"): (True, 3, 12),
        ("CREDIT_REPAIR_2026", "serious"): (True, 12, 36), ("ORDER58", "minor"): (False, 3, 36),
        ("ORDER58", "general"): (True, 3, 36), ("ORDER58", "serious"): (True, 3, 36),
        ("ORDER58_SAFETY", "any"): (True, 12, 36), ("LEGACY", "any"): (True, 3, 60), ("GOV_DEFAULT", "any"): (True, 0, 36),
        ("OFFICIAL", "any"): (False, None, None),
    }  # fmt: skip
