"""Signing in: throttled by account and network, a second factor, a session that rotates and ends."""

import re
from base64 import b32decode
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP

from accounts import network
from accounts.models import SecondFactor, SignInThrottle, User
from accounts.services import second_factors, signing_in, throttling, users
from ledger.models import Entry
from tests.accounts import factories
from tests.accounts.factories import NOW, PASSWORD, Tree, signed_in

pytestmark = pytest.mark.django_db
HOME, AWAY = "192.0.2.0/24", "198.51.100.0/24"


@pytest.fixture
def user(tree: Tree) -> User:
    """Return a clerk."""
    return factories.user(("clerk", tree.transport), username="jt-linkeyuan")


def attempt(user: User, password: str, network: str, *, at=NOW, token: str = "") -> signing_in.SignedIn:
    """Try to sign in."""
    return signing_in.sign_in(username=user.username, password=password, token=token, network=network, now=at)


def code(factor: SecondFactor, at=NOW) -> str:
    """Return the code the phone shows at a moment."""
    totp = TOTP(b32decode(second_factors.shown_key(factor)))
    totp.time = at.timestamp()
    return f"{totp.token():06d}"


def enrolled(user: User, at=NOW - timedelta(hours=1)) -> tuple[SecondFactor, list[str]]:
    """Put a second factor into use and return it with its recovery codes."""
    factor = second_factors.begin(actor=user)
    codes = second_factors.confirm(actor=user, token=code(factor, at), now=at)
    return SecondFactor.objects.get(pk=factor.pk), codes


def test_wrong_tries_say_how_many_are_left_and_then_pause(user: User) -> None:
    for left in (4, 3, 2, 1):
        with pytest.raises(signing_in.WrongCredentials, match=f"再错 {left} 次，将暂停 15 分钟"):
            attempt(user, "wrong", HOME)
    with pytest.raises(throttling.Paused, match="已暂停登录 15 分钟"):
        attempt(user, "wrong", HOME)
    with pytest.raises(throttling.Paused, match="请 15 分钟后再试"):
        attempt(user, PASSWORD, HOME)


def test_the_victim_still_signs_in_from_another_network(user: User) -> None:
    for _place in range(20):
        with pytest.raises((signing_in.WrongCredentials, throttling.Paused)):
            attempt(user, "wrong", AWAY)
    assert attempt(user, PASSWORD, HOME).user == user


def test_pauses_grow_and_success_forgets(user: User) -> None:
    for _place in range(throttling.TRIES):
        with pytest.raises((signing_in.WrongCredentials, throttling.Paused)):
            attempt(user, "wrong", HOME)
    with pytest.raises(throttling.Paused, match="已暂停登录 30 分钟"):
        attempt(user, "wrong", HOME, at=NOW + timedelta(minutes=16))
    assert attempt(user, PASSWORD, HOME, at=NOW + timedelta(minutes=47)).user == user
    with pytest.raises(signing_in.WrongCredentials, match="再错 4 次"):
        attempt(user, "wrong", HOME, at=NOW + timedelta(minutes=48))


def test_one_network_trying_one_password_on_everybody_is_paused(user: User) -> None:
    for place in range(throttling.NETWORK_TRIES):
        with pytest.raises(signing_in.WrongCredentials):
            signing_in.sign_in(username=f"name{place}", password="wrong", token="", network=AWAY, now=NOW)
    with pytest.raises(throttling.Paused):
        attempt(user, PASSWORD, AWAY)
    assert attempt(user, PASSWORD, HOME).user == user


def test_an_unknown_account_answers_like_a_wrong_password_and_leaves_no_entry(user: User) -> None:
    before = Entry.objects.count()
    with pytest.raises(signing_in.WrongCredentials) as unknown:
        signing_in.sign_in(username="nobody", password="wrong", token="", network=HOME, now=NOW)
    assert Entry.objects.count() == before
    with pytest.raises(signing_in.WrongCredentials) as known:
        attempt(user, "wrong", HOME)
    assert str(unknown.value) == str(known.value)
    assert list(Entry.objects.filter(position__gte=before).values_list("kind", "object_id")) == [
        ("accounts.sign_in_failed", str(user.pk))
    ]


def test_the_throttle_names_nobody(user: User) -> None:
    with pytest.raises(signing_in.WrongCredentials):
        attempt(user, "wrong", HOME)
    row = SignInThrottle.objects.first()
    assert row is not None
    assert user.username.encode() not in bytes(row.pair)
    assert len(bytes(row.pair)) == 32


def test_signing_in_and_out_are_entries_and_the_session_id_rotates(user: User) -> None:
    browser = Client()
    browser.get("/accounts/")
    browser.cookies["sessionid"] = planted = "a" * 32
    browser.post("/accounts/", {"username": user.username, "password": PASSWORD})
    inside = browser.cookies["sessionid"].value
    assert inside != planted
    assert browser.get("/staff/departments/").status_code == 200
    browser.post("/accounts/sign-out/")
    old = Client()
    old.cookies["sessionid"] = inside
    assert old.get("/staff/departments/").status_code == 302
    kinds = list(Entry.objects.filter(person=user.person_id).order_by("position").values_list("kind", flat=True))
    assert kinds[-2:] == ["accounts.sign_in", "accounts.sign_out"]


def test_a_switched_off_account_is_out_with_the_next_request(user: User, secadmins) -> None:
    browser = signed_in(user)
    assert browser.get("/staff/departments/").status_code == 200
    users.switch(actor=secadmins[0], user=user, active=False, now=NOW)
    assert browser.get("/staff/departments/").status_code == 302
    with pytest.raises(signing_in.WrongCredentials):
        attempt(user, PASSWORD, HOME)


def test_a_new_password_ends_the_sessions_under_the_old_one(user: User, secadmins) -> None:
    browser = signed_in(user)
    users.reset_password(actor=secadmins[0], user=user, now=NOW)
    assert browser.get("/staff/departments/").status_code == 302


@pytest.mark.parametrize(
    ("idle", "age", "status"),
    [
        (timedelta(minutes=29), timedelta(hours=1), 200),
        (timedelta(minutes=31), timedelta(hours=1), 302),
        (timedelta(minutes=1), timedelta(hours=7, minutes=59), 200),
        (timedelta(minutes=1), timedelta(hours=8, minutes=1), 302),
    ],
)
def test_a_session_ends_after_half_an_hour_idle_and_after_eight_hours_in_any_case(
    user: User, idle: timedelta, age: timedelta, status: int
) -> None:
    browser = signed_in(user)
    session = browser.session
    session["seen_at"] = (timezone.now() - idle).isoformat()
    session["signed_in_at"] = (timezone.now() - age).isoformat()
    session.save()
    assert browser.get("/staff/departments/").status_code == status


def test_a_second_factor_in_use_is_asked_for_and_no_code_works_twice(user: User) -> None:
    factor, _codes = enrolled(user)
    for token in ("", "000000" if code(factor) != "000000" else "000001"):
        with pytest.raises(signing_in.WrongCredentials):
            attempt(user, PASSWORD, HOME, token=token)
    token = code(factor)
    assert attempt(user, PASSWORD, HOME, token=token).factor == factor
    with pytest.raises(signing_in.WrongCredentials):
        attempt(user, PASSWORD, HOME, token=token)
    after = NOW + timedelta(minutes=5)
    assert attempt(user, PASSWORD, HOME, token=code(factor, after), at=after).factor == factor


def test_a_recovery_code_works_once(user: User) -> None:
    _factor, codes = enrolled(user)
    assert len(set(codes)) == second_factors.CODES
    assert attempt(user, PASSWORD, HOME, token=codes[0].lower()).factor is not None
    with pytest.raises(signing_in.WrongCredentials):
        attempt(user, PASSWORD, HOME, token=codes[0])


def test_key_and_recovery_codes_are_not_in_the_table(user: User) -> None:
    factor, codes = enrolled(user)
    key = b32decode(second_factors.shown_key(factor))
    row = SecondFactor.objects.get(pk=factor.pk)
    assert key not in bytes(row.key_sealed)
    assert key.hex().encode() not in bytes(row.key_sealed)
    assert not set(codes) & set(row.recovery_digests)


def test_enrolling_in_the_browser_shows_a_code_and_makes_the_session_verified(user: User, settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    browser = signed_in(user)
    assert browser.get("/staff/departments/")["Location"] == "/accounts/second-factor/"
    browser.post("/accounts/second-factor/", {"step": "begin"})
    page = browser.get("/accounts/second-factor/").content.decode()
    drawing = re.search(r"<svg[^>]*class=\"qr\".*?</svg>", page, re.S)
    assert drawing
    assert "style=" not in drawing.group()
    wrong = browser.post("/accounts/second-factor/", {"step": "confirm", "token": "abc"})
    assert wrong.status_code == 422
    token = code(SecondFactor.objects.get(user=user), timezone.now())
    done = browser.post("/accounts/second-factor/", {"step": "confirm", "token": token}).content.decode()
    assert len(re.findall(r"<li>[0-9A-Z]{5}-[0-9A-Z]{5}</li>", done)) == second_factors.CODES
    assert browser.get("/staff/departments/").status_code == 200
    again = browser.post("/accounts/second-factor/", {"step": "begin"})
    assert "请先停用" in again.content.decode()


def test_a_stranger_is_sent_to_the_sign_in_and_back_to_where_he_wanted_to_go(user: User) -> None:
    browser = Client()
    answer = browser.get("/staff/departments/?q=x")
    assert answer["Location"] == "/accounts/?next=%2Fstaff%2Fdepartments%2F%3Fq%3Dx"
    facts = {"username": user.username, "password": PASSWORD, "next": "/staff/departments/?q=x"}
    assert browser.post("/accounts/", facts)["Location"] == "/staff/departments/?q=x"
    evil = Client().post("/accounts/", facts | {"next": "https://evil.example/"})
    assert evil["Location"] == "/staff/"


def test_changing_roles_with_one_click_exists_in_the_demo_only(user: User, tree: Tree, settings) -> None:
    demo = factories.account(factories.person("演示员"), "demo-clerk", is_demo=True)
    browser = signed_in(user)
    settings.DEMO = False
    assert browser.post("/accounts/switch/", {"username": demo.username}).status_code == 404
    assert browser.session["_auth_user_id"] == str(user.pk)
    settings.DEMO = True
    assert browser.post("/accounts/switch/", {"username": user.username}).status_code == 404
    assert browser.get("/accounts/switch/").status_code == 405
    assert browser.post("/accounts/switch/", {"username": demo.username}).status_code == 302
    assert browser.session["_auth_user_id"] == str(demo.pk)


def test_a_form_without_its_token_is_refused(user: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/accounts/", {"username": user.username, "password": PASSWORD})
    assert answer.status_code == 403


@pytest.mark.parametrize("text", ["\x00", "a" * 5000, "ｊｔ", "'; DROP TABLE", "\u200b"])
def test_bad_input_never_breaks_the_sign_in(text: str, tree: Tree) -> None:
    answer = Client().post("/accounts/", {"username": text, "password": text or "x", "token": text})
    assert answer.status_code in (401, 422)
    assert "没有登录成功" in answer.content.decode() or "还有" in answer.content.decode()


def test_the_network_of_a_caller_is_not_what_he_says_it_is(rf, settings) -> None:
    request = rf.get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.4")
    assert network.of(request) == "192.0.2.0/24"
    settings.TRUSTED_PROXIES = 1
    assert network.of(request) == "198.51.100.0/24"
    settings.TRUSTED_PROXIES = 0
    assert network.of(rf.get("/", REMOTE_ADDR="2001:db8:1:2:3::4")) == "2001:db8:1:2::/64"
    assert network.of(rf.get("/", REMOTE_ADDR="::ffff:192.0.2.7")) == "192.0.2.0/24"
    assert network.of(rf.get("/", REMOTE_ADDR="")) == "unknown"
