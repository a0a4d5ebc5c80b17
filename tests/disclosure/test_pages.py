"""The public pages: every one answers, says what it must, and can be asked for again for little."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.disclosure import builders
from tests.disclosure.builders import NOON

pytestmark = pytest.mark.django_db

PLAIN = ["home", "search", "departments", "changes", "verify", "about", "terms", "accessibility"]


@pytest.mark.parametrize("name", PLAIN)
def test_every_page_answers_with_nothing_published(client, name):
    answer = client.get(reverse(f"public:{name}"))
    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize("name", PLAIN)
def test_every_page_answers_with_documents_in_every_state(client, name):
    first = builders.publish()
    builders.mark(first.pk)
    second = builders.publish(source_type="ARREARS", severity="serious", number="梅信认〔2026〕18号")
    builders.correct(builders.paper(id=second.pk, version=2))
    builders.end(builders.publish().pk)
    assert client.get(reverse(f"public:{name}")).status_code == 200


def test_the_document_page_says_why_until_when_who_and_what_would_end_it(client):
    row = builders.publish()
    page = client.get(reverse("public:document", args=[row.pk])).content.decode()
    for words in (
        "公示到 2027年5月11日",
        "还有 365 天，最后一天仍可看到。",
        "部门没有兑现向社会作出的承诺",
        "“一般”最短 3 个月、最长 12 个月",
        "填报、审核、认定由三人分别经手",
        "据以认定的文件被撤销",
        "信用修复：2026年8月11日起可申请",
        "尚未核对",
    ):
        assert words in page
    assert "内容未被改动</b>" not in page


def test_on_the_last_day_the_page_says_so(client, set_clock):
    row = builders.publish()
    set_clock(builders.at(date(2027, 5, 11), 23, 59, 59))
    page = client.get(reverse("public:document", args=[row.pk])).content.decode()
    assert "今天是最后一天，24 时撤下。" in page


def test_an_ended_document_says_when_and_why_and_no_name(client):
    row = builders.publish()
    builders.end(row.pk, kind="repaired")
    answer = client.get(reverse("public:document", args=[row.pk]))
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "这份公示已于 2026年5月11日 结束" in page
    assert "信用修复获准" in page
    assert "交通运输局" not in page
    assert "17号" not in page


def test_what_passed_its_last_day_is_410_before_any_job_has_run(client, set_clock):
    row = builders.publish()
    set_clock(builders.at(date(2027, 5, 12), 0, 0, 1))
    answer = client.get(reverse("public:document", args=[row.pk]))
    assert answer.status_code == 410
    assert "公示已于 2027年5月11日 结束" in answer.content.decode()
    assert "公示期满" in answer.content.decode()
    assert "交通运输局" not in answer.content.decode()


def test_the_mark_is_shown_above_the_sheet(client):
    row = builders.publish()
    builders.mark(row.pk)
    page = client.get(reverse("public:document", args=[row.pk])).content.decode()
    assert page.index("异议处理中") < page.index('class="sheet"')


@pytest.mark.parametrize("name", [*PLAIN, "document", "department"])
def test_a_page_asked_for_again_is_304_until_something_changes(client, name, a_department):
    row = builders.publish(department_uscc=a_department.uscc)
    args = {"document": [row.pk], "department": [a_department.uscc]}.get(name, [])
    address = reverse(f"public:{name}", args=args)
    first = client.get(address)
    assert first.status_code == 200
    assert first["Cache-Control"] == "no-cache"
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304

    builders.mark(row.pk)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_tag_of_yesterday_no_longer_holds(client, set_clock):
    row = builders.publish()
    address = reverse("public:document", args=[row.pk])
    tag = client.get(address)["ETag"]
    set_clock(NOON + timedelta(days=1))
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_the_theme_is_part_of_the_tag(client):
    address = reverse("public:home")
    tag = client.get(address)["ETag"]
    client.get(reverse("public:appearance"), {"theme": "dark"})
    answer = client.get(address, headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert 'data-bs-theme="dark"' in answer.content.decode()


def test_large_type_is_a_cookie_and_goes_back_only_to_this_site(client):
    answer = client.get(reverse("public:appearance"), {"type": "large", "next": "/search/?q=交通"})
    assert answer["Location"] == "/search/?q=交通" or answer["Location"].startswith("/search/?q=%")
    assert answer.cookies["type"].value == "large"
    assert client.get(reverse("public:appearance"), {"next": "https://elsewhere.example/"})["Location"] == "/"
    assert client.get(reverse("public:appearance"), {"next": "//elsewhere.example/"})["Location"] == "/"


def test_public_pages_touch_no_session_and_no_account(client, django_assert_num_queries):
    row = builders.publish()
    for name, args in (("home", []), ("search", []), ("document", [row.pk])):
        answer = client.get(reverse(f"public:{name}", args=args))
        assert not answer.cookies
        assert "sessionid" not in answer.headers.get("Set-Cookie", "")


def test_only_reading_is_possible(client):
    row = builders.publish()
    for method in (client.post, client.put, client.delete, client.patch):
        assert method(reverse("public:document", args=[row.pk])).status_code == 405


def test_verification_tells_valid_changed_ended_and_unknown_apart(client):
    valid = builders.publish()
    changed = builders.publish(number="梅信认〔2026〕20号")
    builders.correct(builders.paper(id=changed.pk, version=2, number="梅信认〔2026〕20号"), what="金额写错，已改正。")
    ended = builders.publish()
    builders.end(ended.pk, kind="withdrawn")

    def ask(code):
        return client.get(reverse("public:verify"), {"code": code}).content.decode()

    def code(row, version):
        signs = row.pk.hex[:12]
        return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}-{version}"

    assert "是真的，现在仍在公示" in ask(code(valid, 1))
    assert "是真的，现在仍在公示" in ask(f"https://portal.example/documents/{valid.pk}/")
    assert "是真的，现在仍在公示" in ask("梅信认[2026]17号")
    assert "金额写错，已改正。" in ask(code(changed, 1))
    assert "是真的，现在仍在公示" in ask(code(changed, 2))
    assert "认定已撤销" in ask(code(ended, 1))
    assert "本站现在没有这份公示" in ask("0000-0000-0000-1")
    assert "本站现在没有这份公示" in ask(code(valid, 7))
    assert "本站现在没有这份公示" in ask("随便写的\x00")
