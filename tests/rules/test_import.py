"""A new year is previewed, listed old → new, confirmed by a person, and kept beside what was."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ledger.acts import act
from ledger.models import Entry
from ledger.refusals import Conflict, Invalid, NotAllowed
from rules import calendar, calendar_import, deadlines, notices
from rules.models import CalendarDay, Deadline, DeadlineMove
from tests.accounts import factories
from tests.rules.scenes import People
from tests.rules.workshop import Case

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)
SOURCE = "国办发明电〔2026〕8号"
NOTICE = """日期,安排,名称
2027-01-01至2027-01-03,休,元旦
2027-02-05至2027-02-11,休,春节
2027-01-30,班
2027-02-13,班,调休上班
2027-04-03至2027-04-05,休,清明节
2027-05-01至2027-05-05,休,劳动节
2027-06-09,休,端午节
2027-09-15,休,中秋节
2027-10-01至2027-10-07,休,国庆节
"""


@pytest.fixture
def case(people: People) -> Case:
    return people.case()


def start(people: People, case: Case, rule: str, on: date) -> Deadline:
    with act(kind="workshop.start", actor=people.clerk, role="clerk", obj=case, now=NOW):
        return deadlines.start(
            obj=case, rule=rule, started_on=on, owner_role="approver", owner_department=people.bureau, now=NOW
        )


def preview(text: str = NOTICE) -> calendar_import.Preview:
    return calendar_import.preview(text=text, year=2027, source=SOURCE, now=NOW)


def confirm(actor: User, digest: str, text: str = NOTICE) -> calendar_import.Preview:
    return calendar_import.confirm(actor=actor, text=text, year=2027, source=SOURCE, digest=digest, now=NOW)


def test_a_preview_lists_what_moves_and_writes_nothing(people: People, case: Case) -> None:
    held = start(people, case, "publicity.ogi_days", date(2027, 1, 20))
    before = Entry.objects.count()
    seen = preview()
    assert held.provisional
    assert held.due_on == date(2027, 2, 17)
    move = next(each for each in seen.moves if each.deadline.pk == held.pk)
    assert (move.derived.due_on, move.kept_due_on) == (date(2027, 2, 22), date(2027, 2, 22))
    assert Entry.objects.count() == before
    assert not CalendarDay.objects.filter(day__year=2027).exists()


def test_a_confirmed_year_is_official_and_moves_the_deadlines_keeping_both(people: People, case: Case) -> None:
    held = start(people, case, "publicity.ogi_days", date(2027, 1, 20))
    confirm(people.approver, preview().digest)
    assert CalendarDay.objects.filter(day__year=2027).count() == 365
    assert calendar.is_workday(date(2027, 1, 30))
    assert calendar.alert(date(2026, 12, 10)) is None
    moved = Deadline.objects.get(pk=held.pk)
    assert (moved.due_on, moved.provisional) == (date(2027, 2, 22), False)
    kept = DeadlineMove.objects.get()
    assert (kept.old_due_on, kept.new_due_on, kept.kept_due_on) == (
        date(2027, 2, 17),
        date(2027, 2, 22),
        date(2027, 2, 22),
    )
    assert kept.confirmed_by == people.approver
    assert Entry.objects.filter(kind="calendar.import", person=people.approver.person_id).count() == 1


def test_a_running_right_of_the_subject_is_never_shortened(people: People, case: Case) -> None:
    organ = start(people, case, "record.review_days", date(2027, 1, 27))
    subject = start(people, case, "record.prior_notice_days", date(2027, 1, 27))
    assert organ.due_on == subject.due_on == date(2027, 2, 3)
    confirm(people.approver, preview().digest)  # Saturday 30 January is worked, so the fifth day comes earlier
    assert Deadline.objects.get(pk=organ.pk).due_on == date(2027, 2, 2)
    assert Deadline.objects.get(pk=subject.pk).due_on == date(2027, 2, 3)
    kept = DeadlineMove.objects.get(deadline=subject)
    assert (kept.new_due_on, kept.kept_due_on) == (date(2027, 2, 2), date(2027, 2, 3))


def test_closed_and_untouched_deadlines_do_not_move(people: People, case: Case) -> None:
    start(people, case, "record.review_days", date(2026, 11, 2))
    start(people, case, "publicity.ogi_days", date(2027, 1, 20))
    with act(kind="workshop.end", actor=people.clerk, role="clerk", obj=case, now=NOW):
        deadlines.close(obj=case, rule="publicity.ogi_days", now=NOW)
    assert preview().moves == []


def test_what_was_not_shown_is_not_confirmed(people: People, case: Case) -> None:
    digest = preview().digest
    start(people, case, "publicity.ogi_days", date(2027, 1, 20))
    before = Entry.objects.exclude(kind="refused").count()
    with pytest.raises(Conflict, match="预览之后有期限变动"):
        confirm(people.approver, digest)
    assert not CalendarDay.objects.filter(day__year=2027).exists()
    assert Entry.objects.exclude(kind="refused").count() == before


def test_only_those_the_policy_names_confirm(people: People) -> None:
    with pytest.raises(NotAllowed):
        confirm(people.clerk, preview().digest)
    assert not CalendarDay.objects.filter(day__year=2027).exists()


def test_the_same_notice_twice_writes_nothing_and_a_corrected_one_changes_its_days(people: People) -> None:
    confirm(people.approver, preview().digest)
    with pytest.raises(Conflict, match="已经是这样"):
        confirm(people.approver, preview().digest)
    longer = NOTICE.replace("2027-02-05至2027-02-11", "2027-02-05至2027-02-12")
    seen = preview(longer)
    assert [each.day for each in seen.changed] == [date(2027, 2, 12)]
    confirm(people.approver, seen.digest, longer)
    assert not calendar.is_workday(date(2027, 2, 12))


@pytest.mark.parametrize(("text", "match"), [
    ("2027-13-01,休,元旦", "第 1 行：日期“2027-13-01”看不懂"), ("日期,安排\n2027-01-01,放", "第 2 行：“放”应为"),
    ("2027-01-01", "第 1 行：应写"), ("2026-12-31,休,元旦", "不在 2027 年内"),
    ("2027-01-03至2027-01-01,休", "止日早于起日"), ("2027-01-01,休\n2027-01-01,班", "第 2 行：2027-01-01 写了两次"),
    ("2027-01-01,休,元旦", "缺 2027-05-01 劳动节"), ("x" * 20_001, "内容太长"), ("2027-1-1\x00,休", "看不懂"),
])  # fmt: skip
@pytest.mark.usefixtures("law")
def test_a_notice_that_cannot_be_read_says_where(text: str, match: str) -> None:
    with pytest.raises(Invalid, match=match):
        preview(text)


@pytest.mark.usefixtures("law")
def test_a_notice_is_read_in_the_ways_people_write_it() -> None:
    written = NOTICE.replace("2027-02-05至2027-02-11,休,春节", "２０２７年２月５日到2027/2/11；放假；春节")
    assert notices.parse(written, year=2027) == notices.parse(NOTICE, year=2027)


@pytest.mark.usefixtures("law")
@pytest.mark.parametrize(("year", "source", "match"), [(2040, SOURCE, "前后三年"), (2027, " ", "请填写依据")])
def test_a_year_out_of_reach_or_without_a_source_is_refused(year: int, source: str, match: str) -> None:
    with pytest.raises(Invalid, match=match):
        calendar_import.preview(text=NOTICE, year=year, source=source, now=NOW)


# --- the page ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def administrator(people: People) -> User:
    return factories.user(("sysadmin", people.bureau), name="系统员")


def test_the_page_previews_then_imports_without_script(
    client: Client, administrator: User, people: People, case: Case
) -> None:
    start(people, case, "publicity.ogi_days", date(2027, 1, 20))
    client.force_login(administrator)
    address = reverse("rules:import_calendar")
    assert client.get(address).status_code == 200
    facts = {"year": 2027, "source": SOURCE, "text": NOTICE}
    shown = client.post(address, facts)
    page = shown.content.decode()
    assert "2027年2月17日" in page
    assert "2027年2月22日" in page
    assert "1月30日 调休上班<" in page
    done = client.post(address, {**facts, "digest": shown.context["seen"].digest})
    assert done.status_code == 302
    assert done["Location"] == reverse("rules:calendar_year", args=[2027])
    assert "调休上班" in client.get(done["Location"]).content.decode()


def test_the_page_shows_a_new_preview_where_something_moved_meanwhile(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    facts = {"year": 2027, "source": SOURCE, "text": NOTICE, "digest": "0" * 64}
    answer = client.post(reverse("rules:import_calendar"), facts)
    assert answer.status_code == 409
    assert "预览之后有期限变动" in answer.content.decode()
    assert not CalendarDay.objects.filter(day__year=2027).exists()


def test_the_page_reads_an_uploaded_file_in_the_encodings_of_offices(client: Client, administrator: User) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(administrator)
    for octets in (NOTICE.encode("gb18030"), NOTICE.encode("utf-8-sig")):
        upload = SimpleUploadedFile("2027.csv", octets, "text/csv")
        answer = client.post(reverse("rules:import_calendar"), {"year": 2027, "source": SOURCE, "file": upload})
        assert answer.status_code == 200
        assert "国庆节" in answer.content.decode()


@pytest.mark.parametrize(("facts", "words"), [
    ({"year": 2027, "source": SOURCE, "text": ""}, "请粘贴或上传"), ({"year": 2027, "source": "", "text": NOTICE}, "依据"),
    ({"year": 2027, "source": SOURCE, "text": "2027-99-99,休"}, "看不懂"), ({"year": "x", "source": SOURCE, "text": NOTICE}, "年份"),
])  # fmt: skip
def test_the_page_names_what_is_wrong_and_stores_nothing(
    client: Client, administrator: User, facts: dict[str, object], words: str
) -> None:
    client.force_login(administrator)
    answer = client.post(reverse("rules:import_calendar"), facts)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not CalendarDay.objects.filter(day__year=2027).exists()


def test_a_file_that_is_no_text_or_too_long_is_refused(client: Client, administrator: User) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(administrator)
    for octets, words in ((b"\xff\xfe\x00\x81\xff" * 9, "不是文本"), (b"2027-01-01,x\n" * 6000, "超过 64 KB")):
        upload = SimpleUploadedFile("2027.csv", octets, "text/csv")
        answer = client.post(reverse("rules:import_calendar"), {"year": 2027, "source": SOURCE, "file": upload})
        assert answer.status_code == 422
        assert words in answer.content.decode()
