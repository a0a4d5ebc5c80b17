"""The audit page, and why nobody can bend what it shows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import recusals
from accounts.services import grants, proposals, recusing
from ledger.models import Entry
from ledger.refusals import NotAllowed
from tests.accounts import factories
from tests.accounts.factories import NOW, Tree, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_scenario_76_an_auditor_cannot_change_or_delete_an_entry_by_any_address(tree: Tree, method: str) -> None:
    browser = signed_in(factories.user(("auditor", tree.province)))
    rows = list(Entry.objects.order_by("position").values_list("position", "leaf"))
    last = rows[-1][0]
    for address in (
        "/staff/audit/",
        f"/staff/audit/?position={last}",
        f"/staff/audit/{last}/",
        f"/admin/ledger/entry/{last}/",
    ):
        assert getattr(browser, method)(address).status_code in (403, 404, 405)
    now_there = dict(Entry.objects.values_list("position", "leaf"))
    assert all(bytes(now_there[position]) == bytes(leaf) for position, leaf in rows)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET role = 'nobody' WHERE position = 0",
        "DELETE FROM ledger_entry WHERE position = 0",
        "TRUNCATE ledger_entry CASCADE",
        "DELETE FROM ledger_entrybody",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
    ],
)
def test_scenario_76_nor_by_sql_under_the_applications_login(tree: Tree, statement: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == before


def test_the_log_is_filtered_by_record_person_time_and_kind(tree: Tree) -> None:
    clerk = factories.user(("clerk", tree.transport), name="苏未晞")
    recusing.declare(actor=clerk, relation="spouse", department=tree.safety, now=NOW)
    browser = signed_in(factories.user(("auditor", tree.province)))
    for condition in ("person=苏未晞", "kind=accounts.declare_recusal", "since=2026-05-11&until=2026-05-11"):
        shown = browser.get(f"/staff/audit/?{condition}").content.decode()
        assert "申报回避" in shown
        assert "苏未晞" in shown
    assert "没有符合条件的条目" in browser.get("/staff/audit/?person=没有这个人").content.decode()
    official = factories.official(tree.transport)
    shown = browser.get(f"/staff/audit/?object_id={official.pk}").content.decode()
    assert "登记公职人员" in shown
    assert "申报回避" not in shown.split("</details>")[-1]


def test_a_refused_attempt_is_shown_with_its_action(tree: Tree, secadmins) -> None:
    with pytest.raises(NotAllowed):
        grants.propose(
            actor=factories.user(("clerk", tree.transport), name="苏未晞"),
            person=factories.person(),
            role="approver",
            department=tree.lead,
            reason="自己想要",
            now=NOW,
        )
    shown = signed_in(factories.user(("auditor", tree.province))).get("/staff/audit/?person=苏未晞").content.decode()
    assert "提出授予角色" in shown
    assert "被拒绝" in shown


def test_an_entry_written_down_late_is_marked(tree: Tree) -> None:
    browser = signed_in(factories.user(("auditor", tree.province)))
    assert "补录" in browser.get("/staff/audit/?kind=accounts.establish_department").content.decode()
    assert "补录" not in browser.get("/staff/audit/?kind=accounts.sign_in").content.decode()


def test_the_audit_page_costs_the_same_at_few_and_at_many_entries(tree: Tree) -> None:
    browser = signed_in(factories.user(("auditor", tree.province)))
    browser.get("/staff/audit/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/staff/audit/?kind=accounts.found")
    for _place in range(60):
        factories.person()
    browser.get("/staff/audit/")  # what waits is counted anew after an act
    with CaptureQueriesContext(connection) as many:
        assert "下一页" in browser.get("/staff/audit/").content.decode()
    assert len(many) <= len(few)


def test_a_grant_that_is_made_used_and_taken_leaves_at_least_three_entries(tree: Tree, secadmins) -> None:
    first, second = secadmins
    someone = factories.person()
    before = Entry.objects.count()
    asked = grants.propose(actor=first, person=someone, role="clerk", department=tree.transport, reason="岗位", now=NOW)
    done = proposals.confirm(actor=second, proposal=asked, now=NOW)
    ask_back = grants.propose_revoke(actor=first, grant=done.grant, reason="撤回", now=NOW)
    proposals.confirm(actor=second, proposal=ask_back, now=NOW)
    kinds = Entry.objects.filter(position__gte=before).order_by("position").values_list("kind", flat=True)
    assert list(kinds) == [
        "accounts.propose_grant",
        "accounts.confirm_grant",
        "accounts.propose_revoke",
        "accounts.confirm_revoke",
    ]


def test_why_somebody_cannot_see_something_is_answered_with_the_rule(tree: Tree) -> None:
    official = factories.official(tree.safety)
    clerk = factories.user(("clerk", tree.transport), username="jt-suweixi")
    browser = signed_in(clerk)
    own = browser.get("/staff/explain/?address=/staff/audit/").content.decode()
    assert "不能看" in own
    assert "日志只供安全审计员查看" in own
    place = browser.get(f"/staff/explain/?address=/staff/officials/{official.pk}/").content.decode()
    assert "不在您的管辖范围内" in place
    yes = browser.get("/staff/explain/?name=people:departments").content.decode()
    assert "凭角色填报人" in yes
    refused = browser.get("/staff/explain/?username=other&name=people:audit").content.decode()
    assert "别人的权限只有安全管理员和安全审计员可以问" in refused
    auditor = signed_in(factories.user(("auditor", tree.province)))
    about = auditor.get("/staff/explain/?username=jt-suweixi&name=people:audit").content.decode()
    assert "不能看" in about
    assert "平台里没有这个地址" in auditor.get("/staff/explain/?address=/nowhere/").content.decode()


def test_a_declared_tie_keeps_a_person_out_from_both_sides_until_it_ends(tree: Tree) -> None:
    clerk = factories.user(("clerk", tree.transport))
    relative = factories.official(tree.safety).person
    tie = recusing.declare(actor=clerk, relation="spouse", other_person=relative, now=NOW)

    def between(person_id, subject, at=NOW) -> str | None:
        return recusals.between(person_id=person_id, department=tree.safety, subject_person_id=subject, now=at)

    assert "夫妻" in str(between(clerk.person_id, relative.pk))
    assert "夫妻" in str(between(relative.pk, clerk.person_id))
    assert between(clerk.person_id, relative.pk, NOW - timedelta(days=1)) is None
    assert "当事人" in str(between(clerk.person_id, clerk.person_id))
    assert between(clerk.person_id, None) is None
    assert between(None, relative.pk) is None
    later = NOW + timedelta(days=3)
    recusing.end(actor=clerk, recusal=tie, now=later)
    assert between(clerk.person_id, relative.pk, later) is None
    department_tie = recusing.declare(actor=clerk, relation="former_post", department=tree.safety, now=NOW)
    assert "曾在该单位任职" in str(between(clerk.person_id, None))
    with pytest.raises(NotAllowed):
        recusing.end(actor=factories.user(), recusal=department_tie, now=timezone.now())


def test_a_record_one_may_not_see_is_explained_like_one_that_does_not_exist(tree: Tree) -> None:
    browser = signed_in(factories.user(("clerk", tree.transport)))
    missing = browser.get(f"/staff/explain/?address=/staff/records/{uuid4()}/").content.decode()
    assert "不在能看的范围内，或者没有这一件" in missing
    assert "不能看" in missing
