"""A new portal gets its topmost department and its first administrators in one act, or nothing at all."""

from datetime import date, timedelta
from unittest import mock

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Department, Person, RoleGrant, User
from accounts.services import departments
from ledger.refusals import Conflict, Invalid
from tests.accounts import factories
from tests.accounts.factories import NOW, Tree

pytestmark = pytest.mark.django_db
PEOPLE = ("anquan1:安全员甲:secadmin", "anquan2:安全员乙:secadmin", "xitong:系统员:sysadmin", "shenji:审计员:auditor")


def found(*people: str, uscc: str = "11440000MB3E56782B") -> None:
    """Run the command with one password for all."""
    with mock.patch("accounts.management.commands.found_administrators.getpass", return_value="long-enough-words"):
        facts = {"department": "广东省人民政府", "uscc": uscc, "division": "44", "prefix": "GD", "since": "1949-11-06"}
        options = [f"--{name}={text}" for name, text in facts.items()]
        call_command("found_administrators", *options, *(f"--person={text}" for text in people))


def test_the_portal_is_founded_once() -> None:
    found(*PEOPLE)
    assert Department.objects.get().level == "PROVINCE"
    assert sorted(RoleGrant.objects.values_list("role", flat=True)) == ["auditor", "secadmin", "secadmin", "sysadmin"]
    assert User.objects.get(username="shenji").roles(NOW + timedelta(days=3650)) == {"auditor"}
    with pytest.raises(CommandError):
        found(*PEOPLE)


@pytest.mark.parametrize(
    ("people", "uscc", "words"),
    [
        (PEOPLE[1:], "11440000MB3E56782B", "至少两人"),
        ((*PEOPLE, "lin:林:clerk"), "11440000MB3E56782B", "初始化只设"),
        (PEOPLE, "11440000MB3E56782A", "第 18 位"),
        (("只有账号",), "11440000MB3E56782B", "账号:姓名:角色"),
    ],
)
def test_a_founding_that_is_refused_leaves_nothing(people: tuple[str, ...], uscc: str, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        found(*people, uscc=uscc)
    assert not Department.objects.exists()
    assert not Person.objects.exists()
    assert not User.objects.exists()


def test_a_department_ends_on_a_day_and_keeps_its_history(tree: Tree, secadmins) -> None:
    day = date(2026, 7, 1)
    with pytest.raises(Conflict, match="还有下级部门"):
        departments.close(actor=secadmins[0], department=tree.county, valid_to=day, now=NOW)
    with pytest.raises(Invalid, match="晚于上一次变更"):
        departments.close(actor=secadmins[0], department=tree.safety, valid_to=factories.FOUNDED, now=NOW)
    departments.close(actor=secadmins[0], department=tree.safety, valid_to=day, now=NOW)
    assert tree.safety in Department.objects.existing_on(day - timedelta(days=1))
    assert tree.safety not in Department.objects.existing_on(day)
    assert tree.safety.name_on(day) == "梅州市应急管理局"
    with pytest.raises(Conflict, match="已经撤销"):
        departments.close(actor=secadmins[0], department=tree.safety, valid_to=day, now=NOW)
