"""The database itself refuses to change, delete or renumber the log: by right for the portal, by trigger for everyone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from uuid import UUID, uuid4

import psycopg2
import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction

from ledger import appending, heads
from ledger.drafts import Draft, PublicDraft
from ledger.models import Entry, EntryBody, Tombstone
from ledger.verification import walls
from ledger.verification.findings import Report
from tests.ledger.scenes import NOW, acting, bury, publish, raw, register

TABLES = ("ledger_entry", "ledger_entrybody", "ledger_tombstone", "ledger_node", "ledger_head")
COLUMN = {
    "ledger_entry": "kind = 'x'",
    "ledger_entrybody": "body = 'x'",
    "ledger_tombstone": "kind = 'x'",
    "ledger_node": "hash = 'x'",
    "ledger_head": "text = 'x'",
}
CHANGES = [f"UPDATE {table} SET {COLUMN[table]}" for table in TABLES]
CHANGES += [f"DELETE FROM {table}" for table in (*TABLES, "accounts_person")]
CHANGES += [f"TRUNCATE {table} CASCADE" for table in (*TABLES, "accounts_person")]


@pytest.fixture
def filled(small_house) -> Iterator[dict[str, int]]:
    """Give a log with something in every table, and its row counts, which must be the same afterwards."""
    register()
    document = uuid4()
    publish(document)
    bury(document)
    heads.sign_head(NOW)
    before = counts()
    assert all(before.values())
    yield before
    assert counts() == before


def counts() -> dict[str, int]:
    """Count the rows of every table of the log."""
    with connection.cursor() as cursor:
        found = {}
        for table in (*TABLES, "accounts_person"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
        return found


def assert_all_refused(cursor, refusal: type[Exception], match: str) -> None:
    """Try every change there is; each must be refused in these words."""
    for change in CHANGES:
        with pytest.raises(refusal, match=match):
            cursor.execute(change)


def test_the_application_login_has_no_right_to_change_or_delete(filled):
    with raw("default") as cursor:
        assert_all_refused(cursor, psycopg2.errors.InsufficientPrivilege, "permission denied")


def test_the_owner_is_stopped_by_triggers(filled):
    with raw("owner") as cursor:
        assert_all_refused(cursor, psycopg2.errors.RestrictViolation, "ledger: ")


def test_replica_mode_switches_no_trigger_off(filled):
    with raw("owner", superuser="postgres") as cursor:
        cursor.execute("SET session_replication_role = replica")
        assert_all_refused(cursor, psycopg2.errors.RestrictViolation, "ledger: ")


def test_the_public_login_may_read_what_is_public_and_do_nothing_else(filled):
    with raw("public") as cursor:
        for statement in (
            "SELECT * FROM ledger_entry",
            "SELECT * FROM ledger_entrybody",
            "SELECT * FROM accounts_person",
            "SELECT ledger_append('[]')",
            "SELECT ledger_erase(0, 1)",
            "SELECT ledger_release('ledger_entry')",
            "INSERT INTO ledger_head VALUES (1, '', '', now())",
            "DELETE FROM ledger_public_leaf",
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(statement)
        for table in ("ledger_public_leaf", "ledger_public_entry", "ledger_tombstone", "ledger_node", "ledger_head"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] > 0


INSERT = """
INSERT INTO ledger_entry (position, id, kind, object_type, object_id, role, at, recorded_at, request_id, refs, is_public,
    commitment, leaf) VALUES (%s, gen_random_uuid(), 'x', '', '', 'x', now(), %s, '', '[]', false, '', '')
"""


def test_not_even_the_owner_can_leave_a_gap_or_take_a_position_twice(filled):
    with raw("owner") as cursor:
        for position in (-1, 0, 1, 4, 6, 1000):
            with pytest.raises(psycopg2.errors.RestrictViolation, match="does not follow"):
                cursor.execute(INSERT, [position, NOW])


def test_the_recording_time_is_the_databases_own_whatever_is_given(small_house):
    register()
    with raw("owner") as cursor:
        cursor.execute(INSERT, [1, "2001-01-01"])

    first, second = Entry.objects.order_by("position").values_list("recorded_at", flat=True)
    assert second >= first


def test_the_portal_has_no_right_to_insert_beside_the_one_door(filled):
    with raw("default") as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(INSERT, [3, NOW])


def test_a_newer_public_entry_erases_the_former_body_and_only_that(small_house):
    document, other = uuid4(), uuid4()
    publish(document, b'{"v":1}')
    publish(other, b'{"o":1}')
    publish(document, b'{"v":2}', version=2, kind="correct")

    public = Entry.objects.filter(is_public=True).order_by("position")
    left = {body.position: bytes(body.body) for body in EntryBody.objects.all()}
    assert [left.get(entry.position) for entry in public] == [None, b'{"o":1}', b'{"v":2}']


def test_an_end_leaves_a_tombstone_and_no_body_of_the_document(small_house):
    document = uuid4()
    publish(document, '{"name":"某单位"}'.encode())
    bury(document, kind="expired")

    stone = Tombstone.objects.get()
    assert (stone.document, stone.kind, stone.day) == (document, "expired", NOW.date())
    assert not any("某单位".encode() in bytes(body.body) for body in EntryBody.objects.all())


def test_two_versions_and_an_end_in_one_act_leave_only_the_end(small_house):
    document = uuid4()
    with acting() as opened:
        opened.publish(kind="publish", document=document, version=1, body=b"1", now=NOW)
        opened.publish(kind="correct", document=document, version=2, body=b"2", now=NOW)
        opened.bury(document=document, version=3, kind="withdrawn", day=NOW.date())

    bodies = [json.loads(bytes(body.body)) for body in EntryBody.objects.order_by("position")]
    assert [body.get("kind") for body in bodies] == ["test.done", "withdrawn"]


def test_no_body_is_erased_without_a_successor_written_in_the_same_transaction(small_house):
    publish(uuid4(), b"1")  # 0 private, 1 public
    publish(uuid4(), b"2")  # 2 private, 3 public

    for alias, cause in product(("default", "owner"), (-1, 0, 1, 2, 3, 99)):
        with raw(alias) as cursor, pytest.raises(psycopg2.errors.RestrictViolation, match="no cause"):
            cursor.execute("SELECT ledger_erase(1, %s)", [cause])
    assert EntryBody.objects.count() == 4


def test_a_private_body_and_a_tombstones_body_can_never_be_erased(small_house):
    document = uuid4()
    bury(document)  # 0 private, 1 end
    with pytest.raises(IntegrityError, match="no cause"):
        _erase_after_another_version(document, erased=0)
    with pytest.raises(IntegrityError, match="no successor"):
        _erase_after_another_version(document, erased=1)

    assert EntryBody.objects.count() == 2


def _erase_after_another_version(document: UUID, *, erased: int) -> None:
    draft = Draft("test.done", None, "clerk", NOW, "", "")
    draft.publics.append(PublicDraft("publish", document, 9, b"9", NOW))
    with transaction.atomic(), connection.cursor() as cursor:
        first = appending.append([draft])
        cursor.execute("SELECT ledger_erase(%s, %s)", [erased, first + 1])


def test_an_erasure_in_a_later_transaction_has_no_cause(small_house):
    document = uuid4()
    publish(document, b"1")
    publish(document, b"2", version=2)
    with pytest.raises(IntegrityError, match="no cause"), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_erase(1, 3)")


def test_verification_finds_a_trigger_off_a_changed_function_and_a_right_too_many(small_house):
    clean = Report()
    walls.check_walls(clean)
    assert clean.findings == []
    assert clean.missing_walls == []

    with raw("owner") as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_number")
        cursor.execute("ALTER TABLE accounts_person ENABLE TRIGGER ledger_no_delete")
        cursor.execute("DROP TRIGGER ledger_no_update ON ledger_head")
        cursor.execute("GRANT UPDATE ON ledger_entry TO integrity_app")
        cursor.execute("GRANT SELECT ON ledger_entrybody TO integrity_public")
        cursor.execute(
            "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"
        )

    report = Report()
    walls.check_walls(report)
    assert {(finding.code, finding.table, finding.key) for finding in report.findings} == {
        ("wall.trigger_off", "ledger_entry", "ledger_number"),
        ("wall.trigger_off", "accounts_person", "ledger_no_delete"),
        ("wall.trigger_missing", "ledger_head", "ledger_no_update"),
        ("wall.right", "ledger_entry", "integrity_app"),
        ("wall.right", "ledger_entrybody", "integrity_public"),
        ("wall.function", "", "ledger_refuse"),
    }


def test_verification_says_which_wall_was_never_there(small_house, settings):
    report = Report()
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(settings.DATABASES, "public")
        former = connections.settings["default"]["USER"]
        connections["default"].close()
        patch.setitem(connections.settings["default"], "USER", connections.settings["owner"]["USER"])
        walls.check_walls(report)
        connections["default"].close()
    assert connections.settings["default"]["USER"] == former
    assert len(report.missing_walls) == 2


def test_the_walls_can_be_taken_down_and_raised_again(small_house):
    module = walls.import_module("ledger.migrations.0002_walls")
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'ledger_no_%'")
        for (table,) in cursor.fetchall():
            if table not in TABLES:  # the walls of the other rooms stand on these and go down first
                cursor.execute("SELECT ledger_thaw(%s)", [table])
        for part in (module.RIGHTS_UNDONE, module.DOORS_UNDONE, module.GUARDS_UNDONE, module.REFUSAL_UNDONE):
            cursor.execute(part)
        for part in (module.REFUSAL, module.GUARDS, module.DOORS, module.RIGHTS):
            cursor.execute(part)
        cursor.execute("SELECT ledger_keep('accounts_person')")

    report = Report()
    walls.check_walls(report)
    assert report.findings == []


def test_a_portal_statement_that_changes_the_log_fails_inside_an_act_too(small_house):
    register()
    with pytest.raises(ProgrammingError, match="denied"), acting():
        Entry.objects.update(kind="x")
    assert Entry.objects.get().kind == "person.registered"
