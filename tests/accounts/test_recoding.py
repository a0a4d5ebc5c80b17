"""A mistyped credit code: asked for by one, confirmed by another, the former one kept and found for ever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AdminProposal, Department, DepartmentCode, User
from accounts.selectors import tree as trees
from accounts.services import proposals, recoding
from ledger.models import Entry
from ledger.refusals import Conflict, Invalid, NotAllowed, Refused
from tests.accounts import factories
from tests.accounts.factories import NOW, Tree, credit_code
from tests.accounts.test_api import bearer, registered

pytestmark = pytest.mark.django_db
WHY = "登记时第 12 位填错，依统一社会信用代码证书更正"


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def recoded(unit: Department, code: str = "") -> Department:
    """Correct the code of a department by the two administrators."""
    first, second = factories.administrators()
    now = timezone.now()
    asked = recoding.propose(actor=first, department=unit, code=code or credit_code(), reason=WHY, now=now)
    proposals.confirm(actor=second, proposal=asked, now=now)
    return Department.objects.get(pk=unit.pk)


def stored() -> list[list[tuple[object, ...]]]:
    """Return what a correction could have written."""
    return [list(model.objects.order_by("pk").values_list()) for model in (Department, DepartmentCode, AdminProposal)]


def refused(kind: type[Refused], words: str, act: object) -> None:
    """Expect a refusal that leaves nothing but its entry."""
    before, entries = stored(), set(Entry.objects.values_list("pk", flat=True))
    with pytest.raises(kind, match=words):
        act()  # type: ignore[operator]
    assert stored() == before
    assert [entry.kind for entry in Entry.objects.exclude(pk__in=entries)] == ["refused"]


def test_a_code_is_corrected_by_two_in_the_browser_and_the_former_one_kept(tree: Tree, secadmins) -> None:
    old, new = tree.transport.uscc, credit_code()
    first, second = (signed_in(each) for each in secadmins)
    page = first.get(reverse("people:department", args=[old])).content.decode()
    place = reverse("people:recode_department", args=[old])
    assert place in page
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in new)
    assert first.post(place, {"uscc": wide, "reason": WHY}).status_code == 302
    asked = AdminProposal.objects.get(kind="code")
    assert asked.facts == {"former_code": old, "code": new}
    assert Department.objects.get(pk=tree.transport.pk).uscc == old
    waiting = first.get(reverse("people:department", args=[old])).content.decode()
    assert "代码更正待复核" in waiting
    assert f"拟由 {old} 更正为 {new}" in waiting
    listed = second.get(reverse("people:proposals")).content.decode()
    assert old in listed
    assert new in listed
    shown = second.get(reverse("people:confirm", args=[asked.pk])).content.decode()
    assert old in shown
    assert new in shown
    assert second.post(reverse("people:confirm", args=[asked.pk])).status_code == 302

    assert Department.objects.get(pk=tree.transport.pk).uscc == new
    assert list(DepartmentCode.objects.values_list("department_id", "code")) == [(tree.transport.pk, old)]
    assert set(Entry.objects.values_list("kind", flat=True)) >= {"accounts.propose_code", "accounts.confirm_code"}
    page = second.get(reverse("people:department", args=[new])).content.decode()
    assert f"更正统一社会信用代码，以前登记为 {old}" in page


@pytest.mark.parametrize(
    "name", ["department", "edit_department", "move_department", "recode_department", "close_department"]
)
def test_addresses_with_the_former_code_lead_to_the_present_one(tree: Tree, secadmins, name: str) -> None:
    old = tree.transport.uscc
    new = recoded(tree.transport).uscc
    answer = signed_in(secadmins[0]).get(reverse(f"people:{name}", args=[old]) + "?x=1")
    assert answer.status_code == 301
    assert answer["Location"] == reverse(f"people:{name}", args=[new]) + "?x=1"


def test_a_form_opened_before_the_correction_still_acts_on_the_department(tree: Tree, secadmins) -> None:
    old = tree.transport.uscc
    recoded(tree.transport)
    place = reverse("people:move_department", args=[old])
    answer = signed_in(secadmins[0]).post(place, {"parent": tree.county.pk, "reason": "下放"})
    assert answer.status_code in (302, 422)  # found; whether the move itself is lawful is another matter
    assert signed_in(secadmins[0]).get(reverse("people:department", args=[credit_code()])).status_code == 404


def test_the_former_code_still_finds_the_department(tree: Tree, secadmins) -> None:
    old = tree.transport.uscc
    unit = recoded(tree.transport)
    today = timezone.localdate()
    assert trees.named_like(old, on=today) == [unit]
    assert trees.named_like(unit.uscc, on=today) == [unit]
    page = signed_in(secadmins[0]).get(reverse("people:departments"), {"under": old}).content.decode()
    assert unit.name in page


def test_the_wrong_check_digit_is_named_and_nothing_is_asked(tree: Tree, secadmins) -> None:
    right = credit_code()
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")
    refused(
        Invalid,
        f"第 18 位（校验位）应为 {right[-1]}",
        lambda: recoding.propose(actor=secadmins[0], department=tree.transport, code=wrong, reason=WHY, now=NOW),
    )
    place = reverse("people:recode_department", args=[tree.transport.uscc])
    answer = signed_in(secadmins[0]).post(place, {"uscc": wrong, "reason": WHY})
    assert answer.status_code == 422
    assert "校验位" in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "words", "code", "reason"),
    [
        (Invalid, "现在登记的就是这个代码", lambda tree: tree.transport.uscc, WHY),
        (Conflict, "已经登记在“梅州市应急管理局”名下", lambda tree: tree.safety.uscc, WHY),
        (Conflict, "以前登记在“梅江区交通运输局”名下", lambda tree: tree.county_transport.uscc, WHY),
        (Invalid, "应以 11、12、13 或 19 开头", lambda tree: credit_code(prefix="91"), WHY),
        (Invalid, "请写明理由", lambda tree: credit_code(), "  "),
    ],
)
def test_a_code_it_may_not_bear_is_refused_with_the_reason(
    tree: Tree, secadmins, kind: type[Refused], words: str, code: Callable[[Tree], str], reason: str
) -> None:
    recoded(tree.county_transport)
    wanted = code(tree)  # the tree still tells the code the county's bureau bore
    refused(
        kind,
        words,
        lambda: recoding.propose(actor=secadmins[0], department=tree.transport, code=wanted, reason=reason, now=NOW),
    )


def test_a_new_department_never_gets_a_code_another_bore(tree: Tree, secadmins) -> None:
    theirs = tree.safety.uscc
    recoded(tree.safety)
    with pytest.raises(Conflict, match="以前登记在"):
        factories.department("市水务局", parent=tree.city, code=theirs)
    with (
        pytest.raises(IntegrityError, match="code_of_one_unit|another department"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE accounts_department SET uscc = %s WHERE id = %s", [theirs, tree.lead.pk])


def test_a_former_code_is_handed_to_nobody_and_deleted_by_nobody(tree: Tree, secadmins) -> None:
    recoded(tree.safety)
    for statement in (
        "UPDATE accounts_departmentcode SET department_id = %s",
        "DELETE FROM accounts_departmentcode WHERE %s > 0",
    ):
        with (
            pytest.raises(Exception, match="former code|permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, [tree.lead.pk])


def test_the_one_who_asked_cannot_confirm_and_a_clerk_can_neither(tree: Tree, secadmins) -> None:
    asked = recoding.propose(actor=secadmins[0], department=tree.transport, code=credit_code(), reason=WHY, now=NOW)
    refused(NotAllowed, "另一人复核", lambda: proposals.confirm(actor=secadmins[0], proposal=asked, now=NOW))
    clerk = factories.user(("clerk", tree.transport))
    with pytest.raises(NotAllowed):
        proposals.confirm(actor=clerk, proposal=asked, now=NOW)
    assert Department.objects.get(pk=tree.transport.pk).uscc == tree.transport.uscc
    late = NOW + timedelta(hours=24)
    refused(Conflict, "24 小时内没有复核", lambda: proposals.confirm(actor=secadmins[1], proposal=asked, now=late))


def test_what_was_overtaken_between_asking_and_confirming_is_refused(tree: Tree, secadmins) -> None:
    first, second = secadmins
    asked = recoding.propose(actor=first, department=tree.transport, code=credit_code(), reason=WHY, now=NOW)
    twice = recoding.propose(actor=first, department=tree.transport, code=credit_code(), reason=WHY, now=NOW)
    taken = recoding.propose(actor=first, department=tree.safety, code=asked.facts["code"], reason=WHY, now=NOW)
    proposals.confirm(actor=second, proposal=asked, now=NOW)
    refused(Conflict, "提出之后代码已变", lambda: proposals.confirm(actor=second, proposal=twice, now=NOW))
    refused(Conflict, "已经登记在", lambda: proposals.confirm(actor=second, proposal=taken, now=NOW))


def test_a_wrong_correction_is_taken_back_by_another(tree: Tree, secadmins) -> None:
    old = tree.transport.uscc
    wrong = recoded(tree.transport).uscc
    unit = recoded(Department.objects.get(pk=tree.transport.pk), old)
    assert unit.uscc == old
    assert set(unit.former_codes.values_list("code", flat=True)) == {old, wrong}
    assert list(Department.objects.coded(old)) == [unit]
    assert list(Department.objects.coded(wrong)) == [unit]
    browser = signed_in(secadmins[0])
    assert browser.get(reverse("people:department", args=[old])).status_code == 200
    assert browser.get(reverse("people:department", args=[wrong]))["Location"] == reverse(
        "people:department", args=[old]
    )


def test_a_client_may_ask_for_officials_by_the_former_code(tree: Tree, secadmins) -> None:
    old = tree.transport.uscc
    someone = factories.official(tree.transport)
    unit = recoded(tree.transport)
    client, secret, _keeper = registered(tree, "officials:read")
    headers = bearer(client, secret)
    answer = Client().get(reverse("accounts_api:officials"), {"department": old}, headers=headers).json()
    assert [(row["id"], row["department"]) for row in answer["items"]] == [(str(someone.pk), unit.uscc)]
