"""The acts of this room in the browser: forms, refusals at their field, two persons, things shown once."""

import re

import pytest

from accounts.models import AdminProposal, ApiClient, Department, Official, Person, Recusal, RoleGrant, User
from ledger.models import Entry
from tests.accounts import factories
from tests.accounts.factories import PASSWORD, Tree, signed_in

pytestmark = pytest.mark.django_db


def unit_form(tree: Tree, **changes: str) -> dict[str, str]:
    """Return the form of a new department."""
    return {
        "name": "梅州市退役军人事务局",
        "uscc": "11441400MB2C12348W",
        "parent": str(tree.city.pk),
        "level": "CITY",
        "kind": "organ",
        "division_code": "4414",
        "serial_prefix": "TY",
        "valid_from": "2018-11-01",
        **changes,
    }


def test_scenario_06_in_the_browser_the_wrong_character_is_named_and_nothing_is_stored(tree: Tree, secadmins) -> None:
    browser = signed_in(secadmins[0])
    entries = Entry.objects.exclude(kind="refused").count()
    answer = browser.post("/staff/departments/new/", unit_form(tree, uscc="11441400MB2C12348A"))
    assert answer.status_code == 422
    assert "第 18 位（校验位）应为 W，您填的是 A" in answer.content.decode()
    assert not Department.objects.filter(serial_prefix="TY").exists()
    assert Entry.objects.exclude(kind="refused").count() == entries
    done = browser.post("/staff/departments/new/", unit_form(tree, uscc="１１４４１４００MB2C12348W"))
    assert done["Location"] == "/staff/departments/11441400MB2C12348W/"
    unit = Department.objects.get(serial_prefix="TY")
    assert (unit.uscc, unit.path) == ("11441400MB2C12348W", f"{tree.city.path}{unit.pk}/")


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("name", "退役\u200b军人", "看不见的字符"),
        ("name", "\x00", "必填|空"),
        ("uscc", "91441400MA1B3N1N2F", "统一社会信用代码"),
        ("division_code", "441421", "已停用，现为 441403"),
        ("division_code", "999999", "不在本平台的区划表里"),
        ("serial_prefix", "退", "英文字母"),
        ("valid_from", "2018-13-01", "日期"),
        ("parent", "999999", "选"),
    ],
)
def test_bad_facts_of_a_department_are_said_at_their_field(
    tree: Tree, secadmins, field: str, text: str, words: str
) -> None:
    answer = signed_in(secadmins[0]).post("/staff/departments/new/", unit_form(tree, **{field: text}))
    assert answer.status_code == 422
    assert re.search(words, answer.content.decode())
    assert not Department.objects.filter(serial_prefix="TY").exists()


def test_scenarios_08_and_09_in_the_browser_a_bad_number_is_refused_and_never_repeated(tree: Tree) -> None:
    browser = signed_in(factories.user(("personnel", tree.transport)))
    form = {"name": "许清和", "phone": "", "department": str(tree.transport.pk), "personnel_kind": "CIVIL_SERVANT"}
    people = Person.objects.count()
    for number, words in (("330113202201010010", "岁；公职人员应在"), ("110105209912310010", "晚于今天")):
        answer = browser.post("/staff/officials/new/", form | {"id_number": number})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert Person.objects.count() == people
    done = browser.post("/staff/officials/new/", form | {"id_number": "441403198506150023"})
    assert done.status_code == 302
    assert Official.objects.filter(department=tree.transport).count() == 1


def test_personnel_registers_for_its_own_department_only(tree: Tree) -> None:
    browser = signed_in(factories.user(("personnel", tree.transport)))
    form = {"name": "许清和", "department": str(tree.safety.pk), "personnel_kind": "CIVIL_SERVANT"}
    answer = browser.post("/staff/officials/new/", form | {"id_number": factories.citizen_number()})
    assert answer.status_code == 422
    assert not Official.objects.exists()


def test_posts_are_entered_and_ended_in_the_browser(tree: Tree) -> None:
    official = factories.official(tree.transport)
    browser = signed_in(factories.user(("personnel", tree.transport)))
    form = {
        "department": str(tree.transport.pk),
        "title": "局长",
        "leadership_code": "131",
        "held_from": "2024年3月1日",
    }
    assert browser.post(f"/staff/officials/{official.pk}/posts/new/", form).status_code == 302
    post = official.posts.get()
    early = browser.post(f"/staff/posts/{post.pk}/end/", {"held_to": "2024-03-01"})
    assert "免职日期应晚于任职日期" in early.content.decode()
    assert browser.post(f"/staff/posts/{post.pk}/end/", {"held_to": "2026-03-01"}).status_code == 302
    again = browser.post(f"/staff/posts/{post.pk}/end/", {"held_to": "2026-04-01"})
    assert again.status_code == 409
    page = browser.get(f"/staff/officials/{official.pk}/").content.decode()
    assert "2026年3月1日" in page


def test_a_role_is_granted_by_two_administrators_in_the_browser(tree: Tree, secadmins) -> None:
    first, second = (signed_in(user) for user in secadmins)
    user = factories.account(factories.person("苏未晞"))
    form = {"role": "clerk", "department": str(tree.transport.pk), "reason": "新任填报人", "valid_to": ""}
    assert first.post(f"/staff/users/{user.pk}/grant/", form)["Location"] == "/staff/proposals/"
    asked = AdminProposal.objects.get(person=user.person)
    mine = first.get("/staff/proposals/").content.decode()
    assert "这是您提出的" in mine
    assert "复核并同意" not in mine
    assert first.post(f"/staff/proposals/{asked.pk}/confirm/").status_code == 403
    assert not RoleGrant.objects.filter(person=user.person).exists()
    assert "新任填报人" in second.get(f"/staff/proposals/{asked.pk}/confirm/").content.decode()
    assert second.post(f"/staff/proposals/{asked.pk}/confirm/").status_code == 302
    assert second.post(f"/staff/proposals/{asked.pk}/confirm/").status_code == 409
    grant = RoleGrant.objects.get(person=user.person)
    assert "安管甲提出，安管乙复核" in first.get(f"/staff/users/{user.pk}/").content.decode()
    assert first.post(f"/staff/grants/{grant.pk}/revoke/", {"reason": "调离"}).status_code == 302
    taken = AdminProposal.objects.get(grant=grant, kind="revoke")
    assert second.post(f"/staff/proposals/{taken.pk}/decline/").status_code == 302
    assert RoleGrant.objects.get(pk=grant.pk).valid_to is None


def test_an_excluded_role_is_refused_at_its_field_with_the_reason(tree: Tree, secadmins) -> None:
    user = factories.user(("auditor", tree.province), name="何守一")
    form = {"role": "clerk", "department": str(tree.transport.pk), "reason": "兼任"}
    answer = signed_in(secadmins[0]).post(f"/staff/users/{user.pk}/grant/", form)
    assert answer.status_code == 409
    assert "何守一现有角色安全审计员，不能兼任填报人" in answer.content.decode()


def test_a_move_is_asked_for_and_confirmed_in_the_browser(tree: Tree, secadmins) -> None:
    first, second = (signed_in(user) for user in secadmins)
    code = tree.county_transport.uscc
    form = {"parent": str(tree.city.pk), "reason": "机构改革方案"}
    assert first.post(f"/staff/departments/{code}/move/", form).status_code == 302
    assert "隶属关系待复核" in first.get(f"/staff/departments/{code}/").content.decode()
    asked = AdminProposal.objects.get(kind="move")
    assert second.post(f"/staff/proposals/{asked.pk}/confirm/").status_code == 302
    page = first.get(f"/staff/departments/{code}/").content.decode()
    assert "改由梅州市人民政府管理" in page
    assert "隶属关系待复核" not in page


def test_an_account_is_opened_and_its_password_reset_and_shown_once(tree: Tree, secadmins) -> None:
    browser = signed_in(secadmins[0])
    form = {"username": "gj-jiandu", "official": "", "name": "社会监督员甲", "new": "long-enough-words"}
    assert browser.post("/staff/users/new/", form | {"new": "short"}).status_code == 422
    assert browser.post("/staff/users/new/", form | {"username": "大写"}).status_code == 422
    assert browser.post("/staff/users/new/", form).status_code == 302
    user = User.objects.get(username="gj-jiandu")
    assert browser.post("/staff/users/new/", form).status_code == 409
    shown = browser.post(f"/staff/users/{user.pk}/password/").content.decode()
    password = re.search(r'<dd class="mono text-break">([\w-]+)</dd>', shown)
    assert password
    assert User.objects.get(pk=user.pk).check_password(password.group(1))
    assert browser.post(f"/staff/users/{user.pk}/switch/").status_code == 302
    assert not User.objects.get(pk=user.pk).is_active
    assert browser.post(f"/staff/users/{secadmins[0].pk}/switch/").status_code == 409


def test_a_client_is_registered_and_its_secret_shown_once(tree: Tree, secadmins) -> None:
    keeper = signed_in(factories.user(("sysadmin", tree.province)))
    form = {
        "name": "省信用平台",
        "department": str(tree.lead.pk),
        "scopes": ["reports:read"],
        "purpose": "拉取报送",
        "reason": "共享协议",
    }
    assert keeper.post("/staff/clients/new/", form | {"scopes": []}).status_code == 422
    assert keeper.post("/staff/clients/new/", form).status_code == 302
    asked = AdminProposal.objects.get(kind="client")
    signed_in(secadmins[0]).post(f"/staff/proposals/{asked.pk}/confirm/")
    client = ApiClient.objects.get(name="省信用平台")
    shown = keeper.post(f"/staff/clients/{client.pk}/secret/").content.decode()
    assert "只显示这一次" in shown
    assert client.client_id in shown
    page = keeper.get(f"/staff/clients/{client.pk}/").content.decode()
    assert "读取报送内容和回执状态" in page
    assert keeper.post(f"/staff/clients/{client.pk}/stop/", {"reason": "协议终止"}).status_code == 302
    assert not ApiClient.objects.get(pk=client.pk).is_enabled


def test_a_recusal_is_declared_and_ended_in_the_browser(tree: Tree) -> None:
    browser = signed_in(factories.user(("clerk", tree.transport)))
    form = {"relation": "interest", "department": str(tree.safety.pk), "other_person": ""}
    assert browser.post("/staff/recusals/", {"relation": "interest"}).status_code == 422
    assert browser.post("/staff/recusals/", form).status_code == 302
    tie = Recusal.objects.get()
    assert browser.post(f"/staff/recusals/{tie.pk}/end/").status_code == 302
    stranger = signed_in(factories.user(("clerk", tree.transport)))
    assert stranger.post(f"/staff/recusals/{tie.pk}/end/").status_code == 404


def test_ones_own_password_is_changed_with_the_present_one(tree: Tree) -> None:
    user = factories.user(("clerk", tree.transport))
    browser, other = signed_in(user), signed_in(user)
    form = {"current": PASSWORD, "new": "another-long-phrase", "again": "another-long-phrase"}
    assert browser.post("/accounts/password/", form | {"current": "wrong"}).status_code == 422
    assert browser.post("/accounts/password/", form | {"again": "different"}).status_code == 422
    assert browser.post("/accounts/password/", form).status_code == 302
    assert browser.get("/staff/departments/").status_code == 200
    assert other.get("/staff/departments/").status_code == 302


def test_another_departments_people_do_not_show_in_the_form_of_its_head(tree: Tree) -> None:
    factories.official(tree.safety, "许清和")
    browser = signed_in(factories.user(("personnel", tree.transport)))
    answer = browser.get(f"/staff/departments/{tree.safety.uscc}/head/")
    assert answer.status_code == 403
    assert "许清和" not in answer.content.decode()
