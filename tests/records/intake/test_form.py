"""The public's pages over HTTP: no cookie, nothing lost that was typed, limits, tokens, nonsense."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from ledger.models import Entry
from ledger.verification.run import verify
from records.models import Complaint, ComplaintIdentity, ComplaintMessage, ComplaintRating, ComplaintWithdrawal
from records.services.complaints import ending, screening
from records.services.intake import register, thread
from records.web.report import limits, sending, tokens
from records.workflow.intake import receipts
from rules import clock
from tests.records.commitments import promising
from tests.records.complaints import cases
from tests.records.factories import NOW
from tests.records.intake.making import NEXT_NIGHT, WORDS, file, keyed, night_after, pdf, reread, sent

FORM, ASK = "/complaints/", "/complaints/receipt/"
TAKE_BACK = "/complaints/receipt/withdraw/"
ADDRESS = "203.0.113.77"
BROWSER = "MarkedBrowser/9.9"


@pytest.fixture
def visitor(scene, monkeypatch):
    """Give a browser without anything, on the day of the scene, with counters at zero."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()
    yield Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER, enforce_csrf_checks=True)
    cache.clear()


def token_of(response) -> str:
    return re.search(r'name="token" value="([^"]+)"', response.content.decode())[1]


def pass_of(response) -> str:
    return re.search(r'name="pass" value="([^"]+)"', response.content.decode())[1]


def fill(visitor, scene, **fields):
    token = fields.pop("token", None) or token_of(visitor.get(FORM))
    facts = {"dept": scene.bureau.name, "kind": "general", "content": WORDS, "reach": "anonymous", "token": token}
    return visitor.post(FORM, facts | fields)


def receipt_of(response) -> tuple[str, str]:
    found = re.findall(r'class="receipt-no">([^<]+)<', response.content.decode())
    return found[0], found[1]


def test_a_complaint_is_sent_and_read_by_its_receipt_without_a_cookie(visitor, scene):
    answer = fill(visitor, scene)
    number, code = receipt_of(answer)
    read = visitor.post(ASK, {"number": number, "code": code})

    assert (answer.status_code, read.status_code) == (200, 200)
    assert scene.bureau.name in read.content.decode()
    assert not visitor.cookies
    assert Complaint.objects.get().channel == register.PUBLIC_CHANNEL


@pytest.mark.parametrize(
    "address", [FORM, ASK, "/complaints/receipt/say/", "/complaints/receipt/rate/", "/complaints/no/"]
)
def test_every_page_is_kept_by_nobody_and_told_to_nobody(visitor, address):
    for response in (visitor.get(address), visitor.post(address, {"number": "1", "code": "2", "token": "x"})):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies
        assert "http" not in re.sub(r'(action|href)="/', "", response.content.decode()).replace("http://www.w3.org", "")


def test_a_signed_in_official_is_not_recognised_here(visitor, scene):
    visitor.force_login(scene.clerk)
    before = dict(visitor.session)
    fill(visitor, scene)

    assert dict(visitor.session) == before
    assert Complaint.objects.get().recorded_by is None


def test_the_same_form_sent_twice_shows_the_same_receipt(visitor, scene):
    token = token_of(visitor.get(FORM))
    first, second = fill(visitor, scene, token=token), fill(visitor, scene, token=token)

    assert receipt_of(first) == receipt_of(second)
    assert "没有重复登记" in second.content.decode()
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"content": "太短"}, "至少 10 字"),
        ({"content": "一二三四五六七八九十\x00"}, "控制字符"),
        ({"content": "一二三四五六七八九十\u200b再来"}, "零宽"),
        ({"content": "长" * 350_000}, "太长"),
        ({"dept": "没有这个部门"}, "部门名录里没有"),
        ({"dept": "11441400MB2C12348A"}, "第"),
        ({"kind": "gossip"}, "请从列出的选项中选择"),
        ({"reach": "anonymous", "contact": "13800000000"}, "您选了匿名"),
        ({"reach": "named"}, "请填写手机号或邮箱"),
        ({"website": "http://spam"}, "清空"),
    ],
)
def test_wrong_input_is_named_and_what_was_typed_stays(visitor, scene, fields, words):
    keyed(scene)
    answer = fill(visitor, scene, **{"happened": "2026年3月", **fields})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert words in page
    assert "2026年3月" in page
    assert not Complaint.objects.exists()


def test_scenario_39_a_renamed_executable_is_refused_and_the_text_stays(visitor, scene):
    answer = fill(visitor, scene, papers=file("report.pdf", b"MZ\x90" + b"\x00" * 99, "application/pdf"))

    assert answer.status_code == 422
    assert "内容与扩展名不符" in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert "请重新选择文件" in answer.content.decode()
    assert not Complaint.objects.exists()


def test_a_file_of_thirty_megabytes_is_refused_and_the_text_stays(visitor, scene):
    answer = fill(visitor, scene, papers=file("big.pdf", pdf() + b"0" * (30 * 1024 * 1024), "application/pdf"))

    assert answer.status_code == 422
    assert "20 MB" in answer.content.decode()
    assert WORDS in answer.content.decode()


def test_a_body_beyond_all_bounds_is_answered_without_being_read(visitor):
    answer = visitor.post(FORM, {"content": "x"}, CONTENT_LENGTH=str(10**9))
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"", b"--x\r\nbroken", b"\xff\xfe", b"a" * 3_000_000])
@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/xml", ""]
)
def test_a_body_that_makes_no_sense_is_never_a_fault(visitor, body, kind):
    answer = visitor.generic("POST", FORM, body, content_type=kind)
    assert answer.status_code in (400, 413, 422)
    assert not Complaint.objects.exists()


def test_an_old_token_keeps_the_text_and_asks_once_more(visitor, scene, monkeypatch):
    token = token_of(visitor.get(FORM))
    later = tokens._minute() + tokens.FORM_MINUTES + 1
    monkeypatch.setattr(tokens, "_minute", lambda: later)
    answer = fill(visitor, scene, token=token)

    assert answer.status_code == 422
    assert "放置超过" in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert fill(visitor, scene, token=token_of(answer)).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "A" * 5000, "é"])
def test_a_made_up_token_is_refused(visitor, scene, token):
    answer = visitor.post(FORM, {"token": token, "dept": scene.bureau.name, "content": WORDS})
    assert answer.status_code == 422
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_ORIGIN": "https://elsewhere.example"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "null"}, 422),
        ({"HTTP_ORIGIN": "http://testserver"}, 422),
        ({}, 422),
    ],
)
def test_a_form_on_a_foreign_page_is_refused(visitor, headers, status):
    assert visitor.post(FORM, {}, **headers).status_code == status


def test_scenario_38_beyond_the_limit_an_address_gets_429_and_no_record(visitor, scene):
    limits.count(limits.SENDING, _request(ADDRESS), add=200)
    answer = fill(visitor, scene)

    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    assert not Complaint.objects.exists()
    other = Client(REMOTE_ADDR="203.0.113.78")
    assert fill(other, scene).status_code == 200


def test_who_guesses_receipts_is_told_how_long_he_waits(visitor, scene):
    limits.count(limits.ASKING, _request(ADDRESS), add=20)
    answer = visitor.post(f"{FORM}receipt/", {"number": "1234567890123456", "code": "ABCD2345"})

    assert answer.status_code == 429
    assert answer["Retry-After"] == "600"
    assert "请等 10 分钟" in answer.content.decode()
    assert "已填的文字还在" not in answer.content.decode(), "nothing was sent that could be lost"


def test_scenario_38_the_limit_counts_the_complaints_it_took_in(visitor, scene, monkeypatch):
    monkeypatch.setattr(sending, "QUESTION_AFTER", 99)
    allowed = 3
    parameter = sending.parameters.value
    monkeypatch.setattr(
        sending.parameters, "value", lambda rule, **rest: allowed if rule == sending.RATE else parameter(rule, **rest)
    )
    taken = [fill(visitor, scene).status_code for _ in range(allowed)]
    assert taken == [200] * allowed
    assert Complaint.objects.count() == allowed

    answer = fill(visitor, scene)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    assert Complaint.objects.count() == allowed
    assert fill(Client(REMOTE_ADDR="203.0.113.78"), scene).status_code == 200


def _request(address: str):
    from django.test import RequestFactory

    return RequestFactory().get("/", REMOTE_ADDR=address)


def test_the_counters_hold_no_address(visitor, scene):
    fill(visitor, scene)
    store = cache._cache.get_client(None)
    kept = b" ".join(store.keys("*")) + b" ".join(store.get(key) or b"" for key in store.keys("*"))

    assert ADDRESS.encode() not in kept
    assert all(0 < store.ttl(key) <= limits.ASKING.seconds for key in store.keys("*report:*"))


def test_a_busy_address_is_asked_a_question_that_a_screen_reader_can_read(visitor, scene):
    limits.count(limits.SENDING, _request(ADDRESS), add=10)
    first = fill(visitor, scene)
    words = re.search(r"请回答：(.)加(.)等于几", first.content.decode())
    total = sum(tokens.DIGITS.index(sign) for sign in words.groups())

    assert first.status_code == 422
    assert WORDS in first.content.decode()
    wrong = fill(visitor, scene, token=token_of(first), answer="99")
    assert wrong.status_code == 422
    assert fill(visitor, scene, token=token_of(wrong), answer=str(total)).status_code == 200


def test_the_question_is_answered_in_figures_or_in_chinese():
    for left in range(1, 10):
        for right in range(1, 10):
            given = tokens.Form(b"", (left, right))
            assert given.is_answered(str(left + right))
            assert not given.is_answered(str(left + right + 1))
    assert tokens.Form(b"", (9, 9)).is_answered("十八")
    assert tokens.Form(b"", (5, 5)).is_answered("十")


def test_guessing_receipts_is_answered_alike_and_throttled(visitor, scene):
    received = sent(scene)
    known = visitor.post(ASK, {"number": received.number, "code": "ZZZZ-ZZZZ"})
    unknown = visitor.post(ASK, {"number": "1234567890123456", "code": "ZZZZ-ZZZZ"})
    strip = re.compile(r'value="[0-9 ]*"')

    assert known.status_code == unknown.status_code == 422
    assert strip.sub("", known.content.decode()) == strip.sub("", unknown.content.decode())
    limits.count(limits.ASKING, _request(ADDRESS), add=30)
    assert visitor.post(ASK, {"number": received.number, "code": received.code}).status_code == 429


def test_short_names_find_the_department_and_several_are_offered(visitor, scene):
    assert fill(visitor, scene, dept="市交通局").status_code == 200
    several = fill(visitor, scene, dept="安平市")
    chosen = fill(visitor, scene, dept="安平市", unit=str(scene.neighbour.pk))

    assert several.status_code == 422
    assert scene.neighbour.name in several.content.decode()
    assert chosen.status_code == 200
    assert Complaint.objects.filter(object_department=scene.neighbour).count() == 1


def test_contact_is_offered_only_where_it_can_be_kept_and_is_sealed(visitor, scene):
    assert "手机号或邮箱" not in visitor.get(FORM).content.decode().replace("留手机号或邮箱”", "")
    keyed(scene)
    assert fill(visitor, scene, reach="named", name="陈某", contact="marker@example.org").status_code == 200
    held = ComplaintIdentity.objects.get()
    assert b"marker" not in bytes(held.sealed)


def test_a_reporter_adds_something_once_and_rates_once(visitor, scene):
    received = sent(scene)
    page = visitor.post(ASK, {"number": received.number, "code": received.code})
    facts = {"pass": pass_of(page), "token": token_of(page), "text": "补充一张照片的说明"}
    first, second = (visitor.post("/complaints/receipt/say/", facts) for _ in range(2))

    assert "已收到您的补充" in first.content.decode()
    assert "没有重复登记" in second.content.decode()
    assert ComplaintMessage.objects.count() == 1
    early = visitor.post("/complaints/receipt/rate/", {"pass": pass_of(first), "satisfied": "yes"})
    assert early.status_code == 409
    assert not ComplaintRating.objects.exists()


def test_a_pass_expires(visitor, scene, monkeypatch):
    received = sent(scene)
    page = visitor.post(ASK, {"number": received.number, "code": received.code})
    later = tokens._minute() + tokens.PASS_MINUTES + 1
    monkeypatch.setattr(tokens, "_minute", lambda: later)
    answer = visitor.post("/complaints/receipt/say/", {"pass": pass_of(page), "token": token_of(page), "text": "补充"})

    assert answer.status_code == 422
    assert not ComplaintMessage.objects.exists()


def test_nothing_a_reporter_does_is_an_entry_before_the_night(visitor, scene):
    before = Entry.objects.count()
    number, code = receipt_of(fill(visitor, scene))
    page = visitor.post(ASK, {"number": number, "code": code})
    visitor.post("/complaints/receipt/say/", {"pass": pass_of(page), "token": token_of(page), "text": "补充说明"})
    assert Entry.objects.count() == before


def test_scenario_36_both_receipts_of_a_merged_case_answer_alike_and_neither_reads_the_other(visitor, scene):
    call, letter = sent(scene, channel="HOTLINE_12350"), sent(scene, channel="MAILBOX_PHYSICAL")
    for received, words in ((call, "电话里的补充甲"), (letter, "信里的补充乙")):
        held = thread.find(number=received.number, code=received.code)
        thread.supplement(receipt=held, text=words, nonce=receipts.new_nonce(), now=NOW)
    first, second = (cases.fresh(each.complaint) for each in (call, letter))
    first = screening.accept(actor=scene.approver, complaint=first, version=first.version, now=NOW)
    screening.merge(actor=scene.approver, complaint=second, into=first, version=second.version, now=NOW)
    thread.say(
        actor=scene.approver, role="approver", complaint=cases.fresh(first), kind="answer", text="两件一并答复", now=NOW
    )
    one, other = (
        visitor.post(ASK, {"number": each.number, "code": each.code}).content.decode() for each in (call, letter)
    )

    assert "两件一并答复" in one
    assert "两件一并答复" in other
    assert "电话里的补充甲" in one
    assert "电话里的补充甲" not in other
    assert "信里的补充乙" in other
    assert "信里的补充乙" not in one


def test_an_answer_is_rated_once_on_the_page(visitor, scene):
    complaint = cases.answered(cases.cast(scene))
    facts = {"pass": tokens.seal_pass(str(complaint.receipts.get().pk)), "satisfied": "no"}
    before = Entry.objects.count()
    first, second = (visitor.post("/complaints/receipt/rate/", facts) for _ in range(2))

    assert cases.EXPLAINED in first.content.decode()
    assert "您的评价已记下" in first.content.decode()
    assert second.status_code == 409
    assert "只能评价一次" in second.content.decode()
    assert ComplaintRating.objects.get().is_satisfied is False
    assert Entry.objects.count() == before


def test_a_complaint_is_taken_back_by_its_receipt_and_ends_in_the_night(visitor, scene):
    received = sent(scene)
    facts = {"pass": tokens.seal_pass(str(received.complaint.receipts.get().pk))}
    before, shown = Entry.objects.count(), visitor.post(ASK, facts).content.decode()
    assert "/complaints/receipt/withdraw/" in shown
    assert visitor.post(TAKE_BACK, facts).status_code == 422
    assert not ComplaintWithdrawal.objects.exists()

    first, second = (visitor.post(TAKE_BACK, facts | {"sure": "on"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 409)
    assert "当天夜里生效" in first.content.decode()
    assert "不用再提交" in second.content.decode()
    assert (Entry.objects.count(), reread(received.complaint).state) == (before, "received")
    assert ending.carry_withdrawals(now=NOW) == 0

    night_after()
    assert ending.carry_withdrawals(now=NEXT_NIGHT) == 1
    assert ending.carry_withdrawals(now=NEXT_NIGHT) == 0
    assert reread(received.complaint).state == "withdrawn"
    read = visitor.post(ASK, facts).content.decode()
    assert "办理到此为止" in read
    assert TAKE_BACK not in read
    assert [each for each in verify().findings if not each.code.startswith("head.")] == []


def test_a_complaint_is_not_taken_back_after_its_verdict(visitor, scene):
    decided = cases.answered(cases.cast(scene))
    facts = {"pass": tokens.seal_pass(str(decided.receipts.get().pk)), "sure": "on"}

    assert TAKE_BACK not in visitor.post(ASK, facts).content.decode()
    answer = visitor.post(TAKE_BACK, facts)
    assert answer.status_code == 409
    assert "不能再撤回" in answer.content.decode()
    assert not ComplaintWithdrawal.objects.exists()


def test_one_of_two_reporters_does_not_end_the_case_of_both(visitor, scene):
    call, letter = sent(scene), sent(scene)
    first, second = (cases.fresh(each.complaint) for each in (call, letter))
    first = screening.accept(actor=scene.approver, complaint=first, version=first.version, now=NOW)
    asked = {"pass": tokens.seal_pass(str(first.receipts.get().pk)), "sure": "on"}
    assert visitor.post(TAKE_BACK, asked).status_code == 200
    screening.merge(actor=scene.approver, complaint=second, into=first, version=second.version, now=NOW)

    other = visitor.post(TAKE_BACK, {"pass": tokens.seal_pass(str(second.receipts.get().pk)), "sure": "on"})
    assert other.status_code == 409
    assert "并案办理" in other.content.decode()
    night_after()
    assert ending.carry_withdrawals(now=NEXT_NIGHT) == 0
    assert reread(first).state == "accepted"
    assert "继续办理" in visitor.post(ASK, asked).content.decode()


def test_a_promise_is_named_on_the_form_from_its_own_page(visitor, scene):
    made = promising.active(scene)
    page = Client().get(reverse("public:document", args=[made.pk])).content.decode()
    assert f'href="{FORM}?commitment={made.number}"' in page
    begun = visitor.get(FORM, {"commitment": made.number}).content.decode()
    assert f'name="commitment" value="{made.number}"' in begun
    assert f'value="{scene.bureau.name}"' in begun
    assert not visitor.cookies

    answer = fill(visitor, scene, commitment=made.number)
    assert answer.status_code == 200
    held = Complaint.objects.get()
    assert (held.about_type, held.about_id) == ("records.commitment", str(made.pk))


def test_a_promise_nobody_was_shown_is_answered_like_one_that_never_was(visitor, scene):
    hidden = promising.draft(scene)
    assert (
        f'name="commitment" value="{hidden.number}"'
        not in visitor.get(FORM, {"commitment": hidden.number}).content.decode()
    )
    for number in (hidden.number, "没有这个编号"):
        answer = fill(visitor, scene, commitment=number)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert f"没有编号为“{number}”的承诺" in page
        assert WORDS in page
        assert number in page
    assert not Complaint.objects.exists()
