"""What this room writes agrees with the log, and a value changed behind its back is named."""

from datetime import timedelta

from django.db import connection

from accounts.models import AdminProposal, RoleGrant
from accounts.services import (
    clients,
    departments,
    heads,
    moves,
    proposals,
    recoding,
    recusing,
    reveals,
    signing_in,
    users,
)
from ledger.verification.run import verify
from tests.accounts import factories
from tests.accounts.factories import FOUNDED, NOW, PASSWORD, Tree


def busy_day(tree: Tree) -> None:
    """Do a little of everything this room can do."""
    first, second = factories.administrators()
    official = factories.official(tree.transport)
    personnel = factories.user(("personnel", tree.transport))
    keeper = factories.user(("sysadmin", tree.province))
    signing_in.sign_in(username=first.username, password=PASSWORD, token="", network="192.0.2.0/24", now=NOW)
    heads.appoint(actor=personnel, department=tree.transport, official=official, held_from=FOUNDED, now=NOW)
    departments.rename(
        actor=first, department=tree.safety, name="梅州市应急管理和防灾局", valid_from=NOW.date(), now=NOW
    )
    moved = moves.propose(actor=first, department=tree.county_transport, parent=tree.city, reason="上收", now=NOW)
    proposals.confirm(actor=second, proposal=moved, now=NOW)
    recoded = recoding.propose(
        actor=first, department=tree.lead, code=factories.credit_code(), reason="登记时填错一位", now=NOW
    )
    proposals.confirm(actor=second, proposal=recoded, now=NOW)
    asked = clients.propose(
        actor=keeper,
        name="省信用平台",
        department=tree.lead,
        scopes=["reports:read"],
        purpose="对账",
        reason="协议",
        now=NOW,
    )
    client = AdminProposal.objects.get(pk=proposals.confirm(actor=first, proposal=asked, now=NOW).pk).client
    clients.renew_secret(actor=keeper, client=client, now=NOW)
    reveals.reveal(actor=personnel, official=official, field="phone", reason="核对身份信息", now=NOW)
    recusing.declare(actor=personnel, relation="spouse", department=tree.safety, now=NOW)
    users.reset_password(actor=first, user=personnel, now=NOW + timedelta(hours=1))


def test_scenario_76_the_log_and_the_rows_of_this_room_agree_and_a_changed_value_is_named(fresh_database) -> None:
    tree = factories.tree()
    busy_day(tree)
    report = verify()
    assert [finding for finding in report.findings if finding.table.startswith("accounts_")] == []
    someone = RoleGrant.objects.first().person_id
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_person SET name = '另一个人' WHERE id = %s", [someone])
        cursor.execute("UPDATE accounts_departmentcode SET ended_at = ended_at - interval '1 day'")
        cursor.execute("UPDATE accounts_user SET password = 'stolen' WHERE person_id = %s", [someone])
    named = {(finding.table, finding.column) for finding in verify().findings}
    expected = {("accounts_person", "name"), ("accounts_user", "password"), ("accounts_departmentcode", "ended_at")}
    assert expected <= named
